internal import Validation

extension Metric {
  /// Where a goal can lie that evidence could reach or miss.
  func goalRange(isDifference: Bool) -> NumberRange {
    switch id {
    case "youden", "mcc":
      let reach: Double = isDifference ? 2 : 1
      return NumberRange(least: -reach, most: reach)
    case "brier_scaled": return isDifference ? .any : NumberRange(least: -1, most: 1)
    case "lr_positive", "lr_negative", "diagnostic_odds_ratio", "number_needed_to_predict":
      return .positive
    case "observed_expected": return isDifference ? .any : .positive
    case "auc", "partial_auc", "average_precision", "brier", "f1", "ece":
      return isDifference ? NumberRange(least: -1, most: 1) : .share
    default:
      guard style == .percentage else { return .any }
      return isDifference ? NumberRange(least: -1, most: 1) : .share
    }
  }
}
