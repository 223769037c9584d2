internal import RealModule

/// How many independent trials a proportion needs, by exact binomial sums over what would be observed.
///
/// A sample's power jumps up and down with its size, since successes are whole: a size is enough only if every larger
/// one is.
public struct ProportionPlan: Sendable {
  /// In (0, 1).
  public let assumed: Double
  /// The probability left on each side of an interval: 0.025 for 95 %.
  public let tail: Double
  private let interval: @Sendable (Proportion, Double) -> Interval

  /// - Parameter interval: Of a proportion at a tail; its limits rise with the successes.
  /// - Precondition: `assumed` in (0, 1), `tail` in (0, ½).
  public init(
    assumed: Double, tail: Double,
    interval: @escaping @Sendable (Proportion, Double) -> Interval = { $0.wilson(tail: $1) }
  ) {
    precondition(assumed > 0 && assumed < 1 && tail > 0 && tail < 0.5)
    self.assumed = assumed
    self.tail = tail
    self.interval = interval
  }

  /// Of failures in place of successes: an upper limit becomes a lower one.
  public var mirrored: ProportionPlan {
    ProportionPlan(assumed: 1 - assumed, tail: tail) { [interval] in
      interval(Proportion(successes: $0.trials - $0.successes, trials: $0.trials), $1).complement
    }
  }

  /// The fewest successes whose lower limit reaches the goal; nil where not even all trials would do.
  public func fewestSuccesses(of trials: Int, lowerAtLeast goal: Double) -> Int? {
    func reaches(_ successes: Int) -> Bool {
      interval(Proportion(successes: successes, trials: trials), tail).lower >= goal
    }
    guard trials > 0, reaches(trials) else { return nil }
    var (fails, holds) = (-1, trials)
    while holds - fails > 1 {
      let middle = (holds + fails) / 2
      if reaches(middle) { holds = middle } else { fails = middle }
    }
    return holds
  }

  /// The probability that the lower limit reaches the goal.
  public func power(trials: Int, lowerAtLeast goal: Double) -> Double {
    guard let fewest = fewestSuccesses(of: trials, lowerAtLeast: goal) else { return 0 }
    return fewest == 0
      ? 1 : Binomial.cumulative(trials - fewest, trials: trials, probability: 1 - assumed)
  }

  /// The fewest trials from which on the lower limit reaches the goal with this power.
  ///
  /// - Throws: `goalNotBelowAssumed`; `tooManyCases` beyond a hundred million.
  public func trials(power: Double, lowerAtLeast goal: Double) throws(Undefined) -> Int {
    guard goal < assumed else { throw .goalNotBelowAssumed }
    guard goal > 0 else { return 1 }
    // Successes needed grow by one at least so often: within as many sizes the power passes its low points.
    let period = Int((2 / min(goal, 1 - goal)).rounded(.up)) + 2
    func isEnough(_ trials: Int) -> Bool {
      (trials..<trials + period).allSatisfy { self.power(trials: $0, lowerAtLeast: goal) >= power }
    }
    var most = try SampleSize.fewest(where: isEnough)
    while most > 1, self.power(trials: most - 1, lowerAtLeast: goal) >= power { most -= 1 }
    return most
  }

  /// Half the width of the interval that is expected: at the assumed share of successes. Effective trials may be fractional.
  public func halfWidth(trials: Double) -> Double {
    let expected = interval(Proportion(successes: trials * assumed, trials: trials), tail)
    return (expected.upper - expected.lower) / 2
  }

  /// The fewest trials whose expected interval is this narrow.
  ///
  /// - Throws: `tooManyCases` beyond a hundred million.
  public func trials(halfWidth: Double) throws(Undefined) -> Int {
    try SampleSize.fewest { self.halfWidth(trials: Double($0)) <= halfWidth }
  }
}
