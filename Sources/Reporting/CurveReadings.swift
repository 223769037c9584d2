internal import Validation

/// Where metrics of the whole curve were taken, in words: their names alone do not say it.
extension Evidence {
  /// The settings of a metric that a table of all measures has, the headline first.
  func readings(of metric: Metric, _ model: ModelDefinition) -> [Setting] {
    let others: [Setting] =
      switch metric.id {
      case "sensitivity_at_specificity":
        plan.readings.specificities.dropFirst().map { .at(specificity: $0) }
      case "specificity_at_sensitivity":
        plan.readings.sensitivities.dropFirst().map { .at(sensitivity: $0) }
      case "net_benefit": plan.riskThresholds(of: model).dropFirst().map { .at(threshold: $0) }
      default: []
      }
    return [.headline] + others
  }

  /// Follows the metric's name: `, at 90.0 %`; empty for what is taken nowhere in particular.
  func readingWords(of metric: Metric, at setting: Setting, _ model: ModelDefinition) -> String {
    func at(_ share: Double?) -> String { share.map { ", at \(NumberText.percent($0))" } ?? "" }
    switch metric.id {
    case "sensitivity_at_specificity":
      return at(setting.specificity ?? plan.readings.specificities.first)
    case "specificity_at_sensitivity":
      return at(setting.sensitivity ?? plan.readings.sensitivities.first)
    case "net_benefit": return at(setting.threshold ?? plan.riskThresholds(of: model).first)
    case "partial_auc":
      let range = plan.readings.partialArea
      return
        ", specificity \(NumberText.percent(range.lowerBound)) to \(NumberText.percent(range.upperBound))"
    default: return ""
    }
  }
}
