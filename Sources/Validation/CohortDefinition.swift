/// Where the columns of a cohort stand and what their cells mean: the `cohort:` section of a plan.
///
/// Reading follows this definition alone; nothing about a file is guessed.
public struct CohortDefinition: Hashable, Sendable {
  /// Paths or globs, as the plan writes them (relative to the plan), each with its format.
  public var cases: [CaseFile]
  /// Of files that say nothing of their own.
  public var format: TableFormat
  /// The column that names a case; without it the row number does.
  public var caseColumn: String?
  /// The column that names a patient; given, every interval is clustered by patient.
  public var patientColumn: String?
  public var missingPatients: MissingPatients = .refuse
  public var date: DateColumn?
  /// At least one; in a plan with one finding it has no id.
  public var findings: [FindingDefinition]
  /// Tokens that mean "missing", exact after trimming.
  public var missing: [String]
  /// Exact, if nothing else is said.
  public var spelling = Spelling()
  /// In the order of the plan.
  public var attributes: [AttributeDefinition]
  public var sampling: Sampling
  /// The column of sampling weights: how many cases of the population each case stands for, up to a common factor.
  public var weightColumn: String?
  /// In the order in which they are joined.
  public var joins: [JoinDefinition] = []
  /// Nil: every row is a case.
  public var unit: UnitDefinition?
  /// In the order in which they apply.
  public var exclusions: [ExclusionRule] = []

  public init(
    cases: [CaseFile], format: TableFormat = TableFormat(), caseColumn: String? = nil,
    patientColumn: String? = nil, date: DateColumn? = nil,
    reference: ReferenceColumn, models: [ModelDefinition],
    missing: [String] = CohortDefinition.defaultMissing,
    attributes: [AttributeDefinition] = [], sampling: Sampling = .consecutive
  ) {
    self.cases = cases
    self.format = format
    self.caseColumn = caseColumn
    self.patientColumn = patientColumn
    self.date = date
    findings = [FindingDefinition(reference: reference, models: models)]
    self.missing = missing
    self.attributes = attributes
    self.sampling = sampling
  }

  /// Columns whose cells describe cases: scores, decisions, reference, date, attributes. Messages may quote them.
  public var describedColumns: [String] {
    [date?.column, weightColumn].compactMap(\.self) + resultColumns + attributes.map(\.column)
  }

  /// Columns that hold an output of a model, or the reference standard.
  public var resultColumns: [String] {
    referenceColumns
      + findings.flatMap(\.models).flatMap {
        [$0.score, $0.decision?.column, $0.statusColumn].compactMap(\.self)
      }
  }

  /// The cases are held against something that is no reference standard: the study speaks of agreement.
  public var hasComparator: Bool { findings.contains { $0.reference.isComparator } }

  public var referenceColumns: [String] {
    findings.flatMap { [$0.reference.column] + ($0.reference.readers?.columns ?? []) }
  }

  /// Whether not every row that is read need be a case.
  public var leavesRowsOut: Bool { !exclusions.isEmpty || joins.contains { $0.unmatched == .exclude } }

  /// All columns that decide whether a condition is met, also where it names an attribute.
  public func columns(of condition: ExclusionRule.Condition) -> [String] {
    guard case .attribute(let name) = condition.subject,
      let attribute = attributes.first(where: { $0.name == name })
    else { return condition.columns }
    return attribute.columns + (attribute.birthDate == nil ? [] : [date?.column].compactMap(\.self))
  }

  /// Metrics that depend on prevalence say nothing beyond this cohort: it was not sampled as patients come, and no weights
  /// make up for that.
  public var hasOwnPrevalenceOnly: Bool {
    switch sampling {
    case .consecutive, .random: false
    case .enriched: weightColumn == nil
    case .convenience: true
    }
  }

  public static let defaultMissing = ["", "NA", "N/A", "NULL", "null", "None", "<NA>"]
}

/// What becomes of analysed cases without a patient id. Separate: each counts as a patient of its own.
public enum MissingPatients: String, Hashable, Sendable, CaseIterable {
  case refuse, separate
}

