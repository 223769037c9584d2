import Statistics
import TestSupport
import Testing
import Validation

/// Faults that a reader once found; each would have misled someone.
@Suite struct FindingsTests {
  /// A very good comparator has few misses: that must not hide a gap of fifty points.
  @Test func aGrossGapIsTested() throws {
    var scores: [Double] = []
    var truth: [Bool] = []
    var sex: [String] = []
    for (name, positives, missed) in [("M", 500, 2), ("F", 200, 100)] {
      for index in 0..<(positives + 500) {
        truth.append(index < positives)
        sex.append(name)
        scores.append(index < positives ? (index < missed ? 0.05 : 0.9) : 0.1 + Double(index % 7) * 1e-3)
      }
    }
    let study = try Study(
      of: cohort(scores: scores, isPositive: truth, attributes: [("sex", sex)]),
      following: plan(attributes: ["sex"]))
    for metric in ["sensitivity", "auc"] {
      let gap = try #require(study.row(metric, .of("sex", "F"), minus: .complement))
      #expect(try #require(gap.test?.pAdjusted) < 1e-6, "\(metric)")
      #expect(GapReading(of: gap, margin: nil, confidence: 0.95) == .differenceShown(sizeUncertain: false))
    }
  }

  /// Patients whose only output failed are no evidence when failures are excluded.
  @Test func excludedFailuresAreNoPatients() throws {
    let truth = (0..<40).map { $0 < 10 || (20..<30).contains($0) }
    let failed = (0..<40).map { $0 >= 20 }
    let scores = truth.indices.map { (truth[$0] ? 0.8 : 0.2) + Double($0) * 1e-3 }
    let study = try Study(
      of: cohort(scores: scores, isPositive: truth, patients: (0..<40).map { UInt32($0) }, failed: failed),
      following: plan(patients: true) { $0.outputRule = .excluded })
    let row = try #require(study.row("auc"))
    #expect(row.estimate?.value == 1)
    #expect(row.support.patients == 20)
    #expect(agrees(try #require(row.estimate?.interval?.lower), 0.6915, within: 1e-4))
    #expect(study.row("sensitivity")?.support.patients == 20)
    #expect(study.row("brier")?.support.patients == 20)
    #expect(study.row("failure_rate")?.support.patients == 40)
  }

  /// What cannot be claimed hands no α on.
  @Test func aSequenceStopsAtWhatCannotBeAssessed() throws {
    let draw = Draw(positives: 200, negatives: 200, separation: 4, seed: 21)
    let groups = draw.scores.indices.map { $0 % 100 == 0 ? "small" : "large" }
    func criterion(_ id: String, _ scope: Criterion.Scope) -> Criterion {
      Criterion(id: id, metric: "sensitivity", scope: scope, evidence: .lowerBound(atLeast: 0.5))
    }
    for multiplicity in [Multiplicity.fixedSequence, .holm, .hochberg] {
      let study = try Study(
        of: cohort(scores: draw.scores, isPositive: draw.isPositive, attributes: [("group", groups)]),
        following: plan(
          attributes: ["group"],
          criteria: [criterion("A", .everySubgroup(of: nil)), criterion("B", .overall)]
        ) { $0.multiplicity = multiplicity })
      let sums = study.judgements.filter { $0.subgroup == nil }
      #expect(sums[0].verdict == .inconclusive && sums[0].p == nil)
      #expect(sums[1].verdict == (multiplicity == .fixedSequence ? .inconclusive : .met), "\(multiplicity)")
      #expect(!sums[1].sentence.contains(".;"))
    }
  }

  @Test(arguments: [
    Double.greatestFiniteMagnitude, .leastNonzeroMagnitude, .leastNormalMagnitude / 4,
  ]) func extremeScoresAreDrawnOrNot(_ size: Double) throws {
    let scores = (0..<40).map { Double($0 % 3 - 1) * size }
    let study = try Study(
      of: cohort(scores: scores, isPositive: (0..<40).map { $0 % 2 == 0 }),
      following: plan {
        $0.cohort.models[0].isProbability = false
      })
    for histogram in study.distributions.flatMap(\.scores) {
      #expect(histogram.positives.reduce(0, +) == 20 && histogram.edges.allSatisfy(\.isFinite))
    }
    #expect(study.row("auc")?.estimate != nil)
  }

  @Test func aGroupThatIsNotThereIsRefused() {
    let criterion = Criterion(
      id: "C1", metric: "sensitivity", scope: .group(.of("sex", "Femal")), evidence: .lowerBound(atLeast: 0.5)
    )
    #expect(throws: PlanError.unknownGroup(attribute: "sex", level: "Femal", known: ["Female", "Male"])) {
      try Study(
        of: cohort(
          scores: [0.1, 0.9], isPositive: [false, true], attributes: [("sex", ["Female", "Male"])]),
        following: plan(attributes: ["sex"], criteria: [criterion]))
    }
  }

  /// One positive and one negative image in every patient: placements cancel to rounding noise.
  @Test func noiseIsNoInterval() throws {
    var random = RandomStream(33)
    let shared = (0..<60).map { _ in random.uniform() }
    let study = try Study(
      of: cohort(
        scores: (0..<120).map { shared[$0 / 2] }, isPositive: (0..<120).map { $0 % 2 == 0 },
        patients: (0..<120).map { UInt32($0 / 2) }), following: plan(patients: true))
    let estimate = try #require(study.row("auc")?.estimate)
    #expect(estimate.value == 0.5)
    #expect(estimate.interval == nil && estimate.caveat != nil)
  }

  @Test func noTwoSubgroupsAreWrittenAlike() {
    let crossing = Subgroup([Subgroup.Term("a", .named("x")), Subgroup.Term("b", .named("y"))])
    let hostile = Subgroup.of("a", "x; b=y")
    #expect(crossing.description == "a=x; b=y")
    #expect(hostile.description == "a=\"x; b=y\"")
    #expect(Subgroup.of("a", "say \"x\"").description == "a=\"say \"\"x\"\"\"")
  }

  /// A tenth of correlated images has a wider interval than as many independent cases.
  @Test func theCalibrationCurveKnowsPatients() throws {
    let draw = Draw(positives: 100, negatives: 200, images: 4, correlation: 0.8, seed: 22)
    func width(_ patients: Bool) throws -> Double {
      let study = try Study(
        of: cohort(
          scores: draw.scores, isPositive: draw.isPositive, patients: patients ? draw.patients : nil),
        following: plan(patients: patients))
      let points = try #require(study.curves.first { $0.kind == .calibration }).points
      return points.reduce(0) { $0 + ($1.upper ?? 1) - ($1.lower ?? 0) }
    }
    #expect(try width(true) > 1.2 * width(false))
  }
}
