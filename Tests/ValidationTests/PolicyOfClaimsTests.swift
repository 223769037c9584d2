import Statistics
import TestSupport
import Testing
import Validation

/// The numbered policies on what may be claimed.
@Suite struct PolicyOfClaimsTests {
  /// A row of a gap with this interval.
  private func reading(_ lower: Double, _ upper: Double, margin: Double?, p: Double = 1) -> GapReading {
    let row = Row(
      key: Row.Key(model: "M", subgroup: .of("sex", "f"), subgroupMinus: .complement, metric: "sensitivity"),
      result: .estimated(
        Estimate(
          value: (lower + upper) / 2, interval: Interval(lower: lower, upper: upper, level: 0.95),
          method: "newcombe")),
      support: Support(cases: 100, positives: 50, negatives: 50),
      test: Row.Test(p: p, pAdjusted: p, family: "f"),
      isAssessable: true)
    return GapReading(of: row, margin: margin, confidence: 0.95)
  }

  @Test("Policy 6: a claim of equality needs an equivalence test, and a large p is none")
  func equalityNeedsEquivalence() {
    #expect(reading(-0.04, 0.03, margin: 0.05) == .similar(margin: 0.05, differs: false))
    #expect(reading(0.01, 0.04, margin: 0.05, p: 0.01) == .similar(margin: 0.05, differs: true))
    #expect(reading(0.06, 0.2, margin: 0.05, p: 0.001) == .meaningfulDifference(margin: 0.05))
    #expect(reading(0.01, 0.2, margin: 0.05, p: 0.01) == .differenceShown(sizeUncertain: true))
    #expect(reading(-0.1, 0.2, margin: 0.05) == .notEnoughCases)
    // Without a margin nothing is ever similar, however narrow the interval and large the p.
    #expect(reading(-0.001, 0.001, margin: nil, p: 0.9) == .notEnoughCases)
  }

  @Test("Policy 7: forty-eight tests raise a false flag in five studies of a hundred, not in ninety")
  func familiesAreAdjusted() throws {
    let studies = 150
    var (raw, adjusted) = (0, 0)
    for seed in 0..<studies {
      var random = RandomStream(61, UInt64(seed))
      let truth = (0..<1200).map { $0 % 2 == 0 }
      let scores = truth.map { random.normal() + ($0 ? 1.2 : 0) }
      let attributes = (0..<4).map { number in
        (name: "a\(number)", values: truth.map { _ in "g\(Int(random.uniform() * 4))" as String? })
      }
      let study = try Study(
        of: cohort(scores: scores, isPositive: truth, threshold: 0.6, attributes: attributes),
        following: plan(attributes: attributes.map(\.name)) {
          $0.metrics = ["sensitivity", "specificity", "auc"]
        })
      let tests = study.rows.filter { $0.key.subgroupMinus != nil }.compactMap(\.test)
      #expect(tests.count == 48 && tests.allSatisfy { $0.family == tests[0].family && $0.pAdjusted != nil })
      if tests.contains(where: { $0.p <= 0.05 }) { raw += 1 }
      if tests.contains(where: { ($0.pAdjusted ?? 1) <= 0.05 }) { adjusted += 1 }
    }
    #expect(Double(raw) > 0.6 * Double(studies), "\(raw)")
    #expect(Double(adjusted) <= 0.1 * Double(studies), "\(adjusted)")
  }

  @Test("Policy 8: the calibration error is judged against what calibrated predictions would show")
  func anErrorIsReadAgainstItsNull() throws {
    var (found, raw) = (0, 0.0)
    let studies = 400
    for seed in 0..<studies {
      var random = RandomStream(67, UInt64(seed))
      let scores = (0..<100).map { _ in random.uniform() }
      let study = try Study(
        of: cohort(scores: scores, isPositive: scores.map { random.bernoulli($0) }),
        following: plan { $0.metrics = ["ece", "ece_excess"] })
      raw += try #require(study.row("ece")?.estimate).value / Double(studies)
      if try #require(study.row("ece_excess")?.test).p <= 0.05 { found += 1 }
    }
    // About a tenth, of a perfectly calibrated model; and no alarm.
    #expect(abs(raw - 0.099) < 0.005, "\(raw)")
    #expect(Double(found) <= 0.09 * Double(studies), "\(found)")
  }

