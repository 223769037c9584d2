internal import Exchange
internal import Reporting

/// The tables of a report as files of a bundle.
enum ReportTables {
  /// `tables/T3-cases-by-attribute.csv`: a heading and the lines; percentages as printed, with all their digits.
  static func csv(of report: Report) -> [(name: String, bytes: [UInt8])] {
    report.sheets(.hundreds).map { sheet in
      var writer = CSVWriter()
      for title in sheet.columns { writer.field(title) }
      writer.endLine()
      for line in sheet.lines {
        for field in line {
          switch field {
          case .empty: writer.field(String?.none)
          case .text(let text): writer.field(harmless(text))
          case .number(let value, .count, _): writer.field(Int(exactly: value))
          case .number(let value, _, _): writer.field(value)
          }
        }
        writer.endLine()
      }
      return ("tables/\(sheet.slug).csv", Array(writer.text.utf8))
    }
  }

  /// Levels come from the data: one that a spreadsheet would run as a formula is made plain text by an apostrophe.
  private static func harmless(_ text: String) -> String {
    guard let first = text.first, "=+-@\t\r".contains(first), text.count > 1 else { return text }
    return "'" + text
  }
}
