internal import Statistics

extension Measure {
  static let brier = estimate(.brier, scale: .logit) { calibration throws(Undefined) in
    let brier = calibration.brier
    return Parts(
      value: brier.value, variance: brier.variance,
      independent: hall(
        SkewedMean(
          count: brier.cases, value: brier.value, variance: brier.variance, skewness: brier.skewness)
      ) { mean, tail in mean.hallOfShares(tail: tail) })
  }

  static let scaledBrier = estimate(.logScaledBrier, scale: .logComplement) { calibration throws(Undefined) in
    let brier = calibration.brier
    guard brier.observed > 0 else { throw .noPositives }
    guard brier.observed < brier.cases else { throw .noNegatives }
    let left = brier.value / (brier.prevalence * (1 - brier.prevalence))
    let variance = brier.logScaledVariance * left * left
    // The column is the influence on log(1 − value).
    return Parts(
      value: 1 - left, variance: variance, weight: -left, leastInformation: 3,
      independent: hall(
        SkewedMean(count: brier.cases, value: left, variance: variance, skewness: brier.logScaledSkewness)
      ) { mean, tail in mean.hall(tail: tail).complement })
  }

  private static func hall(
    _ mean: SkewedMean?, _ interval: @escaping @Sendable (SkewedMean, Double) -> Interval
  ) -> Approach? {
    mean.map { mean in Approach(method: "hall") { interval(mean, $0) } }
  }

  static let observedExpected = estimate(.ratio, scale: .cubeRoot) { calibration throws(Undefined) in
    let brier = calibration.brier
    guard brier.expected > 0 else { throw .zeroDenominator("every predicted probability is 0") }
    let n = Double(brier.cases)
    guard n > 1 else { throw .tooFewCases(found: brier.cases, needed: 2, of: "") }
    return Parts(
      value: brier.observedWeight / brier.expected,
      variance: n / (n - 1) * brier.ratioResidual / (brier.expected * brier.expected))
  }

  static let intercept = estimate(.intercept, scale: .identity) { calibration throws(Undefined) in
    let fit = try calibration.intercept.get()
    return Parts(
      value: fit.intercept, variance: fit.interceptVariance * calibration.brier.meanWeight,
      clipped: calibration.clipped)
  }

  static let slope = estimate(.slope, scale: .identity) { calibration throws(Undefined) in
    let fit = try calibration.slope.get()
    return Parts(
      value: fit.slope, variance: fit.slopeVariance * calibration.brier.meanWeight,
      clipped: calibration.clipped, parameters: 2,
      independent: calibration.slopeProfile.map { profile in
        Approach(method: "profile-likelihood") { profile.interval(tail: $0) }
      })
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
    /// How many were fitted: with patients, each needs events of its own.
    var parameters = 1.0
    /// Below it intervals of independent cases cover less than 92 % (docs/coverage.md): the sum of p (1 − p).
    var leastInformation = 1.0
    /// Of independent cases, instead of Wald's limits.
    var independent: Approach?
  }

  private struct Approach {
    let method: String
    let limits: Measurement.Limits
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
      let reference = clusters.map { evidence.reference(terms, $0) } ?? .normal
      let approach = clusters == nil ? parts.independent : nil
      let limits =
        approach?.limits
        ?? Measurement.wald(parts.value, scale, variance: variance, reference: reference)
      return Measurement(
        value: parts.value, limits: limits,
        method: approach?.method ?? (clusters == nil ? "\(scale)-wald" : "\(scale)-wald, by patient"),
        variance: limits == nil ? nil : variance, influence: clusters == nil ? [] : terms,
        support: evidence.support(of: calibration),
        designEffect: clusters == nil || limits == nil || parts.variance <= 0
          ? nil : variance / parts.variance,
        caveat: limits == nil ? "no interval at the edge of the range" : clippedNote(parts.clipped),
        isSparse: Double(calibration.smallerClass) * evidence.classEvenness < Measurement.fewestEvents
          || calibration.information
            < (clusters == nil ? parts.leastInformation : parts.parameters * Measurement.fewestEvents)
      )
    }
  }

  private static func clippedNote(_ clipped: Int) -> String? {
    clipped > 0
      ? "\(clipped) \(clipped == 1 ? "probability" : "probabilities") of exactly 0 or 1 clipped" : nil
  }
}

extension Evidence {
  /// Student's t on patients − 1 of the smaller class, fewer where a few patients carry most of the influence: by
  /// Satterthwaite's rule, from the influence's kurtosis.
  fileprivate func reference(_ terms: [Term], _ clusters: Clusters) -> ReferenceDistribution {
    let influence = clusters.influence(terms)
    let squares = influence.reduce(0) { $0 + $1 * $1 }
    let fourths = influence.reduce(0) { $0 + $1 * $1 * $1 * $1 }
    let patients = Double(clusters.scored.all)
    let fromClasses = Double(max(1, clusters.scored.smallerClass - 1))
    guard squares > 0 else { return .student(fromClasses) }
    let kurtosis = patients * fourths / (squares * squares)
    let fromKurtosis = kurtosis > 1 ? 2 * patients / (kurtosis - 1) : .infinity
    return .student(max(1, min(fromClasses, fromKurtosis)))
  }
}

extension Evidence {
  /// Patients, or cases where each is a patient's own, in the smaller class of those with a probability; as many as their
  /// weights leave.
  var smallerScoredClass: Double? {
    guard let calibration = try? calibration.get() else { return nil }
    return clusters.map { Double($0.scored.smallerClass) } ?? calibration.smallerClass * classEvenness
  }
}

extension Evidence.Calibration {
  /// Σ (p − y)² estimates Σ p (1 − p): what the probabilities leave open.
  fileprivate var information: Double { Double(brier.cases) * brier.value }
  fileprivate var smallerClass: Double { Double(min(brier.observed, brier.cases - brier.observed)) }
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
