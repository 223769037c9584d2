/// The first row of a delimited file: the names of its columns.
struct DelimitedHeader {
  let names: [String]
  /// Bytes from the start of the file to the first row of data.
  let size: Int
  let lines: Int
  let line: Int

  /// - Parameter declared: the line at which it stands; what stands above it is not read.
  init(_ beginning: FileBeginning, delimiter: UInt8, declared: Int?, longestRow: Int) throws(InputError) {
    let (bytes, file) = (beginning.bytes, beginning.file)
    guard let base = bytes.baseAddress, var first = beginning.firstText else {
      throw InputError(.empty, file: file)
    }
    while let declared, first.line < declared {
      guard let next = ByteScan.rowStart(base, first.start..<bytes.count, inQuotes: false, quotes: true)
      else {
        throw InputError(.empty, file: file)
      }
      first = (next, first.line + ByteScan.lineFeeds(base, first.start..<next))
    }
    line = first.line
    let end = ByteScan.rowStart(base, first.start..<bytes.count, inQuotes: false, quotes: true)
    size = end ?? bytes.count
    let row = UnsafeBufferPointer(rebasing: bytes[first.start..<size])
    guard row.count <= longestRow else {
      throw InputError(.rowTooLong(limit: longestRow), file: file, line: first.line)
    }
    lines = first.line - 1 + ByteScan.lineFeeds(base, first.start..<size) + (end == nil ? 1 : 0)
    names = try Self.fields(row, delimiter: delimiter, in: beginning, line: first.line)
  }

  private static func fields(
    _ row: UnsafeBufferPointer<UInt8>, delimiter: UInt8, in beginning: FileBeginning, line: Int
  ) throws(InputError) -> [String] {
    var fields: [Range<Int>] = []
    var (start, isInside) = (0, false)
    let closed = row.last == ByteScan.lineFeed ? row.count - 1 : row.count
    let end = closed > 0 && row[closed - 1] == ByteScan.carriageReturn ? closed - 1 : closed
    for at in 0..<end {
      if row[at] == ByteScan.quote { isInside.toggle() }
      if row[at] == delimiter && !isInside {
        fields.append(start..<at)
        start = at + 1
      }
    }
    fields.append(start..<end)
    let bad = Encoding.firstError(in: row)
    return try fields.enumerated().map { (index, range) throws(InputError) in
      func problem(_ kind: InputError.Kind) -> InputError {
        let above = row[..<range.lowerBound].count { $0 == ByteScan.lineFeed }
        return InputError(kind, file: beginning.file, line: line + above, column: index + 1)
      }
      if let bad, range.contains(bad) { throw problem(.encoding(beginning.encoding)) }
      let field = UnsafeBufferPointer(rebasing: row[range])
      if isInside && index == fields.count - 1 { throw problem(.unclosedQuote) }
      guard field.contains(ByteScan.quote) else {
        if field.contains(ByteScan.carriageReturn) { throw problem(.loneCarriageReturns) }
        return String(decoding: Trimming.slowly(field), as: UTF8.self)
      }
      guard let content = Quoting.content(of: field) else { throw problem(.strayQuote) }
      return content.withUnsafeBufferPointer { String(decoding: Trimming.slowly($0), as: UTF8.self) }
    }
  }
}

enum Quoting {
  /// What stands between the quotes of a field; nil unless it is quoted as RFC 4180 has it.
  static func content(of field: UnsafeBufferPointer<UInt8>) -> [UInt8]? {
    guard field.count >= 2, field.first == ByteScan.quote, field.last == ByteScan.quote else { return nil }
    var content: [UInt8] = []
    content.reserveCapacity(field.count)
    var at = 1
    while at < field.count - 1 {
      content.append(field[at])
      if field[at] == ByteScan.quote {
        guard at + 1 < field.count - 1, field[at + 1] == ByteScan.quote else { return nil }
        at += 1
      }
      at += 1
    }
    return content
  }
}
