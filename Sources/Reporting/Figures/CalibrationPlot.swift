internal import Validation

/// Observed share of positives against mean predicted probability, by tenths, with intervals and the ideal line.
struct CalibrationPlot {
  let curve: Curve

  private static let side = 290.0
  private static let left = 52.0
  private static let top = 10.0

  var drawing: Drawing {
    let bottom = Self.top + Self.side
    var drawing = Drawing(width: 352, height: bottom + 73)
    let step = extent <= 0.1 ? 0.02 : extent <= 0.25 ? 0.05 : extent <= 0.5 ? 0.1 : 0.2
    let upper = min(1, (extent / step).rounded(.up) * step)
    let across = Scale(lower: 0, upper: upper, step: step, from: Self.left, to: Self.left + Self.side)
    let upwards = Scale(lower: 0, upper: upper, step: step, from: bottom, to: Self.top)
    square(
      across, upwards, titles: ("Predicted probability", "Observed positives"), percent: true, in: &drawing)
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
    return drawing
  }

  /// Both axes alike, so that the ideal line is the diagonal.
  private var extent: Double {
    let values = curve.points.flatMap { point -> [Double] in [point.x, point.y, point.upper ?? 0] }
    return min(1, max(values.max() ?? 1, 0.02))
  }
}
