internal import Statistics
internal import Validation

extension Section {
  /// Whether results carry over from the sites (and scanners) of the study to others.
  static let generalisability = Section(anchor: "generalisability", title: "Generalisability") { evidence in
    var parts = 0
    return evidence.models.flatMap { model in
      Generalisability.attributes.flatMap { attribute -> [Block] in
        let results = evidence.generalisability(of: model.name, over: attribute)
        guard !results.isEmpty else { return [] }
        parts += 1
        let name = evidence.hasSeveralModels ? ": \(model.name)" : ""
        return [
          .heading(
            Heading(level: 3, text: "Over \(attribute)s\(name)", anchor: "generalisability-\(parts)"))
        ] + SiteResults(evidence: evidence, model: model, attribute: attribute, results: results).blocks
      }
    }
  }
}

/// One model over the sites, or the scanners.
private struct SiteResults {
  let evidence: Evidence
  let model: ModelDefinition
  let attribute: String
  let results: [Generalisability]

  private var level: String { levelText(evidence.plan.confidence) }
  private var suffix: String { evidence.hasSeveralModels ? ": \(model.name)" : "" }
  private var metrics: [(metric: Metric, result: Generalisability)] {
    results.compactMap { result in Metric.named(result.metric).map { ($0, result) } }
  }

  var blocks: [Block] {
    let within = results.compactMap(\.within).first
    return (within.map(shortcut) ?? []) + (adjustedCurve.map { [.figure($0)] } ?? [])
      + [.table(synthesis)]
      + (JointSitesTable(results, attribute: attribute, suffix: suffix, level: level)?.blocks ?? [])
      + [.table(without)]
      + metrics.map { .figure(forest(of: $0.metric, $0.result)) }
  }

  // MARK: A score that knows the site

  private func shortcut(_ within: Result<Generalisability.Within, Undefined>) -> [Block] {
    switch within {
    case .failure(let reason):
      return [
        .paragraph("Pairs within one \(attribute) were not compared with pairs of all: \(reason).")
      ]
    case .success(let within):
      let style = NumberStyle.number(decimals: 3)
      func text(_ estimate: Estimate) -> String {
        style.text(estimate.value) + (estimate.interval.map { " (\(style.text($0)))" } ?? "")
      }
      let difference =
        style.difference(within.difference.value)
        + (within.difference.interval.map { " (\(style.difference($0)))" } ?? "")
      let numbers =
        "Over all pairs the AUC is \(text(within.pooled)), over pairs of the same \(attribute) (\(NumberText.percent(within.shareOfPairs)) of all) \(text(within.within)); difference \(difference), \(level) intervals. "
      switch within.reading {
      case .knowsOnlyTheSite:
        return [
          .notice(
            numbers
              + "Within one \(attribute) nothing was shown: the score may know only the \(attribute), and rank patients by how common the condition is there."
          )
        ]
      case .pooledIsHigher:
        return [
          .notice(
            numbers
              + "Part of the AUC over all cases comes from differences between \(attribute)s, not from telling patients apart."
          )
        ]
      case .pooledIsLower:
        return [
          .paragraph(
            numbers
              + "Differences between \(attribute)s hide part of how well the model tells patients of one \(attribute) apart."
          )
        ]
      case .notShown:
        return [
          .paragraph(
            numbers
              + "That the score uses the \(attribute) itself was not shown; this does not show that it does not."
          )
        ]
      }
    }
  }

  /// Where pairs of one site and pairs of all are shown to differ.
  private var adjustedCurve: Figure? {
    guard case .success(let within)? = results.compactMap(\.within).first, let adjusted = within.adjusted,
      let curve = evidence.study.curves.first(where: {
        $0.kind == .roc && $0.model == model.name && $0.finding == evidence.finding && $0.subgroup.isEveryone
      })
    else { return nil }
    let style = NumberStyle.number(decimals: 3)
    let pooled = "all cases: AUC \(style.text(within.pooled.value))"
    let own = "within \(attribute)s: area \(style.text(adjusted.area))"
    let left =
      adjusted.coveredShare < 1
      ? " Of \(NumberText.percent(1 - adjusted.coveredShare)) of the positives the \(attribute) has no negatives; they are left out."
      : ""
    return Figure(
      caption:
        "ROC curve over all cases, and adjusted for \(attribute) (dashed)\(suffix). Each positive against negatives of its own \(attribute) (Janes, Pepe 2009).\(left)",
      description:
        "Two curves of sensitivity against one minus specificity: \(pooled); \(own), where every positive is compared with negatives of its own \(attribute).",
      drawing: ROCPlot(curve: curve, summary: pooled, beside: (adjusted.points, own)).drawing,
      data: Table(
        "Points of the adjusted curve\(suffix)",
        columns: [.text("1 − specificity"), .number("Sensitivity, adjusted")],
        lines: adjusted.points.enumerated().filter { $0.offset % 5 == 0 }.map { _, point in
          Table.Line(
            NumberStyle.percentage.text(point.x),
            [Cell(NumberStyle.percentage.text(point.y), numbers: .one(point.y, .percentage))])
        }))
  }

  // MARK: The mean and a site not yet seen

  private var synthesis: Table {
    Table(
      "Mean over \(attribute)s, and \(attribute)s not yet seen\(suffix)", standing: .exploratory,
      columns: [
        .text("Measure"), .number("k"), .number("Mean (\(level) interval)"),
        .number("τ, logit (\(level) interval)"), .number("I² (\(level) interval)"),
        .number("\(level) prediction interval"),
      ], lines: metrics.map { line($0.metric, $0.result) },
      notes: [
        "Random effects on the logit scale: τ² by restricted maximum likelihood; the mean’s interval by Hartung and Knapp, never narrower than the ordinary one; the prediction interval, for one \(attribute) not yet seen, by Student’s t on k − 2. The mean is that of a typical \(attribute), not of all cases. None is given below \(RandomEffects.fewestSites) assessable \(attribute)s.",
        metrics.contains { (try? $0.result.synthesis.get()) != nil } ? PredictionCoverage.note : nil, leftOut,
      ].compactMap { $0 })
  }

