internal import Validation

/// Sheets as an Office Open XML workbook (ECMA-376), in as few parts as readers accept.
package struct Workbook {
  private let sheets: [Sheet]
  private let formats: [NumberFormat]

  package init(_ sheets: [Sheet]) {
    self.sheets = sheets
    var seen: Set<NumberFormat> = []
    var formats: [NumberFormat] = []
    for case .number(_, let format, _) in sheets.lazy.flatMap(\.lines).joined()
    where seen.insert(format).inserted { formats.append(format) }
    self.formats = formats
  }

  package var bytes: [UInt8] {
    var archive = ZipArchive()
    archive.add("[Content_Types].xml", contentTypes)
    archive.add(
      "_rels/.rels",
      Self.document(
        "Relationships", Self.packaged + "relationships",
        Self.relationship(1, "officeDocument", to: "xl/workbook.xml")))
    archive.add("xl/workbook.xml", workbook)
    archive.add(
      "xl/_rels/workbook.xml.rels",
      Self.document(
        "Relationships", Self.packaged + "relationships",
        sheets.indices.map { Self.relationship($0 + 1, "worksheet", to: "worksheets/sheet\($0 + 1).xml") }
          .joined() + Self.relationship(sheets.count + 1, "styles", to: "styles.xml")))
    archive.add("xl/styles.xml", styles)
    for (index, sheet) in sheets.enumerated() {
      archive.add("xl/worksheets/sheet\(index + 1).xml", worksheet(sheet))
    }
    return archive.bytes
  }

  // MARK: The parts

  private static let packaged = "http://schemas.openxmlformats.org/package/2006/"
  private static let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
  private static let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

  private static func document(_ root: String, _ namespace: String, _ content: String) -> String {
    "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
      + "<\(root) xmlns=\"\(namespace)\">\(content)</\(root)>"
  }

  private static func relationship(_ id: Int, _ type: String, to target: String) -> String {
    "<Relationship Id=\"rId\(id)\" Type=\"\(office)/\(type)\" Target=\"\(target)\"/>"
  }

  private var contentTypes: String {
    let office = "application/vnd.openxmlformats-officedocument.spreadsheetml."
    let parts =
      [("workbook", "sheet.main"), ("styles", "styles")]
      + sheets.indices.map { ("worksheets/sheet\($0 + 1)", "worksheet") }
    return Self.document(
      "Types", Self.packaged + "content-types",
      "<Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
        + parts.map { "<Override PartName=\"/xl/\($0.0).xml\" ContentType=\"\(office)\($0.1)+xml\"/>" }
        .joined())
  }

  private var workbook: String {
    let list = sheets.enumerated().map { index, sheet in
      "<sheet name=\"\(escaped(sheet.name))\" sheetId=\"\(index + 1)\" r:id=\"rId\(index + 1)\" xmlns:r=\"\(Self.office)\"/>"
    }
    return Self.document("workbook", Self.main, "<sheets>\(list.joined())</sheets>")
  }

  /// The caption in the first row; the header in the second, which stays while the rest scrolls; the notes below.
  private func worksheet(_ sheet: Sheet) -> String {
    let widths = sheet.columns.indices.map { index in
      "<col min=\"\(index + 1)\" max=\"\(index + 1)\" width=\"\(width(of: index, in: sheet))\" customWidth=\"1\"/>"
    }
    var rows = [
      row(1, [text(sheet.id + " " + sheet.caption + (sheet.standing.map { " (\($0))" } ?? ""), .caption)]),
      row(2, sheet.columns.map { text($0, .header) }),
    ]
    rows += sheet.lines.enumerated().map { index, line in row(index + 3, line.map(cell)) }
    rows += sheet.notes.enumerated().map { index, note in
      row(sheet.lines.count + 4 + index, [text(note, .plain)])
    }
    return Self.document(
      "worksheet", Self.main,
      "<sheetViews><sheetView workbookViewId=\"0\"><pane ySplit=\"2\" topLeftCell=\"A3\" activePane=\"bottomLeft\" state=\"frozen\"/></sheetView></sheetViews><cols>\(widths.joined())</cols><sheetData>\(rows.joined())</sheetData>"
    )
  }

  private func row(_ number: Int, _ cells: [String]) -> String {
    let cells = cells.enumerated().map { index, cell in
      cell.isEmpty ? "" : "<c r=\"\(Self.letters(of: index))\(number)\" \(cell)</c>"
    }
    return "<row r=\"\(number)\">\(cells.joined())</row>"
  }

  /// What follows a cell's address; empty where it holds nothing.
  private func cell(_ field: Sheet.Field) -> String {
    switch field {
    case .empty: return ""
    case .text(let text): return self.text(text, .wrapped)
    case .number(let value, let format, let isMuted):
      let style = Style.allCases.count + 2 * (formats.firstIndex(of: format) ?? 0) + (isMuted ? 1 : 0)
      return "s=\"\(style)\"><v>\((value + 0).description)</v>"
    }
  }

  private func text(_ text: String, _ style: Style) -> String {
    "s=\"\(style.rawValue)\" t=\"inlineStr\"><is><t xml:space=\"preserve\">\(escapedForXML(text))</t></is>"
  }

  /// A cell of a workbook holds no more UTF-16 units.
  private static let longestText = 32_767

  /// XML has no way to write U+FFFE and U+FFFF, which HTML only frowns upon; `_x0041_` would be read as A.
  private func escapedForXML(_ text: String) -> String {
    let clipped = text.utf16.count > Self.longestText ? text.prefix(Self.longestText / 2) + "…" : text[...]
    return escaped(String(clipped).replacing("_x", with: "_x005F_x"))
      .replacing("\u{FFFE}", with: "\u{FFFD}").replacing("\u{FFFF}", with: "\u{FFFD}")
  }

  /// `A` … `Z`, `AA` …
  package static func letters(of column: Int) -> String {
    let last = String(UnicodeScalar(UInt8(65 + column % 26)))
    return column < 26 ? last : letters(of: column / 26 - 1) + last
  }

  /// In characters: of the longest word or number, so that headers wrap and sentences do not run off the screen.
  private func width(of column: Int, in sheet: Sheet) -> Int {
    let lengths = sheet.lines.map { line in
      if case .text(let text) = line[column] { text.count } else { 10 }
    }
    let header = sheet.columns[column].split(separator: " ").map(\.count).max() ?? 0
    return min(48, max(10, header + 2, (lengths.max() ?? 0) + 2))
  }

  // MARK: Styles

  /// Of text; those of numbers follow, for each format in black and in grey.
  private enum Style: Int, CaseIterable { case plain, caption, header, wrapped }

  private var styles: String {
    let codes = formats.enumerated().map { index, format in
      "<numFmt numFmtId=\"\(164 + index)\" formatCode=\"\(escaped(format.code))\"/>"
    }
    let numbers = formats.indices.flatMap { index in
      [0, 2].map { font in
        "<xf numFmtId=\"\(164 + index)\" fontId=\"\(font)\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyNumberFormat=\"1\" applyFont=\"1\"><alignment vertical=\"top\"/></xf>"
      }
    }
    let fonts = [("", ""), ("<b/>", ""), ("", "<color rgb=\"FF757575\"/>")].map {
      "<font>\($0.0)<sz val=\"11\"/>\($0.1)<name val=\"Calibri\"/></font>"
    }
    func xf(_ font: Int, _ border: Int, _ alignment: String) -> String {
      "<xf numFmtId=\"0\" fontId=\"\(font)\" fillId=\"0\" borderId=\"\(border)\" xfId=\"0\" applyFont=\"1\" applyBorder=\"1\" applyAlignment=\"1\">\(alignment)</xf>"
    }
    let texts = [
      xf(0, 0, ""), xf(1, 0, ""), xf(1, 1, "<alignment vertical=\"bottom\" wrapText=\"1\"/>"),
      xf(0, 0, "<alignment vertical=\"top\" wrapText=\"1\"/>"),
    ]
    let line = "<bottom style=\"thin\"><color auto=\"1\"/></bottom>"
    return Self.document(
      "styleSheet", Self.main,
      (codes.isEmpty ? "" : "<numFmts count=\"\(codes.count)\">\(codes.joined())</numFmts>")
        + "<fonts count=\"3\">\(fonts.joined())</fonts>"
        + "<fills count=\"2\"><fill><patternFill patternType=\"none\"/></fill><fill><patternFill patternType=\"gray125\"/></fill></fills>"
        + "<borders count=\"2\"><border/><border><left/><right/><top/>\(line)<diagonal/></border></borders>"
        + "<cellStyleXfs count=\"1\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\"/></cellStyleXfs>"
        + "<cellXfs count=\"\(texts.count + numbers.count)\">\((texts + numbers).joined())</cellXfs>"
        + "<cellStyles count=\"1\"><cellStyle name=\"Normal\" xfId=\"0\" builtinId=\"0\"/></cellStyles>")
  }
}

extension NumberFormat {
  /// As a workbook writes it.
  fileprivate var code: String {
    switch self {
    case .count: "#,##0"
    case .p: "[<0.001]\"< .001\";[<0.0995]0.0000;0.00"
    case .threshold: "General"
    case .style(let style): style.code
    case .difference(let style):
      style == .percentage ? "+0.0;-0.0;0.0" : "+\(style.code);-\(style.code);\(style.code)"
    }
  }
}

extension NumberStyle {
  fileprivate var code: String {
    switch self {
    case .percentage: "0.0%"
    case .number(let decimals): decimals == 0 ? "0" : "0." + String(repeating: "0", count: decimals)
    }
  }
}

extension Report {
  /// `tables.xlsx`: one sheet for each table.
  public var workbook: [UInt8] { Workbook(sheets(.shares)).bytes }
}
