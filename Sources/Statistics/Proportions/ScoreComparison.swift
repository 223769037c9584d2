internal import RealModule

/// Two independent proportions compared by the score test that their interval inverts: what is hypothesised of the
/// difference or the ratio enters the variance, so that neither few events nor shares of 0 and 1 break it.
///
/// The difference is Miettinen and Nurminen's (1985, doi:10.1002/sim.4780040211), with N / (N − 1); the ratio Koopman's
/// (1984, doi:10.2307/2531405). The ratio agrees with statsmodels `confint_proportions_2indep(method="score")` to 1e-9, the
/// difference with a search by SciPy and with Newcombe's printed example; statsmodels 0.15 misses that.
public struct ScoreComparison: Hashable, Sendable {
  private let first: Proportion
  private let second: Proportion

  public init(_ first: Proportion, _ second: Proportion) {
    self.first = first
    self.second = second
  }

  private var cases: Double { first.trials + second.trials }

  /// First minus second, in [−1, 1].
  public func difference(tail: Double) -> Interval {
    let estimate = first.value - second.value
    let z = Normal.upperQuantile(tail)
    return Interval(
      lower: Self.edge(from: -1, to: estimate) { distance(fromDifference: $0) > z },
      upper: Self.edge(from: 1, to: estimate) { distance(fromDifference: $0) < -z }, level: 1 - 2 * tail)
  }

  /// First over second, in [0, ∞]: 0 where the first has no successes, unbounded where the second has none.
  ///
  /// - Throws: `zeroDenominator` without any success.
  public func ratio(tail: Double) throws(Undefined) -> Interval {
    guard first.successes + second.successes > 0 else {
      throw .zeroDenominator("no successes on either side")
    }
    let z = Normal.upperQuantile(tail)
    let estimate = Double.log(first.value) - Double.log(second.value)
    let farthest = 300.0
    func limit(_ end: Double, _ isBeyond: (Double) -> Bool) -> Double {
      .exp(Self.edge(from: end, to: max(-farthest, min(farthest, estimate))) { isBeyond(.exp($0)) })
    }
    return Interval(
      lower: first.successes == 0 ? 0 : limit(-farthest) { distance(fromRatio: $0) > z },
      upper: second.successes == 0 ? .infinity : limit(farthest) { distance(fromRatio: $0) < -z },
      level: 1 - 2 * tail)
  }

  /// In standard errors under the hypothesis; above 0 where the estimate lies above it.
  private func distance(fromDifference d: Double) -> Double {
    // The likelihood's slope falls in the second share, the first being d more.
    var (low, high) = (max(0, -d), min(1, 1 - d))
    for _ in 0..<80 {
      let p = (low + high) / 2
      let slope =
        Self.slope(first, p + d) + Self.slope(second, p)
      if slope > 0 { low = p } else { high = p }
    }
    let p = (low + high) / 2
    let variance =
      (Self.spread(p + d) / first.trials + Self.spread(p) / second.trials) * cases / (cases - 1)
    return Self.standardised(first.value - second.value - d, variance)
  }

  private func distance(fromRatio ratio: Double) -> Double {
    let b = ratio * (first.trials + second.successes) + first.successes + second.trials
    let successes = first.successes + second.successes
    let p = 2 * successes / (b + max(0, b * b - 4 * ratio * cases * successes).squareRoot())
    let variance =
      Self.spread(ratio * p) / first.trials + ratio * ratio * Self.spread(p) / second.trials
    return Self.standardised(first.value - ratio * second.value, variance)
  }

  private static func slope(_ proportion: Proportion, _ p: Double) -> Double {
    let failures = proportion.trials - proportion.successes
    return (proportion.successes > 0 ? proportion.successes / p : 0)
      - (failures > 0 ? failures / (1 - p) : 0)
  }

  private static func spread(_ p: Double) -> Double { max(0, p * (1 - p)) }

  static func standardised(_ distance: Double, _ variance: Double) -> Double {
    variance > 0
      ? distance / variance.squareRoot() : distance == 0 ? 0 : distance > 0 ? .infinity : -.infinity
  }

  /// Where, on the way from a value that is beyond to one that is not, the first is not.
  static func edge(from end: Double, to estimate: Double, isBeyond: (Double) -> Bool) -> Double {
    var (beyond, inside) = (end, estimate)
    guard isBeyond(beyond) else { return beyond }
    for _ in 0..<80 {
      let middle = (beyond + inside) / 2
      if isBeyond(middle) { beyond = middle } else { inside = middle }
    }
    return inside
  }
}
