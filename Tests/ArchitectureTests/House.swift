import Foundation
import TestSupport

/// The rules of the house, as code: which module may import what, and what pure modules may not say.
enum House {
  static let system: Set = ["Glibc", "Dispatch", "Synchronization"]

  static let imports: [String: Set<String>] = [
    "Statistics": ["CBoostMath", "RealModule"],
    "Validation": ["Statistics", "RealModule"],
    "Ingestion": ["Validation", "Statistics", "CZlib", "COpenSSL", "Glibc", "Dispatch", "Synchronization"],
    "Exchange": ["Validation", "Statistics", "Yams"],
    "Reporting": ["Validation", "Statistics"],
    "EquipoiseCLI": [
      "Validation", "Statistics", "Ingestion", "Exchange", "Reporting", "ArgumentParser", "CRename", "Glibc",
      "Dispatch", "Synchronization",
    ],
  ]

  /// A pure module has no clock, no chance and no voice.
  static let pure: Set = ["Statistics", "Validation"]
  static let impure = [
    #"\bContinuousClock\b"#, #"\bSuspendingClock\b"#, #"\bSystemRandomNumberGenerator\b"#, #"\.random\("#,
    #"\bshuffled?\("#, #"\bprint\("#, #"\breadLine\("#, #"\bCommandLine\b"#,
  ]
  /// User data throws; it never ends the process, and nothing is taken on faith.
  static let reckless = [#"\btry!"#, #"\bas!"#, #"\bfatalError\("#]

  /// What is wrong with one source file.
  static func violations(of source: String, in module: String) -> [String] {
    let code = source.split(separator: "\n", omittingEmptySubsequences: false).map(withoutComment)
    var found: [String] = []
    for line in code {
      if let imported = imported(line), !(imports[module] ?? []).contains(imported) {
        found.append("\(module) imports \(imported)")
      }
      for pattern in reckless + (pure.contains(module) ? impure : [])
      where line.range(of: pattern, options: .regularExpression) != nil {
        found.append("\(module) says \(line.trimmingCharacters(in: .whitespaces))")
      }
    }
    return found
  }

  private static func withoutComment(_ line: Substring) -> String {
    line.range(of: "//").map { String(line[..<$0.lowerBound]) } ?? String(line)
  }

  /// `Yams` of `internal import Yams` and of `import struct Yams.Node`.
  static func imported(_ line: String) -> String? {
    let words = line.split(separator: " ").map(String.init)
    guard let index = words.firstIndex(of: "import"),
      words[..<index].allSatisfy({ access.contains($0) || $0.hasPrefix("@") })
    else { return nil }
    let kinds = ["struct", "class", "enum", "protocol", "typealias", "func", "let", "var"]
    let name = words[(index + 1)...].first { !kinds.contains($0) }
    return name.flatMap { $0.split(separator: ".").first }.map(String.init)
  }

  private static let access: Set = ["public", "package", "internal", "fileprivate", "private"]

  /// Every Swift file below a folder of the package, with its text.
  static func sources(_ folder: String) throws -> [(path: String, text: String)] {
    let names =
      FileManager.default.enumerator(atPath: Package.root + "/" + folder)?.allObjects as? [String] ?? []
    return try names.filter { $0.hasSuffix(".swift") }.sorted()
      .map { (folder + "/" + $0, try Package.text(folder + "/" + $0)) }
  }
}
