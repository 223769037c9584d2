internal import Validation

extension Section {
  /// What the plan asked for before the data were seen, and what became of it.
  static let criteria = Section(anchor: "criteria", title: "Acceptance criteria") { evidence in
    let plan = evidence.plan
    guard !plan.criteria.isEmpty else {
      return [
        .paragraph(
          "The plan sets no acceptance criteria. Whether these results suffice for a use is therefore not judged here."
        )
      ]
    }
    let judgements = evidence.study.judgements
    let details = judgements.filter { $0.subgroup != nil }
    var blocks: [Block] = [
      .paragraph(
        "A criterion is judged by an interval bound against a goal that was fixed beforehand; a point estimate decides nothing. “Inconclusive” means not demonstrated: the goal was not shown."
      ),
      .table(
        Table(
          "Criteria and verdicts", standing: .prespecified,
          columns: [.text("Criterion"), .text("What must be shown"), .text("Verdict"), .text("In words")],
          lines: plan.criteria.flatMap { criterion in
            judgements.filter { $0.subgroup == nil && $0.criterion == criterion.id }.map { judgement in
              Table.Line(
                criterion.id, note: evidence.hasSeveralModels ? judgement.model : nil,
                [Cell(criterion.words), Cell(judgement.verdict.words), Cell(judgement.sentence)])
            }
          })),
    ]
    if details.count > 1 {
      blocks.append(.table(CriteriaDetails(evidence: evidence, judgements: details).table))
    }
    return blocks
  }
}

/// Every row that a criterion judged.
private struct CriteriaDetails {
  let evidence: Evidence
  let judgements: [Judgement]

  var table: Table {
    let isAdjusted = judgements.contains { $0.pAdjusted != nil }
    var columns: [Table.Column] = [
      .text("Group"), .number("Estimate"), .number("Deciding limit"), .number("Goal"),
    ]
    if isAdjusted { columns += [.number("Adjusted limit"), .number("Adjusted p")] }
    columns.append(.text("Verdict"))
    var lines: [Table.Line] = []
    for criterion in evidence.plan.criteria {
      let judged = judgements.filter { $0.criterion == criterion.id }
      guard !judged.isEmpty else { continue }
      lines.append(.group("\(criterion.id): \(criterion.words)"))
      lines += judged.map { line($0, of: criterion, isAdjusted: isAdjusted) }
    }
    return Table("Every row that a criterion judged", standing: .prespecified, columns: columns, lines: lines)
  }

  private func line(_ judgement: Judgement, of criterion: Criterion, isAdjusted: Bool) -> Table.Line {
    let style = Metric.named(criterion.metric)?.style ?? .number(decimals: 3)
    let isDifference = judgement.subgroupMinus != nil
    let text = { (value: Double?) -> Cell in
      guard let value else { return "–" }
      return Cell(isDifference ? style.difference(value) + style.differenceUnit : style.text(value))
    }
    var cells = [text(judgement.value), text(judgement.bound), goal(of: criterion, style)]
    if isAdjusted {
      cells += [text(judgement.adjustedBound), Cell(judgement.pAdjusted.map(NumberText.p) ?? "–")]
    }
    cells.append(Cell(judgement.verdict.words))
    let group = judgement.subgroup ?? .everyone
    let attributes = group.isEveryone ? nil : group.attributes.joined(separator: " × ")
    let model = evidence.hasSeveralModels ? judgement.model : nil
    let note = [model, attributes].compactMap { $0 }.joined(separator: ", ")
    let name =
      switch judgement.subgroupMinus {
      case nil: group.label
      case .complement: "\(group.label) vs all others"
      case .group(let other): "\(group.label) vs \(other.label)"
      }
    return Table.Line(
      name, note: note.isEmpty ? nil : note, cells,
      style: judgement.verdict == .notAssessable ? .muted : .plain)
  }

  private func goal(of criterion: Criterion, _ style: NumberStyle) -> Cell {
    switch criterion.evidence {
    case .lowerBound(let goal): Cell("≥ \(style.text(goal))")
    case .upperBound(let goal): Cell("≤ \(style.text(goal))")
    case .interval(let margin): Cell("±\(style.plain(margin))\(style.differenceUnit)")
    }
  }
}
