internal import Statistics
internal import Validation

/// The tables of one model over all cases; nil where the model or the plan has no such thing.
struct OverallTables {
  let evidence: Evidence
  let model: ModelDefinition

  private var plan: AnalysisPlan { evidence.plan }
  var suffix: String { evidence.hasSeveralModels ? ": \(model.name)" : "" }
  private var interval: String { "\(levelText(plan.confidence)) interval" }

  /// The 2×2 table, with failed outputs in a line of their own.
  var decisions: Block? {
    guard let summary = evidence.summary(of: model.name), let table = summary.twoByTwo else { return nil }
    func line(_ name: String, _ positives: Int, _ negatives: Int, style: Table.Line.Style = .plain)
      -> Table.Line
    {
      Table.Line(
        name,
        [
          .share(positives, of: evidence.cohort.positives),
          .share(negatives, of: evidence.cohort.negatives),
          .count(positives + negatives),
        ], style: style)
    }
    var lines = [
      line("Flagged", table.truePositives, table.falsePositives),
      line("Not flagged", table.falseNegatives, table.trueNegatives),
    ]
    if summary.failed > 0 {
      lines.append(line("No output", summary.failedPositives, summary.failedNegatives))
    }
    lines.append(line("All", evidence.cohort.positives, evidence.cohort.negatives, style: .total))
    let point = model.decision == nil ? model.operatingPoints.first?.label : model.decisionNames.first
    return .table(
      Table(
        "Decisions against the reference standard\(suffix) (\(point ?? ""))",
        standing: .planned,
        columns: [
          .text("Model"), .number("Positive, n (%)", under: "Reference standard"),
          .number("Negative, n (%)", under: "Reference standard"), .number("All"),
        ], lines: lines,
        notes: (summary.failed > 0
          ? ["In the measures below, a failed output \(plan.outputRule.words)."] : [])
          + (plan.cohort.weightColumn == nil
            ? [] : ["Cases as they were sampled: the measures below are weighted, these counts are not."]))
    )
  }

  /// Every metric of the plan, by family.
  var measures: Block? {
    let rows = plan.metrics.flatMap { id -> [(metric: Metric, row: Row)] in
      guard let metric = Metric.named(id), evidence.missing(metric, of: model.name) == nil else { return [] }
      return evidence.readings(of: metric, model).compactMap { setting in
        evidence.row(id, of: model.name, at: setting).map { (metric, $0) }
      }
    }
    guard !rows.isEmpty else { return nil }
    let isClustered = rows.contains { $0.row.estimate?.designEffect != nil }
    var lines: [Table.Line] = []
    for family in Metric.Family.allCases {
      let members = rows.filter { $0.metric.family == family }
      guard !members.isEmpty else { continue }
      lines.append(.group(family.rawValue))
      lines += members.map { line($0.metric, $0.row, isClustered: isClustered) }
    }
    var columns: [Table.Column] = [
      .text("Measure"), .number("x/n"), .number("Estimate"), .number(interval), .text("Interval by"),
    ]
    if isClustered { columns.append(.number("Design effect")) }
    var notes = ["† Depends on how common the condition is: it holds at this cohort's prevalence."]
    if plan.cohort.weightColumn != nil {
      notes[0] = "† Depends on how common the condition is: it holds at the weighted prevalence."
    }
    if plan.cohort.hasOwnPrevalenceOnly {
      notes[0] = "† Depends on how common the condition is: it holds only in this test set, and is grey."
    }
    if let note = failures(among: rows.map(\.metric)) { notes.append(note) }
    if let note = failuresInArea(among: rows.map(\.metric)) { notes.append(note) }
    if let scored = rows.last(where: { $0.metric.family == .calibration })?.row.support.cases,
      scored < evidence.cohort.cases
    {
      notes.append(
        "Calibration rests on the \(NumberText.count(scored)) of \(NumberText.count(evidence.cohort.cases)) cases with a score."
      )
    }
    if isClustered { notes.append("Design effect: the variance relative to as many independent cases.") }
    return .table(
      Table(
        "All measures over all cases\(suffix)", standing: evidence.standing(of: rows.map(\.row)),
        columns: columns, lines: lines, notes: notes))
  }

