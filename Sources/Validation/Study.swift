public import Statistics

/// A cohort evaluated and judged by a plan: a pure function of the two, and all that a report needs.
public struct Study: Sendable {
  public let plan: AnalysisPlan
  public let cohort: CohortSummary
  public let rows: [Row]
  public let judgements: [Judgement]
  public let verdict: Verdict
  public let curves: [Curve]
  public let distributions: Distributions

  /// A study of ready parts, for tests of what reads one.
  package init(
    plan: AnalysisPlan, cohort: CohortSummary, rows: [Row], judgements: [Judgement], verdict: Verdict,
    curves: [Curve], distributions: Distributions
  ) {
    self.plan = plan
    self.cohort = cohort
    self.rows = rows
    self.judgements = judgements
    self.verdict = verdict
    self.curves = curves
    self.distributions = distributions
  }

  /// Evaluates every row, then judges them: a pure function of the cohort and the plan, the same on any number of workers.
  ///
  /// - Throws: `PlanError` when the plan names what the cohort does not have.
  public init(
    of cohort: Cohort, following plan: AnalysisPlan, using workers: Workers = .one
  ) throws(PlanError) {
    let evaluation = try Evaluation(of: cohort, following: plan, using: workers)
    let summary = CohortSummary(of: cohort, following: plan)
    let judgements = Judging(plan: plan, cohort: summary, evaluation: evaluation).judgements()
    self.init(
      plan: plan, cohort: summary, rows: evaluation.lines.map(\.row), judgements: judgements,
      verdict: Judging.verdict(of: judgements), curves: evaluation.curves.flatMap(\.curves),
      distributions: Distributions(
        scores: evaluation.curves.compactMap(\.scores), months: MonthCount.volume(of: cohort)))
  }
}

/// One verdict of one criterion: on one row, or (subgroup nil) over all its rows.
public struct Judgement: Hashable, Sendable {
  public let criterion: String
  /// Nil in a judgement that sums up over several models.
  public let model: String?
  /// Nil: the judgement that sums up.
  public let subgroup: Subgroup?
  public let subgroupMinus: Comparator?
  public let verdict: Verdict
  public let value: Double?
  /// The limit that decided, at the plan's confidence (for `interval` evidence the limit farther from zero).
  public let bound: Double?
  public let goal: Double
  /// One-sided, of the criterion's hypothesis, and adjusted where the plan's multiplicity asks for it.
  public let p: Double?
  public let pAdjusted: Double?
  /// The limit at the adjusted level, where one was used.
  public let adjustedBound: Double?
  /// In words, for the report and the terminal.
  public let sentence: String

  public init(
    criterion: String, model: String?, subgroup: Subgroup?, subgroupMinus: Comparator? = nil,
    verdict: Verdict,
    value: Double? = nil, bound: Double? = nil, goal: Double, p: Double? = nil, pAdjusted: Double? = nil,
    adjustedBound: Double? = nil, sentence: String
  ) {
    self.criterion = criterion
    self.model = model
    self.subgroup = subgroup
    self.subgroupMinus = subgroupMinus
    self.verdict = verdict
    self.value = value
    self.bound = bound
    self.goal = goal
    self.p = p
    self.pAdjusted = pAdjusted
    self.adjustedBound = adjustedBound
    self.sentence = sentence
  }
}

/// What is known of a cohort without its cases: enough for every table and figure that describes it.
public struct CohortSummary: Hashable, Sendable {
  public let cases: Int
  public let positives: Int
  public let patients: Int?
  public let flow: Flow
  public let attributes: [AttributeSummary]
  public let models: [ModelSummary]
  public var negatives: Int { cases - positives }

  public init(
    cases: Int, positives: Int, patients: Int?, flow: Flow, attributes: [AttributeSummary],
    models: [ModelSummary]
  ) {
    self.cases = cases
    self.positives = positives
    self.patients = patients
    self.flow = flow
    self.attributes = attributes
    self.models = models
  }
}

public struct AttributeSummary: Hashable, Sendable {
  public let name: String
  public let numeric: NumericSummary?
  /// Every level in printed order; the unknown one last, if any case has it.
  public let levels: [LevelCount]
  public init(name: String, numeric: NumericSummary?, levels: [LevelCount]) {
    self.name = name
    self.numeric = numeric
    self.levels = levels
  }
}

public struct LevelCount: Hashable, Sendable {
  public let level: Level
  public let positives: Int
  public let negatives: Int
  public var cases: Int { positives + negatives }
  public init(level: Level, positives: Int, negatives: Int) {
    self.level = level
    self.positives = positives
    self.negatives = negatives
  }
}

/// What became of the analysed cases at one model's primary operating point.
public struct ModelSummary: Hashable, Sendable {
  public let name: String
  /// Nil without an operating point.
  public let twoByTwo: TwoByTwo?
  public let failedPositives: Int
  public let failedNegatives: Int
  public let disagreements: Int?
  public var failed: Int { failedPositives + failedNegatives }
  public init(
    name: String, twoByTwo: TwoByTwo?, failedPositives: Int, failedNegatives: Int, disagreements: Int? = nil
  ) {
    self.name = name
    self.twoByTwo = twoByTwo
    self.failedPositives = failedPositives
    self.failedNegatives = failedNegatives
    self.disagreements = disagreements
  }
}

/// A curve of one model over one subgroup.
public struct Curve: Hashable, Sendable {
  public enum Kind: String, Hashable, Sendable {
    /// x: false-positive rate, y: sensitivity, from (0, 0) to (1, 1); at most 512 points, exact at operating points.
    case roc
    /// x: mean predicted probability of a tenth of the cases, y: share of positives in it.
    case calibration
  }
  public struct Point: Hashable, Sendable {
    public let x, y: Double
    /// Limits of y, where the curve has any.
    public let lower, upper: Double?
    /// Of a ROC point: the threshold in the plan's own orientation of the score; nil at (0, 0).
    public let threshold: Double?
    /// Of a calibration point: the cases in its bin.
    public let cases: Int?
    /// Of a ROC point at a declared operating point: its name.
    public let operatingPoint: String?
    public init(
      x: Double, y: Double, lower: Double? = nil, upper: Double? = nil, threshold: Double? = nil,
      cases: Int? = nil, operatingPoint: String? = nil
    ) {
      self.x = x
      self.y = y
      self.lower = lower
      self.upper = upper
      self.threshold = threshold
      self.cases = cases
      self.operatingPoint = operatingPoint
    }
  }
  public let kind: Kind
  public let model: String
  public let subgroup: Subgroup
  public let points: [Point]
  public init(kind: Kind, model: String, subgroup: Subgroup, points: [Point]) {
    self.kind = kind
    self.model = model
    self.subgroup = subgroup
    self.points = points
  }
}

public struct Distributions: Hashable, Sendable {
  public let scores: [ScoreHistogram]
  /// Volume by month, ascending, without gaps; empty without a date column.
  public let months: [MonthCount]
  public init(scores: [ScoreHistogram], months: [MonthCount]) {
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
