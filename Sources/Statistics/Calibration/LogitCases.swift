internal import RealModule

/// Scored cases on the logit scale: what logistic recalibration reads.
///
/// Probabilities are clipped to [1e-6, 1 − 1e-6]; those of exactly 0 or 1 are counted, and above 1 % of the cases the
/// scale says more about the clipping than about the model, and is undefined.
public struct LogitCases: Sendable {
  /// Ascending.
  public let logits: [Double]
  /// Bit 0: positive by the reference standard.
  public let bits: ArraySlice<UInt16>
  /// Sampling weights; empty when every case counts alike.
  let weights: [Double]
  /// Probabilities of exactly 0 or 1.
  public let clipped: Int
  /// Lowest and highest probability of each class; nil without cases in it.
  let positives, negatives: ClosedRange<Double>?

  func weight(_ place: Int) -> Double { weights.isEmpty ? 1 : weights[place] }

  private static let clip = 1e-6
  private static let largestClippedShare = 0.01

  /// - Throws: `noCases`, `extremeProbabilities`.
  public init(of scored: ScoredCases) throws(Undefined) {
    guard scored.count > 0 else { throw .noCases }
    clipped = LogitCases.extremes(in: scored)
    let share = Double(clipped) / Double(scored.count)
    guard share <= LogitCases.largestClippedShare else { throw .extremeProbabilities(share: share) }
    (positives, negatives) = scored.extremes()
    bits = scored.bits
    weights = Array(scored.weights)
    logits = scored.probabilities.map {
      let p = min(max($0, LogitCases.clip), 1 - LogitCases.clip)
      return Double.log(p / (1 - p))
    }
  }

  /// Exact zeros and ones stand at the ends.
  private static func extremes(in scored: ScoredCases) -> Int {
    scored.withBuffers { probabilities, _ in
      let zeros = probabilities.firstIndex { $0 > 0 } ?? probabilities.count
      let ones = probabilities.count - ((probabilities.lastIndex { $0 < 1 } ?? -1) + 1)
      return min(probabilities.count, zeros + ones)
    }
  }

  /// Of the outcomes, where `linear` takes the logit of the predicted probability to that of the assumed one.
  func logLikelihood(_ linear: (Double) -> Double) -> Double {
    var sum = 0.0
    for (place, bit) in bits.enumerated() {
      let linear = linear(logits[place])
      sum +=
        weight(place)
        * ((bit & 1 == 1 ? linear : 0) - max(linear, 0) - Double.log(onePlus: .exp(-abs(linear))))
    }
    return sum
  }
}
