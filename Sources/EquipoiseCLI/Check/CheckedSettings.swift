internal import Validation

/// The settings that a study will follow, those of the plan apart from defaults.
struct CheckedSettings {
  let plan: AnalysisPlan

  init(_ plan: AnalysisPlan) { self.plan = plan }

  var lines: [String] {
    let usual = AnalysisPlan(id: "", cohort: plan.cohort)
    func line(_ name: String, _ value: String, _ isDefault: Bool) -> Setting { (name, value, isDefault) }
    let least = plan.smallestSubgroup
    let settings =
      [
        line("sampling", plan.cohort.sampling.rawValue, plan.cohort.sampling == .consecutive),
        line("sampling weight", plan.cohort.weightColumn ?? "none", plan.cohort.weightColumn == nil),
        line("confidence", "\(plan.confidence)", plan.confidence == usual.confidence),
        line(
          "intervals",
          "\(plan.proportionInterval.rawValue) for proportions, \(plan.aucInterval.rawValue) for AUC"
            + (plan.gapInterval == usual.gapInterval ? "" : ", \(plan.gapInterval.rawValue) for gaps"),
          plan.proportionInterval == usual.proportionInterval && plan.aucInterval == usual.aucInterval
            && plan.gapInterval == usual.gapInterval),
        line("failed outputs", plan.outputRule.rawValue, plan.outputRule == usual.outputRule),
        line(
          "smallest subgroup", "\(least.positives) positives, \(least.negatives) negatives",
          least == usual.smallestSubgroup),
        line("gaps", plan.gaps.rawValue, plan.gaps == usual.gaps),
        line(
          "advice on recalibration", plan.advisesRecalibration ? "yes" : "none", !plan.advisesRecalibration),
        line("gap family", plan.gapFamily.rawValue, plan.gapFamily == usual.gapFamily),
        line("multiplicity", plan.multiplicity.rawValue, plan.multiplicity == usual.multiplicity),
        line("seed", "\(plan.seed)", plan.seed == usual.seed),
        line("metrics", plan.metrics.joined(separator: ", "), plan.metrics == usual.metrics),
      ] + (readings.isEmpty ? [] : [line("at", readings, plan.readings == usual.readings)])
    func words(_ settings: [Setting]) -> String {
      settings.map { "\($0.name): \($0.value)" }.joined(separator: "; ")
    }
    let own = settings.filter { !$0.isDefault }
    return (own.isEmpty ? [] : ["Of this plan: \(words(own))."])
      + ["By default: \(words(settings.filter(\.isDefault)))."]
      + (plan.criteria.isEmpty ? [] : ["Criteria: \(plan.criteria.map(\.id).joined(separator: ", "))."])
      + truth
  }

  private typealias Setting = (name: String, value: String, isDefault: Bool)

  /// What is said of the truth beyond its column, and of whom the cohort should stand for.
  private var truth: [String] {
    let readers = plan.cohort.findings.compactMap(\.reference.readers).map(\.columns.count)
    return [
      plan.verification.map { "Cases without a reference standard: \($0.rawValue)." },
      plan.cohort.hasComparator
        ? "The reference is a comparator; the study speaks of positive and negative percent agreement." : nil,
      readers.isEmpty ? nil : "Agreement of \(readers.max() ?? 0) readers.",
      plan.populations.isEmpty
        ? nil : "Compared with the population: \(plan.populations.map(\.name).joined(separator: ", ")).",
    ].compactMap(\.self)
  }

  /// Where metrics of the whole curve are taken, as far as the plan has any.
  private var readings: String {
    func list(_ values: [Double]) -> String { values.map { "\($0)" }.joined(separator: ", ") }
    let readings = plan.readings
    let range = readings.partialArea
    let places = [
      ("sensitivity_at_specificity", "specificity \(list(readings.specificities))"),
      ("specificity_at_sensitivity", "sensitivity \(list(readings.sensitivities))"),
      ("partial_auc", "partial AUC over specificity \(range.lowerBound) to \(range.upperBound)"),
      (
        "net_benefit",
        readings.thresholds.isEmpty
          ? "net benefit at the primary operating point" : "risk threshold \(list(readings.thresholds))"
      ),
    ]
    return places.filter { plan.metrics.contains($0.0) }.map(\.1).joined(separator: "; ")
  }

  /// Wilson's lower limit is too high for proportions near zero: there its one-sided error reaches 15 %.
  var doubts: [String] {
    plan.criteria.compactMap { criterion in
      guard plan.proportionInterval == .wilson, case .lowerBound(let goal) = criterion.evidence, goal < 0.2,
        Metric.named(criterion.metric)?.style == .percentage
      else { return nil }
      return
        "\(criterion.id) asks for a lower limit of at least \(goal): so close to 0, Wilson's limit errs too often. Is analysis.intervals: {proportion: clopper-pearson} better, which does not?"
    }
  }
}