  @Test("Policy 9: every measure that depends on the prevalence is known to")
  func prevalenceIsCarried() throws {
    let dependent = Set(Metric.catalog.filter(\.dependsOnPrevalence).map(\.id))
    let named: Set = [
      "ppv", "npv", "accuracy", "f1", "mcc", "flag_rate", "average_precision", "brier",
      "observed_expected", "calibration_intercept", "ici", "ece", "net_benefit",
    ]
    #expect(named.isSubset(of: dependent))
    #expect(dependent.isDisjoint(with: ["sensitivity", "specificity", "auc", "lr_positive", "youden"]))
    let draw = Draw(positives: 60, negatives: 60, seed: 71)
    let study = try Study(
      of: cohort(scores: draw.scores, isPositive: draw.isPositive),
      following: plan { $0.prevalences = [0.02] })
    let (se, sp) = (
      try #require(study.row("sensitivity")?.estimate).value,
      try #require(study.row("specificity")?.estimate).value
    )
    let based = try #require(study.row("ppv", setting: Setting(prevalence: 0.02))?.estimate)
    #expect(agrees(based.value, 0.02 * se / (0.02 * se + 0.98 * (1 - sp)), within: 1e-12))
    #expect(based.value < (try #require(study.row("ppv")?.estimate).value))
  }

  @Test("Policy 10: a score that ranks the wrong way keeps its AUC below one half")
  func theDirectionIsNotGuessed() throws {
    let draw = Draw(positives: 80, negatives: 80, seed: 73)
    let study = try Study(
      of: cohort(scores: draw.scores.map { 1 - $0 }, isPositive: draw.isPositive), following: plan())
    let auc = try #require(study.row("auc")?.estimate)
    #expect(auc.value < 0.5)
    #expect(try #require(auc.interval).upper < 0.5)
  }

  /// 40 positives, as many flagged as named.
  private func verdict(_ flagged: Int, goal: Double) throws -> Verdict {
    let truth = (0..<80).map { $0 < 40 }
    let scores = truth.indices.map { $0 < flagged ? 0.9 : 0.1 }
    let study = try Study(
      of: cohort(scores: scores, isPositive: truth),
      following: plan(criteria: [
        Criterion(id: "C", metric: "sensitivity", scope: .overall, evidence: .lowerBound(atLeast: goal))
      ]) { $0.metrics = ["sensitivity"] })
    return study.verdict
  }

  @Test("Policy 11: gates act on bounds, never on the point")
  func gatesActOnBounds() throws {
    // 36 of 40 is 90 %, 77 to 96 %.
    #expect(try verdict(36, goal: 0.76) == .met)
    #expect(try verdict(36, goal: 0.85) == .inconclusive)
    #expect(try verdict(36, goal: 0.95) == .inconclusive)
    #expect(try verdict(36, goal: 0.97) == .notMet)
  }

  @Test("Policy 12: a threshold that is found in the data is said to be derived here")
  func derivedThresholdsAreMarked() throws {
    for id in ["sensitivity_at_specificity", "specificity_at_sensitivity"] {
      let metric = try #require(Metric.named(id))
      #expect(metric.assumptions.contains("derived here"), "\(id)")
    }
    // And the operating points of a plan are fixed: other scores do not move them.
    let draw = Draw(positives: 50, negatives: 50, seed: 79)
    let study = try Study(of: cohort(scores: draw.scores, isPositive: draw.isPositive), following: plan())
    let flagged = zip(draw.scores, draw.isPositive).count { $0 >= 0.5 && $1 }
    #expect(study.row("sensitivity")?.support.numerator == flagged)
  }
}
