/// How the scores of one finding's cases lie, and when the cases came.
public struct Distributions: Hashable, Sendable {
  /// Nil in a plan with one.
  public let finding: String?
  public let scores: [ScoreHistogram]
  /// Volume by month, ascending, without gaps; empty without a date column.
  public let months: [MonthCount]
  public init(finding: String? = nil, scores: [ScoreHistogram], months: [MonthCount]) {
    self.finding = finding
    self.scores = scores
    self.months = months
  }
}

/// Counts of a model's scores by truth on fixed edges (`edges.count == positives.count + 1`; the last bin is closed).
public struct ScoreHistogram: Hashable, Sendable {
  public let model: String
  public let edges: [Double]
  public let positives: [Int]
  public let negatives: [Int]
  public init(model: String, edges: [Double], positives: [Int], negatives: [Int]) {
    self.model = model
    self.edges = edges
    self.positives = positives
    self.negatives = negatives
  }
}

public struct MonthCount: Hashable, Sendable {
  /// `yyyy-MM`; nil for cases without a date.
  public let month: String?
  public let cases: Int
  public let positives: Int
  public init(month: String?, cases: Int, positives: Int) {
    self.month = month
    self.cases = cases
    self.positives = positives
  }
}
