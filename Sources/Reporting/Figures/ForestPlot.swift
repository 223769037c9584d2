internal import Statistics
internal import Validation

/// Estimates with their intervals, one line each, on a common axis: like a good Cochrane review's.
struct ForestPlot {
  struct Line {
    /// Above the line, where a new attribute begins.
    var heading: String?
    let label: String
    /// Nil: undefined, and the text says why.
    let estimate: Estimate?
    /// Nil on a line that is of no cases of its own.
    let positives: Int?
    let negatives: Int?
    let isAssessable: Bool
    /// As printed beside the interval.
    let text: String
    /// Of equivalence: a shaded band of ±margin behind the line.
    var margin: Double?
  }

  /// A vertical line with its name above the axis.
  struct Mark {
    let value: Double
    let label: String
  }

  let lines: [Line]
  let style: NumberStyle
  /// What each line is.
  var subject = "Group"
  /// The dashed line: the result over all cases, or no difference.
  let reference: Mark?
  let goals: [Mark]
  /// Of the axis of a share.
  let limits: ClosedRange<Double>?
  let axisTitle: String
  /// Differences of shares are in points: their axis has signs, and no percent sign.
  var isDifference = false

  private static let width = 784.0
  private static let labelWidth = 172.0
  private static let headingHeight = 26.0

  var drawing: Drawing {
    let needsStatus = lines.contains { !$0.isAssessable && $0.estimate != nil }
    let textWidth = max(
      TextFit.width(axisTitle) * 1.08,
      lines.filter { $0.estimate != nil }.map { TextFit.width($0.text) }.max() ?? 0)
    let statusWidth = needsStatus ? 96.0 : 0
    let plotStart = Self.labelWidth + 100
    let textStart = Self.width - textWidth - statusWidth
    let scale = Scale(covering: extent, within: limits, from: plotStart, to: textStart - 18)
    let labels = lines.map { TextFit.wrapped($0.label, width: Self.labelWidth - 8) }
    let marks = goals + [reference].compactMap { $0 }
    let top = 24.0 + Double(marks.count) * 15
    let heights = zip(labels, lines).map {
      ($0.count > 1 ? 32.0 : 23.0) + ($1.heading == nil ? 0 : Self.headingHeight)
    }
    let bottom = top + heights.reduce(0, +)
    var drawing = Drawing(width: Self.width, height: bottom + (unit.isEmpty ? 24 : 40))

    header(in: &drawing, plotStart: plotStart, textStart: textStart)
    axis(scale, in: &drawing, at: bottom, from: top)
    for (index, mark) in goals.enumerated() where scale.contains(mark.value) {
      vertical(mark, "goal", row: index, scale, in: &drawing, from: top, to: bottom)
    }
    if let reference, scale.contains(reference.value) {
      vertical(reference, "reference", row: goals.count, scale, in: &drawing, from: top, to: bottom)
    }
    var y = top
    for (index, line) in lines.enumerated() {
      let space = line.heading == nil ? 0 : Self.headingHeight
      let middle = y + space + (heights[index] - space) / 2
      if let heading = line.heading {
        drawing.text(TextFit.shortened(heading, width: Self.labelWidth), at: .init(0, y + 18), "strong")
      }
      if let margin = line.margin {
        let left = scale.place(-margin)
        drawing.rectangle(
          x: left, y: y + space, width: scale.place(margin) - left, height: heights[index] - space, "margin")
      }
      label(labels[index], line, at: middle, in: &drawing)
      estimate(
        line, scale, at: middle, textStart: textStart, statusStart: Self.width - statusWidth + 8, in: &drawing
      )
      y += heights[index]
    }
    return drawing
  }

  /// What the axis must cover: assessable intervals, goals, the reference; of other lines only their values.
  private var extent: [Double] {
    var values = goals.map(\.value) + [reference?.value].compactMap { $0 }
    for line in lines {
      if let margin = line.margin { values += [-margin, margin] }
      guard let estimate = line.estimate else { continue }
      values.append(estimate.value)
      if line.isAssessable, let interval = estimate.interval { values += [interval.lower, interval.upper] }
    }
    return values
  }

  private func header(in drawing: inout Drawing, plotStart: Double, textStart: Double) {
    drawing.text(subject, at: .init(0, 12), "strong")
    if lines.contains(where: { $0.positives != nil }) {
      drawing.text("n⁺", at: .init(Self.labelWidth + 38, 12), "strong", anchor: .end)
      drawing.text("n⁻", at: .init(Self.labelWidth + 84, 12), "strong", anchor: .end)
    }
    drawing.text(axisTitle, at: .init(textStart, 12), "strong")
    drawing.line(.init(0, 20), .init(Self.width, 20), "rule")
  }

