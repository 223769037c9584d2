internal import RealModule

/// How far the shares of two samples over the same bins or levels lie apart.
///
/// Cases are taken as independent. χ² and Jensen-Shannon agree with SciPy 1.17 to 1e-12, PSI with its formula in NumPy.
public struct BinnedDistance: Hashable, Sendable {
  public let reference: [Int]
  public let current: [Int]

  /// - Parameters:
  ///   - reference: Cases by bin; as many bins as `current`. Bins that are empty on both sides are left out.
  /// - Throws: `noCases` where a sample is empty; `zeroDenominator` where all cases stand in one bin.
  public init(reference: [Int], current: [Int]) throws(Undefined) {
    precondition(reference.count == current.count && reference.allSatisfy { $0 >= 0 })
    precondition(current.allSatisfy { $0 >= 0 })
    let used = reference.indices.filter { reference[$0] + current[$0] > 0 }
    self.reference = used.map { reference[$0] }
    self.current = used.map { current[$0] }
    guard self.reference.contains(where: { $0 > 0 }), self.current.contains(where: { $0 > 0 }) else {
      throw .noCases
    }
    guard used.count > 1 else { throw .zeroDenominator("all cases stand in one bin") }
  }

  /// Of numbers: `bins` bins with about as many pooled values each; equal values stay together.
  ///
  /// The pooled values cut the bins, not the reference alone: so labels can be dealt anew, and the null is exact.
  public init(reference: [Double], current: [Double], bins: Int) throws(Undefined) {
    precondition(bins > 1)
    let pooled = reference + current
    let order = RadixOrder.ascending(pooled)
    var counts = (reference: [Int](repeating: 0, count: bins), current: [Int](repeating: 0, count: bins))
    var bin = 0
    for (place, index) in order.enumerated() {
      let starts = place == 0 || pooled[Int(order[place - 1])] != pooled[Int(index)]
      if starts { bin = place * bins / order.count }
      if Int(index) < reference.count { counts.reference[bin] += 1 } else { counts.current[bin] += 1 }
    }
    try self.init(reference: counts.reference, current: counts.current)
  }

  public var bins: Int { reference.count }
  private var cases: (reference: Double, current: Double) {
    (Double(reference.reduce(0, +)), Double(current.reduce(0, +)))
  }

  /// Population stability index Σ (q − p) ln(q / p), at or above 0 without an upper end. Where a bin is empty on one side
  /// every count takes half a case more, since ln 0 says nothing.
  public var stabilityIndex: Double { BinnedDistance.stabilityIndex(reference, current) }

  /// Jensen and Shannon's distance, the root of the divergence in bits (Lin 1991, doi:10.1109/18.61115); in [0, 1].
  public var jensenShannon: Double { BinnedDistance.jensenShannon(reference, current) }

  /// Pearson's χ² of equal shares.
  public var chiSquared: Double { BinnedDistance.chiSquared(reference, current) }

  /// Cramér's V of the two samples by bins, in [0, 1].
  public var cramersV: Double {
    let (n, m) = cases
    return min(1, (chiSquared / (n + m)).squareRoot())
  }

  public enum Statistic: Hashable, Sendable, CaseIterable { case stabilityIndex, jensenShannon, chiSquared }

  public func value(_ statistic: Statistic) -> Double {
    BinnedDistance.function(of: statistic)(reference, current)
  }

  /// Cases that the emptiest bin of the smaller sample expects when nothing drifts.
  public var fewestExpected: Double {
    let (n, m) = cases
    let fewest = zip(reference, current).map { Double($0.0 + $0.1) }.min() ?? 0
    return fewest * min(n, m) / (n + m)
  }

  /// Below it the χ² nulls ring too often: PSI's at 10.9 % of undrifted samples of 50.
  public static let expectedForLimit = 20.0

