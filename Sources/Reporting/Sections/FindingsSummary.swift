internal import Statistics
internal import Validation

/// Every finding and model side by side, in a table and in forest plots. No average is taken over findings.
struct FindingsSummary {
  let evidence: Evidence
  let findings: [Evidence]

  private var plan: AnalysisPlan { evidence.plan }
  private var metrics: [Metric] { evidence.headlines }

  var blocks: [Block] {
    let limitations = Limitations.sentences(of: findings).prefix(5)
    return [.paragraph(whatWasTested)] + metrics.chunks(of: 3).map { .table(table(of: $0)) }
      + metrics.prefix(3).flatMap { forests(of: $0) }.map { .figure($0) }
      + [
        .paragraph(limitations.count == 1 ? "The main limitation:" : "The main limitations:"),
        .list(Array(limitations)),
      ]
  }

  private var whatWasTested: String {
    let cases = evidence.cohort.flow.cases
    let models = plan.cohort.modelNames
    let sizes = findings.map(\.cohort.cases)
    let (fewest, most) = (sizes.min() ?? 0, sizes.max() ?? 0)
    let analysed =
      fewest == most
      ? "\(counted(most, "case")) \(most == 1 ? "was" : "were") analysed for each"
      : "between \(NumberText.count(fewest)) and \(counted(most, "case")) have a usable reference standard for a finding and were analysed"
    let sampling = plan.cohort.sampling.rawValue
    return
      "\(models.enumeration) \(models.count == 1 ? "was" : "were") tested for \(counted(findings.count, "finding")) on \(counted(cases, "case")) (\(sampling) sample\(plan.cohort.weightColumn == nil ? "" : ", weighted by “\(plan.cohort.weightColumn ?? "")”")); \(analysed). Each finding is judged by itself: nothing here is an average over findings."
  }

  // MARK: In numbers

  private func table(of metrics: [Metric]) -> Table {
    let isJudged = !plan.criteria.isEmpty
    var columns: [Table.Column] = [
      .text(evidence.hasSeveralModels ? "Finding and model" : "Finding"), .number("n⁺"), .number("n⁻"),
    ]
    columns += metrics.map { .number($0.columnTitle(level: plan.confidence)) }
    if isJudged { columns.append(.text("Verdict")) }
    let lines = findings.flatMap { finding -> [Table.Line] in
      let lines = finding.models.map { line($0, finding, metrics, isJudged: isJudged) }
      return evidence.hasSeveralModels ? [.group(finding.finding ?? "")] + lines : lines
    }
    let rows = findings.flatMap { finding in
      finding.models.flatMap { model in metrics.compactMap { finding.row($0.id, of: model.name) } }
    }
    return Table(
      "Findings\(evidence.hasSeveralModels ? " and models" : "") side by side",
      standing: evidence.standing(of: rows), columns: columns, lines: lines,
      notes: [
        "n⁺ and n⁻: cases positive and negative by the finding's own reference standard.",
        evidence.ownPrevalenceNote(metrics),
        isJudged ? "Verdict: over the criteria that are aimed at the finding." : nil,
      ].compactMap { $0 })
  }

  private func line(
    _ model: ModelDefinition, _ finding: Evidence, _ metrics: [Metric], isJudged: Bool
  ) -> Table.Line {
    var cells: [Cell] = [
      .count(finding.cohort.positives), .count(finding.cohort.negatives),
    ]
    cells += metrics.map { metric in
      guard finding.missing(metric, of: model.name) == nil, let row = finding.row(metric.id, of: model.name)
      else { return "–" }
      return Cell(
        metric.style.plain(row.result), isMuted: finding.isMuted(row),
        numbers: .estimate(row.result, metric.style))
    }
    if isJudged {
      let verdict = Verdict(over: finding.judgements.filter { $0.model == model.name })
      cells.append(verdict == .noCriteria ? "–" : Cell(verdict.words, isStrong: verdict == .notMet))
    }
    return Table.Line(evidence.hasSeveralModels ? model.name : finding.finding ?? "", cells)
  }

  // MARK: In a picture

  private struct Entry {
    let finding: String
    let model: String
    let row: Row
    let isFirst: Bool
  }

  private func forests(of metric: Metric) -> [Figure] {
    let entries = findings.flatMap { finding in
      finding.models.enumerated().compactMap { index, model -> Entry? in
        guard finding.missing(metric, of: model.name) == nil, let row = finding.row(metric.id, of: model.name)
        else { return nil }
        return Entry(finding: finding.finding ?? "", model: model.name, row: row, isFirst: index == 0)
      }
    }
    let parts = entries.chunks(of: SubgroupResults.linesOfAFigure)
    return parts.enumerated().map { index, part in
      let which = parts.count > 1 ? ", part \(index + 1) of \(parts.count)" : ""
      return forest(
        of: metric, part, caption: "\(metric.name) by finding\(which)\(evidence.ownPrevalenceRemark(metric))")
    }
  }

  private func forest(of metric: Metric, _ entries: [Entry], caption: String) -> Figure {
    let isGrouped = evidence.hasSeveralModels
    let plot = ForestPlot(
      lines: entries.map { entry in
        ForestPlot.Line(
          heading: isGrouped && entry.isFirst ? entry.finding : nil,
          label: isGrouped ? entry.model : entry.finding, estimate: entry.row.estimate,
          positives: entry.row.support.positives, negatives: entry.row.support.negatives,
          isAssessable: entry.row.isAssessable, text: metric.style.plain(entry.row.result))
      },
      style: metric.style, subject: isGrouped ? "Model" : "Finding", reference: nil, goals: [],
      limits: metric.style == .percentage || metric.id == "auc" ? 0...1 : nil,
      axisTitle: metric.style.columnTitle(level: plan.confidence))
    return Figure(
      caption: caption,
      description:
        "Forest plot of \(metric.name.sentenceCase) with its \(levelText(plan.confidence)) interval in each finding. Hollow marks are not assessable.",
      drawing: plot.drawing,
      data: Table(
        caption, standing: evidence.standing(of: entries.map(\.row)),
        columns: [.text("Finding"), .text("Model"), .number("Estimate (interval)")],
        lines: entries.map {
          Table.Line(
            $0.finding,
            [
              Cell($0.model),
              Cell(metric.style.text($0.row.result), numbers: .estimate($0.row.result, metric.style)),
            ])
        }))
  }
}
