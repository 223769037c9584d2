internal import Statistics
internal import Validation

/// How far apart the groups of each attribute stand, by four definitions; which of them matters is not ours to say.
struct FairnessTable {
  let evidence: Evidence
  let model: ModelDefinition
  let suffix: String

  /// Nil where nothing is compared.
  var table: Table? {
    let summaries = evidence.study.fairness.filter {
      $0.model == model.name && $0.finding == evidence.finding
    }
    guard summaries.contains(where: { (try? $0.result.get()) != nil }) else { return nil }
    var lines: [Table.Line] = []
    var attribute: String?
    for summary in summaries {
      if summary.attribute != attribute {
        attribute = summary.attribute
        lines.append(.group("By \(summary.attribute)"))
      }
      lines.append(line(summary))
    }
    return Table(
      "How far groups stand apart, by four definitions\(suffix)", standing: .exploratory,
      columns: [
        .text("Definition"), .text("Lower and higher group"), .number("Groups"), .number("Distance"),
        .number("\(levelText(evidence.plan.confidence)) interval"),
      ], lines: lines,
      notes: [
        "Equal opportunity: largest gap in sensitivity. Equalised odds: the larger of the largest gaps in sensitivity and false-positive rate. Predictive parity: largest gap in positive predictive value. Gaps in percentage points. Selection-rate ratio: lowest flag rate over the highest.",
        "Over assessable groups, the farthest two chosen by the data: intervals hold for every pair of an attribute (Bonferroni) and are not adjusted further; there is no p, and nothing here is a verdict.",
        "Groups with different prevalence differ in predictive value and flag rate even where the model treats their patients alike.",
        evidence.ownPrevalenceNote(["ppv", "flag_rate"].compactMap(Metric.named)),
      ].compactMap { $0 })
  }

  private func line(_ summary: FairnessSummary) -> Table.Line {
    switch summary.result {
    case .failure(let reason):
      return Table.Line(
        summary.definition.words, note: "undefined: \(reason)", ["–", "–", "undefined", "–"], style: .muted)
    case .success(let finding):
      let metric = Metric.named(finding.metric)
      let isRatio = summary.definition == .selectionRateRatio
      let format: NumberFormat =
        isRatio ? .style(.number(decimals: 3)) : .difference(metric?.style ?? .percentage)
      let estimate = finding.estimate
      func text(_ interval: Interval) -> String {
        isRatio
          ? NumberStyle.number(decimals: 3).text(interval) : NumberStyle.percentage.difference(interval)
      }
      let groups = "\(finding.lower.label) and \(finding.higher.label)"
      return Table.Line(
        summary.definition.words, note: estimate.interval == nil ? estimate.caveat : nil,
        [
          Cell(groups + (summary.definition == .equalisedOdds ? ", \(metric?.name.sentenceCase ?? "")" : "")),
          .count(finding.groups),
          Cell(
            isRatio
              ? NumberStyle.number(decimals: 3).text(estimate.value)
              : NumberStyle.percentage.plain(estimate.value),
            numbers: .one(estimate.value, format)),
          Cell(
            estimate.interval.map { text($0) + estimate.mark } ?? "–",
            numbers: .limits(estimate.interval, format)),
        ], style: metric.map { evidence.holdsOnlyHere($0) } == true ? .muted : .plain)
    }
  }
}

extension FairnessSummary.Definition {
  fileprivate var words: String {
    switch self {
    case .equalOpportunity: "Equal opportunity"
    case .equalisedOdds: "Equalised odds"
    case .predictiveParity: "Predictive parity"
    case .selectionRateRatio: "Selection-rate ratio"
    }
  }
}
