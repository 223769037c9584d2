internal import Validation

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

extension InputError.Kind {
  /// A column that is not there: with the nearest name, or the reason why there seems to be but one.
  static func missing(_ name: String, known: [String]) -> InputError.Kind {
    if known.count == 1 {
      let parts: [Delimiter] = [.semicolon, .tab, .pipe, .comma]
      if let delimiter = parts.first(where: { known[0].contains($0.rawValue) }) {
        return .otherDelimiter(delimiter)
      }
    }
    return .missingColumn(nearest: NearestName.of(name, in: known), known: known)
  }
}

/// The name that was probably meant: fewest edits, at most a third of its length.
enum NearestName {
  static func of(_ name: String, in known: [String]) -> String? {
    let distances = known.map { distance(Array(name.lowercased()), Array($0.lowercased())) }
    guard let least = distances.min(), least * 3 <= max(name.count, 3) else { return nil }
    return distances.firstIndex(of: least).map { known[$0] }
  }

  /// Levenshtein's distance.
  private static func distance(_ first: [Character], _ second: [Character]) -> Int {
    var row = Array(0...second.count)
    for (i, a) in first.enumerated() {
      var diagonal = row[0]
      row[0] = i + 1
      for (j, b) in second.enumerated() {
        let substituted = diagonal + (a == b ? 0 : 1)
        diagonal = row[j + 1]
        row[j + 1] = min(substituted, row[j] + 1, row[j + 1] + 1)
      }
    }
    return row[second.count]
  }
}
