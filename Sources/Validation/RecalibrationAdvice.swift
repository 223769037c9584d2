public import Statistics

/// How much a model's probabilities would have to change for this cohort, and what that would do to each group.
public struct RecalibrationAdvice: Hashable, Sendable {
  public let model: String
  public let finding: String?
  public let advice: Result<Advice, Undefined>

  public struct Advice: Hashable, Sendable {
    public let update: RecalibrationTest.Update
    /// Each smaller update against the most flexible one.
    public let steps: [RecalibrationTest.Step]
    /// Of the closed test.
    public let level: Double
    /// Cross-validated; empty where no change is advised.
    public let effects: Result<[Effect], Undefined>
  }

  /// On one group, every case with a probability from a fit that its patient had no part in.
  public struct Effect: Hashable, Sendable {
    public let group: Subgroup
    public let cases: Int
    public let positives: Int
    public let isAssessable: Bool
    public let before, after: Calibrated
    /// Brier score after less before: below 0 is better.
    public let change: Estimate

    /// What the interval of the change says, at the plan's confidence.
    public enum Reading: String, Hashable, Sendable {
      case better, worse
      case notShown = "not_shown"
    }

    public var reading: Reading {
      guard let interval = change.interval else { return .notShown }
      return interval.upper < 0 ? .better : interval.lower > 0 ? .worse : .notShown
    }
  }

  public struct Calibrated: Hashable, Sendable {
    public let brier: Double
    /// Observed over expected positives.
    public let ratio: Double
    /// Shares of positives and of negatives flagged at the primary operating point; nil without one on the probability,
    /// or without a case of the class.
    public let sensitivity, falsePositiveRate: Double?
  }

  /// How many fits each case's own fit is one of.
  public static let folds = 5
}
