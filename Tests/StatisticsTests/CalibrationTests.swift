import Statistics
import TestSupport
import Testing

@Suite struct CalibrationTests {
  @Test func recalibrationAgreesWithR() throws {
    for set in try Golden.values("roc")["sets"].array {
      let sample = Sample(scores: set["score"].numbers, isPositive: set["label"].numbers.map { $0 == 1 })
      let cases = try LogitCases(of: ScoredCases(of: sample))
      let slope = try LogisticRecalibration(cases, form: .slope)
      #expect(agrees(slope.intercept, set["slope"]["intercept"].number, within: 1e-9))
      #expect(agrees(slope.slope, set["slope"]["slope"].number, within: 1e-9))
      #expect(agrees(slope.interceptVariance.squareRoot(), set["slope"]["se"][0].number, within: 1e-9))
      #expect(agrees(slope.slopeVariance.squareRoot(), set["slope"]["se"][1].number, within: 1e-9))
      let intercept = try LogisticRecalibration(cases, form: .intercept)
      #expect(agrees(intercept.intercept, set["intercept"]["value"].number, within: 1e-9))
      #expect(agrees(intercept.interceptVariance.squareRoot(), set["intercept"]["se"].number, within: 1e-9))
    }
  }

  @Test func profileOfTheSlopeAgreesWithR() throws {
    for set in try Golden.values("roc")["sets"].array {
      let sample = Sample(scores: set["score"].numbers, isPositive: set["label"].numbers.map { $0 == 1 })
      let cases = try LogitCases(of: ScoredCases(of: sample))
      let profile = SlopeProfile(cases, around: try LogisticRecalibration(cases, form: .slope))
      let interval = try #require(profile.interval(tail: 0.025))
      let theirs = set["profile"].numbers
      #expect(agrees(interval.lower, theirs[0], within: 1e-8))
      #expect(agrees(interval.upper, theirs[1], within: 1e-8))
      let nested = try #require(profile.interval(tail: 0.25))
      #expect(nested.lower > interval.lower && nested.upper < interval.upper)
    }
  }

  /// Above 4,096 cases the profile is taken on rounded ones: the same sample, each case there a hundred times, must give
  /// what the likelihood times a hundred gives.
  @Test func profileOfManyCasesAgreesWithThatOfFew() throws {
    var random = RandomStream(29)
    let scores = (0..<4000).map { _ in random.uniform() }
    let truth = scores.map { random.bernoulli($0) }
    func interval(times: Int, quantile: Double) throws -> Interval {
      let cases = try LogitCases(
        of: ScoredCases(
          of: Sample(
            scores: (0..<times).flatMap { _ in scores }, isPositive: (0..<times).flatMap { _ in truth })))
      let profile = SlopeProfile(cases, around: try LogisticRecalibration(cases, form: .slope))
      return try #require(profile.interval(tail: Normal.cumulative(-quantile)))
    }
    let few = try interval(times: 1, quantile: 1)
    let many = try interval(times: 4, quantile: 2)
    #expect(agrees(many.lower, few.lower, within: 1e-6))
    #expect(agrees(many.upper, few.upper, within: 1e-6))
  }

