/// A proportion whose trials come in patients: Wilson's (or another) interval on its effective sample size.
///
/// The ratio estimator's variance K/(K − 1) Σ (x − p m)² / n² over patients with x successes in m trials (Rao, Scott 1992,
/// doi:10.2307/2532311) is turned into the number of independent trials that would vary as much; never more than there
/// are. Few events say too little of how they cluster: the effective size is the harmonic mean of that one, weighed by its
/// effective events, and one more event by which a patient counts once (decision 0014); without any variation between
/// patients a patient counts once. Of unequal weights, Kish's share of once. Agrees with sums written out by hand to 1e-12.
public struct ClusteredProportion: Hashable, Sendable {
  public let value: Double
  public let trials: Int
  public let patients: Int
  /// Nil where it cannot be estimated.
  public let variance: Double?
  private let evenness: Double
  /// Of all trials together: 1 without weights.
  private let overallEvenness: Double

  /// - Parameter residualSquares: Σ over patients of (x − p m)².
  /// - Precondition: At least two patients.
  public init(successes: Int, trials: Int, residualSquares: Double, patients: Int) {
    self.init(
      successes: CaseWeight(count: successes), trials: CaseWeight(count: trials),
      residualSquares: residualSquares, patients: patients)
  }

  /// Of weighted trials: x and m are weights, and the estimate is Hájek's ratio.
  ///
  /// - Parameter evenness: Kish's effective trials per trial, by which weights alone bound the effective size: the few
  ///   heavy ones say too little of their own variance (simulated: without it 79 to 92 % of intervals hold).
  public init(
    successes: CaseWeight, trials: CaseWeight, residualSquares: Double, patients: Int, evenness: Double = 1
  ) {
    precondition(patients > 1 && trials.count > 0 && successes.sum <= trials.sum)
    self.trials = trials.count
    self.patients = patients
    self.evenness = evenness
    overallEvenness = trials.evenness
    let n = trials.sum
    let variance = Double(patients) / Double(patients - 1) * residualSquares / (n * n)
    let p = successes.sum / n
    value = p
    let binomial = p * (1 - p) / Double(trials.count)
    // Residuals that cancel within each patient leave a variance of rounding size, which says no more than none.
    self.variance = binomial > 0 && variance > 1e-12 * binomial ? variance : nil
  }

  private var binomialVariance: Double { value * (1 - value) / Double(trials) }

  public var effectiveTrials: Double {
    let once = Double(min(patients, trials))
    guard let variance else { return once * overallEvenness }
    let estimated = min(Double(trials) * evenness, value * (1 - value) / variance)
    let events = estimated * min(value, 1 - value)
    return min(estimated, (events + 1) / (events / estimated + 1 / (once * evenness)))
  }

  /// Variance relative to independent trials; nil where it cannot be estimated.
  public var designEffect: Double? { variance.map { $0 / binomialVariance } }

  /// On the effective sample size, to be referred to `reference`.
  public var effective: Proportion {
    Proportion(successes: value * effectiveTrials, trials: effectiveTrials)
  }

  public var reference: ReferenceDistribution { .student(Double(patients - 1)) }
}