/// A column of dates. Without a format, ISO 8601 (`2026-11-21`) and DICOM (`20261121`) are read.
public struct DateColumn: Hashable, Sendable {
  public var column: String
  public var format: DateFormat?
  /// In which a moment that is written with an offset falls on a day; nil: the day as written.
  public var zone: ZoneOffset?
  /// In place of the cohort's tokens.
  public var missing: [String]?

  public init(
    column: String, format: DateFormat? = nil, zone: ZoneOffset? = nil, missing: [String]? = nil
  ) {
    self.column = column
    self.format = format
    self.zone = zone
    self.missing = missing
  }
}

/// The reference standard: a column and the values that mean positive, negative and equivocal.
public struct ReferenceColumn: Hashable, Sendable {
  public var column: String
  public var positive: [String]
  /// Nil: the one other value is negative, and a third value is refused.
  public var negative: [String]?
  /// Values that decide neither way, and what becomes of them.
  public var equivocal: [String]
  public var equivocalRule: EquivocalRule
  /// In place of the cohort's tokens.
  public var missing: [String]?
  /// A cell holds several labels between these: it is positive where one of them is, else equivocal where one of them
  /// is, else negative.
  public var separator: String?
  /// Another test or a reader, whose word is not taken for the truth.
  public var isComparator = false
  /// Who read the cases for it, each by themselves.
  public var readers: ReaderColumns?

  public init(
    column: String, positive: [String], negative: [String]? = nil, equivocal: [String] = [],
    equivocalRule: EquivocalRule = .excluded, missing: [String]? = nil, separator: String? = nil
  ) {
    self.column = column
    self.positive = positive
    self.negative = negative
    self.equivocal = equivocal
    self.equivocalRule = equivocalRule
    self.missing = missing
    self.separator = separator
  }
}

/// Columns of single readers, whose agreement is measured; what they said decides nothing else.
public struct ReaderColumns: Hashable, Sendable {
  public var columns: [String]
  public var scale: Scale

  public enum Scale: Hashable, Sendable {
    /// Categories without an order, as recorded.
    case categories
    /// Categories in ascending order.
    case ordinal([String])
    case number
  }

  public init(columns: [String], scale: Scale = .categories) {
    self.columns = columns
    self.scale = scale
  }
}

/// What an equivocal reference standard counts as. Excluded: it has its own box in the flow.
public enum EquivocalRule: String, Hashable, Sendable, CaseIterable {
  case excluded, positive, negative
}

/// A model under test: where its outputs stand and how they are read.
public struct ModelDefinition: Hashable, Sendable {
  public var name: String
  /// The column of scores, if it gives any.
  public var score: String?
  /// The column of delivered decisions, if it gives any; it is what is judged.
  public var decision: DecisionColumn?
  /// The operating points on the score, the primary one first. Empty with a decision only, or without a threshold.
  public var operatingPoints: [OperatingPoint]
  /// The score is a predicted probability in [0, 1].
  public var isProbability: Bool
  public var direction: ScoreDirection
  public var scale: ScoreScale
  /// Values of the score (or decision) column, or of `statusColumn`, that mean "the model gave no output".
  public var indeterminate: [String]
  /// The column that holds the status of an output, where it is not the score's own.
  public var statusColumn: String?
  /// In place of the cohort's tokens, in the columns of score and decision.
  public var missing: [String]?

  public init(
    name: String, score: String? = nil, decision: DecisionColumn? = nil,
    operatingPoints: [OperatingPoint] = [],
    isProbability: Bool = false, direction: ScoreDirection = .higherMeansPositive,
    scale: ScoreScale = .number, indeterminate: [String] = [], statusColumn: String? = nil,
    missing: [String]? = nil
  ) {
    self.name = name
    self.score = score
    self.decision = decision
    self.operatingPoints = operatingPoints
    self.isProbability = isProbability
    self.direction = direction
    self.scale = scale
    self.indeterminate = indeterminate
    self.statusColumn = statusColumn
    self.missing = missing
  }

