/// Which family the tests of gaps make, and how its p-values are adjusted.
public enum GapFamily: String, Hashable, Sendable, CaseIterable {
  /// All gaps in sensitivity, specificity and AUC of a model.
  case holm
  /// The gaps of each of these, with simultaneous intervals that know how the gaps move together.
  case maxT = "max-t"
  /// A screening: of the gaps that it calls differences, the share that are none is held, not the chance of any.
  case benjaminiHochberg = "benjamini-hochberg"
}

/// Intervals by resampling, beside those of the tables.
public struct BootstrapPlan: Hashable, Sendable {
  public var replicates: Int
  /// Nil: every metric of the plan that has an interval.
  public var metrics: [String]?
  /// Of the groups of single attributes too, not of all cases only.
  public var groups: Bool
  public init(replicates: Int = 2000, metrics: [String]? = nil, groups: Bool = false) {
    self.replicates = replicates
    self.metrics = metrics
    self.groups = groups
  }
}

/// A search for the slices of the cohort in which a model does worst.
public struct SlicePlan: Hashable, Sendable {
  public var metric: String
  /// Nil: every attribute.
  public var attributes: [String]?
  /// How many attributes a slice may combine.
  public var depth: Int
  /// How many slices of the discovery half are asked of the other half.
  public var keep: Int
  public static let metrics = ["sensitivity", "specificity", "auc"]

  public init(metric: String = "sensitivity", attributes: [String]? = nil, depth: Int = 2, keep: Int = 3) {
    self.metric = metric
    self.attributes = attributes
    self.depth = depth
    self.keep = keep
  }
}
