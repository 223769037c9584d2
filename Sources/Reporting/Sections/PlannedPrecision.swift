internal import Validation

/// What groups of these sizes could show if the plan's assumptions held: to be read beside what they showed.
struct PlannedPrecision {
  let evidence: Evidence
  let model: ModelDefinition
  let dimension: [String]

  private var planning: Planning? { evidence.plan.planning }
  private var metrics: [Metric] {
    Planning.metrics.filter { planning?.assumed[$0] != nil }.compactMap(Metric.named)
  }

  private func sizes(of group: Subgroup) -> ClassSizes? {
    let support = metrics.lazy.compactMap { evidence.row($0.id, of: model.name, in: group)?.support }.first
    return support.map { ClassSizes(positives: Double($0.positives), negatives: Double($0.negatives)) }
  }

  var blocks: [Block] {
    guard let planning, let everyone = sizes(of: .everyone) else { return [] }
    let groups = evidence.groups(of: dimension).compactMap { group in
      sizes(of: group).map { (subgroup: group, sizes: $0) }
    }
    let lines = GroupPrecision.of(groups, everyone: everyone, following: evidence.plan, planning).map(line)
    guard !lines.isEmpty else { return [] }
    let columns =
      [Table.Column.text("Group"), .number("n⁺"), .number("n⁻")]
      + metrics.flatMap { metric in
        [
          .number("±\(unit(metric))", under: metric.name),
          .number("smallest gap\(unit(metric))", under: metric.name),
        ]
      }
    let assumed = metrics.map { "\($0.name.sentenceCase) \($0.style.text(planning.assumed[$0.id] ?? 0))" }
    let effect =
      planning.designEffect == 1
      ? ""
      : "; patients with several cases divide the cases by \(NumberText.fixed(planning.designEffect, decimals: 2))"
    return [
      .table(
        Table(
          "What groups of this size can show, by \(dimension.joined(separator: " × "))\(evidence.hasSeveralModels ? ": \(model.name)" : "")",
          standing: .planned, columns: columns, lines: lines,
          notes: [
            "Under the values that the plan assumed (\(assumed.joined(separator: ", "))\(effect)), not those that were observed.",
            "±: half the interval that is expected. Smallest gap: the one between a worse group and its complement that is shown with \(NumberText.percent(planning.power, decimals: 0)) power, before adjustment for several comparisons; “none”: however large it is.",
          ]))
    ]
  }

  private func unit(_ metric: Metric) -> String { metric.style == .percentage ? ", points" : "" }

  private func line(_ group: GroupPrecision) -> Table.Line {
    let least = evidence.plan.smallestSubgroup
    let isTested =
      group.sizes.positives >= Double(least.positives) && group.sizes.negatives >= Double(least.negatives)
    let cells = metrics.flatMap { metric -> [Cell] in
      let style = metric.style
      let width = group.halfWidths[metric.id]
      let gap = isTested ? group.smallestGaps[metric.id] : nil
      return [
        Cell(width.map(style.plain) ?? "–", isMuted: !isTested, numbers: .one(width, .difference(style))),
        Cell(
          gap.map(style.plain) ?? (isTested ? "none" : "not tested"), isMuted: !isTested,
          numbers: .one(gap, .difference(style))),
      ]
    }
    return Table.Line(
      group.subgroup.label,
      [.count(Int(group.sizes.positives)), .count(Int(group.sizes.negatives))] + cells)
  }
}
