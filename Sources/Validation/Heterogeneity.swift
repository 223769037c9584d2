public import Statistics

/// Whether a metric differs over the groups of an attribute at all: what is asked before any single gap is looked at.
public struct Heterogeneity: Hashable, Sendable {
  public let model: String
  public let finding: String?
  public let attribute: String
  public let metric: String
  /// Those that were compared: assessable, and with a variance on the logit scale.
  public let groups: [Subgroup]
  /// Assessable groups that could not be.
  public let leftOut: [LeftOut]
  public var result: Result<Tests, Undefined>

  public struct LeftOut: Hashable, Sendable {
    public let group: Subgroup
    public let reason: Undefined
  }

  public struct Tests: Hashable, Sendable {
    /// On the logit scale; its p is Welch's where patients have several cases.
    public let cochran: CochranQ
    public let isByPatient: Bool
    /// The interaction of group and outcome in a logistic model, which is saturated: G²; not where groups are sparse.
    public let likelihoodRatio: Result<LikelihoodRatio, Undefined>
    /// Freeman and Halton's, where fewer than five successes or failures are expected in a group.
    public let exactP: Result<Double, Undefined>
    /// Nil for two groups, whose gap is a row.
    public let largestGap: LargestGap?
    public internal(set) var pAdjusted: Double?

    public struct LikelihoodRatio: Hashable, Sendable {
      public let statistic: Double
      public let p: Double
    }

    /// What is read: the exact test where it was made, else the likelihood ratio, else Q, which on shares near 1 rejects too
    /// seldom (docs/coverage-tests.md).
    public var p: Double {
      switch source {
      case .exact(let p), .likelihoodRatio(let p), .cochran(let p): p
      }
    }

    public enum Source: Hashable, Sendable { case exact(Double), likelihoodRatio(Double), cochran(Double) }

    public var source: Source {
      if case .success(let p) = exactP { return .exact(p) }
      if case .success(let test) = likelihoodRatio { return .likelihoodRatio(test.p) }
      return .cochran(cochran.p)
    }
  }

  /// The farthest two of three or more groups, higher minus lower, with an interval that holds for all pairs at once.
  public struct LargestGap: Hashable, Sendable {
    public let higher: Subgroup
    public let lower: Subgroup
    public let estimate: Estimate
    /// Two-sided, of the largest of all pairwise differences.
    public let p: Double?
  }

  public static let family =
    "heterogeneity of sensitivity, specificity and AUC over subgroups, by model (Holm)"

  public var tests: Tests? { try? result.get() }
}
