internal import RealModule

/// An estimate on the logit scale, on which estimates of groups are put together.
public struct LogitEstimate: Hashable, Sendable {
  public let value: Double
  public let variance: Double

  /// For a value in (0, 1) whose variance on its own scale is above 0.
  public init(_ value: Double, variance: Double) {
    let slope = 1 / (value * (1 - value))
    self.value = Double.log(value / (1 - value))
    self.variance = variance * slope * slope
  }

  /// Of a proportion; one half is added to successes and failures where there is none of either (Gart, Zweifel 1967,
  /// doi:10.1093/biomet/54.1-2.181). Agrees with R metafor 3.8 `escalc("PLO", add=1/2, to="only0")` to 1e-12.
  public init(_ proportion: Proportion) {
    let isEdge = proportion.successes == 0 || proportion.successes == proportion.trials
    let x = proportion.successes + (isEdge ? 0.5 : 0)
    let y = proportion.trials - proportion.successes + (isEdge ? 0.5 : 0)
    value = Double.log(x / y)
    variance = 1 / x + 1 / y
  }

  /// Back to the scale of the quantity.
  public static func share(_ logit: Double) -> Double { 1 / (1 + .exp(-logit)) }
}