  private func axis(_ scale: Scale, in drawing: inout Drawing, at bottom: Double, from top: Double) {
    for tick in scale.ticks {
      let x = scale.place(tick)
      drawing.line(.init(x, top), .init(x, bottom), "grid")
      drawing.line(.init(x, bottom), .init(x, bottom + 4), "axis")
      drawing.text(tickText(tick, scale), at: .init(x, bottom + 18), "tick", anchor: .middle)
    }
    drawing.line(.init(scale.start, bottom), .init(scale.end, bottom), "axis")
    guard !unit.isEmpty else { return }
    drawing.text(unit, at: .init((scale.start + scale.end) / 2, bottom + 34), "tick", anchor: .middle)
  }

  private var unit: String {
    guard style == .percentage else { return "" }
    return isDifference ? "percentage points" : "%"
  }

  private func tickText(_ value: Double, _ scale: Scale) -> String {
    let decimals = style == .percentage ? max(0, scale.tickDecimals - 2) : scale.tickDecimals
    let text = NumberText.fixed(style == .percentage ? value * 100 : value, decimals: decimals)
    return isDifference && value > 1e-9 ? "+" + text : text
  }

  private func vertical(
    _ mark: Mark, _ kind: String, row: Int, _ scale: Scale, in drawing: inout Drawing, from top: Double,
    to bottom: Double
  ) {
    let x = scale.place(mark.value)
    let y = 34.0 + Double(row) * 15
    let half = TextFit.width(mark.label) / 2
    let centre = min(max(x, scale.start - 40 + half), scale.end + 14 - half)
    drawing.line(.init(x, y + 4), .init(x, bottom), kind)
    drawing.text(mark.label, at: .init(centre, y), kind + "-label", anchor: .middle)
  }

  private func label(_ words: [String], _ line: Line, at middle: Double, in drawing: inout Drawing) {
    let kind = line.isAssessable ? "label" : "label faint"
    let first = middle + 4 - Double(words.count - 1) * 7
    for (index, words) in words.enumerated() {
      drawing.text(words, at: .init(0, first + Double(index) * 14), kind)
    }
    for (count, place) in [(line.positives, 38.0), (line.negatives, 84)] {
      guard let count else { continue }
      drawing.text(
        NumberText.count(count), at: .init(Self.labelWidth + place, middle + 4), kind, anchor: .end)
    }
  }

  private func estimate(
    _ line: Line, _ scale: Scale, at middle: Double, textStart: Double, statusStart: Double,
    in drawing: inout Drawing
  ) {
    guard let estimate = line.estimate else {
      let room = Self.width - scale.start
      let text = TextFit.shortened(line.text, width: room)
      drawing.rectangle(
        x: scale.start - 2, y: middle - 9, width: TextFit.width(text) + 4, height: 18, "paper")
      drawing.text(text, at: .init(scale.start, middle + 4), "label faint")
      return
    }
    let kind = line.isAssessable ? "" : " faint"
    if let interval = estimate.interval {
      let left = scale.place(interval.lower)
      let right = scale.place(interval.upper)
      drawing.line(.init(left, middle), .init(right, middle), "whisker" + kind)
      if interval.lower < scale.lower - 1e-9 { arrow(at: left, middle, pointing: -1, kind, in: &drawing) }
      if interval.upper > scale.upper + 1e-9 { arrow(at: right, middle, pointing: 1, kind, in: &drawing) }
    }
    if scale.contains(estimate.value) {
      let x = scale.place(estimate.value)
      if line.isAssessable {
        drawing.rectangle(x: x - 4.5, y: middle - 4.5, width: 9, height: 9, "mark")
      } else {
        drawing.circle(.init(x, middle), radius: 4.5, "hollow")
      }
    }
    drawing.text(line.text, at: .init(textStart, middle + 4), "label" + kind)
    if !line.isAssessable {
      drawing.text("not assessable", at: .init(statusStart, middle + 4), "label faint")
    }
  }

  private func arrow(
    at x: Double, _ y: Double, pointing side: Double, _ kind: String, in drawing: inout Drawing
  ) {
    drawing.polygon([.init(x + side * 7, y), .init(x, y - 4), .init(x, y + 4)], "head" + kind)
  }
}
