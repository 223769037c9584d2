internal import Statistics

/// One element of the catalogue: what is measured, how it is printed, and what it needs.
///
/// The plan's check, the report's tables, `equipoise metrics`, docs/methods.md and the contract tests all read the catalogue.
/// An id never changes its meaning.
public struct Metric: Sendable {
  public let id: String
  /// As a heading: "Sensitivity".
  public let name: String
  public let family: Family
  public let direction: Direction
  public let style: NumberStyle
  /// One sentence in the field's words.
  public let definition: String
  /// Plain text: "TP / (TP + FN)".
  public let formula: String
  /// How the interval is made, for independent cases and for patients.
  public let intervalText: String
  /// What must hold for the number to mean what it says.
  public let assumptions: String
  /// The paper, with its DOI.
  public let reference: String
  public let isDefault: Bool
  /// Its value depends on how common the condition is in this cohort.
  public let dependsOnPrevalence: Bool
  public let needs: Needs
  let measure: Measure

  public enum Family: String, Hashable, Sendable, CaseIterable {
    case operatingPoint = "Operating point"
    case discrimination = "Discrimination"
    case calibration = "Calibration"
    case utility = "Clinical utility"
    case completeness = "Completeness"
  }

  public enum Direction: Hashable, Sendable {
    case higherIsBetter
    case lowerIsBetter
    /// Best at a value: 1 for a calibration slope, 0 for an intercept.
    case target(Double)
    /// Neither: prevalence, flag rate.
    case descriptive
  }

  public enum Needs: Hashable, Sendable { case decision, score, probability, nothing }
}

extension Metric {
  /// In the order of every table.
  public static let catalog: [Metric] =
    operatingPoint + discrimination + calibration + askedCalibration + utility + completeness

  public static func named(_ id: String) -> Metric? { catalog.first { $0.id == id } }

  /// Metrics whose differences between groups are tested: those conditional on the reference standard, which a group's
  /// prevalence cannot move. They make one family per model.
  static let tested: Set<String> = ["sensitivity", "specificity", "auc"]
  static let familyName = "gaps in sensitivity, specificity and AUC, by model (Holm)"
  static let screeningName =
    "gaps in sensitivity, specificity and AUC, by model (screening: Benjamini-Hochberg q)"

  /// Stated at the plan's prevalences too.
  static let atPrevalence: Set<String> = ["ppv", "npv", "number_needed_to_predict"]

  /// Failed outputs count in it as the rule takes them; calibration is of those that have a score.
  public var readsFailedOutputs: Bool {
    needs == .decision || needs == .score || family == .utility
  }

  /// Whose gaps come from the two intervals, though an influence is known: skewed, or without a variance of their own.
  static let gapsFromIntervals: Set<String> = [
    "auc", "partial_auc", "sensitivity_at_specificity", "specificity_at_sensitivity", "net_benefit",
  ]

  /// Noise pushes errors of calibration up, so that none holds; statistics of tests have their p.
  private static let withoutInterval: Set<String> = smooth.union([
    "ece", "ece_excess", "spiegelhalter_z", "hosmer_lemeshow",
  ])
  public var hasInterval: Bool { !Metric.withoutInterval.contains(id) }

  /// Read from a smooth calibration curve, which is drawn where one of them is asked for.
  static let smooth: Set<String> = ["ici", "e50", "e90", "emax"]

  /// Bring a p of their own, of perfect calibration.
  public static let testedAgainstCalibration: Set<String> = [
    "ece_excess", "spiegelhalter_z", "hosmer_lemeshow",
  ]

  /// Whether a difference of two groups has a meaning: ratios are compared by their ratio.
  public var hasDifference: Bool {
    hasInterval
      && !["lr_positive", "lr_negative", "diagnostic_odds_ratio", "number_needed_to_predict"].contains(id)
  }

  /// The ids of the metrics that `metrics: default` stands for.
  public static var defaults: [String] { catalog.filter(\.isDefault).map(\.id) }
}
