import Foundation
import TestSupport
import Testing

/// A shipped cohort whose crude gap has the wrong sign.
@Suite struct SimpsonTests {
  @Test func theReportSaysInOneSentenceThatTheGapTurnsRound() throws {
    let folder = try ScratchFolder()
    let plan = Package.root + "/Cohorts/ct-referral/plan.yaml"
    _ = try Equipoise.run("validate", plan, "--out", "out", in: folder)
    let rows = try ResultTable(contentsOfFile: folder.path + "/out/rows.csv").rows
    func gap(_ setting: String) throws -> (value: Double, lower: Double, upper: Double) {
      let row = try #require(
        rows.first {
          $0["metric"] == "sensitivity" && $0["subgroup"] == "sex=Female"
            && $0["subgroup_minus"] == "complement"
            && $0["at"] == setting
        })
      func number(_ name: String) throws -> Double { try #require(Double(row[name] ?? "")) }
      return (try number("value"), try number("lower"), try number("upper"))
    }
    #expect(try gap("").upper < 0)
    #expect(try gap("adjusted_for=site").lower > 0)
    #expect(try gap("standardised_over=site").lower > 0)
    let report = try String(contentsOfFile: folder.path + "/out/report.html", encoding: .utf8)
    let sentence =
      "The gap in sensitivity, Female vs all others, turns round when like is compared with like"
    #expect(report.contains(sentence) && report.contains("Simpson’s paradox"))
  }
}
