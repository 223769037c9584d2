/// Where the needed cells of a stretch of rows stand, and what was wrong with its rows.
struct Cells: Sendable {
  /// Needed cells in each row.
  let width: Int
  var rowCount = 0
  /// Row by row.
  var spans: [Span] = []
  /// Of JSON: the 1-based byte of its line at which each span stands. Empty for delimited text, where the field says it.
  var columns: [UInt32] = []
  /// Contents that had to be rewritten: doubled quotes, escapes.
  var rewritten: [UInt8] = []
  /// Of JSON: which of the needed keys stand in any row. Empty for delimited text, where the header says it.
  var seenKeys: [Bool] = []
  var lines = LineIndex()
  /// Line feeds in the stretch.
  var lineCount = 0
  var problems: InputErrors
  /// Something made the rest of the file unreadable: what follows this stretch does not count.
  var isBroken = false

  init(width: Int, keptProblems: Int) {
    self.width = width
    problems = InputErrors(keeping: keptProblems)
  }

  /// A cell, by its place in the stretch or in `rewritten`.
  struct Span: Sendable {
    var offset: UInt32
    var size: UInt32

    static let rewrittenBit: UInt32 = 1 << 31
    /// Not there at all: a missing key, a JSON null.
    static let absent = Span(offset: 0, size: .max)
    @inline(__always) var isAbsent: Bool { size == .max }
  }
}

/// Reads the cells of one stretch while its bytes are at hand.
struct CellReader {
  let bytes: UnsafePointer<UInt8>
  let rewritten: UnsafePointer<UInt8>

  /// The trimmed cell; nil where it is absent.
  @inline(__always)
  func callAsFunction(_ span: Cells.Span) -> UnsafeBufferPointer<UInt8>? {
    if span.isAbsent { return nil }
    let isRewritten = span.size & Cells.Span.rewrittenBit != 0
    let size = Int(span.size & ~Cells.Span.rewrittenBit)
    let base = (isRewritten ? rewritten : bytes) + Int(span.offset)
    return Trimming.trimmed(base, size)
  }
}

/// Which physical line each row of a stretch stands on: mostly one after the other, so only the exceptions are kept.
struct LineIndex: Hashable, Sendable {
  private var breaks: [Break] = []

  private struct Break: Hashable, Sendable {
    let row: Int
    let line: Int
  }

  @inline(__always)
  mutating func note(row: Int, line: Int) {
    if let last = breaks.last, line - last.line == row - last.row { return }
    breaks.append(Break(row: row, line: line))
  }

  func line(ofRow row: Int) -> Int {
    let after = breaks.partitioningIndex { $0.row > row }
    guard after > 0 else { return row }
    return breaks[after - 1].line + (row - breaks[after - 1].row)
  }
}

extension Array {
  /// The first index whose element belongs to the second part, where the elements are parted by `belongs`.
  func partitioningIndex(_ belongs: (Element) -> Bool) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if belongs(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
