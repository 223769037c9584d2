internal import RealModule

/// The scale on which a normal approximation is made, so that an interval cannot leave the quantity's range.
public enum Scale: Hashable, Sendable {
  case identity
  /// For quantities above 0.
  case log
  /// For ratios of a count to its expectation (Wilson and Hilferty 1931, doi:10.1073/pnas.17.12.684).
  case cubeRoot
  /// For quantities in (0, 1).
  case logit
  /// Fisher's z, for quantities in (−1, 1).
  case fisher
  /// log(1 − x), for quantities below 1.
  case logComplement

  /// Whether the approximation exists at this value; at the edge of the range it does not.
  public func contains(_ x: Double) -> Bool {
    switch self {
    case .identity: true
    case .log, .cubeRoot: x > 0
    case .logit: x > 0 && x < 1
    case .fisher: x > -1 && x < 1
    case .logComplement: x < 1
    }
  }

  /// Value ± quantile · standard error, taken on this scale and carried back; nil at the edge of the range.
  public func wald(
    value: Double, standardError: Double, tail: Double, reference: ReferenceDistribution
  ) -> Interval? {
    guard contains(value), standardError.isFinite else { return nil }
    let reach = reference.upperQuantile(tail) * standardError
    let level = 1 - 2 * tail
    switch self {
    case .identity:
      return Interval(lower: value - reach, upper: value + reach, level: level)
    case .log:
      let factor = Double.exp(reach / value)
      return Interval(lower: value / factor, upper: value * factor, level: level)
    case .cubeRoot:
      let root = Double.root(value, 3)
      let distance = reach / (3 * root * root)
      func cube(_ root: Double) -> Double { root * root * root }
      return Interval(lower: cube(max(0, root - distance)), upper: cube(root + distance), level: level)
    case .logit:
      let odds = value / (1 - value)
      let factor = Double.exp(reach / (value * (1 - value)))
      let low = odds / factor
      let high = odds * factor
      return Interval(lower: low / (1 + low), upper: high.isFinite ? high / (1 + high) : 1, level: level)
    case .fisher:
      let centre = Double.atanh(value)
      let distance = reach / (1 - value * value)
      return Interval(lower: .tanh(centre - distance), upper: .tanh(centre + distance), level: level)
    case .logComplement:
      let factor = Double.exp(reach / (1 - value))
      return Interval(lower: 1 - (1 - value) * factor, upper: 1 - (1 - value) / factor, level: level)
    }
  }
}
