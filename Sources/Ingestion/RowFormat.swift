/// Finds the cells of whole rows: one implementation for each kind of table.
protocol RowFormat: Sendable {
  /// Bytes before the first row of data, and the lines they take.
  var headerSize: Int { get }
  var headerLines: Int { get }
  /// The needed columns, each once: the slots of a row's cells.
  var columns: [String] { get }
  /// The 1-based field of each of them; nil where the line itself must say it.
  var fields: [Int]? { get }
  /// The cells of `bytes`, which begins with a row and ends with a line feed.
  func cells(in bytes: UnsafeBufferPointer<UInt8>) -> Cells
}
