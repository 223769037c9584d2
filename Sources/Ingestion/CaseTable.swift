internal import Statistics
internal import Validation

/// The needed columns of all files, in the order of the plan: typed, but not yet interpreted.
struct CaseTable: Sendable {
  private(set) var requests: [ColumnRequest]
  private(set) var stretches: [Stretch] = []
  private(set) var files: [FileFacts] = []
  /// Where each stretch's rows start; one more than there are stretches.
  private(set) var starts = [0]
  /// Files whose columns were added to those of the cases.
  private(set) var joined: [JoinedFile] = []
  /// Of each request that was added: the joined file it stands in, and the request there.
  private(set) var origins: [ColumnRequest: (file: Int, request: Int)] = [:]

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
    fileprivate(set) var columns: [Column]
    let problems: InputErrors
    let isBroken: Bool
    let seenKeys: [Bool]

    enum Column: Sendable {
      case numbers(NumberChunk)
      case text(TextChunk)
    }
  }

  init(_ requests: [ColumnRequest]) { self.requests = requests }

  struct JoinedFile: Sendable {
    let table: CaseTable
    /// Its row for each row of the cases, or `KeyMatch.none`.
    let rows: [UInt32]
  }

  /// Adds columns of a joined file, one for each of these requests and in each stretch.
  mutating func join(
    _ file: JoinedFile, _ added: [(request: ColumnRequest, own: Int)], _ columns: [[Stretch.Column]]
  ) {
    for (request, own) in added { origins[request] = (joined.count, own) }
    joined.append(file)
    requests += added.map(\.request)
    for stretch in stretches.indices { stretches[stretch].columns += columns[stretch] }
  }

  /// The same columns in the order of these requests.
  func arranged(as wanted: [ColumnRequest]) -> CaseTable {
    var copy = self
    let places = wanted.compactMap(requests.firstIndex(of:))
    copy.requests = places.map { requests[$0] }
    for stretch in stretches.indices {
      copy.stretches[stretch].columns = places.map { stretches[stretch].columns[$0] }
    }
    return copy
  }

  /// The row of the joined file that a cell was taken from; nil for a column of the cases and without a partner.
  func joinedRow(_ request: Int, stretch: Int, row: Int) -> UInt32? {
    guard let origin = origins[requests[request]] else { return nil }
    let row = joined[origin.file].rows[starts[stretch] + row]
    return row == KeyMatch.none ? nil : row
  }

  /// Where a row stands, counted through the table.
  func place(ofRow row: Int) -> InputError.Place {
    let stretch = starts.partitioningIndex { $0 > row } - 1
    return place(stretch: stretch, row: row - starts[stretch])
  }

  /// The decimal marks of the files in which a column stands, each once.
  func decimals(of request: Int) -> [DecimalMark] {
    let own = origins[requests[request]].map { joined[$0.file].table.files } ?? files
    return DecimalMark.allCases.filter { mark in own.contains { $0.decimal == mark } }
  }

  /// Where a row stands, for a message.
  func place(stretch: Int, row: Int) -> InputError.Place {
    let stretch = stretches[stretch]
    return .init(file: files[stretch.file].name, line: stretch.firstLine + stretch.lines.line(ofRow: row))
  }

  /// Where a cell stands: its line, its field (or byte in JSON) where that is known, and its column's own name.
  func cellPlace(_ request: Int, stretch: Int, row: Int) -> (
    place: InputError.Place, column: Int?, name: String
  ) {
    let name = requests[request].name
    if let origin = origins[requests[request]] {
      guard let joinedRow = joinedRow(request, stretch: stretch, row: row) else {
        return (place(stretch: stretch, row: row), nil, name)
      }
      let table = joined[origin.file].table
      let stretch = table.starts.partitioningIndex { $0 > Int(joinedRow) } - 1
      return table.cellPlace(origin.request, stretch: stretch, row: Int(joinedRow) - table.starts[stretch])
    }
    var column = files[stretches[stretch].file].fields?[name]
    if column == nil, case .text(let chunk) = stretches[stretch].columns[request], !chunk.columns.isEmpty {
      // A key that is not in its line has no place in it.
      column = chunk.columns[row] == 0 ? nil : Int(chunk.columns[row])
    }
    return (place(stretch: stretch, row: row), column, name)
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
          var refused = RefusedCells()
          var chunk = NumberChunk(cells, slot: slot, bytes: reader, rule: rule, decimal: decimal) {
            row, cell in
            let field = format.fields?[slot] ?? Int(cells.columns[row * cells.width + slot])
            if rule.isJudgedLater { return refused.add(row: row, column: field, cell) }
            let found = String(decoding: cell, as: UTF8.self)
            problems.add(
              InputError(
                rule.refusal(of: found, decimal), file: file, line: cells.lines.line(ofRow: row),
                column: field, columnName: request.name,
                found: request.isShown ? CellText.clipped(found) : nil))
          }
          chunk.refused = refused
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
    let visible = visible(text.unicodeScalars.prefix(200))
    return visible.count > 40 ? visible.prefix(39) + "…" : visible
  }

  /// The name of a column in full, with nothing that moves a cursor.
  static func name(_ name: String) -> String { visible(name.unicodeScalars[...]) }

  private static func visible(_ text: Substring.UnicodeScalarView) -> String {
    text.reduce(into: "") { shown, scalar in
      let isControl = scalar.properties.generalCategory == .control || scalar.properties.isBidiControl
      shown.unicodeScalars.append(isControl ? "\u{FFFD}" : scalar)
    }
  }
}
