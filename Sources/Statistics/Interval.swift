/// A two-sided confidence interval. A limit that does not exist is infinite; it is never NaN.
public struct Interval: Hashable, Sendable {
  public let lower: Double
  public let upper: Double
  /// Nominal coverage, in (0, 1): 0.95 leaves 2.5 % on each side.
  public let level: Double

  public init(lower: Double, upper: Double, level: Double) {
    precondition(lower <= upper, "an interval's lower limit lies above its upper one")
    self.lower = lower
    self.upper = upper
    self.level = level
  }

  public func contains(_ value: Double) -> Bool { lower <= value && value <= upper }

  /// The interval of an increasing function of the quantity.
  public func mapped(_ increasing: (Double) -> Double) -> Interval {
    Interval(lower: increasing(lower), upper: increasing(upper), level: level)
  }

  /// The interval of one minus the quantity.
  public var complement: Interval { Interval(lower: 1 - upper, upper: 1 - lower, level: level) }
}