  /// p of no drift: from the χ² limit where every bin expects 20 cases, else `relabelled`.
  ///
  /// PSI / (1/n + 1/m) is χ² on bins − 1 degrees of freedom (Yurdakul 2018, Western Michigan University dissertation
  /// 3208), as is 8 ln 2 · JS² / (1/n + 1/m) and Pearson's statistic itself.
  public func significance(_ statistic: Statistic, replicates: Int = 9999, seed: UInt64) -> Double {
    fewestExpected >= BinnedDistance.expectedForLimit
      ? limit(statistic) : relabelled(statistic, replicates: replicates, seed: seed)
  }

  func limit(_ statistic: Statistic) -> Double {
    let (n, m) = cases
    let scale = 1 / n + 1 / m
    let x: Double =
      switch statistic {
      case .stabilityIndex: stabilityIndex / scale
      case .jensenShannon: 8 * .log(2) * jensenShannon * jensenShannon / scale
      case .chiSquared: chiSquared
      }
    return ChiSquared.upperTail(x, degreesOfFreedom: Double(bins - 1))
  }

  /// p among samples whose labels are dealt anew within the pooled bins: exact but for the draws, whatever the shares are.
  /// (1 + as far or farther) / (1 + replicates); costs replicates × bins, not cases.
  public func relabelled(_ statistic: Statistic, replicates: Int, seed: UInt64) -> Double {
    let function = BinnedDistance.function(of: statistic)
    let observed = function(reference, current) * (1 - 1e-12)
    var stream = RandomStream(seed, 0x4249_4E53)
    var asFar = 1
    var (first, second) = (reference, current)
    for _ in 0..<replicates {
      var left = (cases: reference.reduce(0, +) + current.reduce(0, +), drawn: current.reduce(0, +))
      for bin in reference.indices {
        let pooled = reference[bin] + current[bin]
        second[bin] = stream.hypergeometric(marked: pooled, of: left.cases, drawn: left.drawn)
        first[bin] = pooled - second[bin]
        left = (left.cases - pooled, left.drawn - second[bin])
      }
      asFar += function(first, second) >= observed ? 1 : 0
    }
    return Double(asFar) / Double(replicates + 1)
  }
}

extension BinnedDistance {
  private static func function(of statistic: Statistic) -> ([Int], [Int]) -> Double {
    switch statistic {
    case .stabilityIndex: { stabilityIndex($0, $1) }
    case .jensenShannon: { jensenShannon($0, $1) }
    case .chiSquared: { chiSquared($0, $1) }
    }
  }

  private static func stabilityIndex(_ reference: [Int], _ current: [Int]) -> Double {
    let extra = reference.contains(0) || current.contains(0) ? 0.5 : 0
    let more = extra * Double(reference.count)
    let (n, m) = (Double(reference.reduce(0, +)) + more, Double(current.reduce(0, +)) + more)
    var sum = 0.0
    for (r, c) in zip(reference, current) {
      let (p, q) = ((Double(r) + extra) / n, (Double(c) + extra) / m)
      sum += (q - p) * .log(q / p)
    }
    return max(0, sum)
  }

  private static func jensenShannon(_ reference: [Int], _ current: [Int]) -> Double {
    let (n, m) = (Double(reference.reduce(0, +)), Double(current.reduce(0, +)))
    var sum = 0.0
    for (r, c) in zip(reference, current) {
      let (p, q) = (Double(r) / n, Double(c) / m)
      let middle = (p + q) / 2
      if p > 0 { sum += p * .log2(p / middle) }
      if q > 0 { sum += q * .log2(q / middle) }
    }
    return min(1, max(0, sum / 2).squareRoot())
  }

  private static func chiSquared(_ reference: [Int], _ current: [Int]) -> Double {
    let (n, m) = (Double(reference.reduce(0, +)), Double(current.reduce(0, +)))
    var sum = 0.0
    for (r, c) in zip(reference, current) {
      let gap = Double(r) / n - Double(c) / m
      sum += gap * gap / Double(r + c)
    }
    return sum * n * m
  }
}
