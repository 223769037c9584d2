import Statistics
import TestSupport
import Testing

@Suite struct SmoothCalibrationTests {
  private func cases(_ scores: [Double], _ truth: [Bool], weights: [Double] = []) throws -> LogitCases {
    try LogitCases(of: ScoredCases(of: Sample(scores: scores, isPositive: truth, weights: weights)))
  }

  @Test func agreesWithR() throws {
    for set in try Golden.values("calibration")["sets"].array {
      let cases = try cases(set["score"].numbers, set["label"].numbers.map { $0 == 1 })
      let curve = try SmoothCalibration(cases)
      let theirs = set["smooth"]
      for (knot, other) in zip(curve.spline.knots, theirs["knots"].numbers) {
        #expect(agrees(knot, other, within: 1e-12))
      }
      let logits = theirs["at"].numbers
      for (logit, linear) in zip(logits, theirs["linear"].numbers) {
        #expect(agrees(curve.linear(at: logit), linear, within: 1e-8))
      }
      let errors = SmoothErrors(of: curve, over: cases)
      for (ours, name) in [
        (errors.ici, "ici"), (errors.e50, "e50"), (errors.e90, "e90"), (errors.emax, "emax"),
      ] {
        #expect(agrees(ours, theirs[name].number, within: 1e-8), "\(name)")
      }
      let codes = theirs["patient"].numbers.map { UInt32($0) }
      for (patients, name) in [([], "se"), (codes, "se_by_patient")] {
        let band = try #require(CalibrationBand(around: curve, cases, patients: ArraySlice(patients)))
        for (logit, error) in zip(logits, theirs[name].numbers) {
          #expect(agrees(band.standardError(at: logit), error, within: 1e-7), "\(name)")
        }
      }
    }
  }

  /// The whole true curve lies inside 95 % of bands, also where a patient has three cases of one outcome.
  @Test(arguments: [1, 3]) func theBandHoldsTheWholeCurve(_ casesOfAPatient: Int) throws {
    var held = 0
    let replicates = 600
    for replicate in 0..<replicates {
      var random = RandomStream(37, UInt64(replicate))
      let risks = (0..<400).map { _ in 0.03 + 0.94 * random.uniform() }
      let truth = risks.map { random.bernoulli($0) }
      let scores = risks.flatMap { risk in (0..<casesOfAPatient).map { _ in risk } }
      let sample = Sample(
        scores: scores, isPositive: truth.flatMap { one in (0..<casesOfAPatient).map { _ in one } },
        patients: scores.indices.map { UInt32($0 / casesOfAPatient) })
      let cases = try LogitCases(of: ScoredCases(of: sample))
      let curve = try SmoothCalibration(cases)
      let band = try #require(
        CalibrationBand(around: curve, cases, patients: casesOfAPatient == 1 ? [] : sample.patients))
      let logits = (-30...30).map { Double($0) / 10 }
      let limits = try #require(band.limits(at: logits, level: 0.95))
      if zip(logits, limits).allSatisfy({ $1.contains(SmoothCalibration.risk($0)) }) { held += 1 }
    }
    let share = Double(held) / Double(replicates)
    #expect(share > 0.93, "held \(share)")
  }

  @Test func manyCasesAgreeWithThoseOfFewTimesTheirWeight() throws {
    var random = RandomStream(41)
    let scores = (0..<500).map { _ in random.uniform() }
    let truth = scores.map { random.bernoulli($0 * $0) }
    let many = try SmoothCalibration(
      try cases((0..<20).flatMap { _ in scores }, (0..<20).flatMap { _ in truth }))
    let weighted = try SmoothCalibration(try cases(scores, truth, weights: scores.map { _ in 20 }))
    for logit in [-3.0, -1, 0, 1, 3] {
      // Knots between two cases move a little.
      #expect(agrees(many.risk(at: logit), weighted.risk(at: logit), within: 1e-2))
    }
    let plain = try SmoothCalibration(try cases(scores, truth))
    for (a, b) in zip(plain.coefficients, weighted.coefficients) { #expect(agrees(a, b, within: 1e-8)) }
  }

  @Test func withoutEnoughToDrawThereIsAReason() throws {
    #expect(throws: Undefined.tooFewCases(found: 9, needed: 10, of: "of the smaller class")) {
      try SmoothCalibration(try cases((0..<60).map { 0.1 + Double($0) / 100 }, (0..<60).map { $0 % 7 == 1 }))
    }
    #expect(throws: Undefined.self) {
      try SmoothCalibration(try cases((0..<60).map { $0 < 30 ? 0.3 : 0.6 }, (0..<60).map { $0 % 2 == 1 }))
    }
    #expect(throws: Undefined.separated) {
      try SmoothCalibration(try cases((0..<60).map { 0.1 + Double($0) / 100 }, (0..<60).map { $0 > 30 }))
    }
  }
}
