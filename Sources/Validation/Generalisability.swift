public import Statistics

/// What sites (or scanners) as a sample say of those not yet seen.
public struct Generalisability: Hashable, Sendable {
  public let model: String
  public let finding: String?
  /// `site` or `scanner`.
  public let attribute: String
  public let metric: String
  /// That entered the synthesis: assessable, and with a variance on the logit scale.
  public let sites: [Subgroup]
  public let leftOut: [Heterogeneity.LeftOut]
  public let synthesis: Result<Synthesis, Undefined>
  /// Of sensitivity and specificity, where both are asked for: the two in one model.
  public let joint: Result<JointSites, Undefined>?
  /// The estimate over all known cases but those of one site.
  public let without: [Without]
  /// Of the AUC: pairs of one site beside all pairs.
  public let within: Result<Within, Undefined>?

  /// Random effects on the logit scale, carried back.
  public struct Synthesis: Hashable, Sendable {
    public let sites: Int
    public let mean: Double
    public let interval: Interval
    /// Of a site not yet seen.
    public let prediction: Interval
    /// The standard deviation between sites, on the logit scale.
    public let tau: Double
    public let tauInterval: Interval
    public let iSquared: Double
    public let iSquaredInterval: Interval

    /// Fewer sites than tell how far they lie apart.
    public var isRough: Bool { sites < 10 }
  }

  public struct Without: Hashable, Sendable {
    public let site: Subgroup
    public let result: Row.Result
  }

  public struct Within: Hashable, Sendable {
    public let pooled: Estimate
    public let within: Estimate
    /// Pooled minus within.
    public let difference: Estimate
    /// Of all pairs of a positive and a negative, those of one site.
    public let shareOfPairs: Double
    /// The curve beside the pooled one, where the two areas are shown to differ; nil elsewhere.
    public var adjusted: Adjusted?

    /// The covariate-adjusted ROC curve: positives against negatives of their own site.
    public struct Adjusted: Hashable, Sendable {
      public let area: Double
      /// Of all positives, those whose site has negatives.
      public let coveredShare: Double
      /// Without limits.
      public let points: [Curve.Point]
    }

    /// What the difference says, at the plan's confidence.
    public enum Reading: String, Hashable, Sendable {
      /// Pooled above within, and nothing shown within: what a score does that knows only the site.
      case knowsOnlyTheSite = "knows_only_the_site"
      case pooledIsHigher = "pooled_is_higher"
      case pooledIsLower = "pooled_is_lower"
      case notShown = "not_shown"
    }

    public var reading: Reading {
      guard let interval = difference.interval else { return .notShown }
      if interval.upper < 0 { return .pooledIsLower }
      guard interval.lower > 0 else { return .notShown }
      return within.interval.map { $0.lower <= 0.5 } ?? true ? .knowsOnlyTheSite : .pooledIsHigher
    }
  }

  /// Attributes whose levels are taken for a sample of more.
  public static let attributes = ["site", "scanner"]
}
