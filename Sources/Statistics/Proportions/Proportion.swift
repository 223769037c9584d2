internal import RealModule

/// x successes in n independent trials, and the intervals for their probability.
///
/// Both may be fractional: an effective sample size usually is. `tail` is the probability left on each side: 0.025 for a
/// 95 % interval. Every interval lies inside [0, 1] by construction and contains x / n.
public struct Proportion: Hashable, Sendable {
  public let successes: Double
  public let trials: Double
  public var value: Double { successes / trials }

  /// - Precondition: `0 ≤ successes ≤ trials`, `trials > 0`.
  public init(successes: Double, trials: Double) {
    precondition(trials > 0 && 0 <= successes && successes <= trials)
    self.successes = successes
    self.trials = trials
  }

  public init(successes: Int, trials: Int) {
    self.init(successes: Double(successes), trials: Double(trials))
  }

  /// Wilson's score interval. Wilson 1927, doi:10.1080/01621459.1927.10502953.
  /// Agrees with statsmodels 0.14 `proportion_confint(method="wilson")` to 1e-12.
  ///
  /// - Parameter reference: Student's t turns it into the interval of a clustered proportion on its effective sample size.
  public func wilson(tail: Double, reference: ReferenceDistribution = .normal) -> Interval {
    let z = reference.upperQuantile(tail)
    let z²n = z * z / trials
    let centre = (value + z²n / 2) / (1 + z²n)
    let halfWidth = z / (1 + z²n) * (value * (1 - value) / trials + z²n / (4 * trials)).squareRoot()
    return interval(centre - halfWidth, centre + halfWidth, tail)
  }

  /// The exact interval of Clopper and Pearson 1934, doi:10.1093/biomet/26.4.404: never covers less than its level.
  /// Agrees with statsmodels `method="beta"` to 1e-12.
  public func clopperPearson(tail: Double) -> Interval {
    let failures = trials - successes
    return interval(
      successes == 0 ? 0 : Beta.quantile(tail, a: successes, b: failures + 1),
      failures == 0 ? 1 : Beta.quantile(1 - tail, a: successes + 1, b: failures), tail)
  }

  /// Jeffreys' interval: quantiles of the posterior under Beta(½, ½); at x = 0 and x = n the limit is 0 and 1
  /// (Brown, Cai, DasGupta 2001, doi:10.1214/ss/1009213286). Elsewhere it agrees with statsmodels to 1e-12.
  public func jeffreys(tail: Double) -> Interval {
    let failures = trials - successes
    return interval(
      successes == 0 ? 0 : Beta.quantile(tail, a: successes + 0.5, b: failures + 0.5),
      failures == 0 ? 1 : Beta.quantile(1 - tail, a: successes + 0.5, b: failures + 0.5), tail)
  }

  /// Agresti and Coull 1998, doi:10.1080/00031305.1998.10480550: Wald's interval around Wilson's centre, cut to [0, 1]
  /// as its authors define it. Agrees with statsmodels `method="agresti_coull"` to 1e-12.
  public func agrestiCoull(tail: Double) -> Interval {
    let z = ReferenceDistribution.normal.upperQuantile(tail)
    let n = trials + z * z
    let p = (successes + z * z / 2) / n
    let halfWidth = z * (p * (1 - p) / n).squareRoot()
    return interval(p - halfWidth, p + halfWidth, tail)
  }

  /// Rounding may carry a limit past the value or past 0 and 1 by an ulp; the limits belong to [0, 1] and hold the value.
  private func interval(_ lower: Double, _ upper: Double, _ tail: Double) -> Interval {
    Interval(
      lower: successes == 0 ? 0 : max(0, min(lower, value)),
      upper: successes == trials ? 1 : min(1, max(upper, value)),
      level: 1 - 2 * tail)
  }
}
