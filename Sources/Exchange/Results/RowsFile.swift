internal import Statistics
public import Validation

/// `rows.csv`: the rows of a study, tidy, one line each.
public enum RowsFile {
  static let header = [
    "model", "model_minus", "finding", "subgroup", "subgroup_minus", "metric", "at", "outputs", "value",
    "lower", "upper", "level", "method", "n", "positives", "negatives", "patients", "numerator",
    "denominator", "design_effect", "p", "p_adjusted", "family", "status", "reason", "assessable",
    "prespecified",
  ]

  public static func text(of rows: [Row]) -> String {
    var writer = CSVWriter()
    for name in header { writer.field(name) }
    writer.endLine()
    for row in rows {
      writer.field(row.key.model)
      writer.field(String?.none)
      writer.field(row.key.finding)
      writer.field(row.key.subgroup.description)
      writer.field(row.key.subgroupMinus?.text)
      writer.field(row.key.metric)
      writer.field(row.key.setting.text)
      writer.field(row.key.outputs.label)
      writer.field(row.estimate?.value)
      writer.field(row.lower)
      writer.field(row.upper)
      writer.field(row.estimate?.interval?.level)
      writer.field(row.estimate?.method)
      writer.field(row.support.cases)
      writer.field(row.support.positives)
      writer.field(row.support.negatives)
      writer.field(row.support.patients)
      writer.field(row.support.numerator)
      writer.field(row.support.denominator)
      writer.field(row.estimate?.designEffect)
      writer.field(row.test?.p)
      writer.field(row.test?.pAdjusted)
      writer.field(row.test?.family)
      writer.field(row.status)
      writer.field(row.reason)
      writer.field(row.isAssessable ? "true" : "false")
      writer.field(row.isPrespecified ? "true" : "false")
      writer.endLine()
    }
    return writer.text
  }
}

extension Comparator {
  fileprivate var text: String {
    switch self {
    case .complement: "complement"
    case .group(let subgroup): subgroup.description
    }
  }
}

extension Setting {
  /// `operating_point=rule-out; prevalence=0.02`; empty at the headline.
  fileprivate var text: String {
    [
      operatingPoint.map { "operating_point=\($0)" }, prevalence.map { "prevalence=\($0)" },
      sensitivity.map { "sensitivity=\($0)" }, specificity.map { "specificity=\($0)" },
      threshold.map { "threshold=\($0)" },
      adjustedFor.isEmpty ? nil : "adjusted_for=" + adjustedFor.joined(separator: ","),
      standardisedOver.isEmpty ? nil : "standardised_over=" + standardisedOver.joined(separator: ","),
      verification.map { "verification=\($0.rawValue)" },
    ].compactMap { $0 }.joined(separator: "; ")
  }
}
