/// Delimited text after RFC 4180.
struct DelimitedFormat: RowFormat {
  let delimiter: UInt8
  let headerSize: Int
  let headerLines: Int
  let columns: [String]
  let fields: [Int]?
  let file: String
  let encoding: String
  private let sizes: BlockSizes
  let isSheet: Bool
  /// Of every field of a row: the slot of its cell; fields that nobody wants share a slot beyond the last.
  private let slots: [Int]
  private var width: Int { columns.count }

  /// All problems of the header at once: missing and duplicate columns.
  init(
    _ header: DelimitedHeader, requested: [String], delimiter: UInt8, in beginning: FileBeginning,
    sizes: BlockSizes,
    isSheet: Bool
  ) throws(InputErrors) {
    self.delimiter = delimiter
    file = beginning.file
    encoding = beginning.encoding
    self.sizes = sizes
    self.isSheet = isSheet
    let file = file
    headerSize = header.size
    headerLines = header.lines
    var problems = InputErrors()
    var known: Set<String> = []
    for (index, name) in header.names.enumerated() where !known.insert(name).inserted {
      let place = InputError(
        .duplicateColumn, file: file, line: header.line, column: index + 1, columnName: name)
      // Columns without a name trail in many exports; nobody can ask for them.
      if !name.isEmpty { problems.add(place) }
    }
    // Several requests may share a column.
    columns = requested.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
    var sheets: WorkbookSheets?
    for name in columns where !known.contains(name) {
      sheets = sheets ?? WorkbookSheets(of: beginning.opened)
      let facts = MissingColumn.File(name: file, columns: header.names, sheets: sheets)
      let problem = InputError.missing(name, in: facts, line: header.line)
      // It explains why every column is missing.
      if case .otherDelimiter = problem.kind { throw InputErrors(problem) }
      problems.add(problem)
    }
    guard problems.isEmpty else { throw problems }
    let columns = columns
    slots = header.names.map { columns.firstIndex(of: $0) ?? columns.count }
    fields = columns.map { (header.names.firstIndex(of: $0) ?? 0) + 1 }
  }

  func cells(in bytes: UnsafeBufferPointer<UInt8>) -> Cells {
    var scan = scan(bytes, upTo: bytes.count)
    if scan.hasHighBits, let bad = Encoding.firstError(in: bytes) {
      // The row with the first bad byte ends the file, unless something before it already did.
      scan = self.scan(bytes, upTo: bad)
      if !scan.cells.isBroken {
        scan.stop(.encoding(encoding), line: scan.lineOfCurrentByte, field: scan.currentField)
      }
    }
    scan.cells.rewritten += [UInt8](repeating: 0, count: Batch.padding)
    return scan.cells
  }

  private func scan(_ bytes: UnsafeBufferPointer<UInt8>, upTo end: Int) -> DelimitedScan {
    var scan = DelimitedScan(
      file: file, width: width, fieldCount: slots.count, sizes: sizes,
      isSheet: isSheet)
    guard let base = bytes.baseAddress else { return scan }
    // Each row has at least its delimiters and its line feed (in a sheet only a cell and that); the row at hand and the
    // shared slot need room too.
    let rows = end / (isSheet ? 2 : max(slots.count, 2)) + 2
    let spans = [Cells.Span](unsafeUninitializedCapacity: rows * width + width + 1) { spans, count in
      slots.withUnsafeBufferPointer { slots in
        guard let places = spans.baseAddress, let slots = slots.baseAddress else { return }
        scan.run(
          base, end: end, isWhole: end == bytes.count, delimiter: delimiter, slots: slots, spans: places)
      }
      count = scan.cells.rowCount * width
    }
    scan.cells.spans = spans
    return scan
  }
}
