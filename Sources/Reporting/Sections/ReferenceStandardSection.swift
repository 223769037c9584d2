internal import Statistics
internal import Validation

extension Section {
  /// How far the readers agree who stand behind it; left out where the plan names none.
  static let referenceStandard = Section(anchor: "reference-standard", title: "Reference standard") {
    evidence in
    ReaderTables(evidence: evidence).blocks
  }
}

private struct ReaderTables {
  let evidence: Evidence

  private var all: [ReaderAgreement] {
    evidence.study.robustness.agreement.filter { $0.finding == evidence.finding }
  }

  var blocks: [Block] {
    guard let everyone = all.first else { return [] }
    let partly =
      everyone.partlyRead == 0
      ? ""
      : " \(counted(everyone.partlyRead, "further case")) \(everyone.partlyRead == 1 ? "was" : "were") read by some of them and left out here."
    return [
      .paragraph(
        "\(NumberText.count(everyone.readers)) readers read \(counted(everyone.cases, "case")) each by themselves.\(partly) What they agree on beyond chance bounds what any model can be seen to do."
      ), .table(overall(everyone)),
    ] + groups(of: everyone).map { .table($0) }
  }

  private var interval: String { "\(levelText(evidence.plan.confidence)) interval" }

  private func overall(_ agreement: ReaderAgreement) -> Table {
    Table(
      "Agreement of \(agreement.readers) readers", standing: .planned,
      columns: [.text("Measure"), .number("Estimate (\(interval))"), .text("Interval by")],
      lines: agreement.measures.map { taken in
        Table.Line(
          taken.id.words(readers: agreement.readers),
          note: taken.estimate?.interval == nil ? taken.reason : nil,
          [
            Cell(taken.id.style.text(taken.result), numbers: .estimate(taken.result, taken.id.style)),
            Cell(taken.estimate?.method ?? ""),
          ])
      },
      notes: [
        "κ falls where nearly all cases are of one category, however well readers agree; AC1 does not.",
        evidence.plan.cohort.weightColumn == nil
          ? nil : "Cases count alike: these measures are not weighted.",
      ].compactMap { $0 })
  }

  /// One table for each attribute.
  private func groups(of everyone: ReaderAgreement) -> [Table] {
    let shown = everyone.measures.map(\.id).filter {
      [.percent, .kappa, .kappaQuadratic, .fleiss, .ac1, .iccOne, .bias].contains($0)
    }
    return evidence.dimensions.compactMap { dimension in
      let groups = all.filter { $0.group.attributes == dimension }
      guard !groups.isEmpty else { return nil }
      return Table(
        "Agreement of readers by \(dimension[0])", standing: .planned,
        columns: [.text("Group"), .number("Cases")]
          + shown.map {
            .number(
              "\($0.words(readers: everyone.readers))\($0.style == .percentage ? ", %" : "") (\(interval))")
          },
        lines: ([everyone] + groups).map { one in
          Table.Line(
            one.group.label,
            [.count(one.cases)]
              + shown.map { id in
                let taken = one.measures.first { $0.id == id }
                return Cell(
                  taken.map { id.style.plain($0.result) } ?? "–",
                  numbers: .estimate(taken?.result, id.style))
              }, style: one.group.isEveryone ? .total : one.group.hasUnknown ? .muted : .plain)
        })
    }
  }
}

extension ReaderAgreement.Measure {
  fileprivate var style: NumberStyle { self == .percent ? .percentage : .number(decimals: 3) }

  fileprivate func words(readers: Int) -> String {
    switch self {
    case .percent: readers > 2 ? "Pairs of reads that agree" : "Reads that agree"
    case .kappa: readers > 2 ? "κ, mean over pairs" : "Cohen's κ"
    case .kappaLinear: "Weighted κ, linear"
    case .kappaQuadratic: "Weighted κ, quadratic"
    case .fleiss: "Fleiss' κ"
    case .ac1: "Gwet's AC1"
    case .iccOne: "ICC(2,1), one reader"
    case .iccMean: "ICC(2,k), mean of readers"
    case .bias: "First minus second reader, mean"
    case .lowerLimit: "Lower limit of agreement"
    case .upperLimit: "Upper limit of agreement"
    }
  }
}
