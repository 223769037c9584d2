/// Other programs that turn a kind of file into comma-separated text.
enum Converter: Hashable {
  case workbook(sheet: String?)
  /// A workbook with the names of its sheets between them.
  case sheets
  case parquet

  /// Both the name and the first bytes must say so.
  init?(_ start: [UInt8], name: String, sheet: String?) {
    if start.starts(with: [0x50, 0x4B, 0x03, 0x04]), name.hasSuffix(".xlsx") || name.hasSuffix(".xlsm") {
      self = .workbook(sheet: sheet)
    } else if start.starts(with: "PAR1".utf8), name.hasSuffix(".parquet") {
      self = .parquet
    } else {
      return nil
    }
  }

  /// The program and its arguments. It reads the file as its standard input, by name, for both need to go back and forth.
  var command: [String] {
    switch self {
    case .workbook(let sheet):
      // Numbers as they are stored, not as the sheet shows them; dates as ISO 8601 has them, their time behind a sign.
      ["xlsx2csv", "--dateformat", "%Y-%m-%d\u{1F}%H:%M:%S", "--ignore-formats", "float", "percentage"]
        + (sheet.map { ["--sheetname", $0] } ?? ["--sheet", "1"]) + ["/dev/stdin"]
    case .sheets: ["xlsx2csv", "--all", "--sheetdelimiter", "x07", "/dev/stdin"]
    case .parquet:
      [
        "duckdb", "-init", "/dev/null", "-batch", "-c",
        "SET autoinstall_known_extensions = false; SET TimeZone = 'UTC'; COPY (FROM read_parquet('/dev/stdin')) TO '/dev/stdout' (FORMAT csv, HEADER)",
      ]
    }
  }

  /// Between a day and its time: no cell can hold it, for XML has no such sign.
  static let unitSeparator: UInt8 = 0x1F

  /// Before the name of a sheet.
  static let bell: UInt8 = 0x07

  var program: String { command[0] }

  var howToGetIt: String {
    switch self {
    case .workbook, .sheets: "apt-get install xlsx2csv, or open it and save it as CSV (UTF-8)"
    case .parquet:
      "pip install duckdb-cli, or save it as CSV, for example: pandas.read_parquet('cases.parquet').to_csv('cases.csv', index=False)"
    }
  }
}
