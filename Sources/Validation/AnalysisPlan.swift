/// Everything that is decided before the results are seen.
///
/// A plan and a cohort determine a study: `Study(of: cohort, following: plan)`.
public struct AnalysisPlan: Hashable, Sendable {
  public var id: String
  public var title: String
  public var device: Device?
  public var cohort: CohortDefinition
  /// Dimensions to stratify by: one attribute each, or several for an intersection.
  public var subgroups: [[String]]
  /// Two-sided, in (0, 1).
  public var confidence: Double
  public var proportionInterval: ProportionInterval
  public var aucInterval: AUCInterval
  public var gapInterval = GapInterval.newcombe
  /// Metric ids, in catalogue order.
  public var metrics: [String]
  /// The group that an attribute's other groups are compared with; without one, each with its complement.
  public var referenceGroups: [String: String]
  public var smallestSubgroup: SmallestSubgroup
  /// The rule for failed outputs that verdicts follow; the other three stand beside it.
  public var outputRule: OutputRule
  /// Nil: cases without a reference standard are left out, and criteria that their absence could bias are not judged.
  public var verification: VerificationCorrection?
  /// Prevalences at which PPV and NPV are stated besides the cohort's own, in (0, 1).
  public var prevalences: [Double]
  /// Where metrics of the whole curve are taken.
  public var readings = CurveReadings()
  /// Whether models that give probabilities are advised on their calibration.
  public var advisesRecalibration = false
  public var gaps: GapChoice
  public var gapFamily = GapFamily.holm
  /// How often labels are dealt out anew for gaps with too few events for another test; nil: these stay untested.
  public var permutations: Int?
  public var bootstrap: BootstrapPlan?
  public var slices: SlicePlan?
  public var multiplicity: Multiplicity
  public var seed: UInt64
  public var criteria: [Criterion]
  /// Nil: nothing is assumed, and no size is planned.
  public var planning: Planning?
  /// With which the cohort is compared.
  public var populations: [Population] = []

  public init(
    id: String, title: String? = nil, device: Device? = nil, cohort: CohortDefinition,
    subgroups: [[String]] = [], confidence: Double = 0.95, proportionInterval: ProportionInterval = .wilson,
    aucInterval: AUCInterval = .logitDeLong, metrics: [String] = Metric.defaults,
    referenceGroups: [String: String] = [:], smallestSubgroup: SmallestSubgroup = SmallestSubgroup(),
    outputRule: OutputRule = .worstCase, prevalences: [Double] = [], gaps: GapChoice = .marginal,
    multiplicity: Multiplicity = .coPrimary, seed: UInt64 = 20_261_121, criteria: [Criterion] = [],
    planning: Planning? = nil
  ) {
    self.id = id
    self.title = title ?? id
    self.device = device
    self.cohort = cohort
    self.subgroups = subgroups
    self.confidence = confidence
    self.proportionInterval = proportionInterval
    self.aucInterval = aucInterval
    self.metrics = metrics
    self.referenceGroups = referenceGroups
    self.smallestSubgroup = smallestSubgroup
    self.outputRule = outputRule
    self.prevalences = prevalences
    self.gaps = gaps
    self.multiplicity = multiplicity
    self.seed = seed
    self.criteria = criteria
    self.planning = planning
  }
}

public struct Device: Hashable, Sendable {
  public var name: String?
  public var version: String?
  public var manufacturer: String?
  public var kind: String?
  public var intendedUse: String?
  public init(
    name: String? = nil, version: String? = nil, manufacturer: String? = nil, kind: String? = nil,
    intendedUse: String? = nil
  ) {
    self.name = name
    self.version = version
    self.manufacturer = manufacturer
    self.kind = kind
    self.intendedUse = intendedUse
  }
}

/// Below this support a row is shown, marked "not assessable", and decides nothing.
public struct SmallestSubgroup: Hashable, Sendable {
  public var positives: Int
  public var negatives: Int
  public init(positives: Int = 10, negatives: Int = 10) {
    self.positives = positives
    self.negatives = negatives
  }
}

/// How an output that failed, or is indeterminate, is taken.
public enum OutputRule: String, Hashable, Sendable, CaseIterable {
  /// Counts as an error: a failed positive is missed, a failed negative is a false alarm.
  case worstCase = "worst_case"
  case asPositive = "as_positive"
  case asNegative = "as_negative"
  case excluded

  /// What becomes of a failed output, in words.
  public var words: String {
    switch self {
    case .worstCase: "counts as an error"
    case .asPositive: "counts as flagged"
    case .asNegative: "counts as not flagged"
    case .excluded: "left out"
    }
  }
}

/// How results stand in for cases without a reference standard.
public enum VerificationCorrection: String, Hashable, Sendable, CaseIterable {
  /// Cases that were verified speak for those with the same output (Begg, Greenes 1983).
  case beggGreenes = "begg_greenes"
}

public enum ProportionInterval: String, Hashable, Sendable, CaseIterable {
  case wilson
  case clopperPearson = "clopper-pearson"
  case jeffreys
  case agrestiCoull = "agresti-coull"
}

public enum AUCInterval: String, Hashable, Sendable, CaseIterable {
  case logitDeLong = "logit-delong"
  case deLong = "delong"
}

/// Of a difference of two independent proportions.
public enum GapInterval: String, Hashable, Sendable, CaseIterable {
  /// From the intervals of the two.
  case newcombe
  /// The score interval, of cases without patients and weights; elsewhere as newcombe.
  case miettinenNurminen = "miettinen-nurminen"
}

/// Which differences between groups are computed.
public enum GapChoice: String, Hashable, Sendable, CaseIterable {
  /// Of every group that is defined by one attribute.
  case marginal
  /// Of intersections too.
  case all
  /// Only those that a criterion asks for.
  case none
}

/// How success is claimed over several criteria.
public enum Multiplicity: String, Hashable, Sendable, CaseIterable {
  /// Success needs every criterion: each at full α.
  case coPrimary = "co-primary"
  case holm
  case hochberg
  case fixedSequence = "fixed-sequence"
}
