import Statistics
import TestSupport
import Testing
import Validation

/// Clustered variances against sums written out by hand on small, strongly correlated data.
@Suite struct ClusterTests {
  private let draw = Draw(positives: 25, negatives: 35, images: 3, correlation: 0.7, seed: 9)

  private func study(_ change: (inout AnalysisPlan) -> Void = { _ in }) throws -> Study {
    try Study(
      of: cohort(scores: draw.scores, isPositive: draw.isPositive, patients: draw.patients),
      following: plan(patients: true, change))
  }

  /// Obuchowski 1997: placements of every image, summed over patients, each class with its own I / (I − 1).
  @Test func areaAgreesWithObuchowskisSums() throws {
    let positives = draw.scores.indices.filter { draw.isPositive[$0] }
    let negatives = draw.scores.indices.filter { !draw.isPositive[$0] }
    let (m, n) = (Double(positives.count), Double(negatives.count))
    func order(_ a: Int, _ b: Int) -> Double {
      draw.scores[a] > draw.scores[b] ? 1 : draw.scores[a] == draw.scores[b] ? 0.5 : 0
    }
    let v10 = positives.map { i in negatives.reduce(0) { $0 + order(i, $1) } / n }
    let v01 = negatives.map { j in positives.reduce(0) { $0 + order($1, j) } / m }
    let auc = v10.reduce(0, +) / m
    var s10 = [UInt32: Double]()
    var s01 = [UInt32: Double]()
    for (i, v) in zip(positives, v10) { s10[draw.patients[i], default: 0] += v - auc }
    for (j, v) in zip(negatives, v01) { s01[draw.patients[j], default: 0] += v - auc }
    let squares10 = s10.values.reduce(0) { $0 + $1 * $1 }
    let squares01 = s01.values.reduce(0) { $0 + $1 * $1 }
    let (i10, i01) = (Double(s10.count), Double(s01.count))
    let variance = i10 / (i10 - 1) * squares10 / (m * m) + i01 / (i01 - 1) * squares01 / (n * n)
    let estimate = try #require(try study { $0.aucInterval = .deLong }.row("auc")?.estimate)
    let interval = try #require(estimate.interval)
    let t = ReferenceDistribution.student(24).upperQuantile(0.025)
    #expect(agrees((interval.upper - interval.lower) / 2 / t, variance.squareRoot(), within: 1e-12))
  }

  /// Rao-Scott: K / (K − 1) Σ (x − p m)² / n², then Wilson on the effective size, drawn to the number of patients as by
  /// one more event, with Student's t.
  @Test func sensitivityAgreesWithTheRatioEstimator() throws {
    var x = [UInt32: Double]()
    var m = [UInt32: Double]()
    for index in draw.scores.indices where draw.isPositive[index] {
      x[draw.patients[index], default: 0] += draw.scores[index] >= 0.5 ? 1 : 0
      m[draw.patients[index], default: 0] += 1
    }
    let n = m.values.reduce(0, +)
    let p = x.values.reduce(0, +) / n
    let k = Double(m.count)
    let squares = m.reduce(0) { sum, entry in
      let residual = (x[entry.key] ?? 0) - p * entry.value
      return sum + residual * residual
    }
    let variance = k / (k - 1) * squares / (n * n)
    let estimated = min(n, p * (1 - p) / variance)
    let events = estimated * min(p, 1 - p)
    let effective = min(estimated, (events + 1) / (events / estimated + 1 / k))
    #expect(effective < estimated)
    let expected = Proportion(successes: p * effective, trials: effective).wilson(
      tail: 0.025, reference: .student(k - 1))
    let row = try #require(try study().row("sensitivity")?.estimate)
    #expect(agrees(try #require(row.interval?.lower), expected.lower, within: 1e-12))
    #expect(agrees(try #require(row.interval?.upper), expected.upper, within: 1e-12))
    #expect(agrees(try #require(row.designEffect), variance / (p * (1 - p) / n), within: 1e-12))
  }

