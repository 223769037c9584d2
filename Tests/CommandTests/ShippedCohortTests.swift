import Foundation
import Ingestion
import TestSupport
import Testing

/// What is shipped is what its recipe makes and its data sheet says.
@Suite struct ShippedCohortTests {
  @Test(arguments: ["cxr-fair", "cxr-triage-gap", "mammography", "ct-referral"])
  func isWhatItsRecipeMakes(_ name: String) throws {
    let folder = try ScratchFolder()
    let shipped = Package.root + "/Cohorts/" + name
    let outcome = try Equipoise.run("simulate", shipped + "/spec.yaml", "--out", "made", in: folder)
    #expect(outcome.status == 0)
    for (file, bytes) in folder.contents(of: "made") {
      #expect(try Data(contentsOf: URL(fileURLWithPath: shipped + "/" + file)) == bytes, "\(file)")
    }
    let cases = try Package.text("Cohorts/\(name)/cases.csv")
    let sheet = try Package.text("Cohorts/\(name)/README.md")
    #expect(sheet.contains(SHA256.hexadecimal(of: Array(cases.utf8))), "the data sheet names another file")
  }

  /// The README's picture of a verdict is what the command says.
  @Test func theReadmeShowsWhatTheCommandSays() throws {
    let folder = try ScratchFolder()
    let plan = Package.root + "/Cohorts/cxr-triage-gap/plan.yaml"
    let outcome = try Equipoise.run("validate", plan, "--out", "Reports/cxr-triage-gap", in: folder)
    #expect(outcome.status == 1)
    #expect(try Package.text("README.md").contains("```\n" + outcome.words + "```"), "\(outcome.words)")
  }
}
