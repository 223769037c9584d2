public import Statistics

/// What is known of a cohort without its cases: enough for every table and figure that describes it.
public struct CohortSummary: Hashable, Sendable {
  /// Nil in a plan with one.
  public let finding: String?
  public let cases: Int
  public let positives: Int
  public let patients: Int?
  /// Nil without sampling weights.
  public let weights: WeightSummary?
  public let flow: Flow
  public let attributes: [AttributeSummary]
  public let models: [ModelSummary]
  public var negatives: Int { cases - positives }

  public init(
    finding: String? = nil, cases: Int, positives: Int, patients: Int?,
    weights: WeightSummary? = nil, flow: Flow, attributes: [AttributeSummary], models: [ModelSummary]
  ) {
    self.finding = finding
    self.cases = cases
    self.positives = positives
    self.patients = patients
    self.weights = weights
    self.flow = flow
    self.attributes = attributes
    self.models = models
  }
}

/// The sampling weights of the cases, as they stand in the data.
public struct WeightSummary: Hashable, Sendable {
  public let smallest, largest, sum: Double
  /// Kish's: as many cases of equal weight say as much of a mean.
  public let effectiveCases: Double

  /// - Precondition: At least one weight.
  public init(_ weights: [Double]) {
    precondition(!weights.isEmpty)
    var (smallest, largest) = (weights[0], weights[0])
    for weight in weights {
      smallest = min(smallest, weight)
      largest = max(largest, weight)
    }
    var relative = CaseWeight(count: 0)
    for weight in weights { relative.add(weight / largest) }
    self.smallest = smallest
    self.largest = largest
    sum = weights.reduce(0, +)
    effectiveCases = relative.effectiveCases
  }

  /// `from 1 to 20, sum 10,500, Kish's effective sample size 412`.
  public var words: String {
    let (low, high, sum) = (words(smallest), words(largest), words(self.sum))
    return
      "from \(low) to \(high), sum \(sum), Kish's effective sample size \(NumberText.count(Int(effectiveCases.rounded())))"
  }

  /// Whole numbers as counts, others with four significant digits or so.
  private func words(_ value: Double) -> String {
    if value == value.rounded(), value < 1e15 { return NumberText.count(Int(value)) }
    return value >= 0.001 && value < 1e15
      ? NumberText.fixed(value, decimals: value < 1 ? 4 : value < 1000 ? 2 : 0) : "\(value)"
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
