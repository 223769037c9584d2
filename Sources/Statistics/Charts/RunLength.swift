/// How long a chart runs until it rings.
enum RunLength {
  /// Solves L = 1 + Q L: the mean run from each state, Q the chances to move between states that do not ring
  /// (Brook, Evans 1972, doi:10.1093/biomet/59.3.539). By elimination with pivots; nil where the chart never rings.
  static func means(_ moves: [[Double]]) -> [Double]? {
    let n = moves.count
    var rows = moves.indices.map { i in
      moves[i].indices.map { (i == $0 ? 1 : 0) - moves[i][$0] } + [1.0]
    }
    for column in 0..<n {
      guard let pivot = (column..<n).max(by: { abs(rows[$0][column]) < abs(rows[$1][column]) }),
        abs(rows[pivot][column]) > 1e-300
      else { return nil }
      rows.swapAt(column, pivot)
      let lead = rows[column]
      for row in column + 1..<max(n, column + 1) where rows[row][column] != 0 {
        let factor = rows[row][column] / lead[column]
        rows[row].withUnsafeMutableBufferPointer { target in
          for k in column...n { target[k] -= factor * lead[k] }
        }
      }
    }
    var lengths = [Double](repeating: 0, count: n)
    for row in (0..<n).reversed() {
      var rest = rows[row][n]
      for k in row + 1..<max(n, row + 1) { rest -= rows[row][k] * lengths[k] }
      lengths[row] = rest / rows[row][row]
    }
    return lengths.allSatisfy { $0.isFinite && $0 >= 1 - 1e-9 } ? lengths : nil
  }

  /// The limit at which an increasing run length reaches `wanted`.
  ///
  /// - Throws: `notComputed` where no limit up to `farthest` does.
  static func limit(
    wanted: Double, from first: Double, farthest: Double, _ length: (Double) -> Double
  ) throws(Undefined) -> Double {
    var (low, high) = (0.0, first)
    while length(high) < wanted {
      (low, high) = (high, high * 1.5)
      guard high <= farthest else { throw .notComputed("no limit keeps so long a run") }
    }
    while high - low > 1e-13 * high {
      let middle = (low + high) / 2
      if middle <= low || middle >= high { break }
      if length(middle) < wanted { low = middle } else { high = middle }
    }
    return (low + high) / 2
  }

  /// Beyond it rounding leaves too few digits.
  static let longest = 1e10

  /// - Throws: `notComputed` beyond the longest.
  static func known(_ length: Double?) throws(Undefined) -> Double {
    guard let length, length < longest else {
      throw .notComputed("it rings too rarely to say how often")
    }
    return length
  }
}
