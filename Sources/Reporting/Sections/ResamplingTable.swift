internal import Statistics
internal import Validation

/// Intervals by resampling beside those of the tables, where the plan asks for them.
struct ResamplingTable {
  let evidence: Evidence
  let model: ModelDefinition

  private var entries: [(metric: Metric, resampled: ResampledInterval)] {
    evidence.study.onRequest.resampled.filter {
      $0.model == model.name && $0.finding == evidence.finding
    }.compactMap { entry in Metric.named(entry.metric).map { ($0, entry) } }
  }

  var blocks: [Block] { entries.isEmpty ? [] : [.table(table)] }

  private var table: Table {
    let suffix = evidence.hasSeveralModels ? ": \(model.name)" : ""
    var group: Subgroup?
    let hasGroups = entries.contains { !$0.resampled.subgroup.isEveryone }
    let lines = entries.flatMap { metric, entry -> [Table.Line] in
      let isNew = hasGroups && entry.subgroup != group
      group = entry.subgroup
      let head = entry.subgroup.isEveryone ? "All cases" : entry.subgroup.description
      return (isNew ? [.group(head)] : []) + [line(metric, entry)]
    }
    let unit = evidence.cohort.patients == nil ? "Cases" : "Whole patients"
    let count = NumberText.count(entries.first?.resampled.replicates ?? 0)
    return Table(
      "Intervals by resampling\(suffix)", standing: .planned,
      columns: [
        .text("Measure"), .number("Estimate"), .number("As tabulated"), .number("Percentile"),
        .number("BCa"),
      ], lines: lines,
      notes: [
        "\(levelText(evidence.plan.confidence)) intervals. \(unit) were drawn again \(count) times; positives and negatives apart, except for measures that depend on how common the condition is (†), where the prevalence is drawn too. BCa: bias-corrected and accelerated (Efron 1987). The intervals of the tables decide; these are a check on them.",
        entries.contains { $0.resampled.limits.reason != nil }
          ? "– : the resamples make no interval, for the reason beside the measure." : nil,
      ].compactMap { $0 })
  }

  private func line(_ metric: Metric, _ entry: ResampledInterval) -> Table.Line {
    func cell(_ interval: Interval?) -> Cell {
      Cell(interval.map(metric.style.text) ?? "–", numbers: .limits(interval, .style(metric.style)))
    }
    let limits = entry.limits.value
    return Table.Line(
      metric.name + (entry.isByTruth ? "" : " †"), note: entry.limits.reason,
      [
        Cell(metric.style.text(entry.value), numbers: .one(entry.value, metric.style)),
        cell(entry.interval), cell(limits?.percentile), cell(limits?.bca),
      ])
  }
}

extension Result where Failure == Undefined {
  fileprivate var value: Success? { try? get() }
  fileprivate var reason: String? {
    if case .failure(let reason) = self { reason.description } else { nil }
  }
}
