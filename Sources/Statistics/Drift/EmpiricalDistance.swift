/// How far two samples of a number lie apart, from their empirical distributions F and G: one pass over the pooled values.
///
/// A distance is never 0 between two samples, drifted or not: it says how large a change is, its p whether there is one.
/// Cases are taken as independent. Agrees with SciPy 1.17 `ks_2samp`, `cramervonmises_2samp` (without ties) and
/// `wasserstein_distance` to 1e-12.
public struct EmpiricalDistance: Sendable {
  public let referenceCases: Int
  public let currentCases: Int
  /// Largest |F − G|, in [0, 1] (Smirnov 1939).
  public var kolmogorovSmirnov: Double { distances.largest }
  /// Mean of (F − G)² over the pooled values, in [0, 1]; times nm / (n + m) it is Anderson's statistic (1962,
  /// doi:10.1214/aoms/1177704477).
  public var cramerVonMises: Double { distances.meanSquare }
  /// Area between F and G, in the units of the values: by how much a case moved on average.
  public var wasserstein: Double { distances.area }

  /// Pooled values, ascending, and which belong to the current sample.
  private let values: [Double]
  private let isCurrent: [Bool]
  private let distances: Distances

  /// - Parameters:
  ///   - reference: Finite values, in any order, as `current`.
  /// - Throws: `noCases` where a sample is empty.
  public init(reference: [Double], current: [Double]) throws(Undefined) {
    guard !reference.isEmpty, !current.isEmpty else { throw .noCases }
    let pooled = reference + current
    let order = RadixOrder.ascending(pooled)
    referenceCases = reference.count
    currentCases = current.count
    values = order.map { pooled[Int($0)] }
    isCurrent = order.map { Int($0) >= reference.count }
    distances = Distances(
      values: values, isCurrent: isCurrent, reference: reference.count, current: current.count)
  }

  /// p of each distance among samples whose labels are dealt anew: exact but for the draws, whatever the distribution and
  /// its ties. (1 + as far or farther) / (1 + replicates).
  ///
  /// Costs replicates × cases.
  public func relabelled(
    replicates: Int, seed: UInt64
  ) -> (kolmogorovSmirnov: Double, cramerVonMises: Double, wasserstein: Double) {
    var stream = RandomStream(seed, 0x4452_4946)
    var labels = isCurrent
    var counts = SIMD4<Int>(repeating: 1)
    let edge = 1 - 1e-12
    for _ in 0..<replicates {
      for last in stride(from: labels.count - 1, to: 0, by: -1) {
        labels.swapAt(last, stream.whole(below: last + 1))
      }
      let other = Distances(
        values: values, isCurrent: labels, reference: referenceCases, current: currentCases)
      counts[0] += other.largest >= distances.largest * edge ? 1 : 0
      counts[1] += other.meanSquare >= distances.meanSquare * edge ? 1 : 0
      counts[2] += other.area >= distances.area * edge ? 1 : 0
    }
    let n = Double(replicates + 1)
    return (Double(counts[0]) / n, Double(counts[1]) / n, Double(counts[2]) / n)
  }

  /// Calls `body` after each pooled place where a value ends: how many of either sample lie at or below it.
  func forEachStep(_ body: (_ reference: Int, _ current: Int) -> Void) {
    var seen = (reference: 0, current: 0)
    for i in values.indices {
      if isCurrent[i] { seen.current += 1 } else { seen.reference += 1 }
      if i + 1 == values.count || values[i + 1] != values[i] { body(seen.reference, seen.current) }
    }
  }

  private struct Distances: Sendable {
    var largest = 0.0
    var meanSquare = 0.0
    var area = 0.0

    init(values: [Double], isCurrent: [Bool], reference n: Int, current m: Int) {
      let (ofReference, ofCurrent) = (1 / Double(n), 1 / Double(m))
      var (r, c, tied) = (0, 0, 0)
      values.withUnsafeBufferPointer { values in
        isCurrent.withUnsafeBufferPointer { isCurrent in
          for i in values.indices {
            if isCurrent[i] { c += 1 } else { r += 1 }
            tied += 1
            let isLast = i + 1 == values.count
            guard isLast || values[i + 1] != values[i] else { continue }
            let gap = abs(Double(r) * ofReference - Double(c) * ofCurrent)
            largest = max(largest, gap)
            meanSquare += Double(tied) * gap * gap
            if !isLast { area += gap * (values[i + 1] - values[i]) }
            tied = 0
          }
        }
      }
      meanSquare /= Double(n + m)
    }
  }
}
