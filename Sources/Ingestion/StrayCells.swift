/// A few cells that are written otherwise than the rest of their column: they are to be corrected, not the plan.
public struct StrayCells: Hashable, Sendable {
  let count: Int
  /// The first few.
  let places: [InputError.Place]

  static let examples = 5

  /// `correct this cell (a.csv:7)`.
  var remedy: String {
    let listed = places.map { "\($0.file):\($0.line)" }.joined(separator: ", ")
    let more = count > places.count ? ", …" : ""
    return "correct " + (count == 1 ? "this cell" : "these \(count) cells") + " (\(listed)\(more))"
  }
}

extension InputErrors {
  /// Each group of cells that are written in another way than declared, and in which fewer are than `fitting` says of
  /// its column, as stray cells.
  func tellingStrays(fitting: (Group) -> Int) -> InputErrors {
    guard groups.contains(where: \.first.kind.mayBeStray) else { return self }
    return replacingKinds { group in
      let kin = groups.filter { $0.first.kind.mayBeStray && $0.first.columnName == group.first.columnName }
      guard group.first.kind.mayBeStray, kin.reduce(0, { $0 + $1.count }) < fitting(group) else { return nil }
      let places = group.places.prefix(StrayCells.examples).compactMap { error in
        error.line.map { InputError.Place(file: error.file, line: $0) }
      }
      return .stray(group.first.kind, StrayCells(count: group.count, places: places))
    }
  }
}

extension InputError.Kind {
  /// The plan's format could be wrong, or the cell.
  fileprivate var mayBeStray: Bool {
    switch self {
    case .otherDecimal, .notADate: true
    default: isOtherwiseWrittenDate
    }
  }

  /// In a way that a plan could declare.
  var isOtherwiseWrittenDate: Bool {
    switch self {
    case .ambiguousDate, .spreadsheetDate: true
    default: false
    }
  }

  /// Rows that could not be read, so that others miss them.
  var losesRows: Bool {
    switch self {
    case .ragged, .unclosedQuote, .strayQuote, .loneCarriageReturns, .rowTooLong, .invalidJSON, .nestedValue,
      .repeatedKey, .encoding:
      true
    default: false
    }
  }
}

extension CaseTable {
  /// How many numbers of a column of a file were surely written with its decimal mark: those that are not whole.
  func fractions(of name: String?, inFile file: Int) -> Int {
    guard let index = requests.firstIndex(where: { $0.name == name && $0.isNumber }) else { return 0 }
    var scale = 1.0
    if case .number(let rule) = requests[index].reading, rule.isPercent { scale = 100 }
    return stretches.reduce(0) { count, stretch in
      guard stretch.file == file, case .numbers(let chunk) = stretch.columns[index] else {
        return count
      }
      return count
        + chunk.values.count { value in
          let written = value * scale
          return (written - written.rounded()).magnitude > 1e-9
        }
    }
  }
}

extension ColumnRequest {
  fileprivate var isNumber: Bool { if case .number = reading { true } else { false } }
}
