import Statistics
public import Validation

/// A population whose truth is known, and a size of sample from it.
///
/// Scores are binormal: z ~ N(0, 1) in negatives, N(separation, 1) in positives, correlated between the images of a
/// patient; the model gives the true posterior probability, so that it is calibrated. Every patient is in one of two groups
/// at random, every image shows one of two views: the gap across groups is between patients, across views within them, and
/// both are zero.
public struct Scenario: Hashable, Sendable {
  public let patients: Int
  public let imagesPerPatient: Int
  public let correlation: Double
  public let prevalence: Double
  public let auc: Double
  public let sensitivity: Double

  public init(
    patients: Int, imagesPerPatient: Int, correlation: Double, prevalence: Double, auc: Double,
    sensitivity: Double
  ) {
    self.patients = patients
    self.imagesPerPatient = imagesPerPatient
    self.correlation = correlation
    self.prevalence = prevalence
    self.auc = auc
    self.sensitivity = sensitivity
  }

  public var separation: Double { 2.0.squareRoot() * Normal.quantile(auc) }
  /// On the latent scale.
  private var latentThreshold: Double { separation - Normal.quantile(sensitivity) }
  public var specificity: Double { Normal.cumulative(latentThreshold) }

  private func probability(_ latent: Double) -> Double {
    let odds = prevalence / (1 - prevalence)
    let ratio = exponential(separation * latent - separation * separation / 2)
    return odds * ratio / (1 + odds * ratio)
  }

  private func stretched(_ probability: Double, by stretch: Double) -> Double {
    guard stretch != 1 else { return probability }
    let odds = exponential(stretch * logarithm(probability / (1 - probability)))
    return odds / (1 + odds)
  }

  // MARK: A sample

  /// - Parameter stretch: By how much predictions are too far from one half, on the logit scale; 1 is calibrated.
  public func cohort(seed: UInt64, stretch: Double = 1) -> Cohort {
    var random = RandomStream(seed)
    let count = patients * imagesPerPatient
    var scores: [Double] = []
    var truth: [UInt8] = []
    var codes: [UInt32] = []
    var groups: [UInt16] = []
    var views: [UInt16] = []
    scores.reserveCapacity(count)
    for patient in 0..<patients {
      let positive = random.bernoulli(prevalence)
      let group: UInt16 = random.bernoulli(0.5) ? 1 : 0
      let shared = correlation == 0 ? 0 : random.normal() * correlation.squareRoot()
      for image in 0..<imagesPerPatient {
        let latent = (positive ? separation : 0) + shared + random.normal() * (1 - correlation).squareRoot()
        scores.append(stretched(probability(latent), by: stretch))
        truth.append(positive ? 1 : 0)
        codes.append(UInt32(patient))
        groups.append(group)
        views.append(imagesPerPatient == 1 ? (random.bernoulli(0.5) ? 1 : 0) : UInt16(image % 2))
      }
    }
    let threshold = probability(latentThreshold)
    return Cohort(
      isPositive: truth, patients: imagesPerPatient == 1 ? nil : codes, patientCount: patients,
      models: [
        ModelOutputs(
          name: "Model", count: count, scores: scores, flagged: scores.map { $0 >= threshold ? 1 : 0 })
      ],
      attributes: [
        Attribute(name: "group", levels: ["A", "B"], codes: groups),
        Attribute(name: "view", levels: ["A", "B"], codes: views),
      ], flow: Flow(read: count, analysed: count))
  }

  public func plan(confidence: Double = 0.95) -> AnalysisPlan {
    AnalysisPlan(
      id: "coverage",
      cohort: CohortDefinition(
        cases: [], patientColumn: imagesPerPatient == 1 ? nil : "patient",
        reference: ReferenceColumn(column: "label", positive: ["1"]),
        models: [
          ModelDefinition(
            name: "Model", score: "score",
            operatingPoints: [OperatingPoint(name: "threshold", threshold: probability(latentThreshold))],
            isProbability: true)
        ]), subgroups: [["group"], ["view"]], confidence: confidence, metrics: Scenario.metrics,
      prevalences: [0.02])
  }

  /// Every metric with an interval.
  public static let metrics = Metric.catalog.filter { $0.hasInterval && $0.id != "failure_rate" }.map(\.id)

  // MARK: Its truth

