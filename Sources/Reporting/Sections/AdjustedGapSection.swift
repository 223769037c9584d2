internal import Statistics
internal import Validation

extension Section {
  /// Gaps within the strata of each other attribute, beside the crude ones.
  static let adjustedGaps = Section(anchor: "adjusted-gaps", title: "Adjusted gaps") { evidence in
    let models = evidence.models.enumerated().filter {
      !AdjustedGaps(of: $0.element, in: evidence).isEmpty
    }
    guard !models.isEmpty else { return [] }
    let introduction = Block.paragraph(
      "A gap may come from a different mix of sites, scanners or patients. Here each is taken again within the groups of one other attribute at a time, unknown values being a group of their own, and put together: by the weights of Mantel and Haenszel, and standardised to the cases of both sides. What is not recorded is not adjusted for. Exploratory: intervals are not adjusted for their number, and nothing is tested."
    )
    return [introduction]
      + models.flatMap { index, model in
        let heading = Block.heading(
          Heading(level: 3, text: model.name, anchor: "adjusted-gaps-\(index + 1)"))
        return (evidence.hasSeveralModels ? [heading] : []) + AdjustedGaps(of: model, in: evidence).blocks
      }
  }
}

/// The crude and adjusted differences of one model.
struct AdjustedGaps {
  struct Comparison {
    let metric: Metric
    let crude: Row
    let stratifier: String
    let adjusted: Row
    let standardised: Row?

    /// By Mantel and Haenszel, else by standardisation.
    var reversal: SignReversal? {
      let both = [adjusted, standardised].compactMap { $0 }.compactMap {
        SignReversal(crude: crude, adjusted: $0)
      }
      return both.contains(.shown) ? .shown : both.first
    }
  }

  private let evidence: Evidence
  private let model: ModelDefinition
  private let comparisons: [Comparison]

  init(of model: ModelDefinition, in evidence: Evidence) {
    self.evidence = evidence
    self.model = model
    comparisons = ["sensitivity", "specificity"].compactMap(Metric.named).flatMap { metric in
      evidence.gaps(in: metric.id, of: model.name).flatMap { crude in
        evidence.dimensions.compactMap { strata -> Comparison? in
          func row(_ setting: Setting) -> Row? {
            evidence.row(
              Row.Key(
                model: model.name, finding: evidence.finding, subgroup: crude.key.subgroup,
                subgroupMinus: crude.key.subgroupMinus, metric: metric.id, setting: setting))
          }
          return row(Setting(adjustedFor: strata)).map {
            Comparison(
              metric: metric, crude: crude, stratifier: strata[0], adjusted: $0,
              standardised: row(Setting(standardisedOver: strata)))
          }
        }
      }
    }
  }

  var isEmpty: Bool { comparisons.isEmpty }

  var blocks: [Block] {
    let shown = reversals
    let points = comparisons.count { $0.reversal == .ofPoints && $0.crude.isAssessable }
    let weak =
      points == 0
      ? []
      : [
        Block.paragraph(
          "In \(counted(points, "comparison")) the sign of the point estimate changes with adjustment while an interval holds zero: this shows nothing by itself."
        )
      ]
    return shown.map { .notice($0) } + weak + [.table(table)]
  }

  /// One sentence for each assessable gap that is shown with one sign as it stands, and with the other within strata.
  var reversals: [String] {
    comparisons.filter { $0.reversal == .shown && $0.crude.isAssessable }.map { comparison in
      let style = comparison.metric.style
      func words(_ row: Row) -> String {
        guard let estimate = row.estimate else { return "" }
        return style.difference(estimate.value) + style.differenceUnit
          + (estimate.interval.map { " (\(style.difference($0)))" } ?? "")
      }
      return
        "The gap in \(comparison.metric.name.sentenceCase), \(comparison.crude.comparison), turns round when like is compared with like: \(words(comparison.crude)) as it stands, but \(words(comparison.adjusted)) within the groups by \(comparison.stratifier). Both intervals exclude zero (Simpson’s paradox): the crude gap reflects how the groups are distributed over \(comparison.stratifier)."
    }
  }

  private var table: Table {
    var lines: [Table.Line] = []
    var heading = ""
    let assessable = comparisons.filter(\.crude.isAssessable)
    for comparison in assessable {
      let unit = comparison.metric.style == .percentage ? ", percentage points" : ""
      let next =
        "\(comparison.metric.name) by \(comparison.crude.key.subgroup.attributes.joined(separator: " × "))\(unit)"
      if next != heading {
        heading = next
        lines.append(.group(next))
      }
      lines.append(line(comparison))
    }
    let level = levelText(evidence.plan.confidence)
    let left = comparisons.count - assessable.count
    return Table(
      "Crude and adjusted differences\(evidence.hasSeveralModels ? ": \(model.name)" : "")",
      standing: .exploratory,
      columns: [
        .text("Comparison"), .text("Within"), .number("Crude (\(level) interval)"),
        .number("Mantel-Haenszel (\(level) interval)"), .number("Standardised (\(level) interval)"),
        .text("Sign"),
      ], lines: lines,
      notes: left == 0
        ? []
        : ["\(counted(left, "comparison")) of groups that are not assessable: in rows.csv only."])
  }

  private func line(_ comparison: Comparison) -> Table.Line {
    let style = comparison.metric.style
    func cell(_ row: Row?) -> Cell {
      guard let row else { return "–" }
      guard let estimate = row.estimate else { return Cell(style.plain(row.result)) }
      let interval = estimate.interval.map { " (\(style.difference($0)))" } ?? " (no interval)"
      return Cell(
        style.difference(estimate.value) + interval + estimate.mark,
        numbers: .estimate(row.result, .difference(style)))
    }
    let sign: Cell =
      switch comparison.reversal {
      case .shown: Cell("reversed", isStrong: true)
      case .ofPoints: "points reversed"
      case nil: "same"
      }
    return Table.Line(
      comparison.crude.comparison,
      [
        Cell(comparison.stratifier), cell(comparison.crude), cell(comparison.adjusted),
        cell(comparison.standardised), sign,
      ])
  }
}
