internal import Statistics
internal import Validation

extension OverallTables {
  /// What the Brier score is made of; the lines add up to the last, each with its sign.
  var brierParts: Block? {
    guard
      let parts = evidence.study.brierParts.first(where: {
        $0.model == model.name && $0.finding == evidence.finding
      })?.parts
    else { return nil }
    let style = NumberStyle.number(decimals: 5)
    func line(_ name: String, _ note: String, _ value: Double, style line: Table.Line.Style = .plain)
      -> Table.Line
    {
      Table.Line(
        name, note: note,
        [
          Cell(
            style.text(value), isMuted: evidence.plan.cohort.hasOwnPrevalenceOnly,
            numbers: .one(value, style))
        ], style: line)
    }
    return .table(
      Table(
        "Parts of the Brier score\(suffix)", standing: .exploratory,
        columns: [.text("Part"), .number("Value †")],
        lines: [
          line("Reliability", "outcomes not as predicted; less is better", parts.reliability),
          line("− Resolution", "outcomes that differ with the prediction; more is better", -parts.resolution),
          line("Uncertainty", "from the prevalence alone, not the model's doing", parts.uncertainty),
          line("Variance within bins", "of predictions", parts.withinVariance),
          line(
            "− Covariance within bins", "of predictions and outcomes; more is better", -parts.withinCovariance
          ),
          line("Brier score", "the sum", parts.brier, style: .total),
        ],
        notes: [
          "Over ten equal-width bins (Murphy 1973), with the terms within bins that make it exact (Stephenson, Coelho, Jolliffe 2008). Chance within bins adds to reliability and to resolution: neither has an interval.",
          evidence.plan.cohort.hasOwnPrevalenceOnly
            ? "† Depends on how common the condition is: it holds only in this test set, and is grey."
            : "† Depends on how common the condition is.",
        ]))
  }
}
