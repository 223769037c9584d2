/// What a statistic came out as when cases were drawn again: percentile limits, and Efron's bias-corrected and accelerated
/// ones (1987, doi:10.1080/01621459.1987.10478410).
///
/// Order statistics are interpolated on the normal scale, as R's `boot::boot.ci` does: of the same replicates the limits
/// agree to 1e-12. Replicates that equal the estimate count half as below it.
public struct BootstrapDistribution: Sendable {
  public let value: Double
  /// Ascending.
  public let replicates: [Double]

  /// - Parameter replicates: Finite, in any order.
  public init(value: Double, replicates: [Double]) {
    self.value = value
    self.replicates = replicates.sorted()
  }

  /// Resamples say nothing of a statistic that is the same in each of them.
  private func check() throws(Undefined) {
    guard let first = replicates.first, let last = replicates.last, first < last else {
      throw .notComputed("the same value in every resample")
    }
  }

  public func percentile(tail: Double) throws(Undefined) -> Interval {
    try check()
    return Interval(lower: quantile(tail), upper: quantile(1 - tail), level: 1 - 2 * tail)
  }

  /// - Parameter acceleration: A sixth of the skewness of the influence, `acceleration(ofInfluence:)`.
  public func bca(tail: Double, acceleration: Double) throws(Undefined) -> Interval {
    try check()
    let slack = 1e-12 * max(abs(value), 1e-3)
    let below = replicates.prefix { $0 < value - slack }.count
    let equal = replicates[below...].prefix { $0 <= value + slack }.count
    let share = (Double(below) + Double(equal) / 2) / Double(replicates.count)
    guard share > 0, share < 1 else { throw .notComputed("every resample lies on one side of the estimate") }
    let bias = Normal.quantile(share)
    func adjusted(_ z: Double) throws(Undefined) -> Double {
      let denominator = 1 - acceleration * (bias + z)
      guard denominator > 0 else { throw .notComputed("the influence is too skewed") }
      return Normal.cumulative(bias + (bias + z) / denominator)
    }
    let reach = Normal.upperQuantile(tail)
    return Interval(
      lower: quantile(try adjusted(-reach)), upper: quantile(try adjusted(reach)), level: 1 - 2 * tail)
  }

  /// 1/6 Σ l³ / (Σ l²)^(3/2), of influences that already hold the share of each case (or patient) in its stratum.
  public static func acceleration(ofInfluence influence: [Double]) -> Double {
    let squares = influence.reduce(0) { $0 + $1 * $1 }
    guard squares > 0 else { return 0 }
    return influence.reduce(0) { $0 + $1 * $1 * $1 } / (6 * squares * squares.squareRoot())
  }

  private func quantile(_ probability: Double) -> Double {
    let count = replicates.count
    let rank = Double(count + 1) * probability
    let below = Int(rank)
    if below < 1 { return replicates[0] }
    if below >= count { return replicates[count - 1] }
    let (low, high) = (replicates[below - 1], replicates[below])
    func z(_ rank: Int) -> Double { Normal.quantile(Double(rank) / Double(count + 1)) }
    let (first, second) = (z(below), z(below + 1))
    return low + (Normal.quantile(probability) - first) / (second - first) * (high - low)
  }
}
