/// One pass over a stretch of delimited rows: eight bytes at a time, stopping only at delimiters, line feeds and quotes.
struct DelimitedScan {
  var cells: Cells
  private(set) var hasHighBits = false
  private(set) var currentField = 1
  private(set) var lineOfCurrentByte = 0
  private let file: String
  private let fieldCount: Int
  private let longestRow: Int
  /// A worksheet's rows end with their last cell, and below its table many are blank.
  private let isSheet: Bool

  init(file: String, width: Int, fieldCount: Int, sizes: BlockSizes, isSheet: Bool) {
    cells = Cells(width: width, keptProblems: sizes.keptProblems)
    self.file = file
    self.fieldCount = fieldCount
    longestRow = sizes.longestRow
    self.isSheet = isSheet
  }

  /// `isWhole`: the stretch ends with a row, so that an open quote at its end is never closed.
  mutating func run(
    _ bytes: UnsafePointer<UInt8>, end: Int, isWhole: Bool, delimiter: UInt8,
    slots: UnsafePointer<Int>, spans: UnsafeMutablePointer<Cells.Span>
  ) {
    let (lineFeed, quote) = (ByteScan.lineFeed, ByteScan.quote)
    let delimiters = ByteScan.broadcast(delimiter)
    let lineFeeds = ByteScan.broadcast(lineFeed)
    let quotes = ByteScan.broadcast(quote)
    var seen: UInt64 = 0
    // Lines are counted from 0 within the stretch.
    var (rowStart, fieldStart, field, line, linesInRow) = (0, 0, 0, 0, 0)
    var (isInside, isQuoted) = (false, false)
    var row = spans
    var at = 0
    defer {
      hasHighBits = seen & ByteScan.highBits != 0
      currentField = field + 1
      lineOfCurrentByte = line + linesInRow
      cells.lineCount = line
    }
    while at < end {
      let word = ByteScan.load(bytes + at)
      seen |= word
      let none =
        ByteScan.notZero(word ^ delimiters) & ByteScan.notZero(word ^ lineFeeds)
        & ByteScan.notZero(word ^ quotes)
      var found = ~none & ByteScan.highBits
      if end &- at < 8 { found &= (1 << (UInt64(end &- at) &* 8)) &- 1 }
      while found != 0 {
        let place = at &+ found.trailingZeroBitCount &>> 3
        found &= found &- 1
        let byte = bytes[place]
        if byte == quote {
          isInside.toggle()
          isQuoted = true
          continue
        }
        if isInside {
          if byte == lineFeed { linesInRow &+= 1 }
          continue
        }
        var fieldEnd = place
        if byte == lineFeed && place > fieldStart && bytes[place &- 1] == ByteScan.carriageReturn {
          fieldEnd &-= 1
        }
        var span = Cells.Span(
          offset: UInt32(truncatingIfNeeded: fieldStart),
          size: UInt32(truncatingIfNeeded: fieldEnd &- fieldStart))
        if isQuoted {
          isQuoted = false
          let content = UnsafeBufferPointer(start: bytes + fieldStart, count: fieldEnd - fieldStart)
          guard let unquoted = unquote(content, span) else {
            return stop(.strayQuote, line: line + linesBefore(fieldStart, rowStart, bytes), field: field + 1)
          }
          span = unquoted
        }
        if field < fieldCount { row[slots[field]] = span }
        field &+= 1
        fieldStart = place &+ 1
        guard byte == lineFeed else { continue }
        if place &- rowStart > longestRow {
          return stop(.rowTooLong(limit: longestRow), line: line, field: nil)
        }
        let isBlank = isSheet && fieldEnd &- rowStart == field &- 1
        if isSheet && !isBlank {
          for absent in min(field, fieldCount)..<fieldCount { row[slots[absent]] = .absent }
          field = max(field, fieldCount)
        }
        if isBlank {
          // Not a case, and nothing is wrong with it.
        } else if field == fieldCount && !(fieldCount == 1 && fieldEnd == rowStart) {
          cells.lines.note(row: cells.rowCount, line: line)
          cells.rowCount &+= 1
          row += cells.width
        } else if fieldEnd > rowStart {
          let ragged = InputError.Kind.ragged(expected: fieldCount)
          cells.problems.add(
            InputError(
              ragged, file: file, line: line, column: min(field, fieldCount + 1), found: String(field)))
        }
        line &+= linesInRow &+ 1
        (rowStart, field, linesInRow) = (fieldStart, 0, 0)
      }
      at &+= 8
    }
    if end - rowStart > longestRow { return stop(.rowTooLong(limit: longestRow), line: line, field: nil) }
    guard isWhole, rowStart < end else { return }
    let kind = bytes[fieldStart] == quote ? InputError.Kind.unclosedQuote : .strayQuote
    stop(kind, line: line + linesBefore(fieldStart, rowStart, bytes), field: field + 1)
  }

  /// Ends the file here.
  mutating func stop(_ kind: InputError.Kind, line: Int, field: Int?) {
    cells.isBroken = true
    cells.problems.add(InputError(kind, file: file, line: line, column: field))
  }

  /// The span of what stands between the quotes; rewritten where quotes are doubled.
  private mutating func unquote(_ field: UnsafeBufferPointer<UInt8>, _ span: Cells.Span) -> Cells.Span? {
    guard let content = Quoting.content(of: field) else { return nil }
    if content.count == field.count - 2 { return Cells.Span(offset: span.offset + 1, size: span.size - 2) }
    let offset = UInt32(cells.rewritten.count)
    cells.rewritten += content
    return Cells.Span(offset: offset, size: UInt32(content.count) | Cells.Span.rewrittenBit)
  }

  private func linesBefore(_ field: Int, _ row: Int, _ bytes: UnsafePointer<UInt8>) -> Int {
    ByteScan.lineFeeds(bytes, row..<field)
  }
}
