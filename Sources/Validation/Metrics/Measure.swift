internal import Statistics

/// How a metric is taken from evidence.
struct Measure: Sendable {
  /// What the plan decides about measuring.
  struct Choices: Sendable {
    var proportionInterval: ProportionInterval
    var aucInterval: AUCInterval
    /// The operating point, by its place among the model's.
    var operatingPoint = 0
    /// At which predictive values are stated; nil: the cohort's own.
    var prevalence: Double?
    /// At which the curve is read.
    var specificity = 0.9
    var sensitivity = 0.9
    /// At which net benefit is taken; 0: there is none.
    var riskThreshold = 0.0
  }

  let take: @Sendable (Evidence, Choices) throws(Undefined) -> Measurement

  init(_ take: @escaping @Sendable (Evidence, Choices) throws(Undefined) -> Measurement) { self.take = take }
}

extension Evidence {
  /// Support of a metric that reads every case.
  func support(numerator: Int? = nil, denominator: Int? = nil) -> Support {
    Support(
      cases: cases, positives: positives, negatives: negatives, patients: clusters?.patients.count,
      numerator: numerator, denominator: denominator)
  }

  /// Support of a metric of decisions: without the failed ones where they are excluded.
  func support(of table: TwoByTwo, numerator: Int? = nil, denominator: Int? = nil) -> Support {
    Support(
      cases: table.cases, positives: table.positives, negatives: table.negatives,
      patients: clusters?.counted.all, numerator: numerator, denominator: denominator)
  }

  /// K / (K − 1) Σ φ² over K patients: the variance of a clustered estimate from its influence; nil for a single patient.
  func clusteredVariance(_ terms: [Term], _ clusters: Clusters, patients: Int) -> Double? {
    guard patients > 1 else { return nil }
    return Double(patients) / Double(patients - 1) * clusters.influence(terms).reduce(0) { $0 + $1 * $1 }
  }
}
