internal import Statistics
internal import Validation

/// What failed outputs could make of one model's groups and criteria, where the plan's rule is not the only one.
struct FailedOutputTables {
  let evidence: Evidence
  let model: ModelDefinition

  private var plan: AnalysisPlan { evidence.plan }
  private var suffix: String { evidence.hasSeveralModels ? ": \(model.name)" : "" }

  /// Groups in which a share differs less between the rules are counted, not listed.
  static let leastMove = 0.01

  /// What each criterion would come to; nil where none of them reads failed outputs, or none failed.
  var verdicts: Table? {
    let all = evidence.study.robustness.verdictsByRule.filter {
      $0.model == model.name && $0.finding == evidence.finding
    }
    guard !all.isEmpty else { return nil }
    let rules = OutputRule.allCases.filter { $0 != plan.outputRule }
    let lines = plan.criteria.compactMap { criterion -> Table.Line? in
      let own = all.filter { $0.criterion == criterion.id }
      guard
        let primary = evidence.judgements.first(where: {
          $0.criterion == criterion.id && $0.model == model.name && $0.subgroup == nil
        })
      else { return nil }
      guard Metric.named(criterion.metric)?.readsFailedOutputs == true else {
        return Table.Line(
          criterion.id, note: "of scored cases alone",
          [Cell](repeating: Cell(primary.verdict.words), count: 1 + rules.count), style: .muted)
      }
      let others = rules.map { rule in
        let verdict = own.first { $0.rule == rule }?.verdict
        return Cell(verdict?.words ?? "–", isStrong: verdict != nil && verdict != primary.verdict)
      }
      return Table.Line(criterion.id, [Cell(primary.verdict.words)] + others)
    }
    return Table(
      "Verdicts under the other rules for failed outputs\(suffix)", standing: .exploratory,
      columns: [.text("Criterion"), .text("The plan's rule: \(plan.outputRule.words)")]
        + rules.map { .text("A failed output \($0.words)") },
      lines: lines,
      notes: ["The plan's rule decides. Verdicts that differ from it are bold."])
  }

  /// Of a dimension: the groups in which the rule matters.
  func groups(of dimension: [String]) -> Table? {
    let metrics = ["sensitivity", "specificity"].filter(plan.metrics.contains).compactMap(Metric.named)
    guard !metrics.isEmpty, evidence.summary(of: model.name).map({ $0.failed > 0 }) == true else {
      return nil
    }
    let moved = evidence.groups(of: dimension).compactMap { group in
      Moved(group, metrics.map { results(of: $0, in: group) })
    }
    let listed = moved.filter { $0.largest >= Self.leastMove }
    guard !listed.isEmpty else { return nil }
    let columns = metrics.flatMap { metric in
      ["plan's rule", "lowest", "highest"].map {
        Table.Column.number($0, under: metric.columnTitle(level: plan.confidence))
      }
    }
    let rest = moved.count - listed.count
    return Table(
      "Failed outputs by \(dimension.joined(separator: " × ")), over the four rules\(suffix)",
      standing: .exploratory, columns: [.text("Group")] + columns,
      lines: listed.map { moved in
        Table.Line(
          moved.group.label,
          zip(metrics, moved.results).flatMap { metric, results in
            [results.primary, results.lowest, results.highest].map {
              Cell(metric.style.plain($0.result), numbers: .estimate($0.result, metric.style))
            }
          }, style: moved.results.allSatisfy { evidence.isMuted($0.primary) } ? .muted : .plain)
      },
      notes: [
        "Groups in which one of these moves by a point or more between the rules."
          + (rest > 0 ? " In \(counted(rest, "other group")) none does." : "")
      ])
  }

  /// A metric of one group by the plan's rule, and by those that give least and most.
  private struct Results {
    let primary, lowest, highest: Row
    var move: Double { (highest.estimate?.value ?? 0) - (lowest.estimate?.value ?? 0) }
  }

  private struct Moved {
    let group: Subgroup
    let results: [Results]
    var largest: Double { results.map(\.move).max() ?? 0 }

    /// Nil where a metric has no value.
    init?(_ group: Subgroup, _ results: [Results?]) {
      let known = results.compactMap { $0 }
      guard known.count == results.count else { return nil }
      self.group = group
      self.results = known
    }
  }

  private func results(of metric: Metric, in group: Subgroup) -> Results? {
    let rows = OutputRule.allCases.compactMap { rule in
      evidence.row(
        metric.id, of: model.name, in: group, outputs: rule == plan.outputRule ? .primary : .rule(rule))
    }.filter { $0.estimate != nil }
    func value(_ row: Row) -> Double { row.estimate?.value ?? 0 }
    guard let primary = rows.first(where: { $0.key.outputs == .primary }),
      let lowest = rows.min(by: { value($0) < value($1) }),
      let highest = rows.max(by: { value($0) < value($1) })
    else { return nil }
    return Results(primary: primary, lowest: lowest, highest: highest)
  }
}
