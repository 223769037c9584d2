/// One flat JSON object on each line. Numbers keep their text, so that `1` is the declared value "1"; null is missing.
struct JSONLinesFormat: RowFormat {
  let headerSize: Int
  let headerLines: Int
  let fields: [Int]? = nil
  let file: String
  let encoding: String
  private let longestRow: Int
  private let keptProblems: Int
  let columns: [String]
  private let keys: [[UInt8]]

  /// Before any value has been seen for a key in this row.
  private static let unset = Cells.Span(offset: 1, size: .max)

  init(_ beginning: FileBeginning, requested: [String], sizes: BlockSizes) throws(InputError) {
    guard let first = beginning.firstText else { throw InputError(.empty, file: beginning.file) }
    file = beginning.file
    encoding = beginning.encoding
    headerSize = first.start
    headerLines = first.line - 1
    longestRow = sizes.longestRow
    keptProblems = sizes.keptProblems
    columns = requested.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
    keys = columns.map { Array($0.utf8) }
  }

  func cells(in bytes: UnsafeBufferPointer<UInt8>) -> Cells {
    var cells = Cells(width: keys.count, keptProblems: keptProblems)
    cells.seenKeys = keys.map { _ in false }
    let bad = Encoding.firstError(in: bytes) ?? bytes.count
    guard let base = bytes.baseAddress else { return cells }
    var start = 0
    while start < bytes.count {
      let end = bytes[start...].firstIndex(of: ByteScan.lineFeed) ?? bytes.count
      if end - start > longestRow || end > bad {
        let kind =
          bad - start <= longestRow ? InputError.Kind.encoding(encoding) : .rowTooLong(limit: longestRow)
        let column = bad - start <= longestRow ? bad - start + 1 : nil
        cells.problems.add(InputError(kind, file: file, line: cells.lineCount, column: column))
        cells.isBroken = true
        break
      }
      readLine(base, start..<end, into: &cells)
      cells.lineCount += 1
      start = end + 1
    }
    cells.rewritten += [UInt8](repeating: 0, count: Batch.padding)
    return cells
  }

  private func readLine(_ bytes: UnsafePointer<UInt8>, _ range: Range<Int>, into cells: inout Cells) {
    var text = JSONText(bytes, range)
    text.skipSpaces()
    if text.isAtEnd { return }
    let first = cells.spans.count
    cells.spans.append(contentsOf: repeatElement(Self.unset, count: keys.count))
    cells.columns.append(contentsOf: repeatElement(0, count: keys.count))
    do throws(JSONText.Failure) {
      try readObject(&text, lineStart: range.lowerBound, first: first, into: &cells)
      cells.lines.note(row: cells.rowCount, line: cells.lineCount)
      cells.rowCount += 1
    } catch {
      cells.spans.removeSubrange(first...)
      cells.columns.removeSubrange(first...)
      let kind = InputError.Kind.invalidJSON(expected: error.expected)
      let column = error.at - range.lowerBound + 1
      cells.problems.add(InputError(kind, file: file, line: cells.lineCount, column: column))
    }
  }

  private func readObject(
    _ text: inout JSONText, lineStart: Int, first: Int, into cells: inout Cells
  ) throws(JSONText.Failure) {
    try text.expect("{")
    if !text.take("}") {
      repeat {
        let key = try text.string()
        let keyStart = key.range.lowerBound - 1
        try text.expect(":")
        text.skipSpaces()
        let slot = try slot(of: key, in: text)
        guard let slot else {
          try text.skipValue()
          continue
        }
        func problem(_ kind: InputError.Kind, at place: Int) -> InputError {
          InputError(
            kind, file: file, line: cells.lineCount, column: place - lineStart + 1, columnName: columns[slot])
        }
        if cells.spans[first + slot].offset != Self.unset.offset || !cells.spans[first + slot].isAbsent {
          cells.problems.add(problem(.repeatedKey, at: keyStart))
        }
        let start = text.at
        if text.byte == UInt8(ascii: "{") || text.byte == UInt8(ascii: "[") {
          cells.problems.add(problem(.nestedValue, at: start))
          try text.skipValue()
          cells.spans[first + slot] = .absent
        } else {
          cells.spans[first + slot] = try value(&text, &cells.rewritten)
        }
        cells.columns[first + slot] = UInt32(start - lineStart + 1)
        cells.seenKeys[slot] = true
      } while text.take(",")
      try text.expect("}")
    }
    text.skipSpaces()
    if !text.isAtEnd { throw JSONText.Failure(expected: "the end of the line", at: text.at) }
  }

  private func value(_ text: inout JSONText, _ rewritten: inout [UInt8]) throws(JSONText.Failure)
    -> Cells.Span
  {
    let isString = text.byte == UInt8(ascii: "\"")
    let token = isString ? try text.string() : try text.word()
    if token.hasEscapes {
      let content = try text.unescaped(token)
      let offset = UInt32(rewritten.count)
      rewritten += content
      return Cells.Span(offset: offset, size: UInt32(content.count) | Cells.Span.rewrittenBit)
    }
    if !isString, text.bytes[token.range.lowerBound] == UInt8(ascii: "n") { return .absent }
    return Cells.Span(offset: UInt32(token.range.lowerBound), size: UInt32(token.range.count))
  }

  private func slot(of key: JSONText.Token, in text: JSONText) throws(JSONText.Failure) -> Int? {
    if key.hasEscapes {
      let name = try text.unescaped(key)
      return keys.firstIndex(of: name)
    }
    let name = UnsafeBufferPointer(start: text.bytes + key.range.lowerBound, count: key.range.count)
    return keys.firstIndex { $0.count == name.count && $0.elementsEqual(name) }
  }

  /// The keys of the first lines, in the order in which they appear.
  static func keys(in beginning: FileBeginning, lines: Int) -> [String] {
    let bytes = beginning.bytes
    guard let base = bytes.baseAddress, var start = beginning.firstText?.start else { return [] }
    var names: [String] = []
    for _ in 0..<lines where start < bytes.count {
      let end = bytes[start...].firstIndex(of: ByteScan.lineFeed) ?? bytes.count
      var text = JSONText(base, start..<end)
      _ = try? collectKeys(&text, into: &names)
      start = end + 1
    }
    return names
  }

  private static func collectKeys(_ text: inout JSONText, into names: inout [String]) throws(JSONText.Failure)
  {
    try text.expect("{")
    repeat {
      let key = try text.string()
      let name = try String(decoding: text.unescaped(key), as: UTF8.self)
      try text.expect(":")
      try text.skipValue()
      if !names.contains(name) { names.append(name) }
    } while text.take(",")
  }
}
