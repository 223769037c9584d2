internal import Validation

extension Section {
  /// What the plan asked for, and what became of it.
  static let criteria = Section(anchor: "criteria", title: "Acceptance criteria") { evidence in
    let plan = evidence.plan
    guard !plan.criteria.isEmpty else {
      return [
        .paragraph(
          "The plan sets no acceptance criteria. Whether these results suffice for a use is therefore not judged here."
        )
      ]
    }
    let judgements = evidence.judgements
    let details = judgements.filter { $0.subgroup != nil }
    var blocks: [Block] = [
      .paragraph(
        "A criterion is judged by an interval bound against the goal of the plan; a point estimate decides nothing. “Inconclusive” means not demonstrated: the goal was not shown."
      ),
      .table(CriteriaSums(evidence: evidence, judgements: judgements.filter { $0.subgroup == nil }).table),
    ]
    if details.count > 1 {
      blocks.append(.table(CriteriaDetails(evidence: evidence, judgements: details).table))
    }
    return blocks
  }
}

/// The verdict of every criterion; where several are claimed one by one, with the limit and the p that decide then.
private struct CriteriaSums {
  let evidence: Evidence
  let judgements: [Judgement]

  private var plan: AnalysisPlan { evidence.plan }
  private var isAdjusted: Bool { judgements.contains { $0.pAdjusted != nil } }

  var table: Table {
    var columns: [Table.Column] = [.text("Criterion"), .text("What must be shown")]
    if isAdjusted {
      columns += [
        .number("\(levelText(plan.confidence)) limit"), .number("Adjusted limit"), .number("Adjusted p"),
      ]
    }
    columns += [.text("Verdict"), .text("In words")]
    return Table(
      "Criteria and verdicts", standing: .planned, columns: columns,
      lines: plan.criteria.flatMap { criterion in
        judgements.filter { $0.criterion == criterion.id }.map { line($0, of: criterion) }
      }, notes: isAdjusted ? [note] : [])
  }

  private func line(_ judgement: Judgement, of criterion: Criterion) -> Table.Line {
    var cells = [Cell(criterion.words)]
    if isAdjusted {
      let p = judgement.pAdjusted.map { pText($0, against: tail) } ?? "–"
      cells += [
        limit(judgement.bound, criterion), limit(judgement.adjustedBound, criterion),
        Cell(p, numbers: .one(judgement.pAdjusted, .p)),
      ]
    }
    cells += [Cell(judgement.verdict.words), Cell(judgement.sentence)]
    return Table.Line(criterion.id, note: evidence.aim(of: judgement), cells)
  }

  private func limit(_ value: Double?, _ criterion: Criterion) -> Cell {
    guard let value else { return "–" }
    let style = Metric.named(criterion.metric)?.style ?? .number(decimals: 3)
    if case .gap = criterion.scope { return .difference(value, style) }
    return Cell(style.text(value), numbers: .one(value, style))
  }

  /// Criteria are one-sided.
  private var tail: Double { (1 - plan.confidence) / 2 }

  private var note: String {
    let way =
      switch plan.multiplicity {
      case .coPrimary: "without adjustment"
      case .holm: "by Holm's method"
      case .hochberg: "by Hochberg's method"
      case .fixedSequence: "in the plan's order"
      }
    return
      "Limits are those of the row nearest to failing. p is one-sided and adjusted \(way) over \(counted(judgements.count, "verdict")); a criterion is met only if it is at most \(thresholdText(tail)). –: not assessable, or no limit at that level."
  }
}

/// Every row that a criterion judged.
private struct CriteriaDetails {
  let evidence: Evidence
  let judgements: [Judgement]

  var table: Table {
    let columns: [Table.Column] = [
      .text("Group"), .number("Estimate"), .number("Deciding limit"), .number("Goal"), .text("Verdict"),
    ]
    var lines: [Table.Line] = []
    for criterion in evidence.plan.criteria {
      let judged = judgements.filter { $0.criterion == criterion.id }
      guard !judged.isEmpty else { continue }
      lines.append(.group("\(criterion.id): \(criterion.words)"))
      lines += judged.map { line($0, of: criterion) }
    }
    return Table("Every row that a criterion judged", standing: .planned, columns: columns, lines: lines)
  }

  private func line(_ judgement: Judgement, of criterion: Criterion) -> Table.Line {
    let style = Metric.named(criterion.metric)?.style ?? .number(decimals: 3)
    let isDifference = judgement.subgroupMinus != nil
    let text = { (value: Double?) -> Cell in
      guard let value else { return "–" }
      return isDifference
        ? .difference(value, style) : Cell(style.text(value), numbers: .one(value, style))
    }
    let cells = [
      text(judgement.value), text(judgement.bound), goal(of: criterion, style), Cell(judgement.verdict.words),
    ]
    let group = judgement.subgroup ?? .everyone
    let attributes = group.isEveryone ? nil : group.attributes.joined(separator: " × ")
    let note = [evidence.aim(of: judgement), attributes].compactMap { $0 }.joined(separator: ", ")
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
