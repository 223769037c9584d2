internal import Validation

/// Which sheet of a workbook is read, and what others it has: found out only when a message needs it.
public struct WorkbookSheets: Hashable, Sendable {
  let read: Sheet
  let others: [Sheet]

  struct Sheet: Hashable, Sendable {
    let name: String
    /// Of its first lines, the cells as they seem to be.
    var lines: [[String]] = []

    /// The line that looks like the header, if a column of this name stands there.
    func line(with column: String) -> Int? { lines.firstIndex { $0.contains(column) }.map { $0 + 1 } }
  }

  private static let firstLines = 10

  /// Nil where the file is no workbook, or its sheets cannot be told.
  init?(of file: OpenFile) {
    let declared = file.format.sheet
    guard case .workbook = Converter(file.firstBytes(16), name: file.shownAs.lowercased(), sheet: declared),
      let sheets = try? Self.sheets(in: file),
      let read = sheets.first(where: { declared == nil || $0.name == declared })
    else { return nil }
    self.read = read
    others = sheets.filter { $0.name != read.name }
  }

  static func sheets(in file: OpenFile) throws(InputError) -> [Sheet] {
    let stream = try ConvertedStream(file, by: .sheets)
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 16, alignment: 1)
    defer { buffer.deallocate() }
    var sheets: [Sheet] = []
    var line: [UInt8] = []
    while case let count = try stream.read(into: buffer), count > 0 {
      for byte in buffer[..<count] {
        if byte != ByteScan.lineFeed {
          line.append(byte)
          continue
        }
        if let name = name(in: line) {
          sheets.append(Sheet(name: name))
        } else if let last = sheets.indices.last, sheets[last].lines.count < firstLines {
          sheets[last].lines.append(cells(of: line))
        }
        line.removeAll(keepingCapacity: true)
      }
    }
    return sheets
  }

  /// After a sign that no cell can hold: ` 2 - Pathology`.
  private static func name(in line: [UInt8]) -> String? {
    guard line.first == Converter.bell else { return nil }
    let text = String(decoding: line.dropFirst(), as: UTF8.self)
    guard let dash = text.firstIndex(of: "-") else { return nil }
    return String(text[dash...].dropFirst(2))
  }

  private static func cells(of line: [UInt8]) -> [String] {
    String(decoding: line, as: UTF8.self).parts(between: ",").map { cell in
      cell.hasPrefix("\"") && cell.hasSuffix("\"") ? String(cell.dropFirst().dropLast()) : cell
    }
  }

  /// Nil where there is no choice.
  var sentence: String? {
    guard let another = others.first else { return nil }
    return
      "its sheet \"\(CellText.name(read.name))\" was read; it also has \(InputError.list(others.map(\.name), limit: 10)): to read another, \(Self.remedy(another))"
  }

  static func remedy(_ sheet: Sheet) -> String {
    "format: {sheet: \(YAMLText.quoted(CellText.name(sheet.name)))}"
  }
}

/// The sheet of a workbook whose first lines hold the most cells; nil where the first one does, or the file is no workbook.
public func fullestSheet(of path: String) -> String? {
  guard let files = try? TableReader.open(InputPaths.resolve([CaseFile(path)], relativeTo: "")),
    let file = files.first, let sheets = WorkbookSheets(of: file)
  else { return nil }
  func cells(_ sheet: WorkbookSheets.Sheet) -> Int { sheet.lines.joined().count { !$0.isEmpty } }
  let best = sheets.others.max { cells($0) < cells($1) }
  return best.flatMap { cells($0) > cells(sheets.read) ? $0.name : nil }
}
