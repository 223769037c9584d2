/// Two predictive values on the same cases, first minus second: positive ones of the cases that each flags, negative ones
/// of those that each leaves unflagged. Not the same cases, so no table of pairs: which case is called is random.
///
/// Holds at this sample's prevalence only (policy 9), for independent cases. The statistics agree with the example that
/// DTComPair prints and with scores summed case by case to 1e-12, the variance with R geepack's sandwich to 1e-9.
public struct PredictiveComparison: Hashable, Sendable {
  /// Called by both, by one; rightly and wrongly.
  private let right, wrong: PairedCounts
  private let firstCalls, secondCalls: Double
  public let first: Double
  public let second: Double

  /// - Parameters:
  ///   - positives: Flagged by both, by one, by none; of the cases with the finding.
  ///   - negatives: The same of the cases without it.
  /// - Throws: `noFlagged` where one of the two flags nothing.
  public static func positive(positives: PairedCounts, negatives: PairedCounts) throws(Undefined) -> Self {
    try Self(right: positives, wrong: negatives, .noFlagged)
  }

  /// - Throws: `noUnflagged` where one of the two flags everything.
  public static func negative(positives: PairedCounts, negatives: PairedCounts) throws(Undefined) -> Self {
    try Self(right: negatives.inverted, wrong: positives.inverted, .noUnflagged)
  }

  private init(right: PairedCounts, wrong: PairedCounts, _ without: Undefined) throws(Undefined) {
    let firstRight = right.both + right.firstOnly
    let secondRight = right.both + right.secondOnly
    firstCalls = firstRight + wrong.both + wrong.firstOnly
    secondCalls = secondRight + wrong.both + wrong.secondOnly
    guard firstCalls > 0, secondCalls > 0 else { throw without }
    self.right = right
    self.wrong = wrong
    first = firstRight / firstCalls
    second = secondRight / secondCalls
  }

  public var difference: Double { first - second }

  /// The generalised score statistic of Leisenring, Alonzo and Pepe (2000, doi:10.1111/j.0006-341x.2000.00345.x), χ² on one
  /// degree of freedom under equality.
  ///
  /// - Throws: `zeroDenominator` where both are always right or always wrong, or call the same cases.
  public func score() throws(Undefined) -> (statistic: Double, p: Double) {
    let share = secondCalls / (firstCalls + secondCalls)
    let (one, other, shared) = (-share, 1 - share, 1 - 2 * share)
    let sum = right.both * shared + right.secondOnly * other + right.firstOnly * one
    func squares(_ c: PairedCounts) -> Double {
      c.both * shared * shared + c.secondOnly * other * other + c.firstOnly * one * one
    }
    let p = pooled
    return try Self.judged(sum * sum, (1 - p) * (1 - p) * squares(right) + p * p * squares(wrong))
  }

  /// Kosinski's weighted generalised score statistic (2013, doi:10.1002/sim.5587), χ² on one degree of freedom under
  /// equality: it keeps its size where the two call very different numbers of cases.
  ///
  /// - Throws: As `score`.
  public func weightedScore() throws(Undefined) -> (statistic: Double, p: Double) {
    let p = pooled
    let shared = (right.both * (1 - p) * (1 - p) + wrong.both * p * p) / (firstCalls + secondCalls)
    let variance = (p * (1 - p) - 2 * shared) * (1 / firstCalls + 1 / secondCalls)
    return try Self.judged(difference * difference, variance > 1e-14 ? variance : 0)
  }

  /// Of the difference, by the influence of each case: (right − PPV₁)/n₁ where the first calls it, less the same of the
  /// second.
  public var variance: Double {
    func squares(_ c: PairedCounts, _ hit: Double) -> Double {
      let a = (hit - first) / firstCalls
      let b = (hit - second) / secondCalls
      return c.both * (a - b) * (a - b) + c.firstOnly * a * a + c.secondOnly * b * b
    }
    return squares(right, 1) + squares(wrong, 0)
  }

  /// Wald's, held in [−1, 1]; large samples only.
  ///
  /// - Throws: `zeroDenominator` without variation.
  public func interval(tail: Double) throws(Undefined) -> Interval {
    guard variance > 0 else { throw .zeroDenominator("no variation in the difference") }
    let reach = Normal.upperQuantile(tail) * variance.squareRoot()
    return Interval(
      lower: max(-1, difference - reach), upper: min(1, difference + reach), level: 1 - 2 * tail)
  }

  private var pooled: Double { (first * firstCalls + second * secondCalls) / (firstCalls + secondCalls) }

  private static func judged(
    _ square: Double, _ variance: Double
  ) throws(Undefined) -> (statistic: Double, p: Double) {
    guard variance > 0 else { throw .zeroDenominator("no variation in the difference") }
    return (square / variance, ChiSquared.upperTail(square / variance, degreesOfFreedom: 1))
  }
}
