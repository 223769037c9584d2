import func Foundation.pow
import Statistics
import TestSupport
import Testing
import Validation

/// Sampling weights: against R's survey package, against sums over all pairs, and by what must not change.
@Suite struct WeightTests {
  // MARK: Against survey

  private func sample(_ set: JSON) -> Sample {
    Sample(
      scores: set["score"].numbers, isPositive: set["label"].numbers.map { $0 == 1 }, threshold: 0.5,
      patients: set["patient"].numbers.map { UInt32($0) }, weights: set["weight"].numbers)
  }

  @Test func calibrationAgreesWithSurvey() throws {
    for set in try Golden.values("weights")["sets"].array {
      let scored = ScoredCases(of: sample(set))
      let sums = PatientSums(by: sample(set).patients)
      func check(_ name: String, _ value: Double, _ influence: [Double]) {
        let patients = Double(sums.patients.count)
        let squares = sums.sums { influence[$0] }.reduce(0) { $0 + $1 * $1 }
        #expect(agrees(value, set[name]["value"].number, within: 1e-9), "\(name)")
        let error = (patients / (patients - 1) * squares).squareRoot()
        #expect(agrees(error, set[name]["se"].number, within: 1e-9), "\(name)")
      }
      let brier = try BrierScore(scored)
      check("brier", brier.value, brier.influences(in: scored).brier)
      check("observed_expected", brier.observedWeight / brier.expected, brier.influences(in: scored).ratio)
      let cases = try LogitCases(of: scored)
      let slope = try LogisticRecalibration(cases, form: .slope)
      check("slope", slope.slope, slope.influence(in: cases))
      let intercept = try LogisticRecalibration(cases, form: .intercept)
      check("intercept", intercept.intercept, intercept.influence(in: cases))
    }
  }

