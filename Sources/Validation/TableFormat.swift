/// How the bytes of a file become cells, as far as the plan says it. What is nil, the file itself must say: its name the
/// delimiter, its byte order mark the encoding (without one it is UTF-8).
public struct TableFormat: Hashable, Sendable {
  /// Between the fields of a row.
  public var delimiter: Delimiter?
  /// In the numbers of delimited text; JSON, workbooks and Parquet write points.
  public var decimal: DecimalMark
  /// A name that iconv knows, in lower case.
  public var encoding: String?
  /// The worksheet of a workbook; nil: its first.
  public var sheet: String?
  /// The line, from 1, at which the names of the columns stand; nil: the first that is not blank.
  public var header: Int?

  public init(
    delimiter: Delimiter? = nil, decimal: DecimalMark = .point, encoding: String? = nil, sheet: String? = nil,
    header: Int? = nil
  ) {
    self.header = header
    self.delimiter = delimiter
    self.decimal = decimal
    self.encoding = encoding
    self.sheet = sheet
  }
}

public enum Delimiter: String, Hashable, Sendable, CaseIterable {
  case comma = ","
  case semicolon = ";"
  case pipe = "|"
  case tab = "\t"

  /// As a plan may write it too.
  public var name: String {
    switch self {
    case .comma: "comma"
    case .semicolon: "semicolon"
    case .pipe: "pipe"
    case .tab: "tab"
    }
  }
}

public enum DecimalMark: String, Hashable, Sendable, CaseIterable {
  case point = "."
  case comma = ","
}

/// Files of cases, as a plan names them: a path or a glob, and their format.
public struct CaseFile: Hashable, Sendable, ExpressibleByStringLiteral {
  public var path: String
  public var format: TableFormat

  public init(_ path: String, format: TableFormat = TableFormat()) {
    self.path = path
    self.format = format
  }

  public init(stringLiteral path: String) { self.init(path) }
}
