import Statistics
import Testing
import Validation

/// The numbered policies of the methods: each is a trap that a known tool falls into.
@Suite struct PolicyTests {
  @Test("Policy 1: undefined is said: never NaN, never 0, never a missing row")
  func aGroupWithoutPositivesSaysSo() throws {
    let draw = Draw(positives: 30, negatives: 60, seed: 1)
    let groups = draw.isPositive.enumerated().map { !$1 && $0 % 3 == 0 ? "no positives" : "mixed" }
    let study = try Study(
      of: cohort(scores: draw.scores, isPositive: draw.isPositive, attributes: [("group", groups)]),
      following: plan(attributes: ["group"]))
    let row = try #require(study.row("sensitivity", .of("group", "no positives")))
    #expect(row.result == .undefined(.noPositives))
    #expect(row.support.positives == 0 && row.support.negatives == 20)
    #expect(study.row("auc", .of("group", "no positives"))?.result == .undefined(.noPositives))
    let gap = try #require(study.row("sensitivity", .of("group", "mixed"), minus: .complement))
    #expect(gap.result == .undefined(.inComparator(.noPositives)))
  }

  @Test("Policy 1: every group has a row for every metric, defined or not")
  func noRowIsMissingAndKeysAreUnique() throws {
    let draw = Draw(positives: 20, negatives: 40, seed: 2)
    let a = draw.scores.indices.map { ["x", "y", nil][$0 % 3] }
    let b = draw.scores.indices.map { $0 % 5 == 0 ? "rare" : "common" }
    let plan = plan(attributes: ["a", "b"], subgroups: [["a"], ["b"], ["a", "b"]])
    let study = try Study(
      of: cohort(scores: draw.scores, isPositive: draw.isPositive, attributes: [("a", a), ("b", b)]),
      following: plan)
    #expect(Set(study.rows.map(\.key)).count == study.rows.count)
    let groups = 1 + 3 + 2 + 6
    let single = study.rows.filter { $0.key.subgroupMinus == nil }
    #expect(single.count == groups * Metric.catalog.count)
  }

  @Test(
    "Policy 2: groups with the same sensitivity and specificity are not told apart by their prevalence; a true gap is found"
  )
  func thePrevalenceTrapHoldsBothWays() throws {
    func audits(sensitivityOfB: Double, count: Int) throws -> (
      sensitivity: Int, specificity: Int, either: Int
    ) {
      var found = (sensitivity: 0, specificity: 0, either: 0)
      for seed in 0..<count {
        var random = RandomStream(41, UInt64(seed))
        var scores: [Double] = []
        var truth: [Bool] = []
        var groups: [String] = []
        for (name, prevalence, sensitivity) in [("a", 0.1, 0.85), ("b", 0.4, sensitivityOfB)] {
          let n = Int(500 / prevalence)
          for index in 0..<n {
            let positive = index < 500
            truth.append(positive)
            groups.append(name)
            scores.append(random.bernoulli(positive ? sensitivity : 0.1) ? 0.9 : 0.1)
          }
        }
        let study = try Study(
          of: cohort(scores: scores, isPositive: truth, attributes: [("group", groups)]),
          following: plan(attributes: ["group"]) { $0.metrics = ["sensitivity", "specificity", "auc"] })
        let sensitivity = try #require(study.row("sensitivity", .of("group", "a"), minus: .complement)?.test)
        let specificity = try #require(study.row("specificity", .of("group", "a"), minus: .complement)?.test)
        if sensitivity.p < 0.05 { found.sensitivity += 1 }
        if specificity.p < 0.05 { found.specificity += 1 }
        if [sensitivity, specificity].contains(where: { ($0.pAdjusted ?? 1) < 0.05 }) { found.either += 1 }
      }
      return found
    }
    let fair = try audits(sensitivityOfB: 0.85, count: 1000)
    #expect(fair.sensitivity <= 65)
    #expect(fair.specificity <= 65)
    #expect(fair.either <= 65)
    let gap = try audits(sensitivityOfB: 0.70, count: 200)
    #expect(gap.either >= 180)
  }

  @Test("Policy 3: small n is not certainty, and a perfect curve is bounded below 1")
  func aPerfectModelIsNotCertain() throws {
    let truth = (0..<40).map { $0 >= 20 }
    let study = try Study(
      of: cohort(scores: truth.indices.map { (Double($0) + 0.5) / 40 }, isPositive: truth), following: plan())
    let auc = try #require(study.row("auc")?.estimate)
    #expect(auc.value == 1)
    let lower = try #require(auc.interval?.lower)
    #expect(lower < 1 && lower > 0.8)
    #expect(auc.caveat != nil)
    let sensitivity = try #require(study.row("sensitivity")?.estimate?.interval)
    #expect(sensitivity.upper == 1 && sensitivity.lower < 0.9)
    #expect(study.row("calibration_slope")?.result == .undefined(.separated))
  }

