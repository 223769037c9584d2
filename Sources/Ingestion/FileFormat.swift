internal import Validation

/// What a file holds, by what the plan says of it, by its name and by its first bytes.
struct FileFormat: Hashable {
  enum Table: Hashable {
    case delimited(UInt8)
    case jsonLines
  }
  /// How its text is had.
  enum Content: Hashable {
    case plain
    case gzip
    /// Another program writes it, as comma-separated UTF-8.
    case converted(Converter)
  }
  let table: Table
  let content: Content
  let encoding: String
  let decimal: DecimalMark

  init(of file: OpenFile) throws(InputError) {
    let declared = file.format
    let start = file.firstBytes(16)
    guard !start.isEmpty else { throw InputError(.empty, file: file.shownAs) }
    var name = file.shownAs.lowercased()
    if let converter = Converter(start, name: name, sheet: declared.sheet) {
      table = .delimited(Delimiter.comma.byte)
      content = .converted(converter)
      encoding = TextEncoding.utf8
      decimal = .point
      return
    }
    if let kind = Self.foreignKind(start, name: name) { throw InputError(kind, file: file.shownAs) }
    let isNamedGzip = name.hasSuffix(".gz")
    if isNamedGzip { name.removeLast(3) }
    let isGzip = start.starts(with: [0x1F, 0x8B])
    guard isGzip || !isNamedGzip else { throw InputError(.gzipCorrupt, file: file.shownAs) }
    content = isGzip ? .gzip : .plain
    switch (name.split(separator: ".").last, declared.delimiter) {
    case ("jsonl", _), ("ndjson", _): table = .jsonLines
    case (_, let delimiter?): table = .delimited(delimiter.byte)
    case ("csv", nil): table = .delimited(Delimiter.comma.byte)
    case ("tsv", nil), ("tab", nil): table = .delimited(Delimiter.tab.byte)
    default: throw InputError(.unknownFormat, file: file.shownAs)
    }
    decimal = table == .jsonLines ? .point : declared.decimal
    encoding = try TextEncoding.of(
      isGzip ? Self.firstInflated(file) : start, declared: declared.encoding, file: file.shownAs)
  }

  /// Its text as UTF-8.
  func source(of file: OpenFile) throws(InputError) -> any ByteSource {
    let stream: any ByteStream
    switch content {
    case .plain:
      if encoding == TextEncoding.utf8 { return PlainSource(file) }
      stream = PlainStream(file)
    case .gzip: stream = GzipStream(file)
    case .converted(let converter): stream = try ConvertedStream(file, by: converter)
    }
    if encoding == TextEncoding.utf8 { return StreamSource(stream) }
    return StreamSource(try TranscodedStream(stream, encoding: encoding))
  }

  private static func firstInflated(_ file: OpenFile) throws(InputError) -> [UInt8] {
    let stream = GzipStream(file)
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 4, alignment: 1)
    defer { buffer.deallocate() }
    return Array(buffer[..<(try stream.read(into: buffer))])
  }

  private static func foreignKind(_ start: [UInt8], name: String) -> InputError.Kind? {
    let asCSV = "open it and save it as CSV (UTF-8)"
    func begins(_ signature: String) -> Bool { start.starts(with: signature.utf8) }
    if start.starts(with: [0x50, 0x4B, 0x03, 0x04]) {
      return name.hasSuffix(".zip")
        ? .foreignFormat(name: "a zip archive", remedy: "unpack it and name the file inside")
        : .foreignFormat(
          name: "an Excel workbook (or another zip archive)", remedy: "name it .xlsx, or \(asCSV)")
    }
    if start.starts(with: [0xD0, 0xCF, 0x11, 0xE0]) {
      return .foreignFormat(name: "an old Excel workbook", remedy: asCSV)
    }
    if begins("PAR1") { return .foreignFormat(name: "a Parquet file", remedy: "name it .parquet") }
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

extension Delimiter {
  var byte: UInt8 { rawValue.utf8.first ?? UInt8(ascii: ",") }
}

extension DecimalMark {
  @inline(__always) var byte: UInt8 { self == .comma ? UInt8(ascii: ",") : UInt8(ascii: ".") }
}
