internal import Statistics
internal import Validation

/// One model's shares as they are among the verified cases, and corrected for the others.
struct VerificationTable {
  let evidence: Evidence
  let model: ModelDefinition

  private var plan: AnalysisPlan { evidence.plan }
  private var suffix: String { evidence.hasSeveralModels ? ": \(model.name)" : "" }

  /// Over all cases, every metric; nil where nothing is corrected.
  var overall: Table? {
    let lines = plan.metrics.compactMap { id -> Table.Line? in
      guard let metric = Metric.named(id), let raw = evidence.row(id, of: model.name),
        let corrected = corrected(id, in: .everyone)
      else { return nil }
      return Table.Line(
        metric.name,
        [raw, corrected].map {
          Cell(metric.style.text($0.result), numbers: .estimate($0.result, metric.style))
        }
          + [Cell(corrected.estimate?.method ?? "")],
        style: evidence.isMuted(corrected) ? .muted : .plain)
    }
    guard !lines.isEmpty else { return nil }
    let interval = "\(levelText(plan.confidence)) interval"
    return Table(
      "Corrected for cases without a reference standard\(suffix)", standing: .planned,
      columns: [
        .text("Measure"), .number("Verified cases alone (\(interval))"), .number("Corrected (\(interval))"),
        .text("Corrected by"),
      ], lines: lines,
      notes: [
        "Begg and Greenes 1983: verified cases speak for the others with the same output. It holds if, among cases with the same output, verification had nothing to do with the truth. Criteria on these measures judge the corrected ones."
      ])
  }

  /// Sensitivity and specificity in the groups of a dimension.
  func groups(of dimension: [String]) -> Table? {
    let metrics = ["sensitivity", "specificity"].filter(plan.metrics.contains).compactMap(Metric.named)
    let groups = evidence.groups(of: dimension)
    guard !metrics.isEmpty, groups.contains(where: { corrected(metrics[0].id, in: $0) != nil }) else {
      return nil
    }
    return Table(
      "Corrected for cases without a reference standard, by \(dimension.joined(separator: " × "))\(suffix)",
      standing: .planned,
      columns: [.text("Group")]
        + metrics.flatMap { metric in
          ["verified alone", "corrected"].map {
            .number($0, under: metric.columnTitle(level: plan.confidence))
          }
        },
      lines: ([Subgroup.everyone] + groups).map { group in
        let rows = metrics.flatMap { metric in
          [evidence.row(metric.id, of: model.name, in: group), corrected(metric.id, in: group)].map {
            (metric, $0)
          }
        }
        return Table.Line(
          group.label,
          rows.map { metric, row in
            Cell(
              row.map { metric.style.plain($0.result) } ?? "–", isMuted: row.map(evidence.isMuted) ?? true,
              numbers: .estimate(row?.result, metric.style))
          }, style: group.isEveryone ? .total : .plain)
      })
  }

  private func corrected(_ metric: String, in group: Subgroup) -> Row? {
    plan.verification.flatMap {
      evidence.row(metric, of: model.name, in: group, at: Setting(verification: $0))
    }
  }
}
