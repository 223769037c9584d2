public import Statistics

/// Sensitivity or specificity of sites as the joint model of both has it, and how both move together.
public struct JointSites: Hashable, Sendable {
  /// With cases of its class.
  public let sites: Int
  public let mean: Double
  /// The standard deviation between sites, on the logit scale; 0 where chance explains all.
  public let tau: Double
  /// Of a site not yet seen.
  public let prediction: Interval
  public let correlation: Correlation
  /// Of the quadrature, in each direction.
  public let nodes: Int

  /// Of the logits of sensitivity and specificity over sites; the same for both.
  public struct Correlation: Hashable, Sendable {
    /// Nil where one of them does not vary beyond chance.
    public let value: Double?
    public let interval: Result<Interval, Undefined>

    /// What the interval says.
    public enum Reading: String, Hashable, Sendable {
      /// Where one is higher the other is lower, as when sites had different thresholds.
      case threshold
      /// Where one is higher so is the other: sites differ in how well the model works.
      case quality
      case notShown = "not_shown"
    }

    public var reading: Reading {
      guard let interval = try? interval.get() else { return .notShown }
      return interval.upper < 0 ? .threshold : interval.lower > 0 ? .quality : .notShown
    }
  }
}
