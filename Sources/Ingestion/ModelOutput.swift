internal import Validation

/// A model's output for one row.
struct ModelOutput: Sendable {
  var hasFailed = false
  /// Bit i: at or beyond operating point i; bit 0 alone where a decision was delivered.
  var flagged: UInt16 = 0
  /// The delivered decision is not what the primary threshold gives.
  var disagrees = false
}

/// How one model's score and decision become flags.
struct OutputRules: Sendable {
  /// In the orientation of the scores: a case is flagged at or above.
  private let thresholds: [Double]
  private let hasScore: Bool
  private let isDelivered: Bool

  init(_ model: ModelDefinition) {
    let isNegated = model.direction == .higherMeansNegative
    thresholds = model.operatingPoints.map { isNegated ? 0 - $0.threshold : $0.threshold }
    hasScore = model.score != nil
    isDelivered = model.decision != nil
  }

  var givesDecision: Bool { isDelivered || (hasScore && !thresholds.isEmpty) }
  var comparesDecision: Bool { isDelivered && hasScore && !thresholds.isEmpty }

  @inline(__always)
  func output(score: Double?, decision: BinaryValues.Meaning?) -> ModelOutput {
    var output = ModelOutput()
    if let score {
      if score.isNaN { return ModelOutput(hasFailed: true) }
      for (bit, threshold) in thresholds.enumerated() where score >= threshold {
        output.flagged |= 1 << UInt16(truncatingIfNeeded: bit)
      }
    }
    if let decision {
      guard decision == .positive || decision == .negative else { return ModelOutput(hasFailed: true) }
      let delivered: UInt16 = decision == .positive ? 1 : 0
      output.disagrees = comparesDecision && output.flagged & 1 != delivered
      // The delivered decision is what is judged.
      output.flagged = delivered
    }
    return output
  }
}
