internal import RealModule

/// A CUSUM of failures, case by case, that watches for a higher rate of them (Reynolds, Stoumbos 1999,
/// doi:10.1080/00224065.1999.11979900): a failure adds k − 1 steps, anything else takes one away, never below 0, and it rings
/// at the limit. 1 / k lies between the rate to keep and the rate to find, where the likelihood ratio of the two turns.
///
/// Whole steps make the chain of Brook and Evans (1972) exact. Run lengths agree with NumPy's solution of the chain to 1e-9,
/// and with runs simulated case by case.
public struct BernoulliCusum: Hashable, Sendable {
  /// k, at least 2.
  public let steps: Int
  /// Steps at which it rings, at least 1.
  public let limit: Int

  public init(steps: Int, limit: Int) {
    precondition(steps > 1 && limit > 0)
    self.steps = steps
    self.limit = limit
  }

  /// The chart for a rate to keep and a higher one to find, with the smallest limit whose mean run at the rate to keep is
  /// at least `runLength` cases.
  ///
  /// - Parameters:
  ///   - keeping: In (0, 1).
  ///   - finding: In (0, 1), above `keeping`.
  /// - Throws: `notComputed` where a limit beyond 2,000 steps would be needed.
  public init(keeping: Double, finding: Double, runLength: Double) throws(Undefined) {
    precondition(0 < keeping && keeping < finding && finding < 1)
    let better = Double.log((1 - keeping) / (1 - finding))
    let worse = Double.log(finding / keeping)
    let steps = max(2, Int(((better + worse) / better).rounded()))
    let farthest = 2000
    func isLongEnough(_ limit: Int) -> Bool {
      BernoulliCusum(steps: steps, limit: limit).length(rate: keeping) ?? .infinity >= runLength
    }
    var (low, high) = (0, steps)
    while !isLongEnough(high) {
      (low, high) = (high, high * 2)
      guard high <= farthest else { throw .notComputed("no limit keeps so long a run") }
    }
    while high - low > 1 {
      let middle = (low + high) / 2
      if isLongEnough(middle) { high = middle } else { low = middle }
    }
    self.init(steps: steps, limit: high)
  }

  /// Mean cases until it rings, from 0, when this share of cases fails.
  ///
  /// - Parameter rate: In [0, 1].
  /// - Throws: `notComputed` where it never rings, or too rarely to compute.
  public func runLength(rate: Double) throws(Undefined) -> Double { try RunLength.known(length(rate: rate)) }

  private func length(rate: Double) -> Double? {
    guard rate > 0 else { return nil }
    var moves = [[Double]](repeating: [Double](repeating: 0, count: limit), count: limit)
    for state in 0..<limit {
      moves[state][max(0, state - 1)] += 1 - rate
      if state + steps - 1 < limit { moves[state][state + steps - 1] += rate }
    }
    return RunLength.means(moves)?[0]
  }

  /// Steps after each case.
  public func path(_ failed: [Bool]) -> [Int] {
    var sum = 0
    return failed.map {
      sum = max(0, sum + ($0 ? steps - 1 : -1))
      return sum
    }
  }

  public func rings(at sum: Int) -> Bool { sum >= limit }
}