  private func line(_ metric: Metric, _ result: Generalisability) -> Table.Line {
    switch result.synthesis {
    case .failure(let reason):
      return Table.Line(
        metric.name, note: "undefined: \(reason)",
        [.count(result.sites.count)] + [Cell](repeating: "–", count: 4), style: .muted)
    case .success(let synthesis):
      let style = metric.style
      func share(_ interval: Interval) -> String { style.text(interval) }
      return Table.Line(
        metric.name, note: synthesis.isRough ? "rough: \(synthesis.sites) \(attribute)s only" : nil,
        [
          .count(synthesis.sites),
          Cell(
            "\(style.text(synthesis.mean)) (\(share(synthesis.interval)))",
            numbers: .one(synthesis.mean, style) + .limits(synthesis.interval, .style(style))),
          Cell(
            "\(NumberText.fixed(synthesis.tau, decimals: 2)) (\(NumberStyle.number(decimals: 2).text(synthesis.tauInterval)))",
            numbers: .one(synthesis.tau, .number(decimals: 2))
              + .limits(synthesis.tauInterval, .style(.number(decimals: 2)))),
          Cell(
            "\(NumberText.percent(synthesis.iSquared)) (\(NumberStyle.percentage.text(synthesis.iSquaredInterval)))",
            numbers: .one(synthesis.iSquared, .percentage)
              + .limits(synthesis.iSquaredInterval, .style(.percentage))),
          Cell(share(synthesis.prediction), numbers: .limits(synthesis.prediction, .style(style))),
        ])
    }
  }

  private var leftOut: String? {
    let words = metrics.flatMap { metric, result in
      result.leftOut.map { "\(metric.name.sentenceCase) in \($0.group.label) (\($0.reason))" }
    }
    return words.isEmpty ? nil : "Left out for want of a variance: \(words.enumeration(atMost: 6))."
  }

  // MARK: Without each site

  private var without: Table {
    let sites = results.first?.without.map(\.site) ?? []
    return Table(
      "All cases but those of one \(attribute)\(suffix)", standing: .exploratory,
      columns: [.text("Left out")]
        + metrics.map { .number($0.metric.columnTitle(level: evidence.plan.confidence)) },
      lines: sites.indices.map { place in
        Table.Line(
          sites[place].label,
          metrics.map { metric, result in
            let row = result.without[place].result
            return Cell(metric.style.plain(row), numbers: .estimate(row, metric.style))
          })
      }, notes: ["Cases whose \(attribute) is unknown are left out throughout."])
  }

  // MARK: In a picture

  private func forest(of metric: Metric, _ result: Generalisability) -> Figure {
    let rows = evidence.groups(of: [attribute]).filter { !$0.hasUnknown }.compactMap {
      evidence.row(metric.id, of: model.name, in: $0)
    }
    var lines = rows.prefix(SubgroupResults.linesOfAFigure).map { row in
      ForestPlot.Line(
        label: row.key.subgroup.label, estimate: row.estimate, positives: row.support.positives,
        negatives: row.support.negatives, isAssessable: row.isAssessable,
        text: metric.style.plain(row.result))
    }
    if let synthesis = try? result.synthesis.get() {
      func line(_ label: String, _ interval: Interval, heading: String? = nil) -> ForestPlot.Line {
        let estimate = Estimate(value: synthesis.mean, interval: interval, method: "random effects")
        return ForestPlot.Line(
          heading: heading, label: label, estimate: estimate, positives: nil, negatives: nil,
          isAssessable: true, text: metric.style.plain(.estimated(estimate)))
      }
      lines += [
        line("Mean", synthesis.interval, heading: "Over \(attribute)s"),
        line("Not yet seen (prediction)", synthesis.prediction),
      ]
    }
    let overall = evidence.row(metric.id, of: model.name)?.estimate
    let plot = ForestPlot(
      lines: lines, style: metric.style,
      reference: overall.map { .init(value: $0.value, label: "all cases \(metric.style.text($0.value))") },
      goals: [], limits: 0...1, axisTitle: metric.style.columnTitle(level: evidence.plan.confidence))
    let rough = (try? result.synthesis.get())?.isRough == true ? ", rough" : ""
    let prediction =
      (try? result.synthesis.get()) == nil ? "" : ", with the prediction interval\(rough)"
    let caption = "\(metric.name) by \(attribute)\(prediction)\(suffix)"
    return Figure(
      caption: caption,
      description:
        "Forest plot of \(metric.name.sentenceCase) in \(counted(rows.count, attribute)) with \(level) intervals; below them the mean over \(attribute)s and, where there are enough, the prediction interval of one not yet seen.",
      drawing: plot.drawing,
      data: Table(
        caption, standing: .exploratory, columns: [.text("Line"), .number("Estimate (interval)")],
        lines: lines.map { Table.Line($0.label, [Cell($0.text)]) }))
  }
}

/// What prediction intervals held in simulation (docs/coverage.md), said beside every one.
enum PredictionCoverage {
  static let note =
    "What 95 % prediction intervals hold in simulation (docs/coverage-tests.md, 100 positives a site): of new sites 92–100 % with 5 sites, 86–99 % with 8 and 85–98 % with 20, the least where sites differ by less than chance does (τ 0.1 to 0.3); one study in three to five then holds fewer than 80 %."
}
