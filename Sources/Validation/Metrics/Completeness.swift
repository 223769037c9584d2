extension Metric {
  /// Whether the model answers at all.
  static let completeness: [Metric] = [
    Metric(
      id: "failure_rate", name: "Failure rate", family: .completeness, direction: .lowerIsBetter,
      style: .percentage, definition: "Share of cases for which the model gave no output.",
      formula: "failed / n",
      intervalText: Wording.proportion,
      assumptions: "Failed outputs are named in the plan.",
      reference: Wording.proportionPapers,
      isDefault: true, dependsOnPrevalence: false, needs: .nothing, measure: .share(of: .failed))
  ]
}
