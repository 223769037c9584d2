internal import Statistics
internal import Validation

extension Section {
  /// Differences between groups, and what may be said of them.
  static let gaps = Section(anchor: "gaps", title: "Gaps between groups") { evidence in
    let models = evidence.models.enumerated().filter { _, model in
      evidence.subgroupMetrics(of: model).contains { !evidence.gaps(in: $0.id, of: model.name).isEmpty }
    }
    guard !models.isEmpty else {
      return evidence.plan.subgroups.isEmpty
        ? [] : [.paragraph("The plan asks for no comparison between groups.")]
    }
    return [.paragraph(introduction(evidence))]
      + models.flatMap { index, model in
        let heading = Block.heading(Heading(level: 3, text: model.name, anchor: "gaps-\(index + 1)"))
        return (evidence.hasSeveralModels ? [heading] : [])
          + GapResults(evidence: evidence, model: model).blocks
      }
  }

  private static func introduction(_ evidence: Evidence) -> String {
    let alpha = thresholdText(evidence.alpha)
    let hasMargin = evidence.plan.criteria.contains {
      if case .interval = $0.evidence { true } else { false }
    }
    let margin =
      hasMargin
      ? " Groups are called similar only where the whole interval lies within the margin of the plan."
      : " The plan fixes no margin within which groups would count as similar, so that is never said here."
    return
      "Each group is compared with all others of its attribute whose value is known, or with the group that the plan names. A difference counts as shown where its interval excludes zero and its \(evidence.plan.gapFamily == .benjaminiHochberg ? "q" : "p, adjusted for all comparisons of its family,") is at most \(alpha).\(margin) “Not enough cases to say” is neither a difference nor its absence."
  }
}

/// The differences of one model.
private struct GapResults {
  let evidence: Evidence
  let model: ModelDefinition

  private var suffix: String { evidence.hasSeveralModels ? ": \(model.name)" : "" }

  private var metrics: [(metric: Metric, rows: [Row])] {
    evidence.subgroupMetrics(of: model).map { ($0, evidence.gaps(in: $0.id, of: model.name)) }
      .filter { !$0.rows.isEmpty }
  }

  private var comparisons: Comparisons { Comparisons(of: model, in: evidence) }

  var blocks: [Block] {
    let words = comparisons.rows.isEmpty ? [] : [Block.paragraph(comparisons.sentence + ".")]
    return words + [.table(table)] + TippingPoints(evidence: evidence, model: model).blocks
      + SimultaneousTable(evidence: evidence, model: model, suffix: suffix).blocks
      + metrics.flatMap { forests(of: $0.metric, $0.rows) }.map { .figure($0) }
      + [FairnessTable(evidence: evidence, model: model, suffix: suffix).table].compactMap { $0 }.map {
        .table($0)
      }
  }

  private var table: Table {
    var lines: [Table.Line] = []
    for (metric, rows) in metrics {
      let unit = metric.style == .percentage ? ", percentage points" : ""
      var attributes: [String] = []
      for row in rows {
        if row.key.subgroup.attributes != attributes {
          attributes = row.key.subgroup.attributes
          lines.append(.group("\(metric.name) by \(attributes.joined(separator: " × "))\(unit)"))
        }
        lines.append(line(row, metric))
      }
    }
    return Table(
      "Differences between groups\(suffix)", standing: evidence.standing(of: metrics.flatMap(\.rows)),
      columns: [
        .text("Comparison"), .number("Difference"),
        .number("\(levelText(evidence.plan.confidence)) interval"),
        .number("p"), .number(comparisons.columnTitle), .text("Reading"),
      ], lines: lines,
      notes: [
        comparisons.note, permuted, dashes, withoutInterval,
        evidence.ownPrevalenceNote(metrics.map(\.metric)),
        "Differences in the other measures stand in rows.csv.",
      ].compactMap {
        $0
      })
  }

  private var permuted: String? {
    let count = metrics.flatMap(\.rows).count { $0.test?.isByPermutation == true }
    guard count > 0, let deals = evidence.plan.permutations else { return nil }
    return
      "\(counted(count, "difference")) with few events: p from dealing \(evidence.cohort.patients == nil ? "cases" : "patients") out to the two groups anew \(NumberText.count(deals)) times, positives and negatives apart."
  }

