internal import Statistics

/// The difference of a metric between two groups.
///
/// Groups of cases of different patients are independent; where one patient stands in both, the correlation comes from
/// the influence summed by patient over the two sides jointly.
struct Gap {
  let metric: Metric
  let areaInterval: AUCInterval
  let proportionInterval: GapInterval
  let first: (measurement: Measurement, evidence: Evidence)
  let second: (measurement: Measurement, evidence: Evidence)

  /// Of each class on either side, for a gap in slopes: with fewer, the slopes that can be fitted at all are those of the
  /// samples whose classes happen to overlap, and hold the truth in more than 99 % of them (docs/coverage.md, decision 0006).
  static let fewestForSlopes = 20.0

  var measurement: Measurement {
    let a = first.measurement
    let b = second.measurement
    if let caveat = tooFewForSlopes {
      return Measurement(
        value: a.value - b.value, limits: nil, method: "none", variance: nil, support: a.support,
        caveat: caveat)
    }
    let (limits, method) =
      !Metric.gapsFromIntervals.contains(metric.id)
      ? joint ?? score ?? recovered : metric.id == "auc" && areaInterval == .deLong ? areas : recovered
    return Measurement(
      value: a.value - b.value, limits: limits, method: method, variance: nil, support: a.support,
      caveat: limits == nil ? (a.caveat ?? b.caveat) : nil, isSparse: a.isSparse || b.isSparse)
  }

  private var tooFewForSlopes: String? {
    guard metric.id == "calibration_slope" else { return nil }
    let smallest = [first.evidence, second.evidence].compactMap(\.smallerScoredClass).min() ?? 0
    guard smallest < Gap.fewestForSlopes else { return nil }
    let unit =
      first.evidence.clusters != nil ? "patients" : first.evidence.isWeighted ? "effective cases" : "cases"
    return
      "too few for a gap in slopes, which needs \(Int(Gap.fewestForSlopes)) \(unit) of each class on either side"
  }

  /// Whether each side would have events enough if there were no difference: judged by the shares of both sides pooled,
  /// so that a difference cannot hide itself by leaving one side without events.
  var isTestable: Bool {
    let (a, b) = (first.measurement, second.measurement)
    guard let aTrials = a.trials, let bTrials = b.trials else { return false }
    let pooled = (a.value * aTrials + b.value * bTrials) / (aTrials + bTrials)
    return min(pooled, 1 - pooled) * min(aTrials, bTrials) >= Measurement.fewestEvents
  }

  /// Clustered estimates that are no proportions: from the influence of each patient on both sides together, which two
  /// skewed intervals of correlated estimates would only overstate.
  private var joint: (Measurement.Limits?, String)? {
    let a = first.measurement
    let b = second.measurement
    guard a.support.numerator == nil, let aClusters = first.evidence.clusters,
      let bClusters = second.evidence.clusters, let aVariance = a.variance, let bVariance = b.variance
    else { return nil }
    let variance = aVariance + bVariance - 2 * covariance
    guard variance > 0 else { return nil }
    let limits = Measurement.wald(
      a.value - b.value, .identity, variance: variance, reference: reference(aClusters, bClusters))
    return (limits, "wald, by patient")
  }

  /// Student's t of the side with fewer patients.
  private func reference(_ a: Evidence.Clusters, _ b: Evidence.Clusters) -> ReferenceDistribution {
    let sides = metric.family == .calibration ? [a.scored, b.scored] : [a.counted, b.counted]
    return sides.min { $0.smallerClass < $1.smallerClass }?.reference ?? .normal
  }

  /// A side's limits; of a slope's likelihood on Student's scale, since two small sides err together (docs/coverage.md).
  private func limits(of side: Measurement) -> Measurement.Limits? {
    guard metric.id == "calibration_slope", side.influence.isEmpty, side.support.cases > 2 else {
      return side.limits
    }
    guard let limits = side.limits else { return nil }
    let reference = ReferenceDistribution.student(Double(side.support.cases - 2))
    return { tail in limits(max(1e-300, Normal.cumulative(-reference.upperQuantile(tail)))) }
  }

  /// Of independent proportions, where the plan asks for it.
  private var score: (Measurement.Limits?, String)? {
    guard proportionInterval == .miettinenNurminen, metric.style == .percentage,
      first.evidence.clusters == nil, second.evidence.clusters == nil,
      let a = first.measurement.support.proportion, let b = second.measurement.support.proportion
    else { return nil }
    let comparison = ScoreComparison(a, b)
    return ({ comparison.difference(tail: $0) }, GapInterval.miettinenNurminen.rawValue)
  }

  /// From the two intervals: Newcombe's for proportions, Wald's for Wald limits.
  private var recovered: (Measurement.Limits?, String) {
    let a = first.measurement
    let b = second.measurement
    guard let aLimits = limits(of: a), let bLimits = limits(of: b) else { return (nil, "none") }
    let correlation = correlation
    let limits: Measurement.Limits = { [aValue = a.value, bValue = b.value] tail in
      guard let aInterval = aLimits(tail), let bInterval = bLimits(tail) else { return nil }
      return Difference.interval(aValue, aInterval, minus: bValue, bInterval, correlation: correlation)
    }
    return (limits, a.method.hasPrefix("wilson") && metric.style == .percentage ? "newcombe" : "mover")
  }

  /// Plain DeLong, where the plan asks for it: the variances add, on the plain scale, with Satterthwaite's degrees of freedom as pROC's unpaired test. A
  /// perfect curve has no variance to add; then from the two intervals.
  private var areas: (Measurement.Limits?, String) {
    let a = first.measurement
    let b = second.measurement
    guard let aVariance = a.variance, let bVariance = b.variance else { return recovered }
    let variance = aVariance + bVariance - 2 * covariance
    guard variance > 0 else { return recovered }
    let reference: ReferenceDistribution
    if let aClusters = first.evidence.clusters, let bClusters = second.evidence.clusters {
      reference = self.reference(aClusters, bClusters)
    } else {
      func term(_ variance: Double, _ cases: Int) -> Double { variance * variance / Double(cases - 1) }
      let sum = aVariance + bVariance
      reference = .student(sum * sum / (term(aVariance, a.support.cases) + term(bVariance, b.support.cases)))
    }
    let difference = a.value - b.value
    return (
      Measurement.wald(difference, .identity, variance: variance, reference: reference),
      first.evidence.clusters == nil ? "delong-unpaired" : "obuchowski"
    )
  }

  var covariance: Double {
    guard let a = first.evidence.clusters, let b = second.evidence.clusters else { return 0 }
    let shared = PatientSums.crossProduct(
      a.patients, a.influence(first.measurement.influence), b.patients,
      b.influence(second.measurement.influence))
    let patients = Double(max(a.patients.count, b.patients.count))
    return patients > 1 ? patients / (patients - 1) * shared : 0
  }

  private var correlation: Double {
    guard let a = first.measurement.variance, let b = second.measurement.variance, a > 0, b > 0 else {
      return 0
    }
    return max(-1, min(1, covariance / (a * b).squareRoot()))
  }
}

extension Support {
  var proportion: Proportion? {
    guard let numerator, let denominator else { return nil }
    return Proportion(successes: numerator, trials: denominator)
  }
}
