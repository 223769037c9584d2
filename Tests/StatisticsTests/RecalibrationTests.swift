import Statistics
import TestSupport
import Testing

@Suite struct RecalibrationTests {
  private func cases(_ scores: [Double], _ truth: [Bool], weights: [Double] = []) throws -> LogitCases {
    try LogitCases(of: ScoredCases(of: Sample(scores: scores, isPositive: truth, weights: weights)))
  }

  @Test func agreesWithR() throws {
    var compared = 0
    for set in try Golden.values("calibration")["sets"].array {
      let cases = try cases(set["score"].numbers, set["label"].numbers.map { $0 == 1 })
      let codes = set["smooth"]["patient"].numbers.map { UInt32($0) }
      let theirs = set["recalibration"]
      for (patients, statistic, p) in [([], "ratio", "p"), (codes, "t2", "p_by_patient")] {
        guard let test = try? RecalibrationTest(cases, patients: ArraySlice(patients)) else { continue }
        #expect(test.steps.map { Double($0.degreesOfFreedom) } == theirs["df"].numbers)
        for (index, step) in test.steps.enumerated() {
          #expect(agrees(step.statistic, theirs[statistic].numbers[index], within: 1e-6))
          #expect(agrees(step.p, theirs[p].numbers[index], within: 1e-6))
          compared += 1
        }
      }
    }
    #expect(compared == 18, "four sets are large enough, two of them by patient")
  }

  /// Outcomes are drawn from the smallest update that is enough: advice goes beyond it in at most 5 % of samples, whichever
  /// it is; and a change that is needed is seen. Three cases of one outcome for a patient change neither.
  @Test(arguments: RecalibrationTest.Update.allCases, [1, 3])
  func advisesNoMoreThanIsNeeded(_ needed: RecalibrationTest.Update, _ casesOfAPatient: Int) throws {
    let truth: (Double) -> Double =
      switch needed {
      case .none: { $0 }
      case .intercept: { $0 - 0.7 }
      case .slope: { 0.3 + 0.55 * $0 }
      case .flexible: { 0.5 * $0 - 0.35 * $0 * abs($0) }
      }
    var (beyond, short) = (0, 0)
    let replicates = 400
    for replicate in 0..<replicates {
      var random = RandomStream(43, UInt64(replicate), UInt64(needed.rawValue))
      var (scores, labels): ([Double], [Bool]) = ([], [])
      var patients: [UInt32] = []
      for patient in 0..<500 {
        let logit = 1.5 * random.normal()
        let label = random.bernoulli(SmoothCalibration.risk(truth(logit)))
        for _ in 0..<casesOfAPatient {
          scores.append(SmoothCalibration.risk(logit))
          labels.append(label)
          patients.append(UInt32(patient))
        }
      }
      let sample = Sample(scores: scores, isPositive: labels, patients: patients)
      let test = try RecalibrationTest(
        try LogitCases(of: ScoredCases(of: sample)), patients: casesOfAPatient == 1 ? [] : sample.patients)
      let advice = test.advice(level: 0.05)
      if advice.rawValue > needed.rawValue { beyond += 1 }
      if advice.rawValue < needed.rawValue { short += 1 }
    }
    let (excess, lack) = (Double(beyond) / Double(replicates), Double(short) / Double(replicates))
    #expect(excess <= 0.085, "beyond what is needed: \(excess)")
    #expect(lack <= 0.1, "less than is needed: \(lack)")
  }

  @Test func anUpdateOnItsOwnCasesRestoresTheNumberOfPositives() throws {
    var random = RandomStream(47)
    let scores = (0..<800).map { _ in random.uniform() * 0.98 + 0.01 }
    let labels = scores.map { random.bernoulli($0 * $0) }
    let cases = try cases(scores, labels)
    for update in RecalibrationTest.Update.allCases where update != .none {
      let recalibration = try Recalibration(update, to: cases)
      let expected = cases.logits.reduce(0) { $0 + recalibration.probability(atLogit: $1) }
      #expect(agrees(expected, Double(labels.count { $0 }), within: 1e-6))
    }
    let none = try Recalibration(.none, to: cases)
    for logit in cases.logits { #expect(none.probability(atLogit: logit) == SmoothCalibration.risk(logit)) }
  }

  @Test func withTooFewThereIsAReason() throws {
    var random = RandomStream(53)
    let scores = (0..<300).map { _ in random.uniform() }
    let labels = scores.map { random.bernoulli($0) }
    let sample = Sample(scores: scores, isPositive: labels, patients: (0..<300).map { UInt32($0 / 20) })
    let cases = try LogitCases(of: ScoredCases(of: sample))
    #expect(throws: Undefined.tooFewCases(found: 15, needed: 100, of: "of the smaller class")) {
      try RecalibrationTest(cases, patients: sample.patients)
    }
    #expect(try RecalibrationTest(cases, patients: []).steps.count == 3)
  }
}
