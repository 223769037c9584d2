internal import Validation

/// Net benefit against the risk threshold: of the model with its band, of acting on all and of acting on none.
struct DecisionPlot {
  let curve: Curve
  let prevalence: Double
  /// Stated by the plan, marked on the axis.
  let thresholds: [Double]

  private static let side = 290.0
  private static let width = 732.0
  private static let left = 52.0
  private static let top = 10.0

  var drawing: Drawing {
    let bottom = Self.top + Self.side
    var drawing = Drawing(width: 784, height: bottom + 73)
    let reach = self.reach
    let points = curve.points.filter { $0.x <= reach + 1e-9 }
    let across = Scale(
      lower: 0, upper: reach, step: reach <= 0.25 ? 0.05 : reach <= 0.5 ? 0.1 : 0.2, from: Self.left,
      to: Self.width)
    let floor = -0.2 * prevalence
    let values = points.flatMap { [$0.y, min($0.upper ?? $0.y, 1.1 * prevalence)] } + [prevalence, floor]
    let upwards = Scale(covering: values, within: floor...1, from: bottom, to: Self.top)
    frame(across, upwards, bottom, in: &drawing)
    func place(_ x: Double, _ y: Double) -> Drawing.Point { .init(across.place(x), upwards.place(y)) }
    let band = points.filter { $0.lower != nil && $0.upper != nil }
    if band.count > 1 {
      drawing.polygon(
        band.map { place($0.x, $0.upper ?? 0) } + band.reversed().map { place($0.x, $0.lower ?? 0) }, "band")
    }
    drawing.line(place(0, 0), place(reach, 0), "none")
    let all =
      [place(0, prevalence)]
      + points.prefix { ($0.treatAll ?? 0) > floor }.map {
        place($0.x, $0.treatAll ?? 0)
      }
    drawing.polyline(all, "all")
    drawing.polyline(points.map { place($0.x, $0.y) }, "curve")
    for threshold in marked {
      drawing.line(place(threshold, floor), .init(across.place(threshold), bottom - 8), "axis")
    }
    legend(at: bottom + 60, in: &drawing)
    return drawing
  }

  private var marked: [Double] { thresholds.filter { $0 <= reach } }
  var isMarked: Bool { !marked.isEmpty }

  /// The largest threshold that is drawn: beyond three times the prevalence and what the plan states little happens.
  var reach: Double {
    let needed = max(3 * prevalence, 1.5 * (thresholds.max() ?? 0))
    return [0.1, 0.25, 0.5].first { $0 >= needed } ?? 1
  }

  private func frame(_ across: Scale, _ upwards: Scale, _ bottom: Double, in drawing: inout Drawing) {
    for tick in across.ticks {
      let x = across.place(tick)
      drawing.line(.init(x, bottom), .init(x, Self.top), "grid")
      drawing.text(
        NumberText.fixed(tick * 100, decimals: 0), at: .init(x, bottom + 17), "tick", anchor: .middle)
    }
    for tick in upwards.ticks {
      let y = upwards.place(tick)
      drawing.line(.init(Self.left, y), .init(Self.width, y), "grid")
      drawing.text(
        NumberText.fixed(tick, decimals: upwards.tickDecimals), at: .init(Self.left - 7, y + 4), "tick",
        anchor: .end)
    }
    drawing.line(.init(Self.left, bottom), .init(Self.width, bottom), "axis")
    drawing.line(.init(Self.left, bottom), .init(Self.left, Self.top), "axis")
    drawing.text(
      "Risk threshold, %", at: .init((Self.left + Self.width) / 2, bottom + 35), "tick", anchor: .middle)
    drawing.uprightText("Net benefit", at: .init(10, (bottom + Self.top) / 2), "tick")
  }

  private func legend(at y: Double, in drawing: inout Drawing) {
    for (index, (name, style)) in [("model", "curve"), ("act on all", "all"), ("act on none", "none")]
      .enumerated()
    {
      let x = Self.left + Double(index) * 120
      drawing.line(.init(x, y - 4), .init(x + 24, y - 4), style)
      drawing.text(name, at: .init(x + 30, y), "label")
    }
  }
}
