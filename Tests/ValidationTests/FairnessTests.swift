import Statistics
import TestSupport
import Testing
import Validation

@Suite struct FairnessTests {
  private func study(groups: Int, patients: Bool = false) throws -> Study {
    let draw = Draw(positives: 90, negatives: 150, images: 2, correlation: 0.6, seed: 31)
    return try Study(
      of: cohort(
        scores: draw.scores, isPositive: draw.isPositive, patients: patients ? draw.patients : nil,
        attributes: [("group", draw.patients.map { "g\($0 % UInt32(groups))" })]),
      following: plan(attributes: ["group"], patients: patients) {
        $0.metrics = ["sensitivity", "flag_rate", "ppv", "false_positive_rate"]
      })
  }

  private func finding(_ definition: FairnessSummary.Definition, in study: Study) throws
    -> FairnessSummary.Finding
  {
    try #require(study.fairness.first { $0.definition == definition }).result.get()
  }

  /// The farthest of several, over every pair; equalised odds is the larger of its two.
  @Test(arguments: [false, true]) func ofSeveralTheyHoldForEveryPair(_ patients: Bool) throws {
    let study = try study(groups: 4, patients: patients)
    let values = study.rows.filter { $0.key.metric == "sensitivity" && $0.key.subgroupMinus == nil }
      .filter { !$0.key.subgroup.isEveryone }.compactMap(\.estimate?.value)
    let found = try finding(.equalOpportunity, in: study)
    #expect(values.count == 4 && found.groups == 4)
    #expect(agrees(found.estimate.value, (values.max() ?? 0) - (values.min() ?? 0), within: 1e-12))
    #expect(found.estimate.method.hasSuffix("every pair (Bonferroni)"))
    let odds = try finding(.equalisedOdds, in: study)
    #expect(odds.estimate.value >= found.estimate.value)
    for definition in FairnessSummary.Definition.allCases {
      let estimate = try finding(definition, in: study).estimate
      #expect(try #require(estimate.interval).contains(estimate.value), "\(definition)")
      #expect(estimate.interval?.level == 0.95)
    }
  }

  @Test func oneGroupIsComparedWithNone() throws {
    let study = try study(groups: 1)
    #expect(
      study.fairness.allSatisfy { $0.result == .failure(.tooFewGroups(found: 1)) }
        && study.fairness.count == 4)
  }
}
