internal import Validation

/// Scores by truth: reference-positive cases above the axis, reference-negative ones below, each as a share of its class.
struct ScorePlot {
  let histogram: ScoreHistogram
  let thresholds: [OperatingPoint]
  var width = 784.0

  private static let left = 52.0
  private static let height = 236.0

  var drawing: Drawing {
    let shown = thresholds.filter { lower <= $0.threshold && $0.threshold <= upper }
    let top = 30.0 + Double(shown.count) * 15
    let bottom = top + Self.height
    let middle = (top + bottom) / 2
    var drawing = Drawing(width: width, height: bottom + 44)
    let across = Scale(lower: lower, upper: upper, step: step, from: Self.left, to: width - 14)
    let tallest =
      max(shares(histogram.positives).max() ?? 0, shares(histogram.negatives).max() ?? 0, 0.01) * 1.05
    axes(across, tallest: tallest, top: top, middle: middle, bottom: bottom, in: &drawing)
    bars(
      histogram.positives, across, "bar-positive", from: middle, tall: (middle - top) / tallest, up: true,
      in: &drawing)
    bars(
      histogram.negatives, across, "bar-negative", from: middle, tall: (middle - top) / tallest, up: false,
      in: &drawing)
    drawing.line(.init(across.start, middle), .init(across.end, middle), "axis")
    for (index, point) in shown.enumerated() {
      let x = across.place(point.threshold)
      let y = 26.0 + Double(index) * 15
      let text = TextFit.shortened(
        point.label, width: width - Self.left - 20)
      let half = TextFit.width(text) / 2
      drawing.line(.init(x, y + 4), .init(x, bottom), "goal")
      drawing.text(
        text, at: .init(min(max(x, Self.left + half), width - half), y), "goal-label", anchor: .middle)
    }
    drawing.rectangle(x: Self.left, y: 1, width: 10, height: 10, "bar-positive")
    drawing.text("reference positive (up)", at: .init(Self.left + 15, 10), "label")
    drawing.rectangle(x: Self.left + 162, y: 1, width: 10, height: 10, "bar-negative")
    drawing.text("negative (down)", at: .init(Self.left + 177, 10), "label")
    return drawing
  }

  private var lower: Double { histogram.edges.first ?? 0 }
  private var upper: Double { max(histogram.edges.last ?? 1, lower + 1e-9) }
  /// A round fifth, or thereabouts, of the scores' range.
  private var step: Double { Scale(covering: [lower, upper], from: 0, to: 300).step }

  private func shares(_ counts: [Int]) -> [Double] {
    let total = counts.reduce(0, +)
    return counts.map { total == 0 ? 0 : Double($0) / Double(total) }
  }

  private func bars(
    _ counts: [Int], _ across: Scale, _ style: String, from middle: Double, tall: Double, up: Bool,
    in drawing: inout Drawing
  ) {
    for (index, share) in shares(counts).enumerated() where share > 0 {
      let x = across.place(histogram.edges[index])
      let height = max(share * tall, 0.5)
      drawing.rectangle(
        x: x + 0.5, y: up ? middle - height : middle, width: across.place(histogram.edges[index + 1]) - x - 1,
        height: height, style)
    }
  }

  private func axes(
    _ across: Scale, tallest: Double, top: Double, middle: Double, bottom: Double, in drawing: inout Drawing
  ) {
    for tick in across.ticks {
      let x = across.place(tick)
      drawing.line(.init(x, bottom), .init(x, bottom + 4), "axis")
      drawing.text(
        NumberText.fixed(tick, decimals: across.tickDecimals), at: .init(x, bottom + 18), "tick",
        anchor: .middle)
    }
    drawing.line(.init(across.start, bottom), .init(across.end, bottom), "axis")
    let shares = Scale(covering: [0, tallest], within: 0...1, from: 0, to: 150)
    for tick in shares.ticks where tick <= tallest * 1.0001 && tick >= 0 {
      let offset = tick / tallest * (middle - top)
      let text = NumberText.fixed(tick * 100, decimals: max(0, shares.tickDecimals - 2))
      drawing.line(.init(across.start, middle - offset), .init(across.end, middle - offset), "grid")
      drawing.text(text, at: .init(Self.left - 7, middle - offset + 4), "tick", anchor: .end)
      guard tick > 0 else { continue }
      drawing.line(.init(across.start, middle + offset), .init(across.end, middle + offset), "grid")
      drawing.text(text, at: .init(Self.left - 7, middle + offset + 4), "tick", anchor: .end)
    }
    drawing.text("Score", at: .init((across.start + across.end) / 2, bottom + 36), "tick", anchor: .middle)
    drawing.uprightText("Share of its class, %", at: .init(14, middle), "tick")
  }
}
