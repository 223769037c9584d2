/// A stretch of a score column. Not a number where the model gave no output.
struct NumberChunk: Sendable {
  let values: [Double]

  init(values: [Double]) { self.values = values }

  /// Cells that are refused are logged, with the field or byte at which they stand.
  init(
    _ cells: Cells, slot: Int, bytes: CellReader, rule: NumberRule,
    refuse: (Int, InputError.Kind, String) -> Void
  ) {
    let width = cells.width
    let special = rule.failed.numbers.union(rule.missing.compactMap { DecimalNumber.parse($0) })
    values = [Double](unsafeUninitializedCapacity: cells.rowCount) { values, count in
      cells.spans.withUnsafeBufferPointer { spans in
        for row in 0..<cells.rowCount {
          values[row] = .nan
          guard let cell = bytes(spans[row &* width &+ slot]) else { continue }
          if let number = DecimalNumber.parse(cell), number.isFinite {
            if !special.isEmpty, special.contains(number), Self.isFailed(cell, rule) { continue }
            values[row] = number
            if rule.isProbability && !(number >= 0 && number <= 1) {
              refuse(row, .notAProbability, String(decoding: cell, as: UTF8.self))
            }
          } else if !Self.isFailed(cell, rule) {
            let text = String(decoding: cell, as: UTF8.self)
            let key = "models[].indeterminate"
            refuse(
              row, Self.isNonFinite(text) ? .notFinite(declareIn: key) : .notANumber(declareIn: key), text)
          }
        }
      }
      count = cells.rowCount
    }
  }

  private static func isFailed(_ cell: UnsafeBufferPointer<UInt8>, _ rule: NumberRule) -> Bool {
    let text = String(decoding: cell, as: UTF8.self)
    return rule.missing.contains(text) || rule.failed.contains(text)
  }

  /// A number beyond the doubles, or a word for what is none.
  private static func isNonFinite(_ text: String) -> Bool {
    if DecimalNumber.parse(text) != nil { return true }
    let word = text.lowercased().drop { $0 == "-" || $0 == "+" }
    return ["nan", "inf", "infinity"].contains(word)
  }
}
