/// Several rows make one case: images an examination, lesions a patient.
public struct UnitDefinition: Hashable, Sendable {
  /// The columns whose values together name a case.
  public var columns: [String]
  /// Of the scores as written; rows without a score do not count, unless none has one.
  public var score: ScoreRule
  /// Of delivered decisions; rows without one do not count, unless none has one.
  public var decision: Combination
  public var reference: Combination

  public init(
    columns: [String], score: ScoreRule = .max, decision: Combination = .any, reference: Combination = .any
  ) {
    self.columns = columns
    self.score = score
    self.decision = decision
    self.reference = reference
  }

  public enum ScoreRule: String, Hashable, Sendable, CaseIterable {
    case max, mean, min, first
  }

  /// Positive if any row is, or only if all are. A truth that rows without one could still change is itself missing.
  public enum Combination: String, Hashable, Sendable, CaseIterable {
    case any, all
  }
}
