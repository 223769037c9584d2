internal import Validation

extension Section {
  /// Who was studied: Table 1, and volume by month where cases are dated.
  static let cohort = Section(anchor: "cohort", title: "Cohort") { evidence in
    let cohort = evidence.cohort
    var blocks: [Block] = [
      .paragraph(
        "Cases with a usable reference standard, by attribute. Missing values are a row of their own and are counted in every total."
      ),
      .table(CohortTable(cohort: cohort, overlap: evidence.overlap(of: cohort.attributes.map(\.name))).table),
    ]
    blocks += PopulationTables(evidence: evidence).blocks
    if evidence.distributions.months.contains(where: { $0.month != nil }) {
      blocks.append(.figure(months(evidence.distributions.months)))
    }
    return blocks
  }

  private static func months(_ months: [MonthCount]) -> Figure {
    let undated = months.filter { $0.month == nil }.reduce(0) { $0 + $1.cases }
    let note = undated > 0 ? "; \(counted(undated, "case")) without a date not drawn" : ""
    let named = months.compactMap(\.month)
    return Figure(
      caption: "Cases by month\(note)",
      description:
        "Bars of the number of cases in each month from \(named.first ?? "") to \(named.last ?? ""), the reference-positive cases at the foot of each bar.",
      drawing: MonthPlot(months: months).drawing,
      data: Table(
        "Cases by month", columns: [.text("Month"), .number("Cases"), .number("Positives")],
        lines: months.map {
          Table.Line(
            $0.month ?? "(no date)", [.count($0.cases), .count($0.positives)])
        }))
  }
}

private struct CohortTable {
  let cohort: CohortSummary
  let overlap: String?

  var table: Table {
    var lines = [line("All cases", cohort.cases, cohort.positives, style: .total)]
    for attribute in cohort.attributes {
      lines.append(.group(attribute.name))
      if let numeric = attribute.numeric {
        let text = [numeric.median, numeric.lowerQuartile, numeric.upperQuartile].map(Self.plain)
        let format = NumberFormat.style(.number(decimals: 1))
        let numbers = [
          CellNumber(part: .value, value: numeric.median, format: format),
          CellNumber(part: .lowerQuartile, value: numeric.lowerQuartile, format: format),
          CellNumber(part: .upperQuartile, value: numeric.upperQuartile, format: format),
        ]
        let cell = Cell("\(text[0]) [\(text[1])–\(text[2])]", numbers: numbers)
        lines.append(Table.Line("Median [IQR]", [cell, "", ""]))
      }
      lines += attribute.levels.map {
        line($0.level.label, $0.cases, $0.positives, style: $0.level == .unknown ? .muted : .plain)
      }
    }
    return Table(
      "Cases by attribute (Table 1)",
      columns: [
        .text("Attribute"), .number("Cases, n (%)"), .number("Positive, n (%)"), .number("Negative, n"),
      ],
      lines: lines,
      notes: [
        "Percentages of cases are of all cases; percentages of positives are of the cases in that row."
          + (cohort.patients.map { " \(counted($0, "patient"))." } ?? ""), overlap,
      ].compactMap { $0 })
  }

  private func line(_ name: String, _ cases: Int, _ positives: Int, style: Table.Line.Style) -> Table.Line {
    Table.Line(
      name,
      [
        .share(cases, of: cohort.cases), .share(positives, of: cases), .count(cases - positives),
      ], style: style)
  }

  /// One decimal unless the number is whole.
  private static func plain(_ value: Double) -> String {
    NumberText.fixed(value, decimals: value == value.rounded() ? 0 : 1)
  }
}