  @Test func hallsIntervalAgreesWithR() throws {
    for set in try Golden.values("roc")["sets"].array {
      let sample = Sample(scores: set["score"].numbers, isPositive: set["label"].numbers.map { $0 == 1 })
      let brier = try BrierScore(ScoredCases(of: sample))
      let mean = try #require(
        SkewedMean(
          count: brier.cases, value: brier.value, variance: brier.variance, skewness: brier.skewness))
      let interval = mean.hallOfShares(tail: 0.025)
      let theirs = set["hall"].numbers
      #expect(agrees(interval.lower, theirs[0], within: 1e-9))
      #expect(agrees(interval.upper, theirs[1], within: 1e-9))
    }
  }

  @Test func hallsIntervalIsNestedAndHoldsTheMean() throws {
    for skewness in [-0.9, -0.2, 0, 0.2, 0.9] {
      let mean = try #require(SkewedMean(count: 20, value: 0.1, variance: 0.0004, skewness: skewness))
      var inner = mean.hall(tail: 0.49)
      for tail in [0.3, 0.1, 0.025, 0.001, 1e-9, 1e-100] {
        let outer = mean.hall(tail: tail)
        #expect(outer.contains(mean.value) && outer.lower <= inner.lower && outer.upper >= inner.upper)
        inner = outer
      }
    }
    let plain = try #require(SkewedMean(count: 20, value: 0.1, variance: 0.0004, skewness: 0)).hall(
      tail: 0.025)
    #expect(agrees(plain.upper - 0.1, 2.093024054408263 * 0.02, within: 1e-12))
    #expect(SkewedMean(count: 20, value: 0.1, variance: 0, skewness: 0) == nil)
  }

  @Test func separationIsNamed() throws {
    let separated = Sample(scores: [0.1, 0.2, 0.8, 0.9], isPositive: [false, false, true, true])
    let cases = try LogitCases(of: ScoredCases(of: separated))
    #expect(throws: Undefined.separated) { try LogisticRecalibration(cases, form: .slope) }
    #expect(throws: Never.self) { try LogisticRecalibration(cases, form: .intercept) }
    let reversed = Sample(scores: [0.1, 0.2, 0.8, 0.9], isPositive: [true, true, false, false])
    #expect(throws: Undefined.separated) {
      try LogisticRecalibration(LogitCases(of: ScoredCases(of: reversed)), form: .slope)
    }
    let touching = Sample(scores: [0.1, 0.5, 0.5, 0.9], isPositive: [false, false, true, true])
    #expect(throws: Undefined.separated) {
      try LogisticRecalibration(LogitCases(of: ScoredCases(of: touching)), form: .slope)
    }
  }

  @Test func manyExtremeProbabilitiesAreUndefined() {
    let scores = (0..<100).map { $0 < 2 ? 0.0 : 0.5 }
    let sample = Sample(scores: scores, isPositive: scores.indices.map { $0 % 2 == 0 })
    #expect(throws: Undefined.extremeProbabilities(share: 0.02)) {
      try LogitCases(of: ScoredCases(of: sample))
    }
  }

  /// Convergence where predictions are far off: the fit must not depend on luck.
  @Test func convergesFromFarAway() throws {
    var random = RandomStream(13)
    for shift in [-8.0, -4, 0, 4, 8] {
      let scores = (0..<400).map { _ in min(0.999, max(0.001, random.uniform())) }
      let truth = scores.enumerated().map { index, score in
        index % 20 == 0 ? index % 40 == 0 : score + shift / 20 > 0.5
      }
      guard truth.contains(true), truth.contains(false) else { continue }
      let fit = try LogisticRecalibration(
        LogitCases(of: ScoredCases(of: Sample(scores: scores, isPositive: truth))), form: .slope)
      #expect(fit.slope.isFinite && fit.slopeVariance > 0)
    }
  }

  /// Simulation anchors: ECE of a perfectly calibrated model with uniform, Beta(1, 9) and Beta(½, 2) scores.
  @Test(arguments: [
    (1.0, 1.0, [0.099, 0.058, 0.032, 0.010]), (1, 9, [0.047, 0.028, 0.015, 0.005]),
    (0.5, 2, [0.075, 0.045, 0.025, 0.008]),
  ]) func nullExpectation(_ a: Double, _ b: Double, _ anchors: [Double]) {
    for (n, anchor) in zip([100, 300, 1000, 10_000], anchors) {
      var random = RandomStream(17, UInt64(n), UInt64(a * 10), UInt64(b * 10))
      var observed = 0.0
      var expected = 0.0
      let replicates = n > 1000 ? 40 : 200
      for _ in 0..<replicates {
        let scores = (0..<n).map { _ in Beta.quantile(random.uniform(), a: a, b: b) }
        let truth = scores.map { random.bernoulli($0) }
        let error = CalibrationError(ScoredCases(of: Sample(scores: scores, isPositive: truth)))
        observed += error.value / Double(replicates)
        expected += error.nullExpectation / Double(replicates)
      }
      #expect(abs(observed - anchor) < 0.0025 + 0.02 * anchor, "simulated, n = \(n)")
      #expect(abs(expected - anchor) < 0.0015, "computed, n = \(n)")
    }
  }

  @Test func theNullTestKeepsItsSize() throws {
    var rejections = 0
    let replicates = 2000
    for replicate in 0..<replicates {
      var random = RandomStream(19, UInt64(replicate))
      let scores = (0..<300).map { _ in random.uniform() }
      let truth = scores.map { random.bernoulli($0) }
      let error = CalibrationError(ScoredCases(of: Sample(scores: scores, isPositive: truth)))
      if try #require(error.nullP) < 0.05 { rejections += 1 }
    }
    let rate = Double(rejections) / Double(replicates)
    #expect(rate > 0.03 && rate < 0.065, "rejects \(rate) of perfectly calibrated models")
  }

  @Test func binsCloseAtOne() {
    #expect(CalibrationError.bin(of: 0) == 0)
    #expect(CalibrationError.bin(of: 0.1) == 1)
    #expect(CalibrationError.bin(of: 1) == 9)
  }
}
