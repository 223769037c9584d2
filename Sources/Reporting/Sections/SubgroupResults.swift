internal import Statistics
internal import Validation

/// One model in the groups of one dimension.
struct SubgroupResults {
  let evidence: Evidence
  let model: ModelDefinition
  let dimension: [String]

  private var groups: [Subgroup] { evidence.groups(of: dimension) }
  private var metrics: [Metric] { evidence.subgroupMetrics(of: model) }
  private var name: String { dimension.joined(separator: " × ") }
  private var suffix: String { evidence.hasSeveralModels ? ": \(model.name)" : "" }

  var blocks: [Block] {
    guard !groups.isEmpty, !metrics.isEmpty else {
      return [.paragraph("No group of this dimension has a result.")]
    }
    let calibration = calibrationTable.map { [Block.table($0)] } ?? []
    let failures = FailedOutputTables(evidence: evidence, model: model).groups(of: dimension)
    let corrected = VerificationTable(evidence: evidence, model: model).groups(of: dimension)
    let unknown = UnknownTable(evidence: evidence, model: model, dimension: dimension).table
    return [.paragraph(reading)]
      + (tables + [unknown, failures, corrected].compactMap { $0 }).map { .table($0) }
      + HeterogeneityTable(of: model, by: dimension, in: evidence).blocks + figures(of: false) + calibration
      + figures(of: true)
      + PlannedPrecision(evidence: evidence, model: model, dimension: dimension).blocks
  }

  private func figures(of calibration: Bool) -> [Block] {
    metrics.filter { ($0.family == .calibration) == calibration }.flatMap { forests(of: $0) }.map {
      .figure($0)
    }
  }

  // MARK: In words

  /// Two sentences: how far the groups lie apart, and what was shown of it.
  var reading: String {
    guard let metric = metrics.first else { return "" }
    let rows = groups.compactMap { evidence.row(metric.id, of: model.name, in: $0) }
    let assessable = rows.filter { $0.isAssessable && $0.estimate != nil }
    let lowest = assessable.min { value($0) < value($1) }
    let highest = assessable.max { value($0) < value($1) }
    guard let lowest, let highest, assessable.count > 1 else {
      return
        "Fewer than two groups by \(name) have enough cases to be compared. Nothing is concluded from them."
    }
    let range =
      "Among \(assessable.count) assessable groups by \(name), \(metric.name.sentenceCase) ran from \(metric.style.text(value(lowest))) (\(lowest.key.subgroup.label)) to \(metric.style.text(value(highest))) (\(highest.key.subgroup.label))."
    return range + " " + conclusion
  }

  private func value(_ row: Row) -> Double { row.estimate?.value ?? 0 }

  private var conclusion: String {
    let gaps = metrics.flatMap { metric in
      evidence.gaps(in: metric.id, of: model.name).filter { $0.key.subgroup.attributes == dimension }
    }
    guard !gaps.isEmpty else { return "Differences between these groups were not tested." }
    let comparisons = Comparisons(of: model, in: evidence, by: dimension)
    guard !comparisons.rows.isEmpty else {
      return "No comparison of these groups has cases enough on both sides; none was tested."
    }
    return comparisons.sentence + (comparisons.shown.isEmpty ? "." : ": see the section on gaps.")
  }

  // MARK: In numbers

  /// Three metrics at most stand side by side; calibration has a table of its own.
  var tables: [Table] {
    metrics.filter { $0.family != .calibration }.chunks(of: 3).map { table(of: $0) }
  }

  private var calibrationTable: Table? {
    let calibration = metrics.filter { $0.family == .calibration }
    return calibration.isEmpty ? nil : table(of: calibration)
  }

  private func table(of metrics: [Metric]) -> Table {
    var columns: [Table.Column] = [.text("Group"), .number("n⁺"), .number("n⁻")]
    for metric in metrics {
      if isProportion(metric) { columns.append(.number("x/n", under: metric.name)) }
      columns.append(.number(metric.style.columnTitle(level: evidence.plan.confidence), under: metric.name))
    }
    let all = line(.everyone, metrics, style: .total)
    let rows = metrics.flatMap { metric in
      groups.compactMap { evidence.row(metric.id, of: model.name, in: $0) }
    }
    return Table(
      "\(names(of: metrics)) by \(name)\(suffix)",
      standing: evidence.standing(of: rows), columns: columns,
      lines: [all] + groups.map { line($0, metrics) },
      notes: [
        "n⁺ and n⁻: cases positive and negative by the reference standard.", evidence.overlap(of: dimension),
        evidence.ownPrevalenceNote(metrics),
      ].compactMap { $0 })
  }

  private func names(of metrics: [Metric]) -> String {
    (metrics.prefix(1).map(\.name) + metrics.dropFirst().map(\.name.sentenceCase)).enumeration
  }

