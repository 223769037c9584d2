import Foundation
import TestSupport
import Testing

/// An enriched sample, from the plan to the files.
struct WeightTests {
  private static func plan(_ weight: String) -> String {
    """
    study: {id: enriched}
    cohort:
      cases: cases.csv
      sampling: enriched
    \(weight)  reference: {column: label, positive: ["1"], negative: ["0"]}
      models: [{name: M, score: score, threshold: 0.5}]
    criteria:
      - {id: C1, metric: ppv, evidence: lower_bound, at_least: 0.05}

    """
  }

  /// 40 positives, of which 30 are flagged, and 60 negatives, of which 12 are; each negative stands for ten.
  private static let cases =
    "label,score,w\n"
    + (0..<100).map { index in
      let isPositive = index < 40
      let isFlagged = index < 30 || index >= 88
      return "\(isPositive ? 1 : 0),\(isFlagged ? 0.9 : 0.1),\(isPositive ? "1" : "10")\n"
    }.joined()

  private func run(_ arguments: String..., weight: String = "  weight: w\n", cases: String = Self.cases)
    throws -> (outcome: Equipoise.Outcome, folder: ScratchFolder)
  {
    let folder = try ScratchFolder()
    try folder.write(Self.plan(weight), to: "plan.yaml")
    try folder.write(cases, to: "cases.csv")
    return (try Equipoise.run(arguments, in: folder), folder)
  }

  @Test func criteriaOnPrevalenceNeedWeights() throws {
    let without = try run("validate", "plan.yaml", "--out", "out", weight: "").outcome
    #expect(without.status == 65 && without.words.contains("without sampling weights (cohort.weight)"))
    let (with, folder) = try run("validate", "plan.yaml", "--out", "out")
    #expect(with.status == 0, "\(with.words)")
    let rows = try String(contentsOfFile: folder.path + "/out/rows.csv", encoding: .utf8)
      .split(separator: "\n")
    func value(_ metric: String) throws -> Double {
      let row = try #require(
        rows.first { $0.hasPrefix("M,,,,,\(metric),,primary,") && $0.contains(", weighted") })
      return Double(row.split(separator: ",", omittingEmptySubsequences: false)[8]) ?? .nan
    }
    #expect(try agrees(value("ppv"), 30.0 / (30 + 120), within: 1e-12))
    // 40 of 640 in the population.
    #expect(try agrees(value("prevalence"), 0.0625, within: 1e-12))
    let study = try String(contentsOfFile: folder.path + "/out/study.json", encoding: .utf8)
    #expect(study.contains("\"weights\":{\"effective_cases\":") && study.contains("\"positives\":40"))
  }

  @Test func checkSaysWhatTheWeightsAre() throws {
    let outcome = try run("check", "plan.yaml").outcome
    // (Σ w)² / Σ w²: 640² / 6,040.
    #expect(
      outcome.output.contains(
        "Every estimate is weighted by w, the sampling weight of a case: from 1 to 10, sum 640, Kish's effective sample size 68."
      ), "\(outcome.output)")
    #expect(outcome.output.contains("sampling weight: w"))
    #expect(try run("check", "plan.yaml", weight: "").outcome.status == 65, "the criterion is refused")
  }

  @Test func aWeightOfNothingIsRefused() throws {
    let cases = Self.cases.replacing("0,0.9,10\n", with: "0,0.9,0\n", maxReplacements: 1)
    let outcome = try run("validate", "plan.yaml", "--out", "out", cases: cases).outcome
    #expect(outcome.status == 65)
    #expect(
      outcome.words.hasPrefix("cases.csv:90:3: w is \"0\", expected a sampling weight, a number above 0"))
  }
}
