/// Tenths of the cases in order of probability; equal probabilities stay together, so that there may be fewer.
public enum RiskTenths {
  /// - Parameter probabilities: Ascending.
  /// - Returns: Places, counted from 0; none is empty.
  public static func ranges(of probabilities: ArraySlice<Double>) -> [Range<Int>] {
    let base = probabilities.startIndex
    let count = probabilities.count
    var ranges: [Range<Int>] = []
    var start = 0
    for tenth in 1...10 {
      var end = max(start, count * tenth / 10)
      while end > start, end < count, probabilities[base + end] == probabilities[base + end - 1] { end += 1 }
      guard end > start else { continue }
      ranges.append(start..<end)
      start = end
    }
    return ranges
  }
}
