internal import Statistics
public import Validation

/// A number that a cell prints, unrounded: what a spreadsheet calculates with.
struct CellNumber: Sendable {
  let part: Part
  /// Finite or not; a percentage is a share of one.
  let value: Double
  let format: NumberFormat

  /// A difference of percentages is never a percentage: a workbook's sign would make points of it look like one.
  var isOfPoints: Bool { format == .difference(.percentage) }

  /// Which of a cell's numbers it is: `83.0 (80.1–86.3)` has three. A spreadsheet gives each a column, in this order.
  enum Part: String, CaseIterable, Sendable {
    case value
    case lower = "lower limit"
    case upper = "upper limit"
    case lowerQuartile = "lower quartile"
    case upperQuartile = "upper quartile"
    case numerator = "of which"
    case denominator = "out of"
    case share = "percentage"
  }
}

/// How a number is printed.
public enum NumberFormat: Hashable, Sendable {
  case count
  case p
  /// As many digits as it has.
  case threshold
  case style(NumberStyle)
  /// With its sign; of shares in percentage points.
  case difference(NumberStyle)

  /// Of a share of one that is printed times a hundred, the unit.
  var unit: String? {
    switch self {
    case .style(.percentage): "%"
    case .difference(.percentage): "percentage points"
    default: nil
    }
  }
}

extension [CellNumber] {
  static func one(_ value: Double?, _ format: NumberFormat) -> [CellNumber] {
    value.map { [CellNumber(part: .value, value: $0, format: format)] } ?? []
  }

  static func one(_ value: Double?, _ style: NumberStyle) -> [CellNumber] { one(value, .style(style)) }

  static func limits(_ interval: Interval?, _ format: NumberFormat) -> [CellNumber] {
    guard let interval else { return [] }
    return [
      CellNumber(part: .lower, value: interval.lower, format: format),
      CellNumber(part: .upper, value: interval.upper, format: format),
    ]
  }

  static func estimate(_ result: Row.Result?, _ format: NumberFormat) -> [CellNumber] {
    guard case .estimated(let estimate) = result else { return [] }
    return one(estimate.value, format) + limits(estimate.interval, format)
  }

  static func estimate(_ result: Row.Result?, _ style: NumberStyle) -> [CellNumber] {
    estimate(result, .style(style))
  }

  static func fraction(of row: Row?, as part: CellNumber.Part = .value) -> [CellNumber] {
    guard let numerator = row?.support.numerator, let denominator = row?.support.denominator else {
      return []
    }
    return [
      CellNumber(part: part, value: Double(numerator), format: .count),
      CellNumber(part: .denominator, value: Double(denominator), format: .count),
    ]
  }
}

extension Cell {
  static func count(_ count: Int?) -> Cell {
    Cell(count.map(NumberText.count) ?? "–", numbers: .one(count.map(Double.init), .count))
  }

  /// `12 (3.4 %)`; the count alone where there is no whole.
  static func share(_ part: Int, of whole: Int) -> Cell {
    guard whole > 0 else { return .count(part) }
    let share = Double(part) / Double(whole)
    return Cell(
      "\(NumberText.count(part)) (\(NumberText.percent(share)))",
      numbers: .one(Double(part), .count)
        + [CellNumber(part: .share, value: share, format: .style(.percentage))])
  }

  /// `−5.3 points`, `+0.012`.
  static func difference(_ value: Double, _ style: NumberStyle) -> Cell {
    Cell(style.difference(value) + style.differenceUnit, numbers: .one(value, .difference(style)))
  }
}