  /// The true value of a metric; nil where this population has none.
  public func truth(of metric: String, prevalence stated: Double? = nil) -> Double {
    let (se, sp, pi) = (sensitivity, specificity, stated ?? prevalence)
    let flagged = pi * se + (1 - pi) * (1 - sp)
    switch metric {
    case "sensitivity": return se
    case "specificity": return sp
    case "false_positive_rate": return 1 - sp
    case "false_negative_rate": return 1 - se
    case "ppv": return pi * se / flagged
    case "npv": return (1 - pi) * sp / (1 - flagged)
    case "number_needed_to_predict":
      return 1 / (pi * se / flagged + (1 - pi) * sp / (1 - flagged) - 1)
    case "accuracy": return pi * se + (1 - pi) * sp
    case "balanced_accuracy": return (se + sp) / 2
    case "prevalence": return pi
    case "flag_rate": return flagged
    case "lr_positive": return se / (1 - sp)
    case "lr_negative": return (1 - se) / sp
    case "diagnostic_odds_ratio": return se * sp / ((1 - se) * (1 - sp))
    case "youden": return se + sp - 1
    case "f1": return 2 * pi * se / (pi + flagged)
    case "mcc": return (pi * (1 - pi)).squareRoot() * (se + sp - 1) / (flagged * (1 - flagged)).squareRoot()
    case "auc": return auc
    case "brier": return brier
    case "brier_scaled": return 1 - brier / (prevalence * (1 - prevalence))
    case "calibration_intercept": return 0
    case "calibration_slope", "observed_expected": return 1
    case "sensitivity_at_specificity": return sensitivity(atSpecificity: 0.9)
    case "specificity_at_sensitivity": return Normal.cumulative(separation - Normal.quantile(0.9))
    case "partial_auc":
      // McClish's scale over specificities of 0.9 to 1.
      return (1 + (meanSensitivityInRange - 0.05) / 0.95) / 2
    case "average_precision": return averagePrecision
    case "net_benefit":
      let risk = probability(latentThreshold)
      return pi * se - (1 - pi) * (1 - sp) * risk / (1 - risk)
    default: preconditionFailure("no truth for \(metric)")
    }
  }

  private func sensitivity(atSpecificity specificity: Double) -> Double {
    Normal.cumulative(separation - Normal.quantile(specificity))
  }

  /// Over specificities of 0.9 to 1, by the midpoint rule.
  private var meanSensitivityInRange: Double {
    let parts = 100_000
    return (0..<parts).reduce(0) {
      $0 + sensitivity(atSpecificity: 1 - 0.1 * (Double($1) + 0.5) / Double(parts)) / Double(parts)
    }
  }

  /// Mean precision at the scores of positives, by the trapezoidal rule.
  private var averagePrecision: Double {
    let step = 0.005
    return stride(from: separation - 8, through: separation + 8, by: step).reduce(0) { sum, z in
      let right = prevalence * Normal.upperTail(z - separation)
      let precision = right / (right + (1 - prevalence) * Normal.upperTail(z))
      let density = exponential(-(z - separation) * (z - separation) / 2) / (2 * Double.pi).squareRoot()
      return sum + precision * density * step
    }
  }

  /// E[p (1 − p)] over the population, by the trapezoidal rule on a fine grid of the latent score.
  private var brier: Double {
    let step = 0.005
    let latents = stride(from: -8.0, through: 8 + separation, by: step)
    return latents.reduce(0) { sum, z in
      let density =
        (1 - prevalence) * exponential(-z * z / 2)
        + prevalence * exponential(-(z - separation) * (z - separation) / 2)
      let p = probability(z)
      return sum + density * p * (1 - p) * step / (2 * Double.pi).squareRoot()
    }
  }

  /// The fewest events, or non-events, that the metric's interval rests on, in expected patients.
  public func expectedEvents(of metric: String) -> Double {
    let n = Double(patients)
    let (positives, negatives) = (n * prevalence, n * (1 - prevalence))
    let cells = [
      positives * sensitivity, positives * (1 - sensitivity), negatives * specificity,
      negatives * (1 - specificity),
    ]
    func least(_ places: [Int]) -> Double { places.map { cells[$0] }.min() ?? 0 }
    switch metric {
    case "sensitivity", "false_negative_rate": return least([0, 1])
    case "specificity", "false_positive_rate": return least([2, 3])
    case "ppv": return least([0, 3])
    case "npv": return least([1, 2])
    case "accuracy": return min(cells[0] + cells[2], cells[1] + cells[3])
    case "prevalence": return min(positives, negatives)
    case "flag_rate": return min(cells[0] + cells[3], cells[1] + cells[2])
    case "f1": return min(cells[0], cells[1] + cells[3])
    case "auc": return min(positives, negatives) * (1 - auc)
    case "sensitivity_at_specificity":
      let rate = sensitivity(atSpecificity: 0.9)
      return min(positives * min(rate, 1 - rate), negatives * 0.1)
    case "specificity_at_sensitivity":
      let rate = truth(of: metric)
      return min(negatives * min(rate, 1 - rate), positives * 0.1)
    case "partial_auc":
      let mean = meanSensitivityInRange
      return min(positives * min(mean, 1 - mean), negatives * 0.1)
    case "average_precision":
      return min(positives * min(averagePrecision, 1 - averagePrecision), negatives)
    case "calibration_intercept", "calibration_slope", "observed_expected", "brier", "brier_scaled":
      return min(positives, negatives)
    default: return least([0, 1, 2, 3])
    }
  }

  public var patientsInSmallerClass: Double { Double(patients) * min(prevalence, 1 - prevalence) }

  /// The share of the patients that is expected in the smaller of two groups to which a coin assigns them.
  public var smallerHalf: Double { 0.5 - 1 / (2 * Double.pi * Double(patients)).squareRoot() }
}
