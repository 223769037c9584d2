internal import Statistics
internal import Validation

extension Section {
  /// Slices that a search found in one half of the patients, as the other half sees them.
  static let slices = Section(anchor: "slices", title: "Slices found by search") { evidence in
    let searches = evidence.study.onRequest.slices.filter { $0.finding == evidence.finding }
    guard !searches.isEmpty else { return [] }
    return [
      .notice(
        "Exploratory: these groups were chosen by the data. A slice that the other half confirms is a reason for a new study, not a result of this one."
      )
    ] + searches.flatMap { SliceTable(evidence: evidence, search: $0).blocks }
  }
}

private struct SliceTable {
  let evidence: Evidence
  let search: SliceSearch

  private var metric: Metric? { Metric.named(search.metric) }
  private var suffix: String { evidence.hasSeveralModels ? ": \(search.model)" : "" }
  private var confirmed: Int { search.slices.count { $0.isConfirmed(alpha: evidence.alpha) } }

  var blocks: [Block] {
    guard let metric else { return [] }
    return [.paragraph(sentence(metric))] + (search.slices.isEmpty ? [] : [.table(table(metric))])
  }

  private func sentence(_ metric: Metric) -> String {
    let unit = evidence.cohort.patients == nil ? "cases" : "patients"
    let halves =
      "\(counted(search.searched, "slice")) of one half of the \(unit) (\(counted(search.discoveryCases, "case"))) were searched for the lowest \(metric.name.sentenceCase)"
    guard !search.slices.isEmpty else { return "\(halves); none lay below the rest\(suffix)." }
    let found =
      confirmed == 0
      ? "none was confirmed, which does not show that there is none"
      : "\(NumberText.count(confirmed)) \(confirmed == 1 ? "was" : "were") confirmed"
    return
      "\(halves); the worst \(NumberText.count(search.slices.count)) were asked of the other half (\(counted(search.confirmationCases, "case"))), and \(found)\(suffix)."
  }

  private func table(_ metric: Metric) -> Table {
    let unit = metric.style == .percentage ? ", differences in percentage points" : ""
    return Table(
      "Slices with the lowest \(metric.name.sentenceCase)\(unit)\(suffix)", standing: .exploratory,
      columns: [
        .text("Slice, against all other cases"), .number("Where found"), .number("n⁺", under: "Other half"),
        .number("n⁻", under: "Other half"), .number("Difference", under: "Other half"),
        .number("\(levelText(evidence.plan.confidence)) interval", under: "Other half"),
        .number("p", under: "Other half"), .number("Adjusted p", under: "Other half"), .text("Reading"),
      ], lines: search.slices.map { line($0, metric) },
      notes: [
        "Where found: the difference in the half that was searched, too large because it was chosen. Adjusted p: Holm over the slices of this table. – : too few events to test."
      ])
  }

  private func line(_ slice: SliceSearch.Slice, _ metric: Metric) -> Table.Line {
    let estimate: Estimate? = if case .estimated(let estimate) = slice.confirmed { estimate } else { nil }
    let reason: String? = if case .undefined(let why) = slice.confirmed { why.description } else { nil }
    let format = NumberFormat.difference(metric.style)
    let isConfirmed = slice.isConfirmed(alpha: evidence.alpha)
    return Table.Line(
      "\(slice.subgroup.label) (\(slice.subgroup.attributes.joined(separator: " × ")))", note: reason,
      [
        Cell(metric.style.difference(slice.discovered), numbers: .one(slice.discovered, format)),
        .count(slice.positives), .count(slice.negatives),
        Cell(
          estimate.map { metric.style.difference($0.value) } ?? "–", numbers: .one(estimate?.value, format)),
        Cell(
          estimate.flatMap { one in one.interval.map { metric.style.difference($0) + one.mark } } ?? "–",
          numbers: .limits(estimate?.interval, format)),
        Cell(slice.p.map { pText($0, against: evidence.alpha) } ?? "–", numbers: .one(slice.p, .p)),
        Cell(
          slice.pAdjusted.map { pText($0, against: evidence.alpha) } ?? "–",
          numbers: .one(slice.pAdjusted, .p)),
        Cell(isConfirmed ? "confirmed" : "not confirmed", isStrong: isConfirmed),
      ])
  }
}