  @Test func withoutVariationAPatientCountsOnce() throws {
    let truth = (0..<80).map { $0 < 40 }
    let study = try Study(
      of: cohort(
        scores: truth.map { $0 ? 0.9 : 0.1 }, isPositive: truth, patients: (0..<80).map { UInt32($0 / 4) }),
      following: plan(patients: true))
    let estimate = try #require(study.row("sensitivity")?.estimate)
    let expected = Proportion(successes: 10, trials: 10).wilson(tail: 0.025, reference: .student(9))
    #expect(estimate.designEffect == nil)
    #expect(agrees(try #require(estimate.interval?.lower), expected.lower, within: 1e-12))
    #expect(estimate.caveat?.contains("design effect not estimable") == true)
  }

  /// A patient's images in both groups: the gap's standard error is that of the summed difference of influences.
  @Test func aGapAcrossViewsUsesBothSidesJointly() throws {
    let views = draw.scores.indices.map { $0 % 3 == 0 ? "first" : "later" }
    let study = try Study(
      of: cohort(
        scores: draw.scores, isPositive: draw.isPositive, patients: draw.patients,
        attributes: [("view", views)]),
      following: plan(attributes: ["view"], patients: true) {
        $0.metrics = ["brier", "calibration_intercept"]
      })
    let gap = try #require(study.row("brier", .of("view", "first"), minus: .complement)?.estimate)
    // By hand, on the plain scale.
    func brier(_ view: String) -> (mean: Double, influence: [UInt32: Double]) {
      let members = draw.scores.indices.filter { views[$0] == view }
      let errors = members.map { i in
        (draw.scores[i] - (draw.isPositive[i] ? 1 : 0)) * (draw.scores[i] - (draw.isPositive[i] ? 1 : 0))
      }
      let mean = errors.reduce(0, +) / Double(errors.count)
      var influence = [UInt32: Double]()
      for (i, error) in zip(members, errors) {
        influence[draw.patients[i], default: 0] += (error - mean) / Double(errors.count)
      }
      return (mean, influence)
    }
    let (a, b) = (brier("first"), brier("later"))
    #expect(agrees(gap.value, a.mean - b.mean, within: 1e-12))
    let k = Double(a.influence.count)
    let joint = a.influence.reduce(0) { sum, entry in
      let difference = entry.value - (b.influence[entry.key] ?? 0)
      return sum + difference * difference
    }
    let interval = try #require(gap.interval)
    let t = ReferenceDistribution.student(24).upperQuantile(0.025)
    let reach = t * (k / (k - 1) * joint).squareRoot()
    // The sides' own intervals are on the logit scale, so agreement is close, not exact.
    #expect(abs((interval.upper - interval.lower) / 2 / reach - 1) < 0.05)
  }

  /// One case a patient: clustering changes nothing but the quantile.
  @Test func singleImagesAgreeWithIndependentCases() throws {
    let single = Draw(positives: 60, negatives: 90, seed: 10)
    let independent = try Study(
      of: cohort(scores: single.scores, isPositive: single.isPositive),
      following: plan { $0.aucInterval = .deLong })
    let clustered = try Study(
      of: cohort(scores: single.scores, isPositive: single.isPositive, patients: single.patients),
      following: plan(patients: true) { $0.aucInterval = .deLong })
    let a = try #require(independent.row("auc")?.estimate?.interval)
    let b = try #require(clustered.row("auc")?.estimate?.interval)
    let ratio = ReferenceDistribution.student(59).upperQuantile(0.025) / Normal.upperQuantile(0.025)
    #expect(agrees((b.upper - b.lower) / (a.upper - a.lower), ratio, within: 1e-9))
    #expect(agrees(try #require(clustered.row("auc")?.estimate?.designEffect), 1, within: 1e-9))
  }
}
