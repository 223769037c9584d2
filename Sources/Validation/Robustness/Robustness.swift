/// What missing or imperfect truth, or failed outputs taken otherwise, could change in what a study says.
public struct Robustness: Hashable, Sendable {
  /// Only where an output failed.
  public var verdictsByRule: [RuleVerdict] = []
  /// For each finding, model, attribute with unknown cases, and share.
  public var unknownBounds: [UnknownBounds] = []
  /// Of gaps that were shown.
  public var tippingPoints: [TippingPoint] = []
  /// For each finding, population and attribute of which it knows shares.
  public var populations: [PopulationComparison] = []
  /// For each finding that names readers: over everyone, then the groups of every single attribute.
  public var agreement: [ReaderAgreement] = []
  public init() {}
}

/// What a criterion would come to if failed outputs were taken by another rule than the plan's.
public struct RuleVerdict: Hashable, Sendable {
  public let criterion: String
  public let model: String
  public let finding: String?
  public let rule: OutputRule
  /// Before any adjustment for several criteria.
  public let verdict: Verdict
}
