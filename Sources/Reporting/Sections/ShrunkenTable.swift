internal import Statistics
internal import Validation

/// Rates of the groups of a crossing drawn towards their common mean, beside the raw ones.
struct ShrunkenTable {
  let evidence: Evidence
  let model: ModelDefinition
  let dimension: [String]

  private var entries: [(metric: Metric, groups: [ShrunkenGroup])] {
    let all = evidence.study.onRequest.shrunken.filter {
      $0.model == model.name && $0.finding == evidence.finding && $0.subgroup.attributes == dimension
    }
    return ["sensitivity", "specificity"].compactMap(Metric.named).map { metric in
      (metric, all.filter { $0.metric == metric.id })
    }.filter { !$0.1.isEmpty }
  }

  var blocks: [Block] { entries.isEmpty ? [] : [.table(table)] }

  private var table: Table {
    let suffix = evidence.hasSeveralModels ? ": \(model.name)" : ""
    let level = levelText(evidence.plan.confidence)
    let lines = entries.flatMap { metric, groups -> [Table.Line] in
      let mean = groups.first.map { metric.style.text($0.mean) } ?? ""
      return [.group("\(metric.name), mean of the groups \(mean)")] + groups.map { line($0, metric) }
    }
    return Table(
      "Small groups by \(dimension.joined(separator: " × ")), drawn towards their mean\(suffix)",
      standing: .exploratory,
      columns: [
        .text("Group"), .number("Raw"), .number("Cases"), .number("Drawn to the mean (\(level))"),
        .number("From the group itself"),
      ], lines: lines,
      notes: [
        "Empirical Bayes (beta-binomial): a group of few cases is told mostly from the others. Cases are as many independent ones as the group is worth. The spread between groups is taken for known, so that intervals are too narrow where groups are few. No verdict uses these values; groups of unknown demographics are left out."
      ])
  }

  private func line(_ group: ShrunkenGroup, _ metric: Metric) -> Table.Line {
    let trials = NumberStyle.number(decimals: group.trials.rounded() == group.trials ? 0 : 1)
    return Table.Line(
      group.subgroup.label,
      [
        Cell(metric.style.text(group.raw), numbers: .one(group.raw, metric.style)),
        Cell(NumberText.size(group.trials), numbers: .one(group.trials, trials)),
        Cell(
          "\(metric.style.text(group.value)) (\(metric.style.text(group.interval)))",
          numbers: .one(group.value, metric.style) + .limits(group.interval, .style(metric.style))),
        Cell(
          NumberStyle.percentage.text(group.own), numbers: .one(group.own, .percentage)),
      ])
  }
}
