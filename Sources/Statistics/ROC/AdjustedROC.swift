/// The covariate-adjusted ROC curve: the share of positives whose score lies above the threshold that flags as many negatives
/// of their own stratum (Janes, Pepe 2009, doi:10.1093/biomet/asp002).
///
/// Where sites differ in prevalence and in scores alike, the pooled curve mixes what a score knows of the patient with what it
/// knows of the site; this one compares each positive with negatives of its own site. Agrees with placements counted pair by pair
/// to 1e-12.
public struct AdjustedROC: Hashable, Sendable {
  /// The mean over positives of the share of negatives of their stratum that score lower, ties counting one half.
  public let area: Double
  /// Of all positives, by weight, those whose stratum has negatives: the curve is theirs.
  public let coveredShare: Double
  /// Of those positives, ascending.
  private let steps: [Step]

  private struct Step: Hashable, Sendable {
    /// Share of negatives of the stratum that score higher, ties counting one half.
    let placement: Double
    /// Share of positives up to it.
    let share: Double
  }

  /// - Parameters:
  ///   - sample: Cases in ascending order of score.
  ///   - strata: Of each case, below `count`.
  /// - Throws: `needsScore`, `noPositives`, `noNegatives`, `notComputed` where no stratum has both classes.
  public init(_ sample: Sample, strata: [UInt16], count: Int) throws(Undefined) {
    guard !sample.scores.isEmpty else { throw sample.count == 0 ? .noCases : .needsScore }
    precondition(strata.count == sample.count)
    let (scores, bits, weights) = (Array(sample.scores), Array(sample.bits), Array(sample.weights))
    func weight(_ index: Int) -> Double { weights.isEmpty ? 1 : weights[index] }
    var negatives = [Double](repeating: 0, count: count)
    var positives = 0.0
    for index in bits.indices {
      if bits[index] & 1 == 1 {
        positives += weight(index)
      } else {
        negatives[Int(strata[index])] += weight(index)
      }
    }
    guard positives > 0 else { throw .noPositives }
    guard negatives.contains(where: { $0 > 0 }) else { throw .noNegatives }
    var below = [Double](repeating: 0, count: count)
    var placed: [(placement: Double, weight: Double)] = []
    var start = 0
    while start < scores.count {
      var tied: [Int: Double] = [:]
      var end = start
      while end < scores.count, scores[end] == scores[start] {
        if bits[end] & 1 == 0 { tied[Int(strata[end]), default: 0] += weight(end) }
        end += 1
      }
      for index in start..<end where bits[index] & 1 == 1 {
        let stratum = Int(strata[index])
        guard negatives[stratum] > 0 else { continue }
        let lower = below[stratum] + (tied[stratum] ?? 0) / 2
        placed.append((max(0, 1 - lower / negatives[stratum]), weight(index)))
      }
      for (stratum, weight) in tied { below[stratum] += weight }
      start = end
    }
    let covered = placed.reduce(0) { $0 + $1.weight }
    guard covered > 0 else { throw .notComputed("no stratum has cases of both classes") }
    area = placed.reduce(0) { $0 + $1.weight * (1 - $1.placement) } / covered
    coveredShare = covered / positives
    var sum = 0.0
    steps = RadixOrder.ascending(placed.map(\.placement)).map { index in
      let one = placed[Int(index)]
      sum += one.weight
      return Step(placement: one.placement, share: min(1, sum / covered))
    }
  }

  /// The share of positives that lie above the threshold by which this share of the negatives of their stratum is flagged.
  public func sensitivity(at falsePositiveRate: Double) -> Double {
    var (low, high) = (0, steps.count)
    while low < high {
      let middle = (low + high) / 2
      if steps[middle].placement <= falsePositiveRate { low = middle + 1 } else { high = middle }
    }
    return low == 0 ? 0 : steps[low - 1].share
  }
}
