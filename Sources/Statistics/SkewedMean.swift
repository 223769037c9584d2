internal import RealModule

/// The mean of a skewed quantity, with Hall's interval.
///
/// A few confident errors carry most of a Brier score: Student's statistic of such a mean is far from normal. Hall's
/// exponential transformation takes the skewness out and is inverted in closed form (Hall 1992,
/// doi:10.1111/j.2517-6161.1992.tb01876.x).
public struct SkewedMean: Hashable, Sendable {
  public let count: Int
  public let value: Double
  /// Of the mean.
  public let variance: Double
  /// γ / √n, γ the skewness of a single observation.
  public let skewness: Double

  /// Nil without variation, which leaves nothing to studentise by.
  public init?(count: Int, value: Double, variance: Double, skewness: Double) {
    guard count > 1, variance > 0, variance.isFinite else { return nil }
    self.count = count
    self.value = value
    self.variance = variance
    self.skewness = skewness
  }

  /// The limits, in the units of the mean; around the value, wider for a smaller tail, infinite where the skewness leaves
  /// no limit.
  public func hall(tail: Double) -> Interval {
    let quantile = ReferenceDistribution.student(Double(count - 1)).upperQuantile(tail)
    let error = variance.squareRoot()
    return Interval(
      lower: min(value, value - error * studentized(quantile)),
      upper: max(value, value - error * studentized(-quantile)), level: 1 - 2 * tail)
  }

  /// Hall's limits for a mean of quantities in [0, 1], which varies no more than a share with the same mean: held inside
  /// the Clopper-Pearson interval of that share.
  public func hallOfShares(tail: Double) -> Interval {
    let hall = hall(tail: tail)
    let share = Proportion(successes: value * Double(count), trials: Double(count)).clopperPearson(tail: tail)
    return Interval(
      lower: max(hall.lower, share.lower), upper: min(hall.upper, share.upper), level: hall.level)
  }

  /// What the transformation takes to `normal`: of g(T) = (e^{2aT} − 1) / 2a + a / 2, a = skewness / 3.
  private func studentized(_ normal: Double) -> Double {
    let a = skewness / 3
    let distance = normal - a / 2
    guard abs(a) > 1e-8 else { return distance }
    let power = 1 + 2 * a * distance
    return power > 0 ? Double.log(power) / (2 * a) : a > 0 ? -.infinity : .infinity
  }
}
