/// A difference between two groups under labels that are dealt out anew: whole patients, positives and negatives apart, so
/// that the prevalence of either group stays. Exact where groups differ in nothing but their labels.
public struct PermutedGap: Sendable {
  public enum Measure: Sendable {
    /// The share of decisions that are right among positives, or among negatives.
    case right(ofPositives: Bool)
    case area
  }

  private let sample: Sample
  private let isFirst: [Bool]
  private let units: ResamplingUnits

  /// - Parameters:
  ///   - sample: The cases of both groups; decisions at its first operating point.
  ///   - isFirst: Of every case in the sample's order.
  /// - Throws: `groupsOverlap` where a patient has cases in both groups.
  public init(_ sample: Sample, isFirst: [Bool]) throws(Undefined) {
    self.sample = sample
    self.isFirst = isFirst
    units = ResamplingUnits(sample, byTruth: true)
    guard units.isWhole(isFirst) else { throw .groupsOverlap }
  }

  /// Two-sided, of no difference.
  public func p(of measure: Measure, deals: Int, seed: UInt64) throws(Undefined) -> Double {
    guard let observed = difference(measure, isFirst) else { throw .noCases }
    let replicates = (0..<deals).map {
      difference(measure, units.permuted(isFirst, seed: seed, replicate: $0))
    }
    return Permutation.twoSidedP(observed: observed, replicates: replicates)
  }

  private func difference(_ measure: Measure, _ isFirst: [Bool]) -> Double? {
    switch measure {
    case .right(let ofPositives): difference(ofPositives: ofPositives, isFirst)
    case .area: differenceOfAreas(isFirst)
    }
  }

  private func difference(ofPositives: Bool, _ isFirst: [Bool]) -> Double? {
    let truth: UInt16 = ofPositives ? 1 : 0
    let skipped = sample.excludesFailed ? Sample.failedBit : 0
    var right = (0.0, 0.0)
    var all = (0.0, 0.0)
    for (place, bit) in sample.bits.enumerated() where bit & 1 == truth && bit & skipped == 0 {
      let weight = sample.isWeighted ? sample.weights[sample.weights.startIndex + place] : 1
      let success = (bit >> 1) & 1 == truth ? weight : 0
      if isFirst[place] {
        right.0 += success
        all.0 += weight
      } else {
        right.1 += success
        all.1 += weight
      }
    }
    return all.0 > 0 && all.1 > 0 ? right.0 / all.0 - right.1 / all.1 : nil
  }

  /// Ties count one half.
  private func differenceOfAreas(_ isFirst: [Bool]) -> Double? {
    let scores = Array(sample.scores)
    let bits = Array(sample.bits)
    let weights = Array(sample.weights)
    // By group: negatives below, twice the pairs won, and both classes in all.
    var below = SIMD2<Double>.zero
    var won = SIMD2<Double>.zero
    var positives = SIMD2<Double>.zero
    var start = 0
    while start < scores.count {
      var tied = (positives: SIMD2<Double>.zero, negatives: SIMD2<Double>.zero)
      var end = start
      repeat {
        let group = isFirst[end] ? 0 : 1
        let weight = weights.isEmpty ? 1 : weights[end]
        if bits[end] & 1 == 1 { tied.positives[group] += weight } else { tied.negatives[group] += weight }
        end += 1
      } while end < scores.count && scores[end] == scores[start]
      won += tied.positives * (2 * below + tied.negatives)
      below += tied.negatives
      positives += tied.positives
      start = end
    }
    let pairs = positives * below
    guard pairs[0] > 0, pairs[1] > 0 else { return nil }
    return won[0] / (2 * pairs[0]) - won[1] / (2 * pairs[1])
  }
}
