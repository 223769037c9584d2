internal import Validation

/// A stretch of a score column. Not a number where the model gave no output.
struct NumberChunk: Sendable {
  let values: [Double]
  /// Of a column that is judged later.
  var refused = RefusedCells()

  init(values: [Double]) { self.values = values }

  /// Cells that are refused are told, by their row and text.
  init(
    _ cells: Cells, slot: Int, bytes: CellReader, rule: NumberRule, decimal: DecimalMark,
    refuse: (Int, UnsafeBufferPointer<UInt8>) -> Void
  ) {
    let width = cells.width
    let mark = decimal.byte
    let isPercent = rule.isPercent
    let isShare = isPercent || rule.isProbability
    let special = rule.tokens(decimal)
    values = [Double](unsafeUninitializedCapacity: cells.rowCount) { values, count in
      cells.spans.withUnsafeBufferPointer { spans in
        for row in 0..<cells.rowCount {
          values[row] = .nan
          guard let cell = bytes(spans[row &* width &+ slot]) else { continue }
          let number =
            isPercent ? Percentage.share(cell, decimal: mark) : DecimalNumber.parse(cell, decimal: mark)
          if let number, number.isFinite {
            if !special.isEmpty, special.contains(number), rule.isNoOutput(cell, decimal) { continue }
            values[row] = number
            if isShare && !(number >= 0 && number <= 1) {
              refuse(row, cell)
            }
          } else if !rule.isNoOutput(cell, decimal) {
            refuse(row, cell)
          }
        }
      }
      count = cells.rowCount
    }
  }
}

/// Rows of a stretch whose cells are refused, with what stands there and in which field (or byte, in JSON).
struct RefusedCells: Sendable {
  private var rows: [UInt32] = []
  private var columns: [UInt32] = []
  private var ends: [UInt32] = []
  private var bytes: [UInt8] = []

  mutating func add(row: Int, column: Int, _ cell: UnsafeBufferPointer<UInt8>) {
    rows.append(UInt32(row))
    columns.append(UInt32(column))
    bytes += cell
    ends.append(UInt32(bytes.count))
  }

  func forEach(_ body: (_ row: Int, _ column: Int, _ text: String) -> Void) {
    var start = 0
    for index in rows.indices {
      let end = Int(ends[index])
      body(Int(rows[index]), Int(columns[index]), String(decoding: bytes[start..<end], as: UTF8.self))
      start = end
    }
  }
}

extension NumberRule {
  /// Why a cell is refused.
  func refusal(of text: String, _ decimal: DecimalMark) -> InputError.Kind {
    var copy = text
    let number = copy.withUTF8 {
      isPercent ? Percentage.share($0, decimal: decimal.byte) : DecimalNumber.parse($0, decimal: decimal.byte)
    }
    guard let number, number.isFinite else { return .notANumber(text, decimal, declareIn: declareIn) }
    return isPercent && !isProbability
      ? .notAPercentage(declareIn: declareIn) : .notAProbability(isPercent: isPercent)
  }

  /// Numbers that may mean "no output": few cells need a second look.
  fileprivate func tokens(_ decimal: DecimalMark) -> Set<Double> {
    Set(
      (failed.values + missing).flatMap { token in
        [.point, decimal].compactMap { mark in
          var token = token
          return token.withUTF8 {
            isPercent
              ? Percentage.share($0, decimal: mark.byte) : DecimalNumber.parse($0, decimal: mark.byte)
          }
        }
      })
  }

  fileprivate func isNoOutput(_ cell: UnsafeBufferPointer<UInt8>, _ decimal: DecimalMark) -> Bool {
    let text = String(decoding: cell, as: UTF8.self)
    return missing.contains(text) || failed.contains(text, decimal: decimal)
  }
}

/// `87.5`, `87.5%` and `87.5 %` as 0.875.
enum Percentage {
  static func share(_ cell: UnsafeBufferPointer<UInt8>, decimal: UInt8) -> Double? {
    guard cell.last == UInt8(ascii: "%") else {
      return DecimalNumber.parse(cell, decimal: decimal, shift: -2)
    }
    let number = Trimming.slowly(UnsafeBufferPointer(rebasing: cell.dropLast()))
    return DecimalNumber.parse(number, decimal: decimal, shift: -2)
  }
}

extension InputError.Kind {
  /// Why a cell is no number, as far as it can be told.
  static func notANumber(_ text: String, _ decimal: DecimalMark, declareIn key: String) -> InputError.Kind {
    let word = text.lowercased().drop { $0 == "-" || $0 == "+" }
    if DecimalNumber.parse(text, decimal: decimal) != nil || ["nan", "inf", "infinity"].contains(word) {
      return .notFinite(declareIn: key)
    }
    if text.hasSuffix("%"), text.utf8.contains(where: { $0 >= 48 && $0 < 58 }) { return .percentSign }
    let other: DecimalMark = decimal == .point ? .comma : .point
    if hasThousands(text, separator: other.byte, decimal: decimal.byte) { return .thousandsSeparator }
    if DecimalNumber.parse(text, decimal: other) != nil { return .otherDecimal(other) }
    return .notANumber(declareIn: key)
  }

  /// Of a number that people write: `55 anos` is more than no number.
  static func notAnAmount(_ text: String, _ decimal: DecimalMark) -> InputError.Kind {
    let rest = text.drop { $0.isASCII && $0.isNumber || $0 == "." || $0 == "," }
    let isAmount = text.first?.isNumber == true && rest.drop(while: \.isWhitespace).first?.isLetter == true
    let kind = notANumber(text, decimal, declareIn: "missing")
    if case .notANumber = kind, isAmount { return .numberWithUnit }
    return kind
  }

  /// `1,234` and `1,234,567.8`: after the first separator always three digits.
  private static func hasThousands(_ text: String, separator: UInt8, decimal: UInt8) -> Bool {
    let isDigit: (UInt8) -> Bool = { $0 >= 48 && $0 < 58 }
    let whole = text.utf8.drop { $0 == UInt8(ascii: "-") }.prefix { $0 != decimal }
    let groups = whole.split(separator: separator, omittingEmptySubsequences: false)
    guard groups.count > 1, let first = groups.first, (1...3).contains(first.count), first.first != 48 else {
      return false
    }
    return groups.dropFirst().allSatisfy { $0.count == 3 } && groups.allSatisfy { $0.allSatisfy(isDigit) }
  }
}
