internal import Statistics
internal import Validation

extension Section {
  /// Where every case went; the numbers add up from box to box.
  static let flow = Section(anchor: "flow", title: "Participant flow") { evidence in
    let cohort = evidence.cohort
    let flow = cohort.flow
    let table = FlowTable(cohort: cohort)
    var blocks: [Block] = [
      .paragraph(words(of: flow)),
      .figure(
        Figure(
          caption: "Flow of cases through the study",
          description:
            "Boxes from \(counted(flow.read, flow.exclusions.isEmpty && !flow.isCombined ? "case" : "row")) read to \(NumberText.count(flow.analysed)) analysed, \(NumberText.count(cohort.positives)) of them reference positive and \(NumberText.count(cohort.negatives)) negative, and on to what each model said of them.",
          drawing: FlowDiagram(cohort: cohort).drawing, data: table.path)),
    ]
    blocks += FlowTables(flow: flow).blocks
    if cohort.models.contains(where: { $0.twoByTwo != nil }) { blocks.append(.table(table.outputs)) }
    if !flow.unverified.isEmpty && flow.noReference + flow.equivocal > 0 {
      blocks.append(.table(table.unverified))
    }
    return blocks
  }

  private static func words(of flow: Flow) -> String {
    let isWhole = flow.exclusions.isEmpty && !flow.isCombined
    var read = "\(counted(flow.read, isWhole ? "case" : "row")) \(flow.read == 1 ? "was" : "were") read"
    if !isWhole {
      let left = flow.exclusions.reduce(0) { $0 + $1.rows }
      if left > 0 { read += ", \(NumberText.count(left)) left out by the rules of the plan" }
      read += "; the rest \(flow.isCombined ? "make" : "are") \(counted(flow.cases, "case"))"
    }
    let counted =
      flow.equivocalAnalysed == 0
      ? ""
      : " Of the analysed, \(NumberText.count(flow.equivocalAnalysed)) had an equivocal reference standard, which the plan counts as one of the two classes."
    guard flow.noReference + flow.equivocal > 0 else {
      return "\(read); all have a usable reference standard and were analysed.\(counted)"
    }
    return
      "\(read). \(NumberText.count(flow.noReference)) had no reference standard and \(NumberText.count(flow.equivocal)) an equivocal one; the remaining \(NumberText.count(flow.analysed)) \(flow.analysed == 1 ? "was" : "were") analysed. A missing reference standard is never taken as negative.\(counted)"
  }
}

private struct FlowTable {
  let cohort: CohortSummary

  var path: Table {
    let flow = cohort.flow
    let steps =
      [
        (flow.exclusions.isEmpty && !flow.isCombined ? "Cases read" : "Rows read", flow.read)
      ]
      + flow.exclusions.map {
        ("Left out: \($0.reason)\($0.isOutsideIntendedUse ? " (outside the intended use)" : "")", $0.rows)
      } + (flow.isCombined ? [("Cases, each of one or more rows", flow.cases)] : []) + [
        ("Left out: no reference standard", flow.noReference),
        ("Left out: equivocal reference standard", flow.equivocal), ("Analysed", flow.analysed),
      ]
      + (flow.equivocalAnalysed > 0
        ? [("of them with an equivocal reference standard that counts as a class", flow.equivocalAnalysed)]
        : []) + [
        ("Reference positive", cohort.positives), ("Reference negative", cohort.negatives),
      ]
    return Table(
      "Flow of cases", columns: [.text("Step"), .number("Cases")],
      lines: steps.map { Table.Line($0.0, [.count($0.1)]) }
        + outputs.lines.flatMap { line in
          zip(
            ["flagged", "not flagged", "no output"], [0, 1, 2]
          ).map { Table.Line("\(line.header), \($0.0)", [line.cells[$0.1]]) }
        })
  }

  /// For each model and class: flagged + not flagged + no output = all.
  var outputs: Table {
    let lines = cohort.models.flatMap { model -> [Table.Line] in
      guard let table = model.twoByTwo else { return [] }
      return [
        line(
          "\(model.name): reference positive", table.truePositives, table.falseNegatives,
          model.failedPositives),
        line(
          "\(model.name): reference negative", table.falsePositives, table.trueNegatives,
          model.failedNegatives),
      ]
    }
    return Table(
      "What each model said of the analysed cases", standing: .planned,
      columns: [
        .text("Model and class"), .number("Flagged"), .number("Not flagged"), .number("No output"),
        .number("All"),
      ],
      lines: lines, notes: ["At the primary operating point. Each row adds up to all cases of its class."])
  }

  private func line(_ name: String, _ flagged: Int, _ cleared: Int, _ failed: Int) -> Table.Line {
    Table.Line(
      name, [flagged, cleared, failed, flagged + cleared + failed].map { .count($0) })
  }

  /// `Vendor A: 61.3 % of flagged and 36.7 % of unflagged cases have a reference standard.`
  private var verifiedShares: [String] {
    cohort.flow.unverified.compactMap { left in
      guard let table = cohort.models.first(where: { $0.name == left.model })?.twoByTwo,
        table.flagged + left.flagged > 0, table.unflagged + left.unflagged > 0
      else { return nil }
      let flagged = NumberText.percent(Double(table.flagged) / Double(table.flagged + left.flagged))
      let unflagged = NumberText.percent(Double(table.unflagged) / Double(table.unflagged + left.unflagged))
      return
        "\(left.model): \(flagged) of flagged and \(unflagged) of unflagged cases have a reference standard."
    }
  }

  var unverified: Table {
    Table(
      "Cases left out for want of a reference standard, by what each model said of them",
      columns: [
        .text("Model"), .number("Flagged"), .number("Not flagged"), .number("No output"), .number("All"),
      ],
      lines: cohort.flow.unverified.map { line($0.model, $0.flagged, $0.unflagged, $0.failed) },
      notes: [
        "If cases were verified more often when flagged than when not, sensitivity and specificity are distorted."
      ] + verifiedShares)
  }
}
