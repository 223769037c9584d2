import Foundation
import TestSupport
import Testing

struct ArchitectureTests {
  @Test(arguments: House.imports.keys.sorted())
  func moduleKeepsTheRules(_ module: String) throws {
    let sources = try House.sources("Sources/\(module)")
    #expect(!sources.isEmpty)
    for source in sources {
      #expect(House.violations(of: source.text, in: module) == [], "\(source.path)")
    }
  }

  @Test func everyModuleHasRules() throws {
    let folders = try FileManager.default.contentsOfDirectory(atPath: Package.root + "/Sources")
    let modules = try folders.filter { try !House.sources("Sources/\($0)").isEmpty }
    #expect(Set(modules) == Set(House.imports.keys))
  }

  @Test func specialFunctionsComeThroughOneFile() throws {
    let users = try House.sources("Sources/Statistics").filter { $0.text.contains("import CBoostMath") }
    #expect(users.map(\.path) == ["Sources/Statistics/Distributions.swift"])
  }

  /// A rule that cannot fail is none.
  @Test(arguments: [
    ("Statistics", "internal import Validation"), ("Statistics", "import Foundation"),
    ("Validation", "public import Glibc"), ("Reporting", "internal import Exchange"),
    ("Exchange", "@preconcurrency import struct Ingestion.SHA256"), ("Ingestion", "import Yams"),
    ("Validation", "let now = ContinuousClock.now"), ("Statistics", "let u = Double.random(in: 0..<1)"),
    ("Statistics", "xs.shuffle()"), ("Validation", "print(x)"), ("Reporting", "try! run()"),
    ("EquipoiseCLI", "fatalError()"),
  ])
  func plantedViolationIsFound(_ module: String, _ line: String) {
    #expect(House.violations(of: "// fine\n" + line, in: module).count == 1)
  }

  @Test func innocentLinesPass() {
    let source = """
      /// Never print( here; import Foundation is not one either.
      public import Statistics
      let blueprint = printed(important)
      """
    #expect(House.violations(of: source, in: "Validation") == [])
  }

  @Test func sharedDataAreNamedInOnePlace() throws {
    let path = ["..", "shared"].joined(separator: "/")
    let folders = ["Sources", "Tests", "Cohorts", "docs", ".ci"]
    let files =
      ["Makefile", "README.md", "CONTRIBUTING.md", "Package.swift"].map { Package.root + "/" + $0 }
      + folders.flatMap { folder in
        (FileManager.default.enumerator(atPath: Package.root + "/" + folder)?.allObjects as? [String] ?? [])
          .filter { !$0.hasSuffix(".csv") && !$0.contains(".build/") }
          .map { "\(Package.root)/\(folder)/\($0)" }
      }
    let naming = files.filter { (try? String(contentsOfFile: $0, encoding: .utf8))?.contains(path) ?? false }
    #expect(naming == ["\(Package.root)/Tests/TestSupport/SharedData.swift"])
  }
}