  /// The names of the settings at which decisions are judged, the primary one first:
  /// the operating points, or the one delivered decision.
  public var decisionNames: [String] {
    decision != nil ? ["as delivered"] : operatingPoints.map(\.name)
  }

  /// Where the rows of an operating point stand; those of the primary one are the headline.
  public func setting(at operatingPoint: String?) -> Setting {
    operatingPoint == decisionNames.first ? .headline : Setting(operatingPoint: operatingPoint)
  }
}

public struct DecisionColumn: Hashable, Sendable {
  public var column: String
  public var positive: [String]
  /// Nil: every other value that is not missing is negative only if there is exactly one; a third is refused.
  public var negative: [String]?
  public init(column: String, positive: [String], negative: [String]? = nil) {
    self.column = column
    self.positive = positive
    self.negative = negative
  }
}

/// A threshold under a name. A case is flagged when its score is at or beyond it, in the score's direction.
public struct OperatingPoint: Hashable, Sendable {
  public var name: String
  /// On the scale of the scores as they are analysed: a share for a percentage, a rank for a category.
  public var threshold: Double
  /// As the plan writes it, where that is something else: `20%`, `4A`.
  public var written: String?

  public init(name: String, threshold: Double, written: String? = nil) {
    self.name = name
    self.threshold = threshold
    self.written = written
  }
}

/// What the cells of a score column are.
public enum ScoreScale: Hashable, Sendable {
  case number
  /// Percentages, with or without the sign: analysed as shares of one.
  case percent
  /// Categories in ascending order: analysed as their ranks, the first being 1.
  case ordinal([String])
}

public enum ScoreDirection: String, Hashable, Sendable, CaseIterable {
  case higherMeansPositive = "positive"
  case higherMeansNegative = "negative"
}

/// An attribute of a case, by which it is stratified.
public struct AttributeDefinition: Hashable, Sendable {
  public var name: String
  public var column: String
  public var levels: Levels
  /// In place of the cohort's tokens.
  public var missing: [String]?
  /// The column holds dates of birth: the attribute is the age in completed years on the day of the case.
  public var birthDate: DateColumn?
  /// Nil: a case has one level.
  public var severalAnswers: SeveralAnswers?

  public enum Levels: Hashable, Sendable {
    /// Each distinct value is a level, sorted by its Unicode scalars.
    case asRecorded
    /// A number, cut at ascending edges: `[18, 45]` gives `<18`, `18–44`, `45+` for whole-number edges.
    case bands([Double])
    /// Named levels and the raw values that belong to each; any other value is refused.
    case named([NamedLevel])
  }

  public init(
    name: String, column: String, levels: Levels = .asRecorded, severalAnswers: SeveralAnswers? = nil,
    missing: [String]? = nil, birthDate: DateColumn? = nil
  ) {
    self.name = name
    self.column = column
    self.levels = levels
    self.severalAnswers = severalAnswers
    self.missing = missing
    self.birthDate = birthDate
  }
}

extension AttributeDefinition {
  /// The levels that the plan itself names; nil where the data decide.
  public var namedLevels: [String]? {
    if case .columns(let answers) = severalAnswers { return answers.levels.map(\.level) }
    return switch levels {
    case .named(let levels): levels.map(\.name)
    case .bands(let edges): Bands(edges: edges).names
    case .asRecorded: nil
    }
  }

  /// Whether it is an age or another number.
  public var isNumeric: Bool { if case .bands = levels { true } else { false } }

  /// Those that it is read from.
  public var columns: [String] {
    if case .columns(let answers) = severalAnswers { answers.levels.map(\.column) } else { [column] }
  }
}

public struct NamedLevel: Hashable, Sendable {
  public var name: String
  public var values: [String]
  public init(name: String, values: [String]) {
    self.name = name
    self.values = values
  }
}

public enum Sampling: String, Hashable, Sendable, CaseIterable {
  case consecutive, random, enriched, convenience
}