  /// Why there is no p where there is none.
  private var dashes: String? {
    let untested = metrics.flatMap { metric, rows in rows.map { (metric, $0) } }.filter { $1.test == nil }
    let family = untested.filter { Comparisons.includes($0.0) }
    let others = metrics.map(\.metric).filter { !Comparisons.includes($0) }.map(\.name.sentenceCase)
    let reasons = [
      family.contains { $1.isAssessable } ? "too few events to test" : nil,
      family.contains { !$1.isAssessable } ? "not assessable" : nil,
      others.isEmpty ? nil : "a measure outside the family (\(others.enumeration))",
    ].compactMap { $0 }
    return reasons.isEmpty ? nil : "– in the columns of p: \(reasons.joined(separator: "; or "))."
  }

  /// Why a difference that has a value has no interval.
  private var withoutInterval: String? {
    let estimates = metrics.flatMap(\.rows).compactMap(\.estimate).filter { $0.interval == nil }
    let reasons = Set(estimates.compactMap(\.caveat)).sorted()
    return reasons.isEmpty ? nil : "– in the column of intervals: \(reasons.joined(separator: "; or "))."
  }

  private func line(_ row: Row, _ metric: Metric) -> Table.Line {
    let reading = evidence.reading(of: row)
    let estimate = row.estimate
    let cells: [Cell] = [
      Cell(
        estimate.map { metric.style.difference($0.value) } ?? "–",
        numbers: .one(estimate?.value, .difference(metric.style))),
      Cell(
        estimate.flatMap { one in one.interval.map { metric.style.difference($0) + one.mark } } ?? "–",
        numbers: .limits(estimate?.interval, .difference(metric.style))),
      Cell(row.test.map { pText($0.p, against: evidence.alpha) } ?? "–", numbers: .one(row.test?.p, .p)),
      Cell(
        row.test?.pAdjusted.map { pText($0, against: evidence.alpha) } ?? "–",
        numbers: .one(row.test?.pAdjusted, .p)),
      Cell(reading.words(in: metric.style), isStrong: reading.showsDifference),
    ]
    return Table.Line(row.comparison, cells, style: evidence.isMuted(row) ? .muted : .plain)
  }

  private func forests(of metric: Metric, _ rows: [Row]) -> [Figure] {
    let parts = rows.chunks(of: SubgroupResults.linesOfAFigure)
    return parts.enumerated().map { index, part in
      let which = parts.count > 1 ? ", part \(index + 1) of \(parts.count)" : ""
      return forest(
        of: metric, part,
        caption:
          "Differences in \(metric.name.sentenceCase)\(suffix)\(which)\(evidence.ownPrevalenceRemark(metric))"
      )
    }
  }

  private func forest(of metric: Metric, _ rows: [Row], caption: String) -> Figure {
    var attributes: [String] = []
    let lines = rows.map { row in
      defer { attributes = row.key.subgroup.attributes }
      let isNew = row.key.subgroup.attributes != attributes
      return ForestPlot.Line(
        heading: isNew ? row.key.subgroup.attributes.joined(separator: " × ") : nil, label: row.comparison,
        estimate: row.estimate, positives: row.support.positives,
        negatives: row.support.negatives, isAssessable: row.isAssessable,
        text: text(of: row, metric),
        margin: evidence.margin(for: metric.id, of: model.name, across: row.key.subgroup.attributes))
    }
    let plot = ForestPlot(
      lines: lines, style: metric.style, reference: .init(value: 0, label: "no difference"), goals: [],
      limits: nil, axisTitle: "difference (\(levelText(evidence.plan.confidence)) interval)",
      isDifference: true)
    let band = lines.contains { $0.margin != nil } ? " Grey bands are the margins that the plan sets." : ""
    return Figure(
      caption: caption + "." + band,
      description:
        "Forest plot of \(counted(rows.count, "difference")) in \(metric.name.sentenceCase) between groups with \(levelText(evidence.plan.confidence)) intervals; the dashed line is no difference.\(band)",
      drawing: plot.drawing,
      data: Table(
        caption, standing: evidence.standing(of: rows),
        columns: [.text("Comparison"), .number("Difference (interval)"), .text("Reading")],
        lines: rows.map {
          Table.Line(
            $0.comparison,
            [
              Cell(text(of: $0, metric), numbers: .estimate($0.result, .difference(metric.style))),
              Cell(evidence.reading(of: $0).words(in: metric.style)),
            ])
        }))
  }

  private func text(of row: Row, _ metric: Metric) -> String {
    switch row.result {
    case .undefined(let reason): "undefined: \(reason)"
    case .estimated(let estimate):
      metric.style.difference(estimate.value)
        + (estimate.interval.map { " (\(metric.style.difference($0)))" } ?? " (no interval)")
    }
  }
}
