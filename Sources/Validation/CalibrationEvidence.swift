internal import Statistics

/// What calibration measures beyond the default ones read; made only where the plan asks, since each costs passes of its own.
struct CalibrationEvidence: Sendable {
  struct Questions: OptionSet, Hashable, Sendable {
    let rawValue: Int
    static let tests = Questions(rawValue: 1)
    static let smooth = Questions(rawValue: 2)

    init(rawValue: Int) { self.rawValue = rawValue }

    init(_ metrics: [Metric]) {
      self = []
      if metrics.contains(where: { ["spiegelhalter_z", "hosmer_lemeshow"].contains($0.id) }) {
        insert(.tests)
      }
      if metrics.contains(where: { Metric.smooth.contains($0.id) }) { insert(.smooth) }
    }
  }

  let spiegelhalter: Result<SpiegelhalterTest, Undefined>
  let hosmerLemeshow: Result<HosmerLemeshow, Undefined>
  let smooth: Result<SmoothErrors, Undefined>

  /// - Parameter dependence: Why cases are not independent draws; nil where they are.
  init(of scored: ScoredCases, asking questions: Questions, dependence: @autoclosure () -> Dependence?) {
    let dependence = questions.contains(.tests) ? dependence() : nil
    func test<Test>(_ make: (ScoredCases) throws(Undefined) -> Test) -> Result<Test, Undefined> {
      guard questions.contains(.tests) else { return .failure(.notComputed("not asked for")) }
      if let dependence { return .failure(dependence.reason) }
      return Result { () throws(Undefined) in try make(scored) }
    }
    spiegelhalter = test { scored throws(Undefined) in try SpiegelhalterTest(scored) }
    smooth =
      questions.contains(.smooth)
      ? Result { () throws(Undefined) in
        let cases = try LogitCases(of: scored)
        return SmoothErrors(of: try SmoothCalibration(cases), over: cases)
      } : .failure(.notComputed("not asked for"))
    hosmerLemeshow = test { scored throws(Undefined) in try HosmerLemeshow(scored) }
  }

  enum Dependence {
    case severalCasesOfAPatient, weights

    init?(of sample: Sample, patients: PatientSums?) {
      if sample.weights.min() != sample.weights.max() {
        self = .weights
      } else if let patients, patients.patients.count < sample.count {
        self = .severalCasesOfAPatient
      } else {
        return nil
      }
    }

    var reason: Undefined {
      switch self {
      case .severalCasesOfAPatient:
        .notComputed("its null takes cases for independent, and patients have several")
      case .weights: .notComputed("its null takes cases for equally sampled, and these are weighted")
      }
    }
  }
}
