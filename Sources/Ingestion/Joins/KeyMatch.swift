internal import Statistics
internal import Validation

/// Which row of a joined file belongs to each row of the cases.
///
/// Cells are compared as trimmed text, but for what the plan says does not count, once per distinct cell; a key with a
/// missing part has no partner.
struct KeyMatch {
  static let none = UInt32.max
  /// Of every row of the cases.
  let rows: [UInt32]
  /// Pairs of rows of one key of which nothing says which counts.
  let undecided: [(row: Int, other: Int)]
  /// Whether any case belongs to each row of the joined file.
  let isUsed: [Bool]
  /// Rows of the joined file that do not count, with the row of the same key that does.
  let repeats: [(row: Int, counted: Int)]
  /// Rows of the joined file that belong to no case; one that repeats another is not counted.
  let onlyThere: [Int]
  /// Rows of the cases that have a partner although the two keys are not the same text.
  let respelt: Int
  private let codes: [UInt32]

  init(
    _ cases: CaseTable, _ here: [Int], _ file: CaseTable, _ there: [Int], missing: [String],
    ignoring differences: [Spelling.Difference], counting repeated: JoinDefinition.Repeated,
    by order: [RowSpan?]? = nil, workers: Workers
  ) {
    /// Nil where nothing says so.
    func counts(_ row: Int, before other: Int) -> Bool? {
      guard let order else { return repeated == .last }
      guard let own = order[row], let others = order[other], own.start > others.end || own.end < others.start
      else {
        return nil
      }
      return (own.start > others.end) == (repeated == .last)
    }
    func read(ignoring differences: [Spelling.Difference]) -> [UInt32] {
      zip(here, there).reduce([]) { codes, columns in
        let part = Self.codes(
          TextColumn(
            cases.textChunks(columns.0) + file.textChunks(columns.1), workers: workers, ignoring: differences),
          starts: cases.starts + file.starts.dropFirst().map { $0 + cases.rowCount }, missing, workers)
        return codes.isEmpty ? part : Self.paired(codes, part)
      }
    }
    let codes = read(ignoring: differences)
    var rowOf = [UInt32](
      repeating: Self.none, count: Int((codes.lazy.filter { $0 != Self.none }.max() ?? 0)) + 1)
    var repeats: [(row: Int, counted: Int)] = []
    var undecided: [(row: Int, other: Int)] = []
    for row in 0..<file.rowCount {
      let code = codes[cases.rowCount + row]
      guard code != Self.none else { continue }
      if rowOf[Int(code)] == Self.none {
        rowOf[Int(code)] = UInt32(row)
      } else {
        let known = Int(rowOf[Int(code)])
        let isCounted = counts(row, before: known)
        if isCounted == nil { undecided.append((row, known)) }
        repeats.append(isCounted == true ? (known, row) : (row, known))
        if isCounted == true { rowOf[Int(code)] = UInt32(row) }
      }
    }
    let rows = codes.prefix(cases.rowCount).map { $0 == Self.none ? Self.none : rowOf[Int($0)] }
    let isUsed = Self.isUsed(rows, count: file.rowCount)
    (self.rows, self.isUsed) = (rows, isUsed)
    self.repeats = repeats
    self.undecided = undecided
    let repeating = Set(repeats.map(\.row))
    onlyThere = isUsed.indices.filter { !isUsed[$0] && !repeating.contains($0) }
    let exact = differences.isEmpty ? [] : read(ignoring: [])
    respelt =
      exact.isEmpty
      ? 0
      : rows.indices.count { rows[$0] != Self.none && exact[$0] != exact[cases.rowCount + Int(rows[$0])] }
    self.codes = codes
  }

  /// Whether any of these cases belongs to each row of the joined file.
  func isUsed(by cases: [Int]) -> [Bool] { Self.isUsed(cases.lazy.map { rows[$0] }, count: isUsed.count) }

  private static func isUsed(_ rows: some Sequence<UInt32>, count: Int) -> [Bool] {
    var isUsed = [Bool](repeating: false, count: count)
    for row in rows where row != none { isUsed[Int(row)] = true }
    return isUsed
  }

  /// One code for each distinct cell of both files together.
  private static func codes(
    _ column: TextColumn, starts: [Int], _ missing: [String], _ workers: Workers
  ) -> [UInt32] {
    var codes = Array(0..<UInt32(column.distinctCount))
    for code in (missing + [""]).compactMap(column.code(of:)) { codes[code] = none }
    return column.rows(codes, absent: none, starts: starts, workers: workers)
  }

  /// One code for each distinct pair.
  static func paired(_ first: [UInt32], _ second: [UInt32]) -> [UInt32] {
    var known: [UInt64: UInt32] = [:]
    return zip(first, second).map { first, second in
      guard first != none, second != none else { return none }
      let pair = UInt64(first) << 32 | UInt64(second)
      if let code = known[pair] { return code }
      let code = UInt32(known.count)
      known[pair] = code
      return code
    }
  }

  /// The first row of each different key that found no partner, of these rows here and of those there; at most so many.
  func unmatched(_ onlyHere: [Int], atMost limit: Int) -> (here: [Int], there: [Int]) {
    func firsts(_ rows: some Sequence<Int>, offset: Int) -> [Int] {
      var known: Set<UInt32> = []
      var firsts: [Int] = []
      for row in rows where codes[offset + row] != Self.none && known.insert(codes[offset + row]).inserted {
        firsts.append(row)
        if firsts.count == limit { break }
      }
      return firsts
    }
    return (
      firsts(onlyHere, offset: 0),
      firsts(onlyThere, offset: rows.count)
    )
  }
}
