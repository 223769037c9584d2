/// What a file holds, by its name and its first bytes.
struct FileFormat: Hashable {
  enum Table: Hashable {
    case delimited(UInt8)
    case jsonLines
  }
  let table: Table
  let isGzip: Bool

  static let comma = UInt8(ascii: ",")
  static let tab = UInt8(ascii: "\t")

  init(of file: OpenFile) throws(InputError) {
    let start = file.firstBytes(16)
    guard !start.isEmpty else { throw InputError(.empty, file: file.shownAs) }
    if let kind = Self.foreignKind(start, name: file.shownAs) { throw InputError(kind, file: file.shownAs) }
    var name = file.shownAs.lowercased()
    let isNamedGzip = name.hasSuffix(".gz")
    if isNamedGzip { name.removeLast(3) }
    isGzip = start.starts(with: [0x1F, 0x8B])
    guard isGzip || !isNamedGzip else { throw InputError(.gzipCorrupt, file: file.shownAs) }
    switch name.split(separator: ".").last {
    case "csv": table = .delimited(Self.comma)
    case "tsv", "tab": table = .delimited(Self.tab)
    case "jsonl", "ndjson": table = .jsonLines
    default: throw InputError(.unknownFormat, file: file.shownAs)
    }
  }

  private static func foreignKind(_ start: [UInt8], name: String) -> InputError.Kind? {
    let asCSV = "open it and save it as CSV (UTF-8)"
    func begins(_ signature: String) -> Bool { start.starts(with: signature.utf8) }
    if start.starts(with: [0x50, 0x4B, 0x03, 0x04]) {
      return name.lowercased().hasSuffix(".zip")
        ? .foreignFormat(name: "a zip archive", remedy: "unpack it and name the file inside")
        : .foreignFormat(name: "an Excel workbook (or another zip archive)", remedy: asCSV)
    }
    if start.starts(with: [0xD0, 0xCF, 0x11, 0xE0]) {
      return .foreignFormat(name: "an old Excel workbook", remedy: asCSV)
    }
    if begins("PAR1") {
      return .foreignFormat(
        name: "a Parquet file",
        remedy: "convert it, for example: duckdb -c \"COPY (FROM 'cases.parquet') TO 'cases.csv'\"")
    }
    if begins("ARROW1") {
      return .foreignFormat(
        name: "an Arrow file",
        remedy: "convert it, for example: polars.read_ipc('cases.arrow').write_csv('cases.csv')")
    }
    if begins("%PDF") {
      return .foreignFormat(name: "a PDF", remedy: "ask for the table behind it, as CSV")
    }
    return nil
  }
}
