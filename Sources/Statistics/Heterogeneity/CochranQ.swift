/// Whether estimates of several groups differ by more than chance: Cochran's Q (1954, doi:10.2307/3001666) and the share
/// of their variation that chance does not explain, I² (Higgins, Thompson 2002, doi:10.1002/sim.1186).
///
/// Correlated estimates (patients who stand in several groups) enter with their covariance: Q is then the generalised sum
/// of squares about the generalised mean. Agrees with R metafor 3.8 `rma(method="FE")` to 1e-12, and with R
/// `oneway.test` to 1e-12 where degrees of freedom are given.
public struct CochranQ: Hashable, Sendable {
  public let statistic: Double
  /// Groups − 1.
  public let degreesOfFreedom: Int
  public let p: Double
  /// In [0, 1).
  public let iSquared: Double
  /// The common value on the scale of the estimates, weighted by precision.
  public let mean: Double

  /// - Parameters:
  ///   - estimates: At least two, on a scale without bounds.
  ///   - variances: Each above 0.
  ///   - residual: The degrees of freedom of each variance, where it rests on few patients: p is then Welch's (1951,
  ///     doi:10.1093/biomet/38.3-4.330); without them that of chi-squared.
  public init(_ estimates: [Double], variances: [Double], residual: [Double]? = nil) {
    precondition(estimates.count > 1 && estimates.count == variances.count && variances.allSatisfy { $0 > 0 })
    let weights = variances.map { 1 / $0 }
    let total = weights.reduce(0, +)
    let mean = zip(weights, estimates).reduce(0) { $0 + $1.0 * $1.1 } / total
    let q = zip(weights, estimates).reduce(0) { $0 + $1.0 * ($1.1 - mean) * ($1.1 - mean) }
    self.init(q, mean: mean, shares: weights.map { $0 / total }, residual: residual)
  }

  /// - Throws: `notComputed` where the covariance is not that of estimates that vary freely.
  public init(_ estimates: [Double], covariance: [[Double]], residual: [Double]? = nil) throws(Undefined) {
    precondition(estimates.count > 1 && estimates.count == covariance.count)
    guard let factor = Cholesky(covariance) else {
      throw .notComputed("the estimates depend on each other entirely")
    }
    let ones = factor.whitened([Double](repeating: 1, count: estimates.count))
    let values = factor.whitened(estimates)
    let mean =
      zip(ones, values).reduce(0) { $0 + $1.0 * $1.1 } / ones.reduce(0) { $0 + $1 * $1 }
    let q = zip(ones, values).reduce(0) { $0 + ($1.1 - mean * $1.0) * ($1.1 - mean * $1.0) }
    let weights = covariance.indices.map { 1 / covariance[$0][$0] }
    let total = weights.reduce(0, +)
    self.init(q, mean: mean, shares: weights.map { $0 / total }, residual: residual)
  }

  private init(_ q: Double, mean: Double, shares: [Double], residual: [Double]?) {
    let k = Double(shares.count)
    statistic = q
    degreesOfFreedom = shares.count - 1
    iSquared = q > k - 1 ? 1 - (k - 1) / q : 0
    self.mean = mean
    guard let residual else {
      p = ChiSquared.upperTail(q, degreesOfFreedom: k - 1)
      return
    }
    let spread = zip(shares, residual).reduce(0) { $0 + (1 - $1.0) * (1 - $1.0) / $1.1 }
    let f = q / (k - 1) / (1 + 2 * (k - 2) / (k * k - 1) * spread)
    p = FisherF.upperTail(f, k - 1, (k * k - 1) / (3 * spread))
  }
}
