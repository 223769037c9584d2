/// Where metrics of the whole curve are taken: of each list the first is the headline.
public struct CurveReadings: Hashable, Sendable {
  /// In (0, 1), at least one: where sensitivity is read.
  public var specificities = [0.9]
  /// In (0, 1), at least one: where specificity is read.
  public var sensitivities = [0.9]
  /// Of the partial area, in [0, 1].
  public var partialArea = 0.9...1.0
  /// Risk thresholds of net benefit, in (0, 1); without any, that of the primary operating point.
  public var thresholds: [Double] = []

  public init() {}
}

extension Setting {
  public static func at(specificity: Double) -> Setting {
    var setting = Setting()
    setting.specificity = specificity
    return setting
  }
  public static func at(sensitivity: Double) -> Setting {
    var setting = Setting()
    setting.sensitivity = sensitivity
    return setting
  }
  public static func at(threshold: Double) -> Setting {
    var setting = Setting()
    setting.threshold = threshold
    return setting
  }
}

extension AnalysisPlan {
  /// Risk thresholds for net benefit: those that the plan states, else that of the primary operating point.
  public func riskThresholds(of model: ModelDefinition) -> [Double] {
    guard readings.thresholds.isEmpty else { return readings.thresholds }
    guard model.decision == nil, let threshold = model.operatingPoints.first?.threshold,
      threshold > 0, threshold < 1
    else { return [] }
    return [threshold]
  }
}
