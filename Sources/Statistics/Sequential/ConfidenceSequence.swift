internal import RealModule

/// Limits for a mean that hold at every look at once: whoever watches may stop, or go on, whenever they like.
///
/// The predictable empirical-Bernstein sequence of Waudby-Smith and Ramdas (2024, theorem 2, doi:10.1093/jrsssb/qkad009; the
/// idea of Howard et al. 2021, doi:10.1214/20-AOS1991), intersected over time. For values in [0, 1] whose mean, given what
/// came before, stays the same: cases in their order, or one value a patient (such as a mean) where a patient has several.
/// Agrees with NumPy's sums to 1e-12; simulated, at most α of sequences ever miss the mean.
public struct ConfidenceSequence: Hashable, Sendable {
  /// 0.05 for limits that hold at all times with chance 95 %.
  public let alpha: Double
  public private(set) var count = 0
  public private(set) var lower = 0.0
  public private(set) var upper = 1.0

  private var sum = 0.0
  /// Σ (x − μ̂)², μ̂ the mean at its time, drawn towards ½.
  private var squares = 0.0
  private var mean = 0.5
  private var bets = 0.0
  private var weightedSum = 0.0
  private var penalty = 0.0

  /// - Parameter alpha: In (0, 1).
  public init(alpha: Double) {
    precondition(0 < alpha && alpha < 1)
    self.alpha = alpha
  }

  /// - Parameter value: In [0, 1].
  public mutating func add(_ value: Double) {
    precondition(0 <= value && value <= 1)
    let spread = (0.25 + squares) / Double(count + 1)
    let before = mean
    count += 1
    let t = Double(count)
    let cost = Double.log(2 / alpha)
    let bet = min(0.5, (2 * cost / (spread * t * .log(1 + t))).squareRoot())
    let surprise = 4 * (value - before) * (value - before)
    bets += bet
    weightedSum += bet * value
    penalty += surprise * (-Double.log(onePlus: -bet) - bet) / 4
    sum += value
    mean = (0.5 + sum) / (t + 1)
    squares += (value - mean) * (value - mean)
    let centre = weightedSum / bets
    let reach = (cost + penalty) / bets
    lower = max(lower, centre - reach)
    upper = min(upper, centre + reach)
  }

  /// The limits now.
  ///
  /// - Throws: `notComputed` where no mean fits all that was seen: the mean has changed, which is an alarm of its own.
  public func interval() throws(Undefined) -> Interval {
    guard lower <= upper else { throw .notComputed("no constant mean fits the whole sequence") }
    return Interval(lower: lower, upper: upper, level: 1 - alpha)
  }

  /// Whether a mean has been ruled out at any time until now; p-hacking by looking often cannot make it so.
  public func excludes(_ value: Double) -> Bool { value < lower || value > upper }
}
