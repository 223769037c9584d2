internal import Statistics
internal import Validation

/// Two groups of equal size, through the whole engine: how often its tests reject.
///
/// Scores are binormal with a given AUC; the second group is worse by a deficit of its positives' latent scores.
public struct TestScenario: Hashable, Sendable {
  /// Patients of each class in each group.
  public let perClass: Int
  public let auc: Double
  public let sensitivity: Double
  /// Images of a patient, and the correlation of their latent scores.
  public let images: Int
  public let correlation: Double

  public init(perClass: Int, auc: Double, sensitivity: Double, images: Int = 1, correlation: Double = 0) {
    self.perClass = perClass
    self.auc = auc
    self.sensitivity = sensitivity
    self.images = images
    self.correlation = correlation
  }

  public var separation: Double { 2.0.squareRoot() * Normal.quantile(auc) }
  public var threshold: Double { separation - Normal.quantile(sensitivity) }
  private var specificity: Double { Normal.cumulative(threshold) }

  /// Of the equivalence criterion, and of the goals that are reachable.
  public static let margin = 0.1
  /// Of the alternative for differences: by how much latent scores of positives of the second group are lower, and those of
  /// its negatives higher.
  public static let deficit = 0.8
  /// Two-sided, so that one-sided tests have a nominal size of 5 %.
  private static let confidence = 0.9

  /// What is tested, in the order of `sizes` and `powers`.
  public static let names = [
    "gap in sensitivity", "gap in specificity", "gap in AUC", "sensitivity above a goal", "AUC above a goal",
    "gap in sensitivity within ±10 points",
  ]

  /// The place of a goal for sensitivity in `names`.
  public static let goal = 3

  /// Fewest events that each test rests on, in expectation.
  public var expectedEvents: [Double] {
    let n = Double(perClass)
    let misses = n * min(sensitivity, 1 - sensitivity)
    return [
      misses, n * min(specificity, 1 - specificity), n * (1 - auc), 2 * misses, 2 * n * (1 - auc), misses,
    ]
  }

  /// Where the hypothesis is true: groups alike, goals at the truth, the gap at the margin.
  public func sizes(replicates: Int, seed: UInt64) throws -> [Double] {
    let plan = plan(goals: (sensitivity, auc))
    // The second group's sensitivity is lower by the margin.
    let atMargin = Normal.quantile(sensitivity) - Normal.quantile(sensitivity - Self.margin)
    return try frequencies(replicates: replicates, seed: seed) { random in
      let alike = try rejections(of: plan, &random)
      let apart = try rejections(of: plan, &random, lowered: atMargin)
      return Array(alike.dropLast()) + [apart[5]]
    }
  }

  /// How often the goal for sensitivity is met where it is the truth, of independent cases: the binomial probabilities of
  /// the counts whose limit reaches it. Nil where images are clustered.
  public var exactSizeOfGoal: Double? {
    guard images == 1 else { return nil }
    let trials = 2 * perClass
    return (0...trials).reduce(0) { sum, successes in
      let limit = Proportion(successes: successes, trials: trials).wilson(tail: (1 - Self.confidence) / 2)
        .lower
      return limit >= sensitivity
        ? sum + Binomial.mass(successes, trials: trials, probability: sensitivity) : sum
    }
  }

  /// Where it is false: a deficit in the second group, goals a margin below the truth, no gap.
  public func powers(replicates: Int, seed: UInt64) throws -> [Double] {
    let plan = plan(goals: (sensitivity - Self.margin, auc - Self.margin))
    return try frequencies(replicates: replicates, seed: seed) { random in
      let apart = try rejections(of: plan, &random, lowered: Self.deficit, raised: Self.deficit)
      let alike = try rejections(of: plan, &random)
      return Array(apart.prefix(3) + alike.suffix(3))
    }
  }

  private func rejections(
    of plan: AnalysisPlan, _ random: inout RandomStream, lowered: Double = 0, raised: Double = 0
  ) throws -> [Double] {
    let study = try Study(of: cohort(&random, lowered: lowered, raised: raised), following: plan)
    func isSmall(_ metric: String) -> Double {
      let row = study.rows.first { $0.key.subgroupMinus != nil && $0.key.metric == metric }
      return row?.test.map { $0.p <= 0.05 } == true ? 1 : 0
    }
    func isMet(_ id: String) -> Double {
      study.judgements.first { $0.criterion == id }?.verdict == .met ? 1 : 0
    }
    return [
      isSmall("sensitivity"), isSmall("specificity"), isSmall("auc"), isMet("S"), isMet("A"), isMet("E"),
    ]
  }

  private func plan(goals: (sensitivity: Double, auc: Double)) -> AnalysisPlan {
    AnalysisPlan(
      id: "tests",
      cohort: CohortDefinition(
        cases: ["cases.csv"], patientColumn: images > 1 ? "patient" : nil,
        reference: ReferenceColumn(column: "label", positive: ["1"]),
        models: [
          ModelDefinition(
            name: "Model", score: "score",
            operatingPoints: [OperatingPoint(name: "primary", threshold: threshold)])
        ], attributes: [AttributeDefinition(name: "group", column: "group")]),
      subgroups: [["group"]], confidence: Self.confidence, metrics: ["sensitivity", "specificity", "auc"],
      criteria: [
        Criterion(
          id: "S", metric: "sensitivity", scope: .overall, evidence: .lowerBound(atLeast: goals.sensitivity)),
        Criterion(id: "A", metric: "auc", scope: .overall, evidence: .lowerBound(atLeast: goals.auc)),
        Criterion(
          id: "E", metric: "sensitivity", scope: .gap(across: "group"),
          evidence: .interval(within: Self.margin)),
      ])
  }

  /// - Parameters: By how much positives of the second group score lower, and its negatives higher.
  private func cohort(_ random: inout RandomStream, lowered: Double, raised: Double) -> Cohort {
    BinormalGroups(groups: 2, perClass: perClass, images: images, correlation: correlation)
      .cohort(&random, threshold: threshold) { isPositive, group in
        isPositive ? separation - (group == 1 ? lowered : 0) : group == 1 ? raised : 0
      }
  }
}
