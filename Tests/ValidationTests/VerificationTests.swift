import Statistics
import TestSupport
import Testing
import Validation

/// Cases without a reference standard, and the results that speak for them too (policy 14).
@Suite struct VerificationTests {
  /// The liver scans of Drum and Christacopoulos, each case `copies` times.
  private func scans(
    copies: Int = 1, patients: Bool = false, weights: Bool = false, groups: Bool = false
  ) -> Cohort {
    func made(_ counts: [(truth: UInt8, flagged: UInt16, count: Int)]) -> (truth: [UInt8], flagged: [UInt16])
    {
      var (truth, flagged): ([UInt8], [UInt16]) = ([], [])
      for one in counts {
        truth += [UInt8](repeating: one.truth, count: one.count * copies)
        flagged += [UInt16](repeating: one.flagged, count: one.count * copies)
      }
      return (truth, flagged)
    }
    let known = made([(1, 1, 231), (1, 0, 27), (0, 1, 32), (0, 0, 54)])
    let other = made([(0, 1, 166), (0, 0, 140)])
    func codes(_ count: Int, from first: Int) -> [UInt32]? {
      patients ? (0..<count).map { UInt32(first + $0 / copies) } : nil
    }
    func attributes(_ count: Int) -> [Attribute] {
      groups
        ? [Attribute(name: "group", levels: ["a", "b"], codes: (0..<count).map { UInt16($0 % 2) })] : []
    }
    return Cohort(
      isPositive: known.truth, patients: codes(known.truth.count, from: 0), patientCount: 344,
      weights: weights ? known.truth.map { _ in 2 } : nil,
      models: [ModelOutputs(name: "Model", count: known.truth.count, scores: nil, flagged: known.flagged)],
      attributes: attributes(known.truth.count),
      flow: Flow(
        read: 650 * copies, noReference: 306 * copies, analysed: 344 * copies,
        unverified: [.init(model: "Model", flagged: 166 * copies, unflagged: 140 * copies, failed: 0)]),
      unverified: UnverifiedCases(
        count: other.truth.count, patients: codes(other.truth.count, from: 344),
        weights: weights ? other.truth.map { _ in 2 } : nil,
        models: [ModelOutputs(name: "Model", count: other.truth.count, scores: nil, flagged: other.flagged)],
        attributes: attributes(other.truth.count)))
  }

  private func study(
    _ cohort: Cohort, corrected: Bool = true, criteria: [Criterion] = [], groups: Bool = false
  ) throws -> Study {
    try Study(
      of: cohort,
      following: plan(
        attributes: groups ? ["group"] : [], patients: cohort.patients != nil, criteria: criteria
      ) {
        $0.verification = corrected ? .beggGreenes : nil
        $0.cohort.models[0].score = nil
        $0.cohort.models[0].decision = DecisionColumn(column: "read", positive: ["1"])
      })
  }

  private static let setting = Setting(verification: .beggGreenes)

  @Test func correctedSharesStandBesideTheOthers() throws {
    let study = try study(scans())
    let raw = try #require(study.row("sensitivity")?.estimate)
    let corrected = try #require(study.row("sensitivity", setting: Self.setting)?.estimate)
    #expect(agrees(raw.value, 231.0 / 258, within: 1e-12))
    #expect(agrees(corrected.value, 0.83646, within: 1e-4))
    #expect(corrected.method == "begg-greenes (logit)")
    // Predictive values are what the method takes as they are.
    let ppv = try #require(study.row("ppv", setting: Self.setting)?.estimate)
    #expect(agrees(ppv.value, 231.0 / 263, within: 1e-12))
    let prevalence = try #require(study.row("prevalence", setting: Self.setting)?.estimate)
    #expect(agrees(prevalence.value, (429 * 231.0 / 263 + 221 * 27.0 / 81) / 650, within: 1e-12))
    #expect(try self.study(scans(), corrected: false).row("sensitivity", setting: Self.setting) == nil)
  }

  /// 14. Where verification went by the output, criteria are judged on corrected shares or not at all.
  @Test func aCriterionIsJudgedOnlyIfCorrected() throws {
    let criteria = ["sensitivity", "specificity", "npv"].enumerated().map {
      Criterion(
        id: "C\($0)", metric: $1, scope: .overall,
        evidence: .lowerBound(atLeast: $1 == "sensitivity" ? 0.85 : 0.3))
    }
    let plain = try study(scans(), corrected: false, criteria: criteria)
    #expect(plain.judgements.allSatisfy { $0.verdict == .notAssessable })
    let corrected = try study(scans(), criteria: criteria)
    let overall = corrected.judgements.filter { $0.subgroup == nil }
    // .895 (.852–.927) would be met; .836 (.78–.88) is not shown.
    #expect(overall.map(\.verdict) == [.inconclusive, .met, .met])
    #expect(corrected.judgements[0].sentence.contains("corrected for verification"))
    #expect(
      corrected.judgements[0].bound
        == corrected.row("sensitivity", setting: Self.setting)?.estimate?.interval?.lower)
  }

  /// Each case twice in its patient: as much is known as of each once, but for K / (K − 1) and Student's t.
  @Test func patientsCountOnce() throws {
    func width(_ cohort: Cohort) throws -> Double {
      let row = try study(cohort).row("sensitivity", setting: Self.setting)
      let interval = try #require(row?.estimate?.interval)
      return interval.upper - interval.lower
    }
    let single = try width(scans())
    #expect(agrees(try width(scans(copies: 2, patients: true)), single, within: 0.02 * single))
    #expect(agrees(try width(scans(copies: 2)), single / 2.0.squareRoot(), within: 0.01 * single))
    #expect(agrees(try width(scans(weights: true)), single, within: 0.02 * single))
  }

  @Test func groupsAreCorrectedByThemselves() throws {
    let study = try study(scans(groups: true), groups: true)
    for (level, remainder) in [("a", 0), ("b", 1)] {
      func half(_ first: Int, _ count: Int) -> Double {
        Double((first..<first + count).count { $0 % 2 == remainder })
      }
      let strata = [
        PartialVerification.Stratum(
          positives: half(231, 27), negatives: half(290, 54), unverified: half(166, 140)),
        .init(positives: half(0, 231), negatives: half(258, 32), unverified: half(0, 166)),
      ]
      let share = try PartialVerification(strata).share([[0, 0], [1, 0]], of: [[1, 0], [1, 0]])
      let row = study.row("sensitivity", .of("group", level), setting: Self.setting)
      #expect(agrees(try #require(row?.estimate).value, share.value, within: 1e-12))
    }
  }
}
