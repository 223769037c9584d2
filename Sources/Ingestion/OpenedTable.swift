internal import Statistics
internal import Validation

/// A file whose kind and column names are known, before its rows are read.
struct OpenedTable {
  let blocks: BlockReader
  /// Of its columns; of JSON, the keys of its first line.
  let names: [String]
  private let beginning: FileBeginning
  private let table: FileFormat.Table
  private let header: DelimitedHeader?
  private let sizes: BlockSizes
  private let isSheet: Bool
  let decimal: DecimalMark

  init(_ file: OpenFile, sizes: BlockSizes, workers: Workers) throws(InputError) {
    let format = try FileFormat(of: file)
    let source = try format.source(of: file)
    let hasQuotes = format.table != .jsonLines
    var blocks = BlockReader(source, hasQuotes: hasQuotes, sizes: sizes, workers: workers)
    beginning = try FileBeginning(
      blocks.beginning(), file: file, encoding: format.encoding)
    switch format.table {
    case .delimited(let delimiter):
      let header = try DelimitedHeader(
        beginning, delimiter: delimiter, declared: file.format.header, longestRow: sizes.longestRow)
      names = header.names
      self.header = header
    case .jsonLines:
      names = JSONLinesFormat.keys(in: beginning, lines: 1)
      header = nil
    }
    table = format.table
    decimal = format.decimal
    if case .converted(.workbook) = format.content { isSheet = true } else { isSheet = false }
    self.blocks = blocks
    self.sizes = sizes
  }

  /// Of JSON, the keys of as many lines as the first blocks hold: more than `names`, but dependent on how a file is cut.
  var sampledNames: [String] {
    table == .jsonLines ? JSONLinesFormat.keys(in: beginning, lines: 100) : names
  }

  /// Whether further rows may hold further columns.
  var isSampled: Bool { table == .jsonLines }

  /// How to find these columns in its rows.
  func rowFormat(for columns: [String]) throws(InputErrors) -> any RowFormat {
    if case .delimited(let delimiter) = table, let header {
      return try DelimitedFormat(
        header, requested: columns, delimiter: delimiter, in: beginning, sizes: sizes,
        isSheet: isSheet)
    }
    return try InputErrors.of { () throws(InputError) in
      try JSONLinesFormat(beginning, requested: columns, sizes: sizes)
    }
  }
}