  /// Slopes of small groups can be fitted only where their classes happen to overlap: below 20 a class their gap is a
  /// number without an interval, and says why.
  @Test(arguments: [19, 20]) func aGapInSlopesNeedsTwentyOfEachClass(positives: Int) throws {
    let draw = Draw(positives: 40, negatives: 200, seed: 11)
    let inFirst = draw.isPositive.indices.reduce(into: (positives: 0, groups: [String?]())) { sum, row in
      let isFirst = draw.isPositive[row] ? sum.positives < positives : row % 2 == 0
      if draw.isPositive[row] { sum.positives += 1 }
      sum.groups.append(isFirst ? "a" : "b")
    }
    let study = try Study(
      of: cohort(
        scores: draw.scores, isPositive: draw.isPositive, attributes: [("group", inFirst.groups)]),
      following: plan(attributes: ["group"]))
    let gap = try #require(study.row("calibration_slope", .of("group", "a"), minus: .complement)?.estimate)
    let sides = ["a", "b"].map { study.row("calibration_slope", .of("group", $0))?.estimate }
    #expect(agrees(gap.value, try #require(sides[0]).value - (try #require(sides[1]).value)))
    #expect(sides.allSatisfy { $0?.interval != nil })
    #expect((gap.interval != nil) == (positives == 20))
    if positives < 20 {
      #expect(
        gap.caveat == "too few for a gap in slopes, which needs 20 cases of each class on either side")
    }
  }

  @Test(
    "Policy 4: images of one patient are not independent: the interval widens and the design effect is shown")
  func patientsWidenTheInterval() throws {
    let draw = Draw(positives: 100, negatives: 200, images: 4, correlation: 0.8, seed: 4)
    let naive = try Study(of: cohort(scores: draw.scores, isPositive: draw.isPositive), following: plan())
    let clustered = try Study(
      of: cohort(scores: draw.scores, isPositive: draw.isPositive, patients: draw.patients),
      following: plan(patients: true))
    for metric in ["sensitivity", "specificity", "auc", "brier", "calibration_slope", "mcc"] {
      let a = try #require(naive.row(metric)?.estimate)
      let b = try #require(clustered.row(metric)?.estimate)
      #expect(agrees(a.value, b.value))
      let (narrow, wide) = (try #require(a.interval), try #require(b.interval))
      #expect(wide.upper - wide.lower > 1.3 * (narrow.upper - narrow.lower), "\(metric)")
      #expect(try #require(b.designEffect) > 1.5, "\(metric)")
      #expect(clustered.row(metric)?.support.patients == 300)
    }
  }

  @Test("Policy 5: the complement leaves out unknown; a two-level attribute is one comparison, not two")
  func aGroupIsComparedWithItsComplement() throws {
    let draw = Draw(positives: 60, negatives: 120, seed: 5)
    let two = draw.scores.indices.map { $0 % 7 == 0 ? nil : $0 % 2 == 0 ? "f" : "m" }
    let three = draw.scores.indices.map { ["p", "q", "r"][$0 % 3] }
    let study = try Study(
      of: cohort(
        scores: draw.scores, isPositive: draw.isPositive, attributes: [("sex", two), ("site", three)]),
      following: plan(attributes: ["sex", "site"]) { $0.metrics = ["sensitivity"] })
    let gaps = study.rows.filter { $0.key.subgroupMinus != nil && $0.key.setting.isHeadline }
    #expect(gaps.count == 1 + 3)
    let f = try #require(study.row("sensitivity", .of("sex", "f"))?.estimate?.value)
    let m = try #require(study.row("sensitivity", .of("sex", "m"))?.estimate?.value)
    let gap = try #require(study.row("sensitivity", .of("sex", "f"), minus: .complement)?.estimate?.value)
    #expect(agrees(gap, f - m))
    // Against a named group every other level is compared.
    let named = try Study(
      of: cohort(scores: draw.scores, isPositive: draw.isPositive, attributes: [("site", three)]),
      following: plan(attributes: ["site"]) {
        $0.metrics = ["sensitivity"]
        $0.referenceGroups = ["site": "q"]
      })
    let against = named.rows.compactMap(\.key.subgroupMinus)
    #expect(against == [.group(.of("site", "q")), .group(.of("site", "q"))])
  }

  @Test("Policy 13: missing demographics are a row of their own that decides nothing")
  func unknownIsARowThatNeverDecides() throws {
    let draw = Draw(positives: 100, negatives: 100, separation: 4, seed: 6)
    let groups = draw.scores.indices.map { $0 % 4 == 0 ? nil : "known" }
    let criterion = Criterion(
      id: "C1", metric: "sensitivity", scope: .everySubgroup(of: nil), evidence: .lowerBound(atLeast: 0.5))
    let study = try Study(
      of: cohort(scores: draw.scores, isPositive: draw.isPositive, attributes: [("group", groups)]),
      following: plan(attributes: ["group"], criteria: [criterion]))
    let unknown = try #require(
      study.row("sensitivity", Subgroup([Subgroup.Term("group", .unknown)])))
    #expect(unknown.estimate != nil && !unknown.isAssessable)
    #expect(study.verdict == .met)
    #expect(study.judgements.filter { $0.subgroup != nil }.count == 1)
  }

  @Test("Policy 14: failed outputs count as errors by the primary rule; the other three stand beside it")
  func failedOutputsFollowTheRule() throws {
    // Ten positives, two of them failed; ten negatives, one failed; the rest perfect.
    let truth = (0..<20).map { $0 < 10 }
    let failed = (0..<20).map { $0 == 0 || $0 == 1 || $0 == 10 }
    let scores = truth.enumerated().map { index, positive in (positive ? 0.9 : 0.1) + Double(index) * 1e-3 }
    let study = try Study(of: cohort(scores: scores, isPositive: truth, failed: failed), following: plan())
    func fraction(_ metric: String, _ outputs: Row.Outputs) -> [Int?] {
      let support = study.row(metric, outputs: outputs)?.support
      return [support?.numerator, support?.denominator]
    }
    #expect(fraction("sensitivity", .primary) == [8, 10])
    #expect(fraction("specificity", .primary) == [9, 10])
    #expect(fraction("sensitivity", .rule(.asPositive)) == [10, 10])
    #expect(fraction("specificity", .rule(.asPositive)) == [9, 10])
    #expect(fraction("sensitivity", .rule(.asNegative)) == [8, 10])
    #expect(fraction("specificity", .rule(.asNegative)) == [10, 10])
    #expect(fraction("sensitivity", .rule(.excluded)) == [8, 8])
    #expect(fraction("specificity", .rule(.excluded)) == [9, 9])
    #expect(fraction("failure_rate", .primary) == [3, 20])
    #expect(study.row("failure_rate", outputs: .rule(.excluded)) == nil)
    // Ranks: under the worst case a failed positive lies below everyone, a failed negative above.
    let worst = try #require(study.row("auc")?.estimate?.value)
    #expect(agrees(worst, (8 * 9) / 100.0))
    #expect(study.row("auc", outputs: .rule(.excluded))?.estimate?.value == 1)
    // Calibration uses the cases with a score.
    #expect(study.row("brier")?.support.cases == 17)
  }

  @Test(
    "Policy 14: what the criteria would come to under the other rules stands beside the verdict, which follows the plan's"
  )
  func otherRulesStandBesideTheVerdict() throws {
    // Forty positives, ten of them failed; forty negatives, all scored; the rest perfect.
    let truth = (0..<80).map { $0 < 40 }
    let failed = (0..<80).map { $0 < 10 }
    let scores = truth.map { $0 ? 0.9 : 0.1 }
    let criterion = Criterion(
      id: "C1", metric: "sensitivity", scope: .overall, evidence: .lowerBound(atLeast: 0.7))
    let study = try Study(
      of: cohort(scores: scores, isPositive: truth, failed: failed), following: plan(criteria: [criterion]))
    #expect(study.verdict == .inconclusive)
    let others = study.robustness.verdictsByRule
    #expect(others.map(\.rule) == [.asPositive, .asNegative, .excluded])
    #expect(others.map(\.verdict) == [.met, .inconclusive, .met])
    let whole = try Study(
      of: cohort(scores: scores, isPositive: truth), following: plan(criteria: [criterion]))
    #expect(whole.robustness.verdictsByRule.isEmpty && whole.verdict == .met)
  }

  /// A fifth of the women's positives failed: whether the sexes are alike hangs on the rule alone.
  @Test("Policy 14: a criterion about a gap is judged under the other rules too")
  func otherRulesStandBesideAGap() throws {
    let truth = (0..<800).map { $0 < 400 }
    let failed = (0..<800).map { $0 < 40 }
    let sexes = (0..<800).map { $0 % 400 < 200 ? "Female" : "Male" }
    func study(_ criteria: [Criterion]) throws -> Study {
      try Study(
        of: cohort(
          scores: truth.map { $0 ? 0.9 : 0.1 }, isPositive: truth, failed: failed,
          attributes: [("sex", sexes)]), following: plan(attributes: ["sex"], criteria: criteria))
    }
    let judged = try study([
      Criterion(
        id: "C1", metric: "sensitivity", scope: .gap(across: "sex"), evidence: .interval(within: 0.05))
    ])
    #expect(judged.verdict == .notMet)
    #expect(judged.robustness.verdictsByRule.map(\.verdict) == [.met, .notMet, .met])
    let gaps = judged.rows.filter { $0.key.subgroupMinus != nil && $0.key.outputs != .primary }
    #expect(gaps.map(\.key.metric) == ["sensitivity", "sensitivity", "sensitivity"])
    #expect(gaps.allSatisfy { $0.test == nil && !$0.isPrespecified })
    // Only what a criterion judges; and it changes nothing of the plan's rule.
    let unjudged = try study([])
    #expect(judged.rows.filter { !gaps.contains($0) } == unjudged.rows)
  }

  @Test("Policy 15: ties count one half")
  func tiesCountOneHalf() throws {
    let study = try Study(
      of: cohort(scores: [0.2, 0.5, 0.5, 0.9], isPositive: [false, false, true, true]), following: plan())
    #expect(study.row("auc")?.estimate?.value == 0.875)
  }

  private func agrees(_ a: Double, _ b: Double) -> Bool { abs(a - b) < 1e-12 }
}
