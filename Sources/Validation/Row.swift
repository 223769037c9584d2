public import Statistics

/// Everything a study says is a row: a model, a subgroup (or the difference of two), a metric, and its estimate or the
/// reason there is none.
public struct Row: Hashable, Sendable {
  public let key: Key
  public let result: Result
  public let support: Support
  /// Of the difference from no difference; only rows of a declared family are tested.
  public var test: Test?
  /// False below the plan's smallest subgroup, and for rows of unknown demographics.
  public let isAssessable: Bool
  /// False: exploratory.
  public let isPrespecified: Bool

  public init(
    key: Key, result: Result, support: Support, test: Test? = nil, isAssessable: Bool,
    isPrespecified: Bool = true
  ) {
    self.key = key
    self.result = result
    self.support = support
    self.test = test
    self.isAssessable = isAssessable
    self.isPrespecified = isPrespecified
  }

  /// What names a row; unique in every study.
  public struct Key: Hashable, Sendable {
    public let model: String
    /// Nil in a plan with one.
    public let finding: String?
    public let subgroup: Subgroup
    /// Nil: the subgroup itself, not a difference.
    public let subgroupMinus: Comparator?
    public let metric: String
    public let setting: Setting
    public let outputs: Outputs

    public init(
      model: String, finding: String? = nil, subgroup: Subgroup, subgroupMinus: Comparator? = nil,
      metric: String,
      setting: Setting = .headline, outputs: Outputs = .primary
    ) {
      self.model = model
      self.finding = finding
      self.subgroup = subgroup
      self.subgroupMinus = subgroupMinus
      self.metric = metric
      self.setting = setting
      self.outputs = outputs
    }
  }

  /// How failed outputs were taken.
  public enum Outputs: Hashable, Sendable {
    /// The plan's rule, which verdicts follow.
    case primary
    case rule(OutputRule)

    public var label: String {
      switch self {
      case .primary: "primary"
      case .rule(let rule): rule.rawValue
      }
    }
  }

  public enum Result: Hashable, Sendable {
    case estimated(Estimate)
    case undefined(Undefined)
  }

  public struct Test: Hashable, Sendable {
    /// Two-sided, of no difference; belongs to the test that the row's interval inverts.
    public let p: Double
    public let pAdjusted: Double?
    public let family: String
    public init(p: Double, pAdjusted: Double?, family: String) {
      self.p = p
      self.pAdjusted = pAdjusted
      self.family = family
    }
  }

  public var estimate: Estimate? {
    if case .estimated(let estimate) = result { estimate } else { nil }
  }
}

/// The setting at which a metric was taken; the headline is the primary operating point and the cohort's own prevalence.
public struct Setting: Hashable, Sendable {
  /// Where a curve was read, or a decision taken; each excludes the others.
  public var specificity: Double?
  public var sensitivity: Double?
  public var threshold: Double?
  public var operatingPoint: String?
  public var prevalence: Double?
  /// Of a difference: the attributes within whose strata it was taken, by Mantel and Haenszel's weights.
  public var adjustedFor: [String]
  /// The same, each stratum weighted by its share of the cases of both sides.
  public var standardisedOver: [String]
  /// Corrected for cases without a reference standard.
  public var verification: VerificationCorrection?
  public init(
    operatingPoint: String? = nil, prevalence: Double? = nil, adjustedFor: [String] = [],
    standardisedOver: [String] = [], verification: VerificationCorrection? = nil
  ) {
    self.verification = verification
    self.operatingPoint = operatingPoint
    self.prevalence = prevalence
    self.adjustedFor = adjustedFor
    self.standardisedOver = standardisedOver
  }
  public static let headline = Setting()
  public var isHeadline: Bool { self == .headline }
}

/// A value with its interval, and how the interval was made.
public struct Estimate: Hashable, Sendable {
  public let value: Double
  /// Nil: this metric has no interval that holds here; `caveat` says why.
  public let interval: Interval?
  /// For example `wilson`, `logit-delong`, `newcombe`; `none` without an interval.
  public let method: String
  /// Variance relative to independent cases; nil without a patient column, or where it is not estimable.
  public let designEffect: Double?
  /// What must be said beside the number: known undercoverage, clipped probabilities, an unbounded limit.
  public let caveat: String?
  /// So few events that the interval may cover less than 92 % (docs/coverage.md); the caveat says so too.
  public let hasFewEvents: Bool

  public init(
    value: Double, interval: Interval?, method: String, designEffect: Double? = nil, caveat: String? = nil,
    hasFewEvents: Bool = false
  ) {
    precondition(value.isFinite, "an estimate is a number, or undefined")
    self.value = value
    self.interval = interval
    self.method = method
    self.designEffect = designEffect
    self.caveat = caveat
    self.hasFewEvents = hasFewEvents
  }
}

/// How much evidence a row rests on. For a difference: that of the group, not of its comparator.
public struct Support: Hashable, Sendable {
  /// Cases that entered the metric's sample.
  public let cases: Int
  public let positives: Int
  public let negatives: Int
  /// Distinct patients, where the plan names a patient column.
  public let patients: Int?
  /// Of a proportion: x in x/n.
  public let numerator: Int?
  public let denominator: Int?

  public init(
    cases: Int, positives: Int, negatives: Int, patients: Int? = nil, numerator: Int? = nil,
    denominator: Int? = nil
  ) {
    self.cases = cases
    self.positives = positives
    self.negatives = negatives
    self.patients = patients
    self.numerator = numerator
    self.denominator = denominator
  }
}
