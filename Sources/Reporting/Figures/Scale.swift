/// A linear axis: from values to places, with ticks on round numbers.
struct Scale: Sendable {
  let lower: Double
  let upper: Double
  let start: Double
  let end: Double
  let step: Double
  let ticks: [Double]
  let tickDecimals: Int

  /// Covers the values with a margin and ends on ticks; `limits` are never passed.
  init(
    covering values: [Double], within limits: ClosedRange<Double>? = nil, from start: Double, to end: Double
  ) {
    let finite = values.filter(\.isFinite)
    var low = finite.min() ?? 0
    var high = finite.max() ?? 1
    if high - low < 1e-9 {
      low -= 0.05
      high += 0.05
    }
    let step = Self.step(for: high - low, parts: abs(end - start) / 44)
    low = (low / step - 0.15).rounded(.down) * step
    high = (high / step + 0.15).rounded(.up) * step
    if let limits {
      low = max(low, limits.lowerBound)
      high = min(high, limits.upperBound)
    }
    self.init(lower: low, upper: high, step: step, from: start, to: end)
  }

  init(lower: Double, upper: Double, step: Double, from start: Double, to end: Double) {
    self.lower = lower
    self.upper = upper
    self.start = start
    self.end = end
    self.step = step
    let count = Int(((upper - lower) / step + 1e-6).rounded(.down))
    let first = (lower / step - 1e-6).rounded(.up) * step
    ticks = (0...max(count, 0)).map { first + Double($0) * step }.filter { $0 <= upper + step * 1e-6 }
    tickDecimals =
      (0...6).first { decimals in
        let scaled = step * Self.power(of: decimals)
        return abs(scaled - scaled.rounded()) < 1e-6
      } ?? 6
  }

  /// Values beyond the axis stand at its ends.
  func place(_ value: Double) -> Double {
    let clamped = min(max(value, lower), upper)
    return start + (clamped - lower) / (upper - lower) * (end - start)
  }

  func contains(_ value: Double) -> Bool { value >= lower - 1e-9 && value <= upper + 1e-9 }

  /// The smallest round number that cuts the span into at most so many parts (and into three to seven in any case).
  private static func step(for span: Double, parts: Double) -> Double {
    let most = min(max(parts, 3), 7)
    var unit = 1.0
    while unit > span { unit /= 10 }
    while unit * 10 <= span { unit *= 10 }
    return [0.1, 0.2, 0.5, 1, 2, 5].map { $0 * unit }.first { span / $0 <= most } ?? unit * 10
  }

  private static func power(of decimals: Int) -> Double {
    (0..<decimals).reduce(1) { value, _ in value * 10 }
  }
}