  private func isProportion(_ metric: Metric) -> Bool {
    evidence.row(metric.id, of: model.name)?.support.numerator != nil
  }

  private func line(_ group: Subgroup, _ metrics: [Metric], style: Table.Line.Style = .plain) -> Table.Line {
    let rows = metrics.map { evidence.row($0.id, of: model.name, in: group) }
    let support = rows.compactMap { $0 }.first?.support
    var cells: [Cell] = [.count(support?.positives), .count(support?.negatives)]
    for (metric, row) in zip(metrics, rows) {
      let isMuted = row.map(evidence.isMuted) ?? true
      if isProportion(metric) {
        cells.append(Cell(row?.fraction ?? "–", isMuted: isMuted, numbers: .fraction(of: row)))
      }
      cells.append(
        Cell(
          row.map { metric.style.plain($0.result) } ?? "–", isMuted: isMuted,
          numbers: .estimate(row?.result, metric.style)))
    }
    let unassessable = zip(metrics, rows).filter { $1.map { !$0.isAssessable } ?? false }.map(\.0)
    let note: String? =
      unassessable.isEmpty
      ? nil
      : unassessable.count == metrics.count
        ? "not assessable"
        : "not assessable: \(unassessable.map(\.name.sentenceCase).joined(separator: ", "))"
    let isMuted = !unassessable.isEmpty && unassessable.count == metrics.count
    return Table.Line(group.label, note: note, cells, style: isMuted ? .muted : style)
  }

  // MARK: In a picture

  /// At most so many lines, that a figure fits on a page.
  static let linesOfAFigure = 30

  func forests(of metric: Metric) -> [Figure] {
    let rows = groups.compactMap { evidence.row(metric.id, of: model.name, in: $0) }
    let parts = rows.chunks(of: Self.linesOfAFigure)
    return parts.enumerated().map { index, part in
      let which = parts.count > 1 ? ", part \(index + 1) of \(parts.count)" : ""
      return forest(
        of: metric, part,
        caption: "\(metric.name) by \(name)\(suffix)\(which)\(evidence.ownPrevalenceRemark(metric))")
    }
  }

  private func forest(of metric: Metric, _ rows: [Row], caption: String) -> Figure {
    let overall = evidence.row(metric.id, of: model.name)?.estimate
    let goals = evidence.goals(for: metric, of: model.name, across: dimension)
    let plot = ForestPlot(
      lines: rows.map { row in
        ForestPlot.Line(
          label: row.key.subgroup.label, estimate: row.estimate, positives: row.support.positives,
          negatives: row.support.negatives, isAssessable: row.isAssessable,
          text: metric.style.plain(row.result))
      },
      style: metric.style,
      reference: overall.map { .init(value: $0.value, label: "all cases \(metric.style.text($0.value))") },
      goals: goals.compactMap { mark(for: $0, metric.style) },
      limits: metric.style == .percentage || metric.id == "auc" ? 0...1 : nil,
      axisTitle: metric.style.columnTitle(level: evidence.plan.confidence))
    let goalWords = goals.isEmpty ? "" : ", and the goal as a solid one"
    return Figure(
      caption: caption,
      description:
        "Forest plot of \(metric.name.sentenceCase) with its \(levelText(evidence.plan.confidence)) interval in \(counted(rows.count, "group")); the result over all cases is drawn as a dashed line\(goalWords). Hollow marks are not assessable.",
      drawing: plot.drawing, data: data(rows, metric, caption: caption))
  }

  private func mark(for criterion: Criterion, _ style: NumberStyle) -> ForestPlot.Mark? {
    switch criterion.evidence {
    case .lowerBound(let goal): .init(value: goal, label: "goal ≥ \(style.text(goal))")
    case .upperBound(let goal): .init(value: goal, label: "goal ≤ \(style.text(goal))")
    case .interval: nil
    }
  }

  private func data(_ rows: [Row], _ metric: Metric, caption: String) -> Table {
    Table(
      caption, standing: evidence.standing(of: rows),
      columns: [
        .text("Group"), .number("n⁺"), .number("n⁻"), .number("Estimate (interval)"), .text("Assessable"),
      ],
      lines: rows.map { row in
        Table.Line(
          row.key.subgroup.label,
          [
            .count(row.support.positives), .count(row.support.negatives),
            Cell(metric.style.text(row.result), numbers: .estimate(row.result, metric.style)),
            Cell(row.isAssessable ? "yes" : "not assessable"),
          ])
      })
  }
}

extension Array {
  /// In order, each of at most `size` elements and as even as may be.
  func chunks(of size: Int) -> [[Element]] {
    guard count > size else { return isEmpty ? [] : [self] }
    let parts = (count + size - 1) / size
    return (0..<parts).map { Array(self[$0 * count / parts..<($0 + 1) * count / parts]) }
  }
}
