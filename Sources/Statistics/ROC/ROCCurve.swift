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
    let negatives = sample.count - positives
    guard positives > 0 else { throw .noPositives }
    guard negatives > 0 else { throw .noNegatives }
    let kept = thresholds.sorted(by: >)
    let stepCount = max(2, most - kept.count - 2)
    var points = [Point(falsePositiveRate: 0, sensitivity: 0, threshold: .infinity)]
    sample.scores.withUnsafeBufferPointer { scores in
      sample.bits.withUnsafeBufferPointer { bits in
        var flaggedPositives = 0
        var flaggedNegatives = 0
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
            flaggedPositives += Int(bits[index] & 1)
            flaggedNegatives += 1 - Int(bits[index] & 1)
            index -= 1
          } while index >= 0 && scores[index] == score
          let travelled =
            Double(flaggedPositives) / Double(positives) + Double(flaggedNegatives) / Double(negatives)
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
    _ flaggedPositives: Int, _ flaggedNegatives: Int, of positives: Int, _ negatives: Int,
    _ threshold: Double,
    to points: inout [Point]
  ) {
    points.append(
      Point(
        falsePositiveRate: Double(flaggedNegatives) / Double(negatives),
        sensitivity: Double(flaggedPositives) / Double(positives), threshold: threshold))
  }
}
