internal import Validation

/// Observed share of positives against mean predicted probability, by tenths, with intervals and the ideal line; also by a
/// smooth curve.
struct CalibrationPlot {
  let curve: Curve
  /// With a band around it; drawn behind the tenths.
  var smooth: Curve?

  private static let side = 290.0
  private static let left = 52.0
  private static let top = 10.0

  var drawing: Drawing {
    let bottom = Self.top + Self.side
    var drawing = Drawing(width: 352, height: bottom + (smooth == nil ? 73 : 90))
    let step = extent <= 0.1 ? 0.02 : extent <= 0.25 ? 0.05 : extent <= 0.5 ? 0.1 : 0.2
    let upper = min(1, (extent / step).rounded(.up) * step)
    let across = Scale(lower: 0, upper: upper, step: step, from: Self.left, to: Self.left + Self.side)
    let upwards = Scale(lower: 0, upper: upper, step: step, from: bottom, to: Self.top)
    square(
      across, upwards, titles: ("Predicted probability", "Observed positives"), percent: true, in: &drawing)
    if let smooth {
      let points = smooth.points.filter { $0.x <= upper }
      let band = points.filter { $0.lower != nil && $0.upper != nil }
      if band.count > 1 {
        drawing.polygon(
          band.map { .init(across.place($0.x), upwards.place(min(upper, $0.upper ?? 1))) }
            + band.reversed().map { .init(across.place($0.x), upwards.place(min(upper, $0.lower ?? 0))) },
          "band")
      }
      drawing.polyline(points.map { .init(across.place($0.x), upwards.place(min(upper, $0.y))) }, "curve")
    }
    drawing.line(.init(across.start, upwards.start), .init(across.end, upwards.end), "reference")
    for point in curve.points {
      let x = across.place(point.x)
      if let lower = point.lower, let upper = point.upper {
        drawing.line(.init(x, upwards.place(lower)), .init(x, upwards.place(upper)), "whisker")
      }
    }
    for point in curve.points {
      drawing.circle(.init(across.place(point.x), upwards.place(point.y)), radius: 4.5, "point-a")
    }
    let y = bottom + 60
    drawing.line(.init(Self.left, y - 4), .init(Self.left + 24, y - 4), "reference")
    drawing.text("ideal", at: .init(Self.left + 30, y), "label")
    drawing.circle(.init(Self.left + 92, y - 4), radius: 4.5, "point-a")
    drawing.text("tenth of the cases", at: .init(Self.left + 102, y), "label")
    if smooth != nil {
      drawing.line(.init(Self.left, y + 13), .init(Self.left + 24, y + 13), "curve")
      drawing.text("smooth curve, simultaneous band", at: .init(Self.left + 30, y + 17), "label")
    }
    return drawing
  }

  /// Both axes alike, so that the ideal line is the diagonal.
  private var extent: Double {
    let values = curve.points.flatMap { point -> [Double] in [point.x, point.y, point.upper ?? 0] }
    return min(1, max(values.max() ?? 1, 0.02))
  }
}
