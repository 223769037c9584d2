import Reporting
import Testing
import Validation

struct WorkbookTests {
  private let sheet = Sheet(
    id: "T7", caption: "Sensitivity by sex: Vendor <A> & sons, the long name of a product",
    columns: ["Group", "Cases", "Sensitivity, %"],
    lines: [
      [
        .text("Female"), .number(1204, .count, isMuted: false),
        .number(0.83, .style(.percentage), isMuted: false),
      ],
      [.text("=Male"), .number(3, .count, isMuted: true), .empty],
    ], notes: ["A note."])

  @Test func everyNumberHasAColumn() throws {
    let report = Report(on: SampleStudy().study, provenance: SampleStudy.provenance)
    func fields(_ percentages: Sheet.Percentages) throws -> [String: String] {
      let sheet = try #require(report.sheets(percentages).first { $0.caption.hasPrefix("All measures") })
      #expect(sheet.columns.prefix(2) == ["Heading", "Measure"])
      let index = try #require(sheet.columns.firstIndex(of: "Measure"))
      let line = try #require(sheet.lines.first { $0[index].words.hasPrefix("Sensitivity") })
      return Dictionary(uniqueKeysWithValues: zip(sheet.columns, line.map(\.words)))
    }
    let (shares, hundreds) = (try fields(.shares), try fields(.hundreds))
    let limit = "95\u{202F}% interval, lower limit"
    for column in ["x/n", "x/n, out of", "Estimate", limit, "95\u{202F}% interval, upper limit"] {
      #expect(Double(shares[column] ?? "") != nil, "\(column)")
    }
    #expect(shares["Estimate, unit"] == nil && hundreds["Estimate, unit"] == "%")
    let (share, hundred) = (Double(shares[limit] ?? "") ?? 0, Double(hundreds[limit] ?? "") ?? 0)
    #expect(share > 0.1 && share < 1 && abs(hundred - 100 * share) < 1e-9)
  }

  @Test func namesAreShortPlainAndDiffer() {
    #expect(sheet.slug == "T7-sensitivity-by-sex-vendor-a-sons-the-long-name-of-a-product")
    #expect(sheet.name == "T7 sensitivity by sex vendor a")
    for sample in [SampleStudy(), .manyGroups] {
      let sheets = Report(on: sample.study, provenance: SampleStudy.provenance).sheets(.shares)
      #expect(sheets.allSatisfy { $0.name.utf8.count <= 31 && $0.slug.utf8.count <= 64 })
      #expect(Set(sheets.map { $0.name.lowercased() }).count == sheets.count && sheets.count > 20)
      #expect(sheets.allSatisfy { sheet in sheet.lines.allSatisfy { $0.count == sheet.columns.count } })
    }
  }

  @Test func aNumberIsANumber() {
    let text = String(decoding: Workbook([sheet]).bytes, as: UTF8.self)
    // Styles 0 to 3 are of text; then counts in black and grey, then percentages.
    for part in [
      "<c r=\"B3\" s=\"4\"><v>1204.0</v></c>", "<c r=\"C3\" s=\"6\"><v>0.83</v></c>",
      "<c r=\"B4\" s=\"5\"><v>3.0</v></c>", "formatCode=\"0.0%\"", "formatCode=\"#,##0\"",
      "<c r=\"A4\" s=\"3\" t=\"inlineStr\"><is><t xml:space=\"preserve\">=Male</t></is></c>",
      "T7 Sensitivity by sex: Vendor &lt;A&gt; &amp; sons", "ySplit=\"2\"", "<row r=\"6\"><c r=\"A6\"",
    ] { #expect(text.contains(part), "\(part)") }
  }

  @Test func sameBytesTwice() {
    let report = Report(on: SampleStudy().study, provenance: SampleStudy.provenance)
    let again = Report(on: SampleStudy().study, provenance: SampleStudy.provenance)
    #expect(report.workbook == again.workbook)
  }

  /// "123456789" is the check value of every table of checksums.
  @Test func archiveIsLaidOutAsReadersExpect() {
    #expect(CRC32.checksum(of: Array("123456789".utf8)) == 0xCBF4_3926)
    var archive = ZipArchive()
    archive.add("a", "123456789")
    let local: [UInt8] =
      [0x50, 0x4B, 3, 4, 20, 0, 0, 0, 0, 0, 0, 0, 0x21, 0, 0x26, 0x39, 0xF4, 0xCB, 9, 0, 0, 0, 9, 0, 0, 0]
      + [1, 0, 0, 0] + Array("a123456789".utf8)
    let directory: [UInt8] =
      [0x50, 0x4B, 1, 2, 20, 0] + local[4..<30] + [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0] + [0x61]
    // As many as 46 bytes and the name.
    #expect(directory.count == 47)
    #expect(
      archive.bytes == local + directory + [
        0x50, 0x4B, 5, 6, 0, 0, 0, 0, 1, 0, 1, 0, 47, 0, 0, 0, 40, 0, 0, 0,
      ]
        + [0, 0])
  }

  @Test func columnsHaveLetters() {
    #expect(
      [0, 25, 26, 51, 52, 701, 702].map(Workbook.letters) == ["A", "Z", "AA", "AZ", "BA", "ZZ", "AAA"])
  }
}

extension Sheet.Field {
  fileprivate var words: String {
    switch self {
    case .empty: ""
    case .text(let text): text
    case .number(let value, _, _): "\(value)"
    }
  }
}
