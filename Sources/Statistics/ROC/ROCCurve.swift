/// The empirical ROC curve: one point per distinct score, from (0, 0) to (1, 1).
public struct ROCCurve: Sendable {
  public struct Point: Hashable, Sendable {
    public let falsePositiveRate: Double
    public let sensitivity: Double
    /// Cases at or above this score are flagged here; `+∞` at (0, 0).
    public let threshold: Double
  }

  /// By descending threshold.
  public let points: [Point]

  /// At most `most` points: where the curve has more, those nearest below evenly spaced steps of (FPR + sensitivity), which
  /// keeps its corners, and always both ends and every score in `exactAt`.
  ///
  /// - Throws: `needsScore`, `noPositives`, `noNegatives`.
  public init(_ sample: Sample, most: Int = 512, exactAt thresholds: [Double] = []) throws(Undefined) {
    guard !sample.scores.isEmpty || sample.count == 0 else { throw .needsScore }
    let positives = sample.positives
    guard positives > 0 else { throw .noPositives }
    guard positives < sample.count else { throw .noNegatives }
    guard sample.isWeighted else {
      self.init(
        sample, of: Double(positives), Double(sample.count - positives), most: most, exactAt: thresholds
      ) { _ in 1 }
      return
    }
    // Added up in the order of the curve, so that it ends at (1, 1) exactly.
    let weights = Array(sample.weights)
    var totals = (positives: 0.0, negatives: 0.0)
    for (bit, weight) in zip(sample.bits, weights).reversed() {
      if bit & 1 == 1 { totals.positives += weight } else { totals.negatives += weight }
    }
    self.init(sample, of: totals.positives, totals.negatives, most: most, exactAt: thresholds) { weights[$0] }
  }

  // Inlined, so that a weight of 1 costs nothing.
  @inline(__always)
  private init(
    _ sample: Sample, of positives: Double, _ negatives: Double, most: Int, exactAt thresholds: [Double],
    weight: (Int) -> Double
  ) {
    let kept = thresholds.sorted(by: >)
    let stepCount = max(2, most - kept.count - 2)
    var points = [Point(falsePositiveRate: 0, sensitivity: 0, threshold: .infinity)]
    sample.scores.withUnsafeBufferPointer { scores in
      sample.bits.withUnsafeBufferPointer { bits in
        var flaggedPositives = 0.0
        var flaggedNegatives = 0.0
        var lastStep = 0
        var nextKept = 0
        var index = scores.count - 1
        while index >= 0 {
          let score = scores[index]
          // The point before this score is the one at any threshold above it and up to the next.
          while nextKept < kept.count, kept[nextKept] > score {
            ROCCurve.append(
              flaggedPositives, flaggedNegatives, of: positives, negatives, kept[nextKept], to: &points)
            nextKept += 1
          }
          repeat {
            let isPositive = Double(bits[index] & 1)
            flaggedPositives += weight(index) * isPositive
            flaggedNegatives += weight(index) * (1 - isPositive)
            index -= 1
          } while index >= 0 && scores[index] == score
          let travelled =
            flaggedPositives / positives + flaggedNegatives / negatives
          let step = Int(travelled / 2 * Double(stepCount))
          let isKept = nextKept < kept.count && kept[nextKept] == score
          if step > lastStep || isKept || index < 0 {
            ROCCurve.append(flaggedPositives, flaggedNegatives, of: positives, negatives, score, to: &points)
            lastStep = step
          }
          while nextKept < kept.count, kept[nextKept] == score { nextKept += 1 }
        }
        // At a threshold below every score all are flagged.
        for threshold in kept[nextKept...] {
          ROCCurve.append(positives, negatives, of: positives, negatives, threshold, to: &points)
        }
      }
    }
    self.points = points
  }

  private static func append(
    _ flaggedPositives: Double, _ flaggedNegatives: Double, of positives: Double, _ negatives: Double,
    _ threshold: Double,
    to points: inout [Point]
  ) {
    points.append(
      Point(
        falsePositiveRate: flaggedNegatives / negatives, sensitivity: flaggedPositives / positives,
        threshold: threshold))
  }
}
