internal import Statistics
internal import Validation

/// The needed columns of all files, in the order of the plan: typed, but not yet interpreted.
struct CaseTable: Sendable {
  let requests: [ColumnRequest]
  private(set) var stretches: [Stretch] = []
  private(set) var files: [FileFacts] = []
  /// Where each stretch's rows start; one more than there are stretches.
  private(set) var starts = [0]

  var rowCount: Int { starts[starts.count - 1] }

  struct FileFacts: Sendable {
    let name: String
    /// The 1-based field of each needed column; nil in JSON.
    let fields: [String: Int]?
    let decimal: DecimalMark
  }

  /// Some rows of one file, one after the other.
  struct Stretch: Sendable {
    var file = 0
    /// The line that its own line 0 is.
    var firstLine = 0
    let rowCount: Int
    let lines: LineIndex
    let lineCount: Int
    /// One for each request.
    let columns: [Column]
    let problems: InputErrors
    let isBroken: Bool
    let seenKeys: [Bool]

    enum Column: Sendable {
      case numbers(NumberChunk)
      case text(TextChunk)
    }
  }

  init(_ requests: [ColumnRequest]) { self.requests = requests }

  /// The decimal marks of its files, each once.
  var decimals: [DecimalMark] {
    DecimalMark.allCases.filter { mark in files.contains { $0.decimal == mark } }
  }

  /// Where a row stands, for a message.
  func place(stretch: Int, row: Int) -> InputError.Place {
    let stretch = stretches[stretch]
    return .init(file: files[stretch.file].name, line: stretch.firstLine + stretch.lines.line(ofRow: row))
  }

  func textChunks(_ request: Int) -> [TextChunk] {
    stretches.compactMap { if case .text(let chunk) = $0.columns[request] { chunk } else { nil } }
  }

  func numberChunks(_ request: Int) -> [NumberChunk] {
    stretches.compactMap { if case .numbers(let chunk) = $0.columns[request] { chunk } else { nil } }
  }

  mutating func beginFile(_ facts: FileFacts) { files.append(facts) }

  /// Takes the next stretch of the file at hand, which begins on this line.
  mutating func append(_ stretch: Stretch, firstLine: Int) {
    guard stretch.rowCount > 0 else { return }
    var stretch = stretch
    stretch.file = files.count - 1
    stretch.firstLine = firstLine
    stretches.append(stretch)
    starts.append(rowCount + stretch.rowCount)
  }
}

extension CaseTable.Stretch {
  /// Reads the wanted columns of a stretch of a file.
  init(
    _ cells: Cells, of bytes: UnsafeBufferPointer<UInt8>, requests: [ColumnRequest], format: any RowFormat,
    decimal: DecimalMark, file: String
  ) {
    rowCount = cells.rowCount
    lines = cells.lines
    lineCount = cells.lineCount
    isBroken = cells.isBroken
    seenKeys = cells.seenKeys
    var problems = cells.problems
    var columns: [Column] = []
    cells.rewritten.withUnsafeBufferPointer { rewritten in
      guard let base = bytes.baseAddress, let rewritten = rewritten.baseAddress else { return }
      let reader = CellReader(bytes: base, rewritten: rewritten)
      for request in requests {
        guard let slot = format.columns.firstIndex(of: request.name) else { continue }
        switch request.reading {
        case .text: columns.append(.text(TextChunk(cells, slot: slot, bytes: reader)))
        case .number(let rule):
          let chunk = NumberChunk(cells, slot: slot, bytes: reader, rule: rule, decimal: decimal) {
            row, kind, found in
            let field = format.fields?[slot] ?? Int(cells.columns[row * cells.width + slot])
            problems.add(
              InputError(
                kind, file: file, line: cells.lines.line(ofRow: row), column: field, columnName: request.name,
                found: request.isShown ? CellText.clipped(found) : nil))
          }
          columns.append(.numbers(chunk))
        }
      }
    }
    self.columns = columns
    self.problems = problems
  }
}

enum CellText {
  /// Fit for one line of a message: at most forty characters, nothing that moves a cursor.
  static func clipped(_ text: String) -> String {
    let visible = text.unicodeScalars.prefix(200).reduce(into: "") { shown, scalar in
      let isControl = scalar.properties.generalCategory == .control || scalar.properties.isBidiControl
      shown.unicodeScalars.append(isControl ? "\u{FFFD}" : scalar)
    }
    return visible.count > 40 ? visible.prefix(39) + "…" : visible
  }
}
