/// Lines of cells, each column as wide as its widest cell; a column of empty cells takes no place.
enum Columns {
  /// - Parameter painted: colours a padded cell, by line and column.
  static func aligned(_ rows: [[String]], painted: (Int, Int, String) -> String = { $2 }) -> [String] {
    let columns = rows.first?.indices ?? 0..<0
    let widths = columns.map { column in rows.map { $0[column].count }.max() ?? 0 }
    return rows.enumerated().map { line, cells in
      var text = " "
      for (column, cell) in cells.enumerated() where widths[column] > 0 {
        let padded = cell + String(repeating: " ", count: widths[column] - cell.count)
        text += " " + painted(line, column, padded) + " "
      }
      while text.last == " " { text.removeLast() }
      return text
    }
  }
}
