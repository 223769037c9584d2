/// The cases of a study, as columns: made at the border (ingestion or simulation), trusted from here on.
///
/// Every case has a usable reference standard; those without one are only counted, in `flow`.
public struct Cohort: Sendable {
  public let count: Int
  /// 1 where the reference standard is positive, else 0.
  public let isPositive: [UInt8]
  /// The patient of every case as dense codes `0 ..< patientCount`; nil without a patient column.
  public let patients: [UInt32]?
  public let patientCount: Int
  /// The sampling weight of every case, finite and above 0; nil where all count alike.
  public let weights: [Double]?
  public let models: [ModelOutputs]
  public let attributes: [Attribute]
  /// Calendar months of every case, `year * 12 + (month - 1)`; `Int32.min` where the date is missing; nil without a date column.
  public let months: [Int32]?
  public let flow: Flow
  /// Nil where every case has a reference standard.
  public let unverified: UnverifiedCases?
  /// Nil where the plan names no readers.
  public let reads: ReaderReads?

  public init(
    isPositive: [UInt8], patients: [UInt32]? = nil, patientCount: Int = 0, weights: [Double]? = nil,
    models: [ModelOutputs], attributes: [Attribute] = [], months: [Int32]? = nil, flow: Flow,
    unverified: UnverifiedCases? = nil, reads: ReaderReads? = nil
  ) {
    precondition(models.allSatisfy { $0.count == isPositive.count })
    precondition(attributes.allSatisfy { $0.codes.count == isPositive.count })
    precondition(patients.map { $0.count == isPositive.count } ?? true)
    precondition(
      weights.map { $0.count == isPositive.count && $0.allSatisfy { $0 > 0 && $0.isFinite } } ?? true)
    precondition(months.map { $0.count == isPositive.count } ?? true)
    count = isPositive.count
    self.isPositive = isPositive
    self.patients = patients
    self.patientCount = patientCount
    self.weights = weights
    self.models = models
    self.attributes = attributes
    self.months = months
    self.flow = flow
    self.unverified = unverified
    self.reads = reads
  }

  public func attribute(_ name: String) -> Attribute? { attributes.first { $0.name == name } }
}

/// What single readers said of the cases, analysed or not: where they disagree there may be no reference standard.
public struct ReaderReads: Sendable {
  /// In the order of codes; nil where reads are numbers.
  public let categories: [String]?
  /// For each reader, of the cohort's cases: a code or a number, or `none`.
  public let analysed: [[Double]]
  /// The same of the cases without a reference standard.
  public let unverified: [[Double]]

  public static let none = -Double.infinity

  public init(categories: [String]?, analysed: [[Double]], unverified: [[Double]]) {
    precondition(analysed.count > 1 && unverified.count == analysed.count)
    self.categories = categories
    self.analysed = analysed
    self.unverified = unverified
  }
}

/// The cases without a usable reference standard, as columns of their own.
public struct UnverifiedCases: Sendable {
  public let count: Int
  /// Codes of the cohort, and further ones of patients without a case in it.
  public let patients: [UInt32]?
  public let weights: [Double]?
  /// Decisions and failures; without scores.
  public let models: [ModelOutputs]
  /// The cohort's, with its levels and codes.
  public let attributes: [Attribute]

  public init(
    count: Int, patients: [UInt32]? = nil, weights: [Double]? = nil, models: [ModelOutputs],
    attributes: [Attribute] = []
  ) {
    precondition(models.allSatisfy { $0.count == count } && attributes.allSatisfy { $0.codes.count == count })
    precondition(patients.map { $0.count == count } ?? true && weights.map { $0.count == count } ?? true)
    self.count = count
    self.patients = patients
    self.weights = weights
    self.models = models
    self.attributes = attributes
  }
}

/// What one model said of every case of a cohort.
public struct ModelOutputs: Sendable {
  public let name: String
  public let count: Int
  /// Oriented so that higher means positive (negated where the plan says `higher_means: negative`);
  /// 0 where the output failed. Nil for a model that gives decisions only.
  public let scores: [Double]?
  /// 1 where the model gave no output. Empty when every case has one.
  public let failed: [UInt8]
  /// Bit i set: flagged at `ModelDefinition.decisionNames[i]`; 0 where the output failed. Empty without any operating point.
  public let flagged: [UInt16]
  /// Where score and delivered decision are both given: cases in which the decision differs from the threshold.
  public let disagreements: Int?

