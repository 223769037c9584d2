internal import Statistics
internal import Validation

/// The way of every case from the file to its place in the results, after STARD's diagram.
struct FlowDiagram {
  let cohort: CohortSummary

  private static let width = 720.0
  private static let lineHeight = 16.0

  var drawing: Drawing {
    let flow = cohort.flow
    let models = cohort.models.filter { $0.twoByTwo != nil }
    let modelHeight = 92.0
    let top = rowsHeight
    var drawing = Drawing(width: Self.width, height: top + 286 + Double(models.count) * (modelHeight + 18))
    if isOfCases {
      box(["Cases read", NumberText.count(flow.read)], x: 190, y: 2, width: 220, in: &drawing)
    } else {
      rows(in: &drawing)
    }
    arrow(from: .init(300, top + 46), to: .init(300, top + 106), in: &drawing)
    if flow.noReference + flow.equivocal > 0 {
      arrow(from: .init(300, top + 76), to: .init(456, top + 76), in: &drawing)
      box(
        [
          "Left out: \(NumberText.count(flow.noReference + flow.equivocal))",
          "\(NumberText.count(flow.noReference)) without reference standard",
          "\(NumberText.count(flow.equivocal)) equivocal",
        ], x: 460, y: top + 46, width: 258, in: &drawing)
    }
    box(["Analysed", NumberText.count(flow.analysed)], x: 190, y: top + 110, width: 220, in: &drawing)
    for (x, words, count) in [
      (130.0, "Reference positive", cohort.positives), (470.0, "Reference negative", cohort.negatives),
    ] {
      arrow(from: .init(300, top + 154), to: .init(x, top + 206), in: &drawing)
      box([words, NumberText.count(count)], x: x - 102, y: top + 210, width: 204, in: &drawing)
    }
    for (index, model) in models.enumerated() {
      let y = top + 282 + Double(index) * (modelHeight + 18)
      row(of: model, named: models.count > 1, at: y, isFirst: index == 0, in: &drawing)
    }
    return drawing
  }

  // MARK: From rows to cases

  /// No rule leaves rows out, and none are combined.
  private var isOfCases: Bool { cohort.flow.exclusions.isEmpty && !cohort.flow.isCombined }

  /// Each has a line or two; where they are more, the rest share one.
  private static let mostRules = 8

  /// What the rules of the plan left out, in their order.
  private var leftOut: [String] {
    let rules = cohort.flow.exclusions
    guard !rules.isEmpty else { return [] }
    let shown = rules.count > Self.mostRules ? rules.prefix(Self.mostRules - 1) : rules[...]
    let rest = rules.dropFirst(shown.count)
    let words = rules.contains(where: \.isJoin) ? "Left out" : "Left out by rules"
    return ["\(words): \(NumberText.count(rules.reduce(0) { $0 + $1.rows }))"]
      + shown.flatMap { TextFit.wrapped("\(NumberText.count($0.rows)) \($0.reason)", width: 246) }
      + (rest.isEmpty
        ? [] : ["\(NumberText.count(rest.reduce(0) { $0 + $1.rows })) by \(rest.count) more rules"])
  }

  private static func height(ofLines lines: Int) -> Double { Double(lines) * lineHeight + 12 }

  /// Down to the box of cases.
  private var rowsHeight: Double {
    isOfCases ? 0 : 46 + max(62, leftOut.isEmpty ? 0 : Self.height(ofLines: leftOut.count) + 20)
  }

  private func rows(in drawing: inout Drawing) {
    let flow = cohort.flow
    let top = rowsHeight
    box(["Rows read", NumberText.count(flow.read)], x: 190, y: 2, width: 220, in: &drawing)
    arrow(from: .init(300, 46), to: .init(300, top - 2), in: &drawing)
    if !leftOut.isEmpty {
      let middle = (46 + top) / 2
      arrow(from: .init(300, middle), to: .init(456, middle), in: &drawing)
      let y = middle - Self.height(ofLines: leftOut.count) / 2
      box(leftOut, x: 460, y: y, width: 258, in: &drawing)
    }
    box(
      [flow.isCombined ? "Cases made of the rest" : "Cases", NumberText.count(flow.cases)], x: 190,
      y: top + 2, width: 220, in: &drawing)
  }

  // MARK: Models

  private func row(
    of model: ModelSummary, named: Bool, at y: Double, isFirst: Bool, in drawing: inout Drawing
  ) {
    guard let table = model.twoByTwo else { return }
    let sides = [
      (28.0, table.truePositives, table.falseNegatives, model.failedPositives),
      (368.0, table.falsePositives, table.trueNegatives, model.failedNegatives),
    ]
    for (x, flagged, cleared, failed) in sides {
      if isFirst { arrow(from: .init(x + 102, y - 28), to: .init(x + 102, y + 12), in: &drawing) }
      box(
        [
          "Flagged: \(NumberText.count(flagged))", "Not flagged: \(NumberText.count(cleared))",
          "No output: \(NumberText.count(failed))",
        ], x: x, y: y + 16, width: 204, in: &drawing)
    }
    let words = TextFit.wrapped(named ? model.name : "Output of \(model.name)", width: 122, lines: 3)
    for (index, text) in words.enumerated() {
      drawing.text(
        text, at: .init(300, y + 50 - Double(words.count - 1) * 8 + Double(index) * 16), "strong",
        anchor: .middle)
    }
  }

  /// A box of lines, the first one strong.
  private func box(_ words: [String], x: Double, y: Double, width: Double, in drawing: inout Drawing) {
    drawing.rectangle(
      x: x, y: y, width: width, height: Self.height(ofLines: words.count), "box")
    for (index, text) in words.enumerated() {
      drawing.text(
        text, at: .init(x + width / 2, y + 18 + Double(index) * Self.lineHeight),
        index == 0 && words.count == 2 ? "strong" : "label", anchor: .middle)
    }
  }

  private func arrow(from start: Drawing.Point, to end: Drawing.Point, in drawing: inout Drawing) {
    let (x, y) = (end.x, end.y)
    if start.y == end.y {
      drawing.line(start, .init(x - 6, y), "axis")
      drawing.polygon([.init(x, y), .init(x - 8, y - 4), .init(x - 8, y + 4)], "arrow")
    } else if start.x == end.x {
      drawing.line(start, .init(x, y - 6), "axis")
      drawing.polygon([.init(x, y), .init(x - 4, y - 8), .init(x + 4, y - 8)], "arrow")
    } else {
      let turn = (start.y + end.y) / 2
      drawing.polyline([start, .init(start.x, turn), .init(x, turn), .init(x, y - 6)], "axis")
      drawing.polygon([.init(x, y), .init(x - 4, y - 8), .init(x + 4, y - 8)], "arrow")
    }
  }
}
