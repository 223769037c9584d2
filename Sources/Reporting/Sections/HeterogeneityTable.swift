internal import Statistics
internal import Validation

/// Whether the measures that are tested differ over the groups of one attribute as a whole.
struct HeterogeneityTable {
  let evidence: Evidence
  let dimension: [String]
  private let entries: [(metric: Metric, result: Heterogeneity)]
  private let suffix: String

  init(of model: ModelDefinition, by dimension: [String], in evidence: Evidence) {
    self.evidence = evidence
    self.dimension = dimension
    suffix = evidence.hasSeveralModels ? ": \(model.name)" : ""
    entries = evidence.heterogeneity(of: model.name, by: dimension).compactMap { result in
      Metric.named(result.metric).map { ($0, result) }
    }
  }

  /// Nothing where no measure could be compared.
  var blocks: [Block] {
    entries.contains { $0.result.tests != nil } ? [.paragraph(sentence), .table(table)] : []
  }

  private func isShown(_ tests: Heterogeneity.Tests) -> Bool {
    tests.pAdjusted.map { $0 <= evidence.alpha } ?? false
  }

  private var sentence: String {
    let shown = entries.compactMap { metric, result -> String? in
      guard let tests = result.tests, isShown(tests), let p = tests.pAdjusted else { return nil }
      return
        "\(metric.name.sentenceCase) (\(words(tests.source)), adjusted p \(pText(p, against: evidence.alpha)))"
    }
    guard !shown.isEmpty else {
      return
        "As a whole, no measure was shown to differ over the groups by \(dimension[0]); this does not show that they are equal."
    }
    return
      "Over the groups by \(dimension[0]) as a whole, \(shown.enumeration) \(shown.count == 1 ? "differs" : "differ") by more than chance."
  }

  private func words(_ source: Heterogeneity.Tests.Source) -> String {
    switch source {
    case .exact: "exact test"
    case .likelihoodRatio: "likelihood ratio"
    case .cochran: "Cochran’s Q"
    }
  }

  private var table: Table {
    let level = levelText(evidence.plan.confidence)
    return Table(
      "Heterogeneity over the groups by \(dimension[0])\(suffix)", standing: .exploratory,
      columns: [
        .text("Measure"), .number("Groups"), .number("Q (d.f.)"), .number("p", under: "Cochran"),
        .number("I²", under: "Cochran"), .number("p, likelihood ratio"), .number("p, exact"),
        .number("Adjusted p"), .text("Largest gap of all pairs (\(level) simultaneous interval)"),
      ], lines: entries.map { line($0.metric, $0.result) }, notes: notes)
  }

  private func line(_ metric: Metric, _ result: Heterogeneity) -> Table.Line {
    guard let tests = result.tests else {
      return Table.Line(
        metric.name, note: undefined(result), [Cell](repeating: "–", count: 8), style: .muted)
    }
    let alpha = evidence.alpha
    func p(_ value: Double?) -> Cell {
      Cell(value.map { pText($0, against: alpha) } ?? "–", numbers: .one(value, .p))
    }
    let q = tests.cochran
    return Table.Line(
      metric.name,
      [
        .count(result.groups.count),
        Cell(
          "\(NumberText.fixed(q.statistic, decimals: 2)) (\(q.degreesOfFreedom))",
          numbers: .one(q.statistic, .number(decimals: 2))),
        p(q.p), Cell(NumberText.percent(q.iSquared), numbers: .one(q.iSquared, .percentage)),
        p((try? tests.likelihoodRatio.get())?.p), p(try? tests.exactP.get()),
        Cell(
          tests.pAdjusted.map { pText($0, against: alpha) } ?? "–", isStrong: isShown(tests),
          numbers: .one(tests.pAdjusted, .p)), largestGap(tests.largestGap, metric),
      ])
  }

  private func largestGap(_ gap: Heterogeneity.LargestGap?, _ metric: Metric) -> Cell {
    guard let gap else { return "–" }
    let style = metric.style
    let interval = gap.estimate.interval.map { " (\(style.difference($0)))" } ?? " (no interval)"
    return Cell(
      "\(gap.higher.label) − \(gap.lower.label): \(style.difference(gap.estimate.value))\(interval)\(gap.estimate.mark)",
      numbers: .one(gap.estimate.value, .difference(style))
        + .limits(gap.estimate.interval, .difference(style)))
  }

  private func undefined(_ result: Heterogeneity) -> String? {
    if case .failure(let reason) = result.result { "undefined: \(reason)" } else { nil }
  }

  private var notes: [String] {
    let all = entries.compactMap(\.result.tests)
    let left = Set(
      entries.flatMap { entry in
        entry.result.leftOut.map { "\(entry.metric.name.sentenceCase) in \($0.group.label) (\($0.reason))" }
      }
    ).sorted()
    return [
      "Only assessable groups are compared, on the logit scale. The p that is adjusted (Holm, over all attributes and measures of the model) is that of the exact test where it was made, else of the likelihood ratio, else of Q.",
      all.contains { $0.isByPatient }
        ? "Variances are clustered by patient or weighted; the p of Q is Welch’s, and there is no likelihood-ratio or exact test."
        : "The likelihood ratio is that of the group in a logistic model, which is saturated (G²); where fewer than five successes or failures are expected in a group, the exact test (Freeman, Halton) is made instead.",
      all.contains { $0.largestGap != nil }
        ? "Largest gap, of shares in percentage points: the interval holds for the differences of all pairs of groups at once (Tukey-Kramer)."
        : nil,
      left.isEmpty ? nil : "Left out for want of a variance: \(left.enumeration).",
    ].compactMap { $0 }
  }
}
