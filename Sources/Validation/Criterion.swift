/// An acceptance criterion: an interval bound, or a whole interval, held against a goal that was fixed beforehand.
public struct Criterion: Hashable, Sendable {
  public var id: String
  /// A metric id of the catalogue.
  public var metric: String
  public var scope: Scope
  public var evidence: Evidence
  /// The models that it judges; nil is every model of the plan.
  public var model: String?
  /// The finding that it judges; nil is every finding of the plan, and the only one of a plan with one.
  public var finding: String?
  /// The operating point at which it judges; nil is the primary one.
  public var operatingPoint: String?
  /// What an unassessable row makes of it when nothing else decides.
  public var whenNotAssessable: WhenNotAssessable

  public enum Scope: Hashable, Sendable {
    case overall
    /// Every level of the named dimensions; nil: of all one-attribute dimensions.
    case everySubgroup(of: [[String]]?)
    /// Every comparison of the groups of one attribute.
    case gap(across: String)
    case group(Subgroup)
  }

  public enum Evidence: Hashable, Sendable {
    /// Met if the lower limit is at or above the goal; not met if the upper limit is below it.
    case lowerBound(atLeast: Double)
    /// Met if the upper limit is at or below the goal; not met if the lower limit is above it.
    case upperBound(atMost: Double)
    /// Equivalence: met if the whole interval lies inside ±margin; not met if wholly outside.
    case interval(within: Double)
  }

  public enum WhenNotAssessable: String, Hashable, Sendable, CaseIterable { case inconclusive, report }

  public init(
    id: String, metric: String, scope: Scope, evidence: Evidence, model: String? = nil,
    finding: String? = nil, operatingPoint: String? = nil,
    whenNotAssessable: WhenNotAssessable = .inconclusive
  ) {
    self.id = id
    self.metric = metric
    self.scope = scope
    self.evidence = evidence
    self.model = model
    self.finding = finding
    self.operatingPoint = operatingPoint
    self.whenNotAssessable = whenNotAssessable
  }

  /// The goal or margin, as a number.
  public var goal: Double {
    switch evidence {
    case .lowerBound(let goal), .upperBound(let goal), .interval(let goal): goal
    }
  }
}

/// What the evidence says of a criterion. Inconclusive is an answer.
public enum Verdict: String, Hashable, Sendable, CaseIterable {
  case met
  case notMet = "not_met"
  case inconclusive
  case notAssessable = "not_assessable"
  /// A study without criteria has nothing to judge.
  case noCriteria = "no_criteria"
}
