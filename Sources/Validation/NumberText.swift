public import Statistics

/// Numbers as they are printed, the same in sentences, tables and figures. Rounded half away from zero on the
/// decimal expansion; a proper minus sign; never NaN.
public enum NumberText {
  /// `12.3`, `−0.050`; `decimals` in 0…9.
  public static func fixed(_ value: Double, decimals: Int) -> String {
    precondition(!value.isNaN && (0...9).contains(decimals))
    guard value.isFinite else { return value < 0 ? "−∞" : "∞" }
    guard abs(value) < 1e9 else { return value < 0 ? "−" + "\(-value)" : "\(value)" }
    var scale = 1.0
    for _ in 0..<decimals { scale *= 10 }
    // One part in 2⁵⁰ carries 0.1235 (stored just below) over the edge that its shortest decimal form stands on.
    let scaled = abs(value) * scale
    let units = (scaled + scaled * 0x1p-50).rounded(.toNearestOrAwayFromZero)
    let whole = Int64(units / scale)
    let rest = Int64(units) - whole * Int64(scale)
    let sign = value < 0 && units > 0 ? "−" : ""
    guard decimals > 0 else { return sign + String(Int64(units)) }
    let digits = String(rest)
    return sign + String(whole) + "." + String(repeating: "0", count: decimals - digits.count) + digits
  }

  /// `83.0 %` with a thin no-break space; `decimals` after the point.
  public static func percent(_ share: Double, decimals: Int = 1) -> String {
    fixed(share * 100, decimals: decimals) + "\u{202F}%"
  }

  /// `1,234,567`.
  public static func count(_ value: Int) -> String {
    let digits = String(value.magnitude)
    var grouped = ""
    for (index, digit) in digits.enumerated() {
      if index > 0 && (digits.count - index) % 3 == 0 { grouped.append(",") }
      grouped.append(digit)
    }
    return (value < 0 ? "−" : "") + grouped
  }

  /// Of cases that may count in part, `1,234.5`; `1,234` where whole.
  public static func size(_ value: Double) -> String {
    let text = fixed(abs(value), decimals: value.rounded() == value ? 0 : 1)
    let whole = text.prefix { $0 != "." }
    return (value < 0 ? "−" : "") + (Int(whole).map(count) ?? String(whole)) + text.dropFirst(whole.count)
  }

  /// Two significant digits, `0.034`; `< .001` below a thousandth.
  public static func p(_ value: Double) -> String {
    if value < 0.001 { return "< .001" }
    if value < 0.00995 { return fixed(value, decimals: 4) }
    if value < 0.0995 { return fixed(value, decimals: 3) }
    return fixed(value, decimals: 2)
  }
}

/// How a metric's values are printed.
public enum NumberStyle: Hashable, Sendable {
  /// A share of one, printed as a percentage with one decimal.
  case percentage
  /// A plain number with this many decimals.
  case number(decimals: Int)

  public func text(_ value: Double) -> String {
    switch self {
    case .percentage: NumberText.percent(value)
    case .number(let decimals): NumberText.fixed(value, decimals: decimals)
    }
  }

  /// `80.1–86.3 %`; with negative limits `−3.2 to 4.0 %`.
  public func text(_ interval: Interval) -> String {
    let between = interval.lower < 0 ? " to " : "–"
    switch self {
    case .percentage:
      return NumberText.fixed(interval.lower * 100, decimals: 1) + between
        + NumberText.fixed(interval.upper * 100, decimals: 1) + "\u{202F}%"
    case .number(let decimals):
      return NumberText.fixed(interval.lower, decimals: decimals) + between
        + NumberText.fixed(interval.upper, decimals: decimals)
    }
  }

  /// Without its unit, for a column that names it: `83.0`.
  public func plain(_ value: Double) -> String {
    switch self {
    case .percentage: NumberText.fixed(value * 100, decimals: 1)
    case .number(let decimals): NumberText.fixed(value, decimals: decimals)
    }
  }

  /// A difference, signed; of shares in percentage points without the unit: `−5.3`, `+0.012`.
  public func difference(_ value: Double) -> String {
    let text = plain(value)
    return text.hasPrefix("−") || value == 0 ? text : "+" + text
  }

  /// `−9.1 to −1.5`.
  public func difference(_ interval: Interval) -> String {
    difference(interval.lower) + " to " + difference(interval.upper)
  }

  /// The unit of a difference, with its leading space.
  public var differenceUnit: String { self == .percentage ? " points" : "" }
}