  public init(
    name: String, count: Int, scores: [Double]?, failed: [UInt8] = [], flagged: [UInt16] = [],
    disagreements: Int? = nil
  ) {
    precondition(scores.map { $0.count == count } ?? true)
    precondition(failed.isEmpty || failed.count == count)
    precondition(flagged.isEmpty || flagged.count == count)
    self.name = name
    self.count = count
    self.scores = scores
    self.failed = failed
    self.flagged = flagged
    self.disagreements = disagreements
  }
}

/// An attribute of every case, dictionary-coded.
public struct Attribute: Sendable {
  public let name: String
  /// In their printed order. Bands include those without cases.
  public let levels: [String]
  /// Index into `levels`, or into `combinations` where there are any; `Attribute.unknown` where the value is missing.
  public let codes: [UInt16]
  /// Where a case can have several levels: those of each code, ascending, never none. Groups then overlap.
  public let combinations: [[Int]]?
  /// Of a numeric attribute, over its known values.
  public let numeric: NumericSummary?

  public static let unknown = UInt16.max

  public init(
    name: String, levels: [String], codes: [UInt16], combinations: [[Int]]? = nil,
    numeric: NumericSummary? = nil
  ) {
    precondition(max(levels.count, combinations?.count ?? 0) < Int(Attribute.unknown))
    self.name = name
    self.levels = levels
    self.codes = codes
    self.combinations = combinations
    self.numeric = numeric
  }
}

/// Quartiles of a numeric column (type 7, as R and NumPy) with its range.
public struct NumericSummary: Hashable, Sendable {
  public let minimum, lowerQuartile, median, upperQuartile, maximum: Double
  public init(minimum: Double, lowerQuartile: Double, median: Double, upperQuartile: Double, maximum: Double)
  {
    self.minimum = minimum
    self.lowerQuartile = lowerQuartile
    self.median = median
    self.upperQuartile = upperQuartile
    self.maximum = maximum
  }
}

/// Where every row of the input went. It adds up: `read` less what the rules left out makes `cases` (fewer where a unit
/// combines several), and `cases = analysed + noReference + equivocal`.
public struct Flow: Hashable, Sendable {
  public let read: Int
  /// What joins left out, then what the rules did, each in their order.
  public let exclusions: [ExclusionCount]
  /// Rows that are left, combined into units if the plan says so.
  public let cases: Int
  public let isCombined: Bool
  public let noReference: Int
  public let equivocal: Int
  public let analysed: Int
  /// Of those, with an equivocal reference standard that counts as positive or negative by the plan.
  public let equivocalAnalysed: Int
  /// Of those, without a patient id where the plan lets each count as a patient of its own.
  public let withoutPatient: Int
  /// For each model, what it said of the cases without a reference standard (missing or equivocal):
  /// it shows whether verification depended on the output.
  public let unverified: [UnverifiedOutputs]
  /// Of every file that was joined.
  public let joins: [JoinAccount]

  public init(
    read: Int, noReference: Int = 0, equivocal: Int = 0, analysed: Int, equivocalAnalysed: Int = 0,
    unverified: [UnverifiedOutputs] = [],
    joins: [JoinAccount] = [], exclusions: [ExclusionCount] = [], unitsOfCases: Int? = nil,
    withoutPatient: Int = 0
  ) {
    let kept = read - exclusions.reduce(0) { $0 + $1.rows }
    cases = unitsOfCases ?? kept
    isCombined = unitsOfCases != nil
    precondition(cases <= kept && cases == noReference + equivocal + analysed, "the flow does not add up")
    precondition(equivocalAnalysed <= analysed, "more equivocal cases than cases")
    precondition(withoutPatient <= analysed, "more cases without a patient than cases")
    self.read = read
    self.exclusions = exclusions
    self.noReference = noReference
    self.equivocal = equivocal
    self.analysed = analysed
    self.equivocalAnalysed = equivocalAnalysed
    self.withoutPatient = withoutPatient
    self.unverified = unverified
    self.joins = joins
  }
}

public struct UnverifiedOutputs: Hashable, Sendable {
  public let model: String
  /// At the primary operating point.
  public let flagged: Int
  public let unflagged: Int
  public let failed: Int
  public init(model: String, flagged: Int, unflagged: Int, failed: Int) {
    self.model = model
    self.flagged = flagged
    self.unflagged = unflagged
    self.failed = failed
  }
}
