internal import Validation

/// Which case each row of the table belongs to: its own, unless rules leave rows out or a unit combines several.
///
/// Cases are numbered in the order of their first rows.
struct CaseRows: Sendable {
  static let none = UInt32.max
  /// How many cases there are, and where the pieces begin in which they are worked on.
  let count: Int
  let starts: [Int]
  /// Nil where every row is a case.
  private let caseOf: [UInt32]?

  var areAllRows: Bool { caseOf == nil }

  /// Every row is a case.
  init(everyRowOf table: CaseTable) {
    count = table.rowCount
    starts = table.starts
    caseOf = nil
  }

  /// `units`: the unit of every row, or nil where each is its own. `isLeftOut`: of every row, or empty.
  init(units: [UInt32]?, isLeftOut: [Bool], rowCount: Int) {
    var count: UInt32 = 0
    var caseOfUnit: [UInt32] = []
    caseOf = (0..<rowCount).map { row in
      if !isLeftOut.isEmpty && isLeftOut[row] { return Self.none }
      if let unit = units.map({ Int($0[row]) }) {
        if unit >= caseOfUnit.count {
          caseOfUnit += [UInt32](repeating: Self.none, count: unit + 1 - caseOfUnit.count)
        }
        if caseOfUnit[unit] != Self.none { return caseOfUnit[unit] }
        caseOfUnit[unit] = count
      }
      defer { count += 1 }
      return count
    }
    self.count = Int(count)
    starts = [0, Int(count)]
  }

  /// What holds of the case of each row; `outside`: of rows that are no case.
  func rows(of values: [Bool], outside: Bool) -> [Bool] {
    guard let caseOf else { return values }
    return caseOf.map { $0 == Self.none ? outside : values[Int($0)] }
  }

  /// One value for each case, combined from those of its rows in their order.
  func callAsFunction<Value>(_ values: [Value], _ combine: (Value, Value) -> Value) -> [Value] {
    guard let caseOf else { return values }
    var combined: [Value] = []
    combined.reserveCapacity(count)
    for (row, place) in caseOf.enumerated() where place != Self.none {
      if Int(place) == combined.count {
        combined.append(values[row])
      } else {
        combined[Int(place)] = combine(combined[Int(place)], values[row])
      }
    }
    return combined
  }

  /// The value of the first row of each case that has one: the images of an examination may be of several days.
  func first<Value: Equatable>(of values: [Value], unknown: Value) -> [Value] {
    self(values) { $0 == unknown ? $1 : $0 }
  }

  /// The value on which the rows of each case agree; an unknown one gives way. Rows that differ are told, with the row
  /// that they differ from.
  func agreed<Value: Equatable>(
    _ values: [Value], unknown: Value, differs: (_ row: Int, _ first: Int) -> Void
  ) -> [Value] {
    guard let caseOf else { return values }
    var rowOf = [Int](repeating: -1, count: count)
    for (row, place) in caseOf.enumerated() where place != Self.none && values[row] != unknown {
      let first = rowOf[Int(place)]
      if first < 0 {
        rowOf[Int(place)] = row
      } else if values[first] != values[row] {
        differs(row, first)
      }
    }
    return rowOf.map { $0 < 0 ? unknown : values[$0] }
  }

  /// Scores, with not a number where there is none. `isNegated`: higher scores as written are lower here.
  func scores(_ values: [Double], _ rule: UnitDefinition.ScoreRule, isNegated: Bool) -> [Double] {
    guard caseOf != nil else { return values }
    let takesHigher = (rule == .max) != isNegated
    switch rule {
    case .max, .min:
      return self(values) { one, other in
        one.isNaN ? other : other.isNaN ? one : takesHigher ? Swift.max(one, other) : Swift.min(one, other)
      }
    case .first: return self(values) { $0.isNaN ? $1 : $0 }
    case .mean:
      let sums = self(values.map { $0.isNaN ? 0 : $0 }, +)
      let counts: [Double] = self(values.map { $0.isNaN ? 0 : 1 }, +)
      return zip(sums, counts).map { $1 == 0 ? .nan : $0 / $1 }
    }
  }
}

extension UnitDefinition.Combination {
  /// Of the truth: what one row without it could change stays open.
  func truth(_ one: BinaryValues.Meaning, _ other: BinaryValues.Meaning) -> BinaryValues.Meaning {
    first(
      of: self == .any
        ? [.positive, .aside, .missing, .negative] : [.negative, .aside, .missing, .positive], one, other)
  }

  /// Of delivered decisions.
  func decision(_ one: BinaryValues.Meaning, _ other: BinaryValues.Meaning) -> BinaryValues.Meaning {
    first(
      of: self == .any
        ? [.positive, .negative, .aside, .missing] : [.negative, .positive, .aside, .missing], one, other)
  }

  private func first(
    of order: [BinaryValues.Meaning], _ one: BinaryValues.Meaning, _ other: BinaryValues.Meaning
  ) -> BinaryValues.Meaning {
    order.first { $0 == one || $0 == other } ?? one
  }
}