  private func line(_ metric: Metric, _ row: Row, isClustered: Bool) -> Table.Line {
    let counts =
      ([.decision, .score].contains(metric.needs) || metric.family == .utility)
      && evidence.summary(of: model.name).map { $0.failed > 0 } ?? false
    let name =
      metric.name + evidence.readingWords(of: metric, at: row.key.setting, model)
      + (metric.dependsOnPrevalence ? " †" : "") + (counts ? " §" : "")
    let fraction = Cell(row.fraction ?? "", numbers: .fraction(of: row))
    var cells: [Cell]
    var note: String?
    switch row.result {
    case .undefined(let reason):
      cells = [fraction, "undefined", "–", ""]
      note = "undefined: \(reason)"
    case .estimated(let estimate):
      cells = [
        fraction,
        Cell(metric.style.text(estimate.value), numbers: .one(estimate.value, metric.style)),
        Cell(
          estimate.interval.map(metric.style.text) ?? "–",
          numbers: .limits(estimate.interval, .style(metric.style))),
        Cell(estimate.interval == nil ? "no interval" : estimate.method),
      ]
      note = nullTest(of: row) ?? estimate.caveat
    }
    if isClustered {
      let effect = row.estimate?.designEffect
      cells.append(
        Cell(
          effect.map { NumberText.fixed($0, decimals: 2) } ?? "–",
          numbers: .one(effect, .number(decimals: 2))))
    }
    let isMuted = evidence.isMuted(row)
    return Table.Line(name, note: note, cells, style: isMuted ? .muted : .plain)
  }

  /// Of a measure without an interval: what its test against perfect calibration says.
  private func nullTest(of row: Row) -> String? {
    guard Metric.testedAgainstCalibration.contains(row.key.metric), let estimate = row.estimate else {
      return nil
    }
    if let test = row.test {
      return [estimate.caveat, "p against \(test.family) \(NumberText.p(test.p))"].compactMap { $0 }
        .joined(separator: ": ")
    }
    guard row.key.metric == "ece_excess" else { return nil }
    if plan.cohort.weightColumn != nil { return "no null test with weights" }
    return plan.cohort.patientColumn == nil ? nil : "no null test with patients"
  }

  /// Where the failed outputs stand among the scores, and the area without them.
  private func failuresInArea(among metrics: [Metric]) -> String? {
    guard metrics.contains(where: { $0.id == "auc" }), let summary = evidence.summary(of: model.name),
      summary.failed > 0, let area = Metric.named("auc")
    else { return nil }
    let place: String? =
      switch plan.outputRule {
      case .worstCase: "a failed positive ranks below every score, a failed negative above"
      case .asPositive: "a failed output ranks above every score"
      case .asNegative: "a failed output ranks below every score"
      case .excluded: nil
      }
    guard let place, let row = evidence.row("auc", of: model.name, outputs: .rule(.excluded)) else {
      return nil
    }
    return
      "§ In the AUC and its curve \(place); without failed outputs the AUC is \(area.style.text(row.result))."
  }

  /// How the failed outputs of T5 come into the counts of the measures.
  private func failures(among metrics: [Metric]) -> String? {
    guard metrics.contains(where: { $0.needs == .decision }), let summary = evidence.summary(of: model.name),
      summary.failed > 0, let table = summary.twoByTwo
    else { return nil }
    let failed = counted(summary.failed, "failed output")
    func sum(_ name: String, _ given: Int, _ added: Int) -> String {
      let count = NumberText.count
      return "\(name) \(count(given))"
        + (added == 0 ? "" : " + \(count(added)) = \(count(given + added))")
    }
    func sums(flagged: Int, unflagged: Int) -> String {
      sum("flagged", table.flagged, flagged) + ", " + sum("not flagged", table.unflagged, unflagged)
    }
    switch plan.outputRule {
    case .worstCase:
      let parts = [
        (summary.failedPositives, "positive", "not flagged"),
        (summary.failedNegatives, "negative", "flagged"),
      ]
      .filter { $0.0 > 0 }.map { "\(counted($0.0, $0.1)) as \($0.2)" }.enumeration
      let total = sums(flagged: summary.failedNegatives, unflagged: summary.failedPositives)
      return
        "§ Includes \(failed) counted as \(summary.failed == 1 ? "an error" : "errors"): \(parts), so \(total)."
    case .asPositive:
      return "§ Includes \(failed) counted as flagged: \(sums(flagged: summary.failed, unflagged: 0))."
    case .asNegative:
      return "§ Includes \(failed) counted as not flagged: \(sums(flagged: 0, unflagged: summary.failed))."
    case .excluded:
      return "§ Leaves out \(failed): \(sums(flagged: 0, unflagged: 0))."
    }
  }

