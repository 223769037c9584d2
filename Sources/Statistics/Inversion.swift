internal import RealModule

/// A test belongs to the interval that it inverts: the p of a goal is the tail at which the interval just touches it.
public enum Inversion {
  /// One-sided p of "the quantity is at or below `goal`" (`.above` is what is to be shown), in [0, 1].
  ///
  /// - Parameters:
  ///   - value: The estimate, inside every interval.
  ///   - limits: The interval for a tail; wider for a smaller tail.
  public static func p(
    showing direction: Direction, goal: Double, value: Double, limits: (_ tail: Double) -> Interval
  ) -> Double {
    switch direction {
    case .above:
      value > goal
        ? touchingTail { limits($0).lower < goal }
        : 1 - touchingTail { limits($0).upper > goal }
    case .below:
      value < goal
        ? touchingTail { limits($0).upper > goal }
        : 1 - touchingTail { limits($0).lower < goal }
    }
  }

  public enum Direction: Hashable, Sendable { case above, below }

  /// Two-sided p of "the quantity equals `goal`".
  public static func twoSidedP(goal: Double, value: Double, limits: (_ tail: Double) -> Interval) -> Double {
    guard value != goal else { return 1 }
    return min(1, 2 * p(showing: value > goal ? .above : .below, goal: goal, value: value, limits: limits))
  }

  /// The largest tail in (0, ½] at which the interval still passes the goal; 0 when it never does.
  private static func touchingTail(_ passes: (Double) -> Bool) -> Double {
    var low = Double.log(1e-200)
    var high = Double.log(0.5)
    guard passes(.exp(low)) else { return 0 }
    guard !passes(.exp(high)) else { return 0.5 }
    for _ in 0..<64 {
      let middle = (low + high) / 2
      if passes(.exp(middle)) { low = middle } else { high = middle }
    }
    return .exp((low + high) / 2)
  }
}
