internal import Validation

/// Sensitivity against the false-positive rate at every threshold, with its pointwise band, the chance diagonal and the
/// operating points.
struct ROCPlot {
  let curve: Curve
  /// `AUC 0.912 (0.876–0.939)`, inside the plot.
  let summary: String
  /// A second curve, dashed, with its own line of summary.
  var beside: (points: [Curve.Point], summary: String)?

  private static let side = 290.0
  private static let left = 52.0
  private static let top = 10.0

  var drawing: Drawing {
    let points = curve.points.filter { $0.operatingPoint != nil }
    let legend = Double(points.count) * 17
    let bottom = Self.top + Self.side
    var drawing = Drawing(width: 352, height: bottom + 56 + legend)
    let across = Scale(lower: 0, upper: 1, step: 0.2, from: Self.left, to: Self.left + Self.side)
    let upwards = Scale(lower: 0, upper: 1, step: 0.2, from: bottom, to: Self.top)
    square(across, upwards, titles: ("1 − specificity", "Sensitivity"), percent: true, in: &drawing)
    drawing.line(.init(across.start, upwards.start), .init(across.end, upwards.end), "reference")
    let band = curve.points.filter { $0.lower != nil && $0.upper != nil }
    if band.count > 1 {
      drawing.polygon(
        band.map { .init(across.place($0.x), upwards.place($0.upper ?? 1)) }
          + band.reversed().map { .init(across.place($0.x), upwards.place($0.lower ?? 0)) }, "band")
    }
    drawing.polyline(curve.points.map { .init(across.place($0.x), upwards.place($0.y)) }, "curve")
    let low = beside == nil ? 12.0 : 30.0
    if let beside {
      drawing.polyline(beside.points.map { .init(across.place($0.x), upwards.place($0.y)) }, "all")
      drawing.text(beside.summary, at: .init(across.end - 8, bottom - 12), "label", anchor: .end)
    }
    drawing.text(summary, at: .init(across.end - 8, bottom - low), "strong", anchor: .end)
    for (index, point) in points.enumerated() {
      let place = Drawing.Point(across.place(point.x), upwards.place(point.y))
      PointShape(index).draw(at: place, in: &drawing)
      let y = bottom + 60 + Double(index) * 17
      PointShape(index).draw(at: .init(Self.left + 6, y - 4), in: &drawing)
      let name = point.operatingPoint ?? ""
      let text = point.threshold.map { OperatingPoint(name: name, threshold: $0).label } ?? name
      drawing.text(TextFit.shortened(text, width: Self.side - 20), at: .init(Self.left + 18, y), "label")
    }
    return drawing
  }
}

/// Told apart by shape first, by colour second.
struct PointShape {
  private let index: Int
  init(_ index: Int) { self.index = index % 3 }

  func draw(at place: Drawing.Point, in drawing: inout Drawing) {
    let (x, y) = (place.x, place.y)
    switch index {
    case 0: drawing.circle(place, radius: 5.5, "point-a")
    case 1: drawing.polygon([.init(x, y - 7), .init(x + 7, y), .init(x, y + 7), .init(x - 7, y)], "point-b")
    default: drawing.polygon([.init(x, y - 7), .init(x + 6.5, y + 5), .init(x - 6.5, y + 5)], "point-c")
    }
  }
}

extension OperatingPoint {
  /// `rule-out, threshold 0.2`; `threshold 0.2` where the plan gives no other name.
  var label: String {
    (name == "threshold" ? "" : name + ", ") + "threshold \(thresholdWords)"
  }

  /// As the plan writes it.
  var thresholdWords: String { written ?? thresholdText(threshold) }
}

/// A threshold as short as it is exact to six decimals: `0.5`, `20`.
func thresholdText(_ value: Double) -> String {
  var text = NumberText.fixed(value, decimals: 6)
  guard text.contains("."), !text.contains("e") else { return text }
  while text.last == "0" { text.removeLast() }
  if text.last == "." { text.removeLast() }
  return text
}

/// The frame of a square plot with grid, ticks and titles.
func square(
  _ across: Scale, _ upwards: Scale, titles: (across: String, upwards: String), percent: Bool,
  in drawing: inout Drawing
) {
  for tick in across.ticks {
    let x = across.place(tick)
    drawing.line(.init(x, upwards.start), .init(x, upwards.end), "grid")
    drawing.text(shareTick(tick, across), at: .init(x, upwards.start + 17), "tick", anchor: .middle)
  }
  for tick in upwards.ticks {
    let y = upwards.place(tick)
    drawing.line(.init(across.start, y), .init(across.end, y), "grid")
    drawing.text(shareTick(tick, upwards), at: .init(across.start - 7, y + 4), "tick", anchor: .end)
  }
  drawing.line(.init(across.start, upwards.start), .init(across.end, upwards.start), "axis")
  drawing.line(.init(across.start, upwards.start), .init(across.start, upwards.end), "axis")
  let unit = percent ? ", %" : ""
  drawing.text(
    titles.across + unit, at: .init((across.start + across.end) / 2, upwards.start + 35), "tick",
    anchor: .middle)
  drawing.uprightText(titles.upwards + unit, at: .init(14, (upwards.start + upwards.end) / 2), "tick")
}

/// A share on an axis in percent, without the sign.
private func shareTick(_ value: Double, _ scale: Scale) -> String {
  NumberText.fixed(value * 100, decimals: max(0, scale.tickDecimals - 2))
}
