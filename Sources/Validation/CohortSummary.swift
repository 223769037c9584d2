public import Statistics

/// What is known of a cohort without its cases: enough for every table and figure that describes it.
public struct CohortSummary: Hashable, Sendable {
  /// Nil in a plan with one.
  public let finding: String?
  public let cases: Int
  public let positives: Int
  public let patients: Int?
  public let flow: Flow
  public let attributes: [AttributeSummary]
  public let models: [ModelSummary]
  public var negatives: Int { cases - positives }

  public init(
    finding: String? = nil, cases: Int, positives: Int, patients: Int?, flow: Flow,
    attributes: [AttributeSummary], models: [ModelSummary]
  ) {
    self.finding = finding
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
  /// A case can have several levels: the counts of levels then add up to more than the cases.
  public let overlaps: Bool
  /// Every level in printed order; the unknown one last, if any case has it.
  public let levels: [LevelCount]
  public init(name: String, numeric: NumericSummary?, overlaps: Bool = false, levels: [LevelCount]) {
    self.name = name
    self.overlaps = overlaps
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