  /// Wilson's interval on the sample size that survey's standard error is worth.
  @Test func proportionsAgreeWithSurvey() throws {
    for set in try Golden.values("weights")["sets"].array {
      let study = try study(set)
      let (label, score, patient) = (set["label"].numbers, set["score"].numbers, set["patient"].numbers)
      let members: [(String, (Int) -> Bool)] = [
        ("sensitivity", { label[$0] == 1 }), ("false_positive_rate", { label[$0] == 0 }),
        ("ppv", { score[$0] >= 0.5 }), ("accuracy", { _ in true }), ("prevalence", { _ in true }),
        ("flag_rate", { _ in true }),
      ]
      for (metric, isMember) in members {
        let row = try #require(study.row(metric))
        let estimate = try #require(row.estimate, "\(metric)")
        let p = set[metric]["value"].number
        let variance = set[metric]["se"].number * set[metric]["se"].number
        let cases = label.indices.filter(isMember)
        let patients = Set(cases.map { patient[$0] }).count
        // Kish's effective size of the class whose weights differ most bounds what the standard error is worth.
        let weights = set["weight"].numbers
        let evenness =
          [0.0, 1].map { truth in
            let own = cases.filter { label[$0] == truth }.map { weights[$0] }
            let sum = own.reduce(0, +)
            return own.isEmpty ? 1 : sum * sum / own.reduce(0) { $0 + $1 * $1 } / Double(own.count)
          }.min() ?? 1
        let estimated = min(Double(cases.count) * evenness, p * (1 - p) / variance)
        let events = estimated * min(p, 1 - p)
        // One more event, by which a patient counts once.
        let size = min(
          estimated, (events + 1) / (events / estimated + 1 / (Double(min(patients, cases.count)) * evenness))
        )
        #expect(agrees(estimate.value, p, within: 1e-9), "\(metric)")
        // Of weights that follow the truth what is a share of positives is on the logit scale.
        let isOfTruth = Set(set["weight"].numbers).count == 2 && ["ppv", "prevalence"].contains(metric)
        let reference = ReferenceDistribution.student(Double(patients - 1))
        let logit = Scale.logit.wald(
          value: p, standardError: variance.squareRoot(), tail: 0.025, reference: reference)
        let expected =
          isOfTruth
          ? try #require(logit)
          : Proportion(successes: p * size, trials: size).wilson(
            tail: 0.025, reference: reference)
        #expect(agrees(try #require(estimate.interval?.lower), expected.lower, within: 1e-9), "\(metric)")
        #expect(agrees(try #require(estimate.interval?.upper), expected.upper, within: 1e-9), "\(metric)")
        #expect(
          estimate.method == (isOfTruth ? "logit-wald, weighted" : "wilson, effective sample size, weighted"))
        #expect(row.support.numerator == nil && row.support.cases == label.count)
      }
      #expect(
        agrees(try #require(study.row("brier")?.estimate).value, set["brier"]["value"].number, within: 1e-9))
      #expect(
        agrees(
          try #require(study.row("calibration_slope")?.estimate).value, set["slope"]["value"].number,
          within: 1e-9))
    }
  }

  private func study(_ set: JSON) throws -> Study {
    try Study(
      of: cohort(
        scores: set["score"].numbers, isPositive: set["label"].numbers.map { $0 == 1 },
        patients: set["patient"].numbers.map { UInt32($0) }, weights: set["weight"].numbers),
      following: plan(patients: true) { $0.cohort.weightColumn = "w" })
  }

  // MARK: By hand

  /// Every pair by the product of its weights; the variance from placements, each class on its own.
  @Test func areaAgreesWithBruteForce() throws {
    var random = RandomStream(11)
    for trial in 0..<40 {
      let n = 6 + Int(random.uniform() * 30)
      let levels = trial % 3 == 0 ? 4.0 : 1000
      let scores = (0..<n).map { _ in (random.uniform() * levels).rounded() / levels }
      let truth = (0..<n).map { $0 < 2 || ($0 > 3 && random.bernoulli(0.4)) }
      let weights = (0..<n).map { _ in 0.1 + random.uniform() * (trial % 2 == 0 ? 1 : 50) }
      guard Set(scores).count > 1 else { continue }
      let sample = Sample(scores: scores, isPositive: truth, weights: weights)
      let positives = (0..<n).filter { truth[$0] }
      let negatives = (0..<n).filter { !truth[$0] }
      func order(_ a: Int, _ b: Int) -> Double {
        scores[a] > scores[b] ? 1 : scores[a] == scores[b] ? 0.5 : 0
      }
      func sum(_ members: [Int], _ value: (Int) -> Double) -> Double {
        members.reduce(0) { $0 + weights[$1] * value($1) }
      }
      let (p, m) = (sum(positives) { _ in 1 }, sum(negatives) { _ in 1 })
      let auc = sum(positives) { i in sum(negatives) { order(i, $0) } } / (p * m)
      let deLong = try DeLong(sample)
      #expect(agrees(deLong.auc, auc, within: 1e-12))
      let squares =
        positives.reduce(0) { sum, i in
          let v = weights[i] * (self.sum(negatives, weights) { order(i, $0) } / m - auc) / p
          return sum + v * v
        }
        + negatives.reduce(0) { sum, j in
          let v = weights[j] * (self.sum(positives, weights) { order($0, j) } / p - auc) / m
          return sum + v * v
        }
      let influence = deLong.influence(in: sample)
      #expect(agrees(influence.reduce(0) { $0 + $1 * $1 }, squares, within: 1e-12))
      #expect(agrees(influence.reduce(0, +), 0, within: 1e-12))
    }
  }

  private func sum(_ members: [Int], _ weights: [Double], _ value: (Int) -> Double) -> Double {
    members.reduce(0) { $0 + weights[$1] * value($1) }
  }

  @Test func aPerfectOrderIsPerfectWhateverItsWeights() throws {
    let truth = (0..<30).map { $0 >= 18 }
    let sample = Sample(
      scores: (0..<30).map { Double($0) / 30 }, isPositive: truth,
      weights: (0..<30).map { 1 / (0.3 + Double($0)) })
    #expect(try DeLong(sample).auc == 1)
    let curve = try ROCCurve(sample)
    #expect(curve.points.last.map { [$0.falsePositiveRate, $0.sensitivity] } == [1, 1])
    #expect(curve.points.contains { $0.falsePositiveRate == 0 && $0.sensitivity == 1 })
  }

  /// The area below the weighted curve is the weighted area.
  @Test func theCurveIsWeightedToo() throws {
    let draw = Draw(positives: 40, negatives: 50, seed: 4)
    let weights = draw.scores.indices.map { 1 + Double($0 % 7) }
    let sample = Sample(scores: draw.scores, isPositive: draw.isPositive, weights: weights)
    let points = try ROCCurve(sample).points
    let area = zip(points, points.dropFirst()).reduce(0) {
      $0 + ($1.1.falsePositiveRate - $1.0.falsePositiveRate) * ($1.1.sensitivity + $1.0.sensitivity) / 2
    }
    #expect(agrees(area, try DeLong(sample).auc, within: 1e-12))
  }

  // MARK: What must not change

  private let draw = Draw(positives: 40, negatives: 60, images: 2, correlation: 0.5, seed: 21)
  private var site: [String?] { draw.scores.indices.map { $0 % 3 == 0 ? "a" : $0 % 7 == 0 ? nil : "b" } }
  private var failed: [Bool] { draw.scores.indices.map { $0 % 19 == 5 } }

  private func study(
    _ weights: [Double]?, patients: [UInt32]?, _ change: (inout AnalysisPlan) -> Void = { _ in }
  ) throws -> Study {
    try Study(
      of: cohort(
        scores: draw.scores, isPositive: draw.isPositive, patients: patients, failed: failed,
        weights: weights,
        attributes: [("site", site)]),
      following: plan(attributes: ["site"], patients: patients != nil) {
        $0.prevalences = [0.05]
        change(&$0)
      })
  }

  private func expectSame(_ one: Study, _ other: Study, within tolerance: Double) {
    #expect(one.rows.count == other.rows.count)
    for (a, b) in zip(one.rows, other.rows) {
      #expect(a.key == b.key)
      #expect((a.estimate == nil) == (b.estimate == nil), "\(a.key)")
      guard let first = a.estimate, let second = b.estimate else { continue }
      #expect(agrees(first.value, second.value, within: tolerance), "\(a.key)")
      #expect((first.interval == nil) == (second.interval == nil), "\(a.key)")
      for limit in [\Interval.lower, \Interval.upper] {
        guard let x = first.interval?[keyPath: limit], let y = second.interval?[keyPath: limit] else {
          continue
        }
        #expect(x == y || agrees(x, y, within: tolerance), "\(a.key): \(x), \(y)")
      }
      if let x = first.designEffect, let y = second.designEffect {
        #expect(agrees(x, y, within: tolerance), "\(a.key)")
      }
    }
    #expect(one.curves.count == other.curves.count)
    for (a, b) in zip(one.curves, other.curves) {
      for (p, q) in zip(a.points, b.points) {
        #expect(agrees(p.y, q.y, within: tolerance) && agrees(p.x, q.x, within: tolerance))
        #expect(p.lower.map { agrees($0, q.lower ?? .nan, within: tolerance) } ?? (q.lower == nil))
      }
    }
  }

  /// The clustered path without weights, to rounding: with patients, and with every case its own.
  @Test(arguments: [1, 0.003, 7777.7]) func equalWeightsAreNone(_ weight: Double) throws {
    let weights = draw.scores.map { _ in weight }
    expectSame(
      try study(weights, patients: draw.patients), try study(nil, patients: draw.patients), within: 1e-10)
    let own = draw.scores.indices.map { UInt32($0) }
    expectSame(try study(weights, patients: nil), try study(nil, patients: own), within: 1e-10)
  }

  private var unequal: [Double] { draw.scores.indices.map { draw.isPositive[$0] ? 1 : 5 + Double($0 % 4) } }

  @Test func aCommonFactorChangesNothing() throws {
    let scaled = unequal.map { $0 * 0.37 }
    expectSame(
      try study(unequal, patients: draw.patients), try study(scaled, patients: draw.patients), within: 1e-10)
  }

  /// Twice in the data, or once with twice the weight: the same estimate, though not the same certainty.
  @Test func aWeightOfTwoIsACaseTwice() throws {
    let isDouble = draw.scores.indices.map { $0 % 5 < 2 }
    let places = draw.scores.indices.flatMap { isDouble[$0] ? [$0, $0] : [$0] }
    let once = try Study(
      of: cohort(
        scores: draw.scores, isPositive: draw.isPositive, weights: isDouble.map { $0 ? 2 : 1 }),
      following: plan())
    let twice = try Study(
      of: cohort(scores: places.map { draw.scores[$0] }, isPositive: places.map { draw.isPositive[$0] }),
      following: plan())
    // The null expectation of the calibration error depends on how many cases there are; tests have no
    // weights, and knots between two cases move.
    let others = Metric.testedAgainstCalibration.union(["ici", "e50", "e90", "emax"])
    for row in once.rows where !others.contains(row.key.metric) {
      let other = try #require(twice.row(row.key.metric)?.estimate)
      #expect(agrees(try #require(row.estimate).value, other.value, within: 1e-10), "\(row.key.metric)")
    }
  }

  /// Weights of any size, groups of a few cases, outputs that all failed: a number or a reason, and no interval without
  /// its value.
  @Test func nothingBreaksOnOddWeights() throws {
    var random = RandomStream(77)
    for trial in 0..<120 {
      let n = 4 + trial % 40
      let truth = (0..<n).map { $0 == 0 || ($0 > 1 && random.bernoulli(0.5)) }
      let scores = (0..<n).map { _ in (random.uniform() * 8).rounded() / 8 }
      let spread = trial % 4 == 0 ? 9.0 : 2
      let weights = (0..<n).map { _ in
        pow(10, ((random.uniform() * 2 - 1) * spread).rounded())
      }
      let failed = (0..<n).map { _ in trial % 5 == 0 || random.bernoulli(0.1) }
      let groups = (0..<n).map { _ -> String? in
        random.bernoulli(0.1) ? nil : random.bernoulli(0.3) ? "a" : "b"
      }
      let patients = trial % 3 == 0 ? (0..<n).map { UInt32($0 / 2) } : nil
      let study = try Study(
        of: cohort(
          scores: scores, isPositive: truth, patients: patients, failed: failed, weights: weights,
          attributes: [("group", groups)]),
        following: plan(attributes: ["group"], patients: patients != nil) {
          $0.prevalences = [0.1]
          $0.outputRule = OutputRule.allCases[trial % 4]
          $0.proportionInterval = ProportionInterval.allCases[trial % 3]
        })
      for row in study.rows {
        guard let estimate = row.estimate, let interval = estimate.interval else { continue }
        // The effective sample size carries the value there and back, to a rounding.
        #expect(
          interval.lower <= estimate.value + 1e-12 && estimate.value <= interval.upper + 1e-12,
          "\(row.key): \(estimate)")
      }
    }
  }

  // MARK: What is said

  @Test func rowsSayThatTheyAreWeighted() throws {
    let study = try study(unequal, patients: nil)
    for row in study.rows {
      guard let estimate = row.estimate, estimate.interval != nil else { continue }
      #expect(estimate.method.hasSuffix(", weighted"), "\(row.key)")
      #expect(!estimate.method.contains("patient") && row.support.patients == nil, "\(row.key)")
      #expect(row.support.numerator == nil && row.support.denominator == nil)
    }
    let summary = try #require(study.cohorts[0].weights)
    let sum = unequal.reduce(0, +)
    #expect(summary.smallest == 1 && summary.largest == 8 && agrees(summary.sum, sum, within: 1e-12))
    #expect(agrees(summary.effectiveCases, sum * sum / unequal.reduce(0) { $0 + $1 * $1 }, within: 1e-12))
    // Raw counts stay what they are.
    #expect(study.cohorts[0].positives == 80 && study.row("sensitivity")?.support.positives == 80)
  }

  /// Case-control: positives weigh 1 and negatives 20. The variance of log (TP / FP), by hand.
  @Test func predictiveValuesOfACaseControlSampleAreOnTheLogitScale() throws {
    let truth = (0..<100).map { $0 < 50 }
    let scores = (0..<100).map { $0 < 40 || $0 >= 85 ? 0.9 : 0.1 }
    let estimate = try #require(
      try Study(
        of: cohort(scores: scores, isPositive: truth, weights: truth.map { $0 ? 1 : 20 }), following: plan()
      ).row("ppv")?.estimate)
    #expect(agrees(estimate.value, 40.0 / (40 + 15 * 20), within: 1e-12))
    let error = (55.0 / 54 * (1.0 / 40 + 1.0 / 15)).squareRoot()
    let expected = try #require(
      Scale.logit.wald(
        value: 40.0 / 340, standardError: error * (40.0 / 340) * (300.0 / 340), tail: 0.025,
        reference: .student(54)))
    #expect(agrees(try #require(estimate.interval).lower, expected.lower, within: 1e-12))
    #expect(agrees(try #require(estimate.interval).upper, expected.upper, within: 1e-12))
    #expect(estimate.method == "logit-wald, weighted" && !estimate.hasFewEvents)
  }

  /// All flagged positives, one with nearly all the weight: its patients' number would claim too much.
  @Test func withoutVariationHeavyCasesCountLess() throws {
    let truth = (0..<40).map { $0 < 20 }
    let scores = truth.map { $0 ? 0.9 : 0.1 }
    let weights = (0..<40).map { $0 == 0 ? 100.0 : 1 }
    let estimate = try #require(
      try Study(of: cohort(scores: scores, isPositive: truth, weights: weights), following: plan())
        .row("sensitivity")?.estimate)
    let size = 119.0 * 119 / (100 * 100 + 19)
    let expected = Proportion(successes: size, trials: size).wilson(tail: 0.025, reference: .student(19))
    #expect(agrees(try #require(estimate.interval).lower, expected.lower, within: 1e-12))
  }
}
