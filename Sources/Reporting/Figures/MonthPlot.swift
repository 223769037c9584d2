internal import Validation

/// Cases by month, the positive ones at the foot of each bar.
struct MonthPlot {
  let months: [MonthCount]

  var drawing: Drawing {
    let dated = months.filter { $0.month != nil }
    var drawing = Drawing(width: 720, height: 192)
    let tallest = Double(dated.map(\.cases).max() ?? 1)
    let upwards = Scale(
      covering: [0, max(tallest, 1)], within: 0...(.greatestFiniteMagnitude), from: 150, to: 24)
    for tick in upwards.ticks where tick == tick.rounded() && tick >= 0 {
      drawing.line(.init(52, upwards.place(tick)), .init(716, upwards.place(tick)), "grid")
      drawing.text(
        NumberText.count(Int(tick)), at: .init(46, upwards.place(tick) + 4), "tick", anchor: .end)
    }
    let slot = 664 / Double(max(dated.count, 1))
    let width = min(max(slot * 0.72, 1), 40)
    let every = max(1, Int((58 / slot).rounded(.up)))
    for (index, month) in dated.enumerated() {
      let x = 52 + (Double(index) + 0.5) * slot
      let foot = upwards.place(0)
      let all = upwards.place(Double(month.cases))
      let positive = upwards.place(Double(month.positives))
      drawing.rectangle(x: x - width / 2, y: all, width: width, height: foot - all, "bar-negative")
      drawing.rectangle(x: x - width / 2, y: positive, width: width, height: foot - positive, "bar-positive")
      if index % every == 0 {
        drawing.text(month.month ?? "", at: .init(x, foot + 18), "tick", anchor: .middle)
      }
    }
    drawing.line(.init(52, upwards.place(0)), .init(716, upwards.place(0)), "axis")
    drawing.rectangle(x: 52, y: 1, width: 10, height: 10, "bar-positive")
    drawing.text("reference positive (foot of the bar)", at: .init(67, 10), "label")
    drawing.rectangle(x: 292, y: 1, width: 10, height: 10, "bar-negative")
    drawing.text("reference negative", at: .init(307, 10), "label")
    drawing.text("Month", at: .init(384, 186), "tick", anchor: .middle)
    return drawing
  }
}
