public import Statistics

/// How far apart the groups of an attribute stand in what a definition of fairness names: one number for each definition.
/// Exploratory: the farthest groups are chosen by the data, and the interval allows for every pair.
public struct FairnessSummary: Hashable, Sendable {
  public let model: String
  public let finding: String?
  public let attribute: String
  public let definition: Definition
  public let result: Result<Finding, Undefined>

  public enum Definition: String, Hashable, Sendable, CaseIterable {
    /// The largest gap in sensitivity (Hardt, Price, Srebro 2016, arXiv:1610.02413).
    case equalOpportunity = "equal_opportunity"
    /// The larger of the largest gaps in sensitivity and in the false-positive rate.
    case equalisedOdds = "equalised_odds"
    /// The largest gap in positive predictive value.
    case predictiveParity = "predictive_parity"
    /// The lowest flag rate over the highest.
    case selectionRateRatio = "selection_rate_ratio"

    /// Metrics whose gaps it looks at.
    public var metrics: [String] {
      switch self {
      case .equalOpportunity: ["sensitivity"]
      case .equalisedOdds: ["sensitivity", "false_positive_rate"]
      case .predictiveParity: ["ppv"]
      case .selectionRateRatio: ["flag_rate"]
      }
    }
  }

  public struct Finding: Hashable, Sendable {
    /// In which the groups are farthest apart.
    public let metric: String
    public let higher: Subgroup
    public let lower: Subgroup
    /// Assessable groups that were compared.
    public let groups: Int
    /// Higher minus lower, or lower over higher.
    public let estimate: Estimate
  }
}
