/// The difference of two proportions within strata, put together to one: what remains of a crude gap once the two sides are
/// compared like with like.
///
/// Strata in which a side has no case compare nothing and are left out; `share` says how much of the cases the others hold.
public struct StratifiedDifference: Sendable {
  /// One side of one stratum, by weight; without weights `successes` and `trials` are counts.
  public struct Side: Hashable, Sendable {
    public var successes: Double
    public var trials: Double
    /// Σ w² of its cases: their number without weights.
    public var squares: Double
    public init(successes: Double, trials: Double, squares: Double) {
      self.successes = successes
      self.trials = trials
      self.squares = squares
    }
    public init(_ successes: Int, of trials: Int) {
      self.init(successes: Double(successes), trials: Double(trials), squares: Double(trials))
    }
    var share: Double { successes / trials }
  }

  public enum Method: Hashable, Sendable {
    /// Mantel and Haenszel's weights n₁ n₀ / (n₁ + n₀) for risk differences (Greenland, Robins 1985, doi:10.2307/2530643).
    case mantelHaenszel
    /// Each stratum by its share of the cases of both sides.
    case standardised
  }

  public let value: Double
  /// Of the cases of both sides, in strata where both have some; in (0, 1].
  public let share: Double
  /// Of each stratum; 0 where one side is empty. They sum to 1.
  public let weights: [Double]
  /// Of independent cases, within the strata; of weighted ones at Kish's effective size. 0 without variation.
  public let variance: Double
  private let strata: [(first: Side, second: Side)]

  /// - Throws: `notComputed` where no stratum has cases of both sides.
  public init(_ strata: [(first: Side, second: Side)], method: Method) throws(Undefined) {
    let raw = strata.map { first, second -> Double in
      guard first.trials > 0, second.trials > 0 else { return 0 }
      let sum = first.trials + second.trials
      return method == .standardised ? sum : first.trials * second.trials / sum
    }
    let total = raw.reduce(0, +)
    guard total > 0 else { throw .notComputed("no stratum has cases of both sides") }
    self.strata = strata
    weights = raw.map { $0 / total }
    let used = zip(strata, weights).filter { $1 > 0 }
    value = used.reduce(0) { $0 + $1.1 * ($1.0.first.share - $1.0.second.share) }
    func cases(_ strata: [(first: Side, second: Side)]) -> Double {
      strata.reduce(0) { $0 + $1.first.trials + $1.second.trials }
    }
    share = used.count == strata.count ? 1 : min(1, cases(used.map(\.0)) / cases(strata))
    variance = used.reduce(0) { sum, stratum in
      [stratum.0.first, stratum.0.second].reduce(sum) { sum, side in
        let p = side.share
        return sum + stratum.1 * stratum.1 * p * (1 - p) * side.squares / (side.trials * side.trials)
      }
    }
  }

  /// The variance of Mantel and Haenszel's difference that holds for few large strata and for many small ones (Sato 1989,
  /// doi:10.2307/2531503); for independent cases of equal weight. Agrees with R metafor 3.8 `rma.mh(measure="RD")` to 1e-12.
  public var satoVariance: Double {
    var (p, q, n) = (0.0, 0.0, 0.0)
    for (first, second) in strata where first.trials > 0 && second.trials > 0 {
      let (a, c, n1, n0) = (first.successes, second.successes, first.trials, second.trials)
      let all = n1 + n0
      p += c * (n1 / all) * (n1 / all) - a * (n0 / all) * (n0 / all) + (n1 / all) * (n0 / all) * (n0 - n1) / 2
      q += (a * (n0 - c) + c * (n1 - a)) / all / 2
      n += n1 * n0 / all
    }
    return max(0, (value * p + q) / (n * n))
  }

  /// How much one success and one trial on a side of a stratum move the value: a patient's influence is the sum over their
  /// cases, and adds to 0 on every side of every stratum.
  public func influence(ofSide isFirst: Bool, in stratum: Int) -> (success: Double, trial: Double) {
    let side = isFirst ? strata[stratum].first : strata[stratum].second
    guard weights[stratum] > 0 else { return (0, 0) }
    let weight = (isFirst ? 1 : -1) * weights[stratum] / side.trials
    return (weight, -weight * side.share)
  }
}
