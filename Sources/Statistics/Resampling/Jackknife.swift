/// A statistic of sums, with the variance of leaving out one unit at a time (Tukey 1958, doi:10.1214/aoms/1177706647).
public struct Jackknife: Hashable, Sendable {
  public let value: Double
  /// Nil where leaving out a unit leaves nothing, or moves nothing.
  public let variance: Double?
  public let units: Int

  /// - Parameter units: The sums of each unit (a case, or all cases of a patient), and how many units are like it.
  public init<Sums>(
    _ all: Sums, units: [(sums: Sums, count: Int)], minus: (Sums, Sums) -> Sums,
    _ statistic: (Sums) throws(Undefined) -> Double
  ) throws(Undefined) {
    value = try statistic(all)
    let count = units.reduce(0) { $0 + $1.count }
    self.units = count
    var values: [(value: Double, count: Double)] = []
    for unit in units {
      guard let value = try? statistic(minus(all, unit.sums)), value.isFinite else {
        variance = nil
        return
      }
      values.append((value, Double(unit.count)))
    }
    let n = Double(count)
    guard n > 1 else {
      variance = nil
      return
    }
    let mean = values.reduce(0) { $0 + $1.value * $1.count } / n
    let squares = values.reduce(0) { $0 + $1.count * ($1.value - mean) * ($1.value - mean) }
    let variance = (n - 1) / n * squares
    self.variance = variance > 1e-20 * max(1, value * value) ? variance : nil
  }

  /// On a scale that keeps it in its range; Student's t on units − 1. Nil at the edge.
  public func interval(_ scale: Scale, tail: Double) -> Interval? {
    guard let variance else { return nil }
    return scale.wald(
      value: value, standardError: variance.squareRoot(), tail: tail, reference: .student(Double(units - 1)))
  }
}
