/// What performance would be without labels if the probabilities are calibrated: each case counts as positive by its
/// probability (confidence-based performance estimation, NannyML; Białek et al. 2024, arXiv:2401.08348).
///
/// An estimate, not a measurement: it sees a change of the cases, never one of what they mean. A calibration that has
/// drifted shifts it unseen. Agrees with scikit-learn on cases that stand once as positive with weight p and once as
/// negative with weight 1 − p, to 1e-12.
public struct LabelFreeEstimate: Hashable, Sendable {
  /// Expected cases.
  public let truePositives, falsePositives, falseNegatives, trueNegatives: Double
  private let areaPairs: Double

  /// - Parameters:
  ///   - scores: By which cases rank; higher means positive.
  ///   - probabilities: Calibrated, in [0, 1], in the order of the scores.
  ///   - flagged: In the same order.
  /// - Throws: `noCases`.
  public init(scores: [Double], probabilities: [Double], flagged: [Bool]) throws(Undefined) {
    precondition(scores.count == probabilities.count && scores.count == flagged.count)
    precondition(probabilities.allSatisfy { 0 <= $0 && $0 <= 1 })
    guard !scores.isEmpty else { throw .noCases }
    var cells = [0.0, 0, 0, 0]
    for (p, isFlagged) in zip(probabilities, flagged) {
      cells[isFlagged ? 0 : 2] += p
      cells[isFlagged ? 1 : 3] += 1 - p
    }
    (truePositives, falsePositives, falseNegatives, trueNegatives) = (cells[0], cells[1], cells[2], cells[3])

    let order = RadixOrder.ascending(scores)
    var pairs = 0.0
    var below = 0.0
    var start = 0
    while start < order.count {
      var end = start
      var tied = (positive: 0.0, negative: 0.0)
      while end < order.count, scores[Int(order[end])] == scores[Int(order[start])] {
        tied.positive += probabilities[Int(order[end])]
        tied.negative += 1 - probabilities[Int(order[end])]
        end += 1
      }
      pairs += tied.positive * (below + tied.negative / 2)
      below += tied.negative
      start = end
    }
    areaPairs = pairs
  }

  public var positives: Double { truePositives + falseNegatives }
  public var negatives: Double { falsePositives + trueNegatives }

  /// - Throws: `noPositives`.
  public func sensitivity() throws(Undefined) -> Double { try share(truePositives, positives, .noPositives) }
  /// - Throws: `noNegatives`.
  public func specificity() throws(Undefined) -> Double { try share(trueNegatives, negatives, .noNegatives) }
  /// - Throws: `noFlagged`.
  public func positivePredictiveValue() throws(Undefined) -> Double {
    try share(truePositives, truePositives + falsePositives, .noFlagged)
  }
  /// - Throws: `noUnflagged`.
  public func negativePredictiveValue() throws(Undefined) -> Double {
    try share(trueNegatives, trueNegatives + falseNegatives, .noUnflagged)
  }
  public var accuracy: Double { (truePositives + trueNegatives) / (positives + negatives) }
  public var prevalence: Double { positives / (positives + negatives) }

  /// Expected pairs in order over expected pairs.
  ///
  /// - Throws: `noPositives`, `noNegatives`.
  public func areaUnderCurve() throws(Undefined) -> Double {
    guard positives > 0 else { throw .noPositives }
    guard negatives > 0 else { throw .noNegatives }
    return areaPairs / (positives * negatives)
  }

  private func share(_ part: Double, _ whole: Double, _ without: Undefined) throws(Undefined) -> Double {
    guard whole > 0 else { throw without }
    return part / whole
  }
}
