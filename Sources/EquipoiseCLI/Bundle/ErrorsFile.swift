internal import Exchange
internal import Ingestion

/// Every problem of the cases as a table, for the person who mends the file.
enum ErrorsFile {
  /// `hidingCells`: no content of a cell is written.
  static func text(_ errors: InputErrors, hidingCells: Bool) -> String {
    var writer = CSVWriter()
    for name in ["file", "line", "column", "name", "problem", "found"] { writer.field(name) }
    writer.endLine()
    for error in errors.all.map({ hidingCells ? $0.redacted : $0 }) {
      writer.field(error.file)
      writer.field(error.line)
      writer.field(error.column)
      writer.field(error.columnName)
      writer.field(error.problem)
      writer.field(error.found)
      writer.endLine()
    }
    return writer.text
  }

  /// Said where the table does not hold them all.
  static func shortfall(_ errors: InputErrors, file: String) -> String? {
    let kept = errors.all.count
    return kept < errors.count ? "\(file): the first \(kept) of \(errors.count) problems" : nil
  }
}