  /// Predictive values where the condition is as common as the plan says, in rates and in whole people.
  var prevalences: Block? {
    guard !plan.prevalences.isEmpty, !plan.cohort.hasComparator,
      let sensitivity = evidence.row("sensitivity", of: model.name)?.estimate,
      let specificity = evidence.row("specificity", of: model.name)?.estimate
    else { return nil }
    var total = 1000
    let whom = evidence.casesOrPeople
    let lines = plan.prevalences.map { prevalence -> Table.Line in
      let setting = Setting(prevalence: prevalence)
      let values = ["ppv", "npv"].map { id -> Cell in
        guard let metric = Metric.named(id), let row = evidence.row(id, of: model.name, at: setting) else {
          return "–"
        }
        return Cell(metric.style.plain(row.result), numbers: .estimate(row.result, metric.style))
      }
      let people = NaturalFrequencies(
        prevalence: prevalence, sensitivity: sensitivity.value, specificity: specificity.value)
      total = people.total
      let alarms = FalseAlarms(
        ppv: evidence.row("ppv", of: model.name, at: setting)?.estimate,
        npv: evidence.row("npv", of: model.name, at: setting)?.estimate)
      let counts = [
        people.flaggedWithCondition, people.missed, people.flaggedWithoutCondition,
        people.clearedWithoutCondition,
      ]
      let wording = people.total == 1000 ? nil : "of \(NumberText.count(people.total))"
      return Table.Line(
        NumberText.percent(prevalence), note: wording, values + counts.map { .count($0) } + alarms.cells)
    }
    let spanner =
      lines.contains { $0.note != nil }
      ? (whom == "people" ? "People" : "Cases") : "Of \(NumberText.count(total)) \(whom)"
    return .table(
      Table(
        "Predictive values at stated prevalences\(suffix)", standing: .planned,
        columns: [
          .text("Prevalence"), .number("PPV, % (\(interval))"), .number("NPV, % (\(interval))"),
          .number("found", under: spanner), .number("missed", under: spanner),
          .number("false alarms", under: spanner), .number("cleared", under: spanner),
          .number("False alarms per true one"), .number("NNP"),
        ], lines: lines,
        notes: [
          "From sensitivity and specificity of this study, taken to hold at these prevalences.",
          "NNP: number needed to predict, 1 / (PPV + NPV − 1).",
        ]))
  }

  var operatingPoints: Block? {
    guard model.decision == nil, model.operatingPoints.count > 1 else { return nil }
    let metrics = ["sensitivity", "specificity", "ppv", "npv"].filter(plan.metrics.contains).compactMap(
      Metric.named)
    let lines = model.operatingPoints.enumerated().map { index, point in
      let setting = index == 0 ? Setting.headline : Setting(operatingPoint: point.name)
      let cells = metrics.map { metric in
        let row = evidence.row(metric.id, of: model.name, at: setting)
        return Cell(
          row.map { metric.style.plain($0.result) } ?? "–",
          isMuted: evidence.holdsOnlyHere(metric, at: setting), numbers: .estimate(row?.result, metric.style))
      }
      return Table.Line(
        point.name, note: index == 0 ? "primary" : nil,
        [
          Cell(
            point.thresholdWords,
            numbers: point.written == nil ? .one(point.threshold, .threshold) : [])
        ] + cells)
    }
    return .table(
      Table(
        "Every operating point\(suffix)", standing: .planned,
        columns: [.text("Operating point"), .number("Threshold")]
          + metrics.map { .number($0.columnTitle(level: plan.confidence)) },
        lines: lines, notes: [evidence.ownPrevalenceNote(metrics)].compactMap { $0 }))
  }

  /// The headline results under each of the four rules for outputs that failed.
  var failedOutputs: Block? {
    guard let failed = evidence.summary(of: model.name)?.failed, failed > 0 else { return nil }
    let metrics = evidence.headlines.filter { evidence.missing($0, of: model.name) == nil }
    let lines = OutputRule.allCases.map { rule in
      let isPrimary = rule == plan.outputRule
      let cells = metrics.map { metric in
        let row = evidence.row(
          metric.id, of: model.name, outputs: isPrimary ? .primary : .rule(rule))
        return Cell(
          row.map { metric.style.plain($0.result) } ?? "–", isMuted: evidence.holdsOnlyHere(metric),
          numbers: .estimate(row?.result, metric.style))
      }
      return Table.Line(
        "A failed output \(rule.words)", note: isPrimary ? "the plan's rule" : nil, cells)
    }
    return .table(
      Table(
        "Failed outputs (\(counted(failed, "case"))) under four rules\(suffix)", standing: .exploratory,
        columns: [.text("Rule")]
          + metrics.map { .number($0.columnTitle(level: plan.confidence)) },
        lines: lines, notes: [evidence.ownPrevalenceNote(metrics)].compactMap { $0 }))
  }
}
