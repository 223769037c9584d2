/// The area under the empirical ROC curve with its variance, by DeLong, DeLong and Clarke-Pearson 1988
/// (doi:10.2307/2531595), in one pass over sorted scores (Sun, Xu 2014, doi:10.1109/LSP.2014.2337313).
///
/// Ties count one half (midranks). Agrees with R's pROC 1.18 `auc` and `var` to 1e-12.
public struct DeLong: Sendable {
  public let auc: Double
  public let positives: Int
  public let negatives: Int
  /// Variance for independent cases, as many as there are, whatever they weigh; nil with fewer than two cases in a class.
  public let variance: Double?
  /// Of that variance, by Satterthwaite's rule over the two classes (1946, doi:10.2307/3002019); nil without one, or with weights.
  public let degreesOfFreedom: Double?

  /// - Throws: `noPositives`, `noNegatives`, `needsScore`, or `constantScore` when all cases tie.
  public init(_ sample: Sample) throws(Undefined) {
    guard !sample.scores.isEmpty || sample.count == 0 else { throw .needsScore }
    let positives = sample.positives
    let negatives = sample.count - positives
    guard positives > 0 else { throw .noPositives }
    guard negatives > 0 else { throw .noNegatives }
    guard sample.scores.first != sample.scores.last else { throw .constantScore }
    self.positives = positives
    self.negatives = negatives
    guard !sample.isWeighted else {
      (auc, variance) = DeLong.weighted(sample, positives: positives, negatives: negatives)
      degreesOfFreedom = nil
      return
    }

    // Twice the Mann-Whitney statistic is a whole number: exact.
    var doubledU: UInt64 = 0
    DeLong.forEachTie(in: sample) { _, below, tied in
      doubledU += UInt64(tied.positives) * UInt64(2 * below.negatives + tied.negatives)
    }
    let pairs = Double(positives) * Double(negatives)
    let auc = Double(doubledU) / (2 * pairs)
    self.auc = auc

    guard positives > 1, negatives > 1 else {
      variance = nil
      degreesOfFreedom = nil
      return
    }
    var sum10 = 0.0  // Σ (V₁₀ − A)²
    var sum01 = 0.0  // Σ (V₀₁ − A)²
    let inverse2n = 1 / (2 * Double(negatives))
    let inverse2m = 1 / (2 * Double(positives))
    DeLong.forEachTie(in: sample) { _, below, tied in
      let v10 = Double(2 * below.negatives + tied.negatives) * inverse2n - auc
      let v01 = Double(2 * (positives - below.positives) - tied.positives) * inverse2m - auc
      sum10 += Double(tied.positives) * v10 * v10
      sum01 += Double(tied.negatives) * v01 * v01
    }
    let m = Double(positives)
    let n = Double(negatives)
    let (ofPositives, ofNegatives) = (sum10 / ((m - 1) * m), sum01 / ((n - 1) * n))
    let variance = ofPositives + ofNegatives
    self.variance = variance
    degreesOfFreedom =
      variance > 0
      ? variance * variance / (ofPositives * ofPositives / (m - 1) + ofNegatives * ofNegatives / (n - 1))
      : nil
  }

  /// How much each case moves the area, in the sample's order: (V₁₀ − A)/m for a positive, (V₀₁ − A)/n for a negative.
  public func influence(in sample: Sample) -> [Double] {
    guard !sample.isWeighted else { return weightedInfluence(in: sample) }
    var influence = [Double](repeating: 0, count: sample.count)
    let scale10 = 1 / Double(positives)
    let scale01 = 1 / Double(negatives)
    let bits = sample.bits
    influence.withUnsafeMutableBufferPointer { influence in
      bits.withUnsafeBufferPointer { bits in
        DeLong.forEachTie(in: sample) { range, below, tied in
          let v10 = Double(2 * below.negatives + tied.negatives) / (2 * Double(negatives)) - auc
          let v01 = Double(2 * (positives - below.positives) - tied.positives) / (2 * Double(positives)) - auc
          for index in range { influence[index] = bits[index] & 1 == 1 ? v10 * scale10 : v01 * scale01 }
        }
      }
    }
    return influence
  }

  /// Runs of equal scores in ascending order: where they stand, what lies below them, what they hold.
  private static func forEachTie(
    in sample: Sample,
    _ body: (Range<Int>, (positives: Int, negatives: Int), (positives: Int, negatives: Int)) -> Void
  ) {
    sample.scores.withUnsafeBufferPointer { scores in
      sample.bits.withUnsafeBufferPointer { bits in
        var below = (positives: 0, negatives: 0)
        var start = 0
        while start < scores.count {
          let score = scores[start]
          var tied = (positives: 0, negatives: 0)
          var end = start
          repeat {
            let positive = Int(bits[end] & 1)
            tied.positives += positive
            tied.negatives += 1 - positive
            end += 1
          } while end < scores.count && scores[end] == score
          body(start..<end, below, tied)
          below.positives += tied.positives
          below.negatives += tied.negatives
          start = end
        }
      }
    }
  }
}
