internal import Validation

/// Files, and how they are read.
extension PlanReader {
  mutating func caseFiles(_ node: YAML?, format: TableFormat) -> [CaseFile] {
    guard let node else { return [] }
    let files = node.items.map { item in
      CaseFile(
        item.text ?? item["file"]?.text ?? "", format: self.format(item["format"], over: format))
    }
    if files.isEmpty || files.contains(where: \.path.isEmpty) {
      findings.note("\"cases\" names no file", at: node.place)
    }
    return files
  }

  /// What a file says of itself, over what holds for all.
  mutating func format(_ node: YAML?, over general: TableFormat) -> TableFormat {
    var format = general
    if let delimiter = node?["delimiter"]?.text {
      format.delimiter = Delimiter(rawValue: delimiter) ?? Delimiter.allCases.first { $0.name == delimiter }
    }
    if let decimal = node?["decimal"]?.text.flatMap(DecimalMark.init) { format.decimal = decimal }
    if let encoding = node?["encoding"], let name = encoding.text {
      checkEncoding(name, at: encoding.place)
      format.encoding = name.lowercased()
    }
    if let sheet = node?["sheet"]?.text { format.sheet = sheet }
    if let header = node?["header"]?.integer { format.header = header }
    return format
  }

  /// Whether it is known, the machine that reads the file must say; iconv would take an empty name for the locale's own
  /// encoding, and a suffix such as //IGNORE for leave to drop characters.
  private mutating func checkEncoding(_ name: String, at place: Place) {
    let isName = name.utf8.allSatisfy { byte in
      (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
        || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20) || "-_.:+()".utf8.contains(byte)
    }
    if !isName || name.isEmpty {
      findings.note(
        "\"\(name.prefix(40))\" is no name of an encoding, expected one such as utf-8, utf-16le, windows-1252, gb18030",
        at: place)
    }
  }
}
