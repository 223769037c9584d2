internal import Statistics

extension Measure {
  static let brier = estimate(.brier, scale: .logit) { calibration throws(Undefined) in
    Parts(value: calibration.brier.value, variance: calibration.brier.variance)
  }

  static let scaledBrier = estimate(.logScaledBrier, scale: .logComplement) { calibration throws(Undefined) in
    let brier = calibration.brier
    guard brier.observed > 0 else { throw .noPositives }
    guard brier.observed < brier.cases else { throw .noNegatives }
    let value = 1 - brier.value / (brier.prevalence * (1 - brier.prevalence))
    // The column is the influence on log(1 − value).
    return Parts(
      value: value, variance: brier.logScaledVariance * (1 - value) * (1 - value), weight: -(1 - value))
  }

  static let observedExpected = estimate(.ratio, scale: .log) { calibration throws(Undefined) in
    let brier = calibration.brier
    guard brier.expected > 0 else { throw .zeroDenominator("every predicted probability is 0") }
    let n = Double(brier.cases)
    guard n > 1 else { throw .tooFewCases(found: brier.cases, needed: 2, of: "cases") }
    return Parts(
      value: Double(brier.observed) / brier.expected,
      variance: n / (n - 1) * brier.ratioResidual / (brier.expected * brier.expected))
  }

  static let intercept = estimate(.intercept, scale: .identity) { calibration throws(Undefined) in
    let fit = try calibration.intercept.get()
    return Parts(value: fit.intercept, variance: fit.interceptVariance, clipped: calibration.clipped)
  }

  static let slope = estimate(.slope, scale: .identity) { calibration throws(Undefined) in
    let fit = try calibration.slope.get()
    return Parts(
      value: fit.slope, variance: fit.slopeVariance, clipped: calibration.clipped, parameters: 2)
  }

  /// The plain calibration error has no interval that holds: noise pushes it up. Its excess is judged by the null test.
  static func calibrationError(excess: Bool) -> Measure {
    Measure { (evidence, _) throws(Undefined) -> Measurement in
      let calibration = try evidence.calibration.get()
      return Measurement(
        value: excess ? calibration.error.excess : calibration.error.value, limits: nil, method: "none",
        variance: nil, support: evidence.support(of: calibration),
        caveat: excess ? "judged by its null test, not by an interval" : "biased upward: read the excess",
        nullP: excess ? calibration.error.nullP : nil)
    }
  }

  private struct Parts {
    let value: Double
    /// For independent cases.
    let variance: Double
    /// From the column's scale to the value's.
    var weight = 1.0
    var clipped = 0
    /// How many were fitted: each needs events of its own.
    var parameters = 1.0
  }

  private static func estimate(
    _ column: Evidence.Column, scale: Scale,
    _ parts: @escaping @Sendable (Evidence.Calibration) throws(Undefined) -> Parts
  ) -> Measure {
    Measure { (evidence, _) throws(Undefined) -> Measurement in
      let calibration = try evidence.calibration.get()
      let parts = try parts(calibration)
      let terms = [Evidence.Term(column: column, weight: parts.weight)]
      let clusters = evidence.clusters
      let variance =
        clusters.map { evidence.clusteredVariance(terms, $0, patients: $0.scored.all) ?? .infinity }
        ?? parts.variance
      let reference = clusters?.scored.reference ?? .normal
      let limits = Measurement.wald(parts.value, scale, variance: variance, reference: reference)
      return Measurement(
        value: parts.value, limits: limits,
        method: clusters == nil ? "\(scale)-wald" : "\(scale)-wald, by patient",
        variance: limits == nil ? nil : variance, influence: clusters == nil ? [] : terms,
        support: evidence.support(of: calibration),
        designEffect: clusters == nil || limits == nil || parts.variance <= 0
          ? nil : variance / parts.variance,
        caveat: limits == nil ? "no interval at the edge of the range" : clippedNote(parts.clipped),
        isSparse: calibration.information < parts.parameters * Measurement.fewestEvents)
    }
  }

  private static func clippedNote(_ clipped: Int) -> String? {
    clipped > 0
      ? "\(clipped) \(clipped == 1 ? "probability" : "probabilities") of exactly 0 or 1 clipped" : nil
  }
}

extension Evidence.Calibration {
  /// Σ (p − y)² estimates Σ p (1 − p): what the probabilities leave open.
  fileprivate var information: Double { Double(brier.cases) * brier.value }
}

extension Evidence {
  /// Support of a metric of probabilities: the cases that have one.
  func support(of calibration: Calibration) -> Support {
    let brier = calibration.brier
    return Support(
      cases: brier.cases, positives: brier.observed, negatives: brier.cases - brier.observed,
      patients: clusters?.scored.all)
  }
}
