internal import Statistics
internal import Validation

/// The differences of one model with intervals that hold all together, where the plan asks for them.
struct SimultaneousTable {
  let evidence: Evidence
  let model: ModelDefinition
  let suffix: String

  private var families: [(metric: Metric, family: SimultaneousGaps)] {
    evidence.study.onRequest.simultaneous.filter {
      $0.model == model.name && $0.finding == evidence.finding
    }.compactMap { family in Metric.named(family.metric).map { ($0, family) } }
  }

  /// Nothing where the plan does not ask for it.
  var blocks: [Block] {
    families.isEmpty ? [] : [.table(table)] + families.flatMap { figures($0.metric, $0.family) }
  }

  private var table: Table {
    let lines = families.flatMap { metric, family -> [Table.Line] in
      let unit = metric.style == .percentage ? ", percentage points" : ""
      let reach = NumberStyle.number(decimals: 2).text(family.criticalValue)
      let head = "\(metric.name)\(unit): \(counted(family.gaps.count, "comparison")), reach \(reach)"
      return [.group(head)]
        + family.gaps.map { gap in
          let estimate = gap.estimate
          return Table.Line(
            Self.name(of: gap),
            [
              Cell(
                metric.style.difference(estimate.value),
                numbers: .one(estimate.value, .difference(metric.style))),
              Cell(
                estimate.interval.map { metric.style.difference($0) + estimate.mark } ?? "–",
                numbers: .limits(estimate.interval, .difference(metric.style))),
            ])
        }
    }
    return Table(
      "Differences with simultaneous intervals\(suffix)", standing: .planned,
      columns: [
        .text("Comparison"), .number("Difference"),
        .number("\(levelText(evidence.plan.confidence)) simultaneous interval"),
      ], lines: lines,
      notes: [
        "All intervals of one measure hold together in \(levelText(evidence.plan.confidence)) of samples (max-T): their reach, in standard errors, comes from how the differences move together by patient, so that it is less than Bonferroni’s where groups share cases."
      ])
  }

  static func name(of gap: SimultaneousGaps.Gap) -> String {
    let attribute = gap.subgroup.attributes.joined(separator: " × ")
    return switch gap.minus {
    case .complement: "\(gap.subgroup.label) (\(attribute)) − all others"
    case .group(let other): "\(gap.subgroup.label) (\(attribute)) − \(other.label)"
    }
  }

  private func figures(_ metric: Metric, _ family: SimultaneousGaps) -> [Block] {
    let parts = family.gaps.chunks(of: SubgroupResults.linesOfAFigure)
    return parts.enumerated().map { index, part in
      let which = parts.count > 1 ? ", part \(index + 1) of \(parts.count)" : ""
      let caption = "Differences in \(metric.name.sentenceCase), simultaneous intervals\(suffix)\(which)"
      func text(_ estimate: Estimate) -> String {
        metric.style.difference(estimate.value)
          + (estimate.interval.map { " (\(metric.style.difference($0)))" } ?? " (no interval)")
      }
      let plot = ForestPlot(
        lines: part.map { gap in
          let support = evidence.gaps(in: metric.id, of: model.name).first {
            $0.key.subgroup == gap.subgroup
          }?.support
          return ForestPlot.Line(
            heading: nil, label: Self.name(of: gap), estimate: gap.estimate,
            positives: support?.positives ?? 0, negatives: support?.negatives ?? 0, isAssessable: true,
            text: text(gap.estimate), margin: nil)
        }, style: metric.style, subject: "Comparison", reference: .init(value: 0, label: "no difference"),
        goals: [], limits: nil,
        axisTitle: "difference (\(levelText(evidence.plan.confidence)) simultaneous interval)",
        isDifference: true)
      return .figure(
        Figure(
          caption: caption,
          description:
            "Forest plot of \(counted(part.count, "difference")) in \(metric.name.sentenceCase) with intervals that hold all together; the dashed line is no difference.",
          drawing: plot.drawing,
          data: Table(
            caption, standing: .planned,
            columns: [.text("Comparison"), .number("Difference (interval)")],
            lines: part.map { gap in
              Table.Line(
                Self.name(of: gap),
                [
                  Cell(
                    text(gap.estimate),
                    numbers: .estimate(.estimated(gap.estimate), .difference(metric.style)))
                ])
            })))
    }
  }
}
