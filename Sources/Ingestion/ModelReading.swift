internal import Statistics
internal import Validation

/// What a model said of every case.
extension CohortBuilder {
  static let mostOperatingPoints = UInt16.bitWidth

  mutating func readModel(_ index: Int, _ selection: Selection) -> (
    outputs: ModelOutputs, unverified: UnverifiedOutputs?
  ) {
    let model = definition.models[index]
    let (scoreRequest, decisionRequest) = columns.models[index]
    if model.operatingPoints.count > Self.mostOperatingPoints {
      add(InputError(.tooManyOperatingPoints(limit: Self.mostOperatingPoints), file: model.name))
    }
    let scores = scoreRequest.map { orientedScores($0, model.direction) }
    var decisions: [BinaryValues.Meaning]?
    if let decision = model.decision, let decisionRequest {
      let values = BinaryValues(
        positive: DeclaredValues(decision.positive), negative: decision.negative.map(DeclaredValues.init),
        aside: DeclaredValues(model.indeterminate), missing: missing)
      decisions = readBinary(decisionRequest, values, declareIn: "models[].decision")
    }
    let rules = OutputRules(model)
    var failedCount = 0, disagreements = 0, outside = (flagged: 0, unflagged: 0, failed: 0)
    var (failed, flagged): ([UInt8], [UInt16]) = ([], [])
    failed.reserveCapacity(table.rowCount)
    flagged.reserveCapacity(table.rowCount)
    for row in 0..<table.rowCount {
      let output = rules.output(score: scores?[row], decision: decisions?[row])
      failed.append(output.hasFailed ? 1 : 0)
      flagged.append(output.flagged)
      if selection.contains(row) {
        if output.hasFailed { failedCount += 1 }
        if output.disagrees { disagreements += 1 }
      } else if output.hasFailed {
        outside.failed += 1
      } else if output.flagged & 1 == 1 {
        outside.flagged += 1
      } else {
        outside.unflagged += 1
      }
    }
    let outputs = ModelOutputs(
      name: model.name, count: selection.count,
      scores: scores.map { scores in
        // A score stands at 0 where the output failed, also if only the decision did.
        let cleared = workers.assemble(table.starts) { [failed, starts = table.starts] stretch, places in
          for (place, row) in (starts[stretch]..<starts[stretch + 1]).enumerated() {
            (places + place).initialize(to: failed[row] == 1 ? 0 : scores[row])
          }
        }
        return selection(cleared, workers)
      },
      failed: failedCount == 0 ? [] : selection(failed, workers),
      flagged: rules.hasDecision ? selection(flagged, workers) : [],
      disagreements: rules.comparesDecision ? disagreements : nil)
    guard rules.hasDecision else { return (outputs, nil) }
    return (
      outputs,
      UnverifiedOutputs(
        model: model.name, flagged: outside.flagged, unflagged: outside.unflagged, failed: outside.failed)
    )
  }

  /// Higher means positive; not a number where there is no score. Adding to zero turns −0 into 0, which would not tie.
  private func orientedScores(_ request: Int, _ direction: ScoreDirection) -> [Double] {
    let chunks = table.numberChunks(request)
    let isNegated = direction == .higherMeansNegative
    return workers.assemble(table.starts) { stretch, places in
      for (row, value) in chunks[stretch].values.enumerated() {
        (places + row).initialize(to: isNegated ? 0 - value : 0 + value)
      }
    }
  }
}

/// How one model's score and decision become flags.
private struct OutputRules {
  /// In the orientation of the scores: a case is flagged at or above.
  private let thresholds: [Double]
  private let hasScore: Bool
  private let hasDelivered: Bool

  struct Output {
    var hasFailed = false
    var flagged: UInt16 = 0
    var disagrees = false
  }

  init(_ model: ModelDefinition) {
    let isNegated = model.direction == .higherMeansNegative
    thresholds = model.operatingPoints.map { isNegated ? 0 - $0.threshold : $0.threshold }
    hasScore = model.score != nil
    hasDelivered = model.decision != nil
  }

  var hasDecision: Bool { hasDelivered || (hasScore && !thresholds.isEmpty) }
  var comparesDecision: Bool { hasDelivered && hasScore && !thresholds.isEmpty }

  @inline(__always)
  func output(score: Double?, decision: BinaryValues.Meaning?) -> Output {
    var output = Output()
    if let score {
      if score.isNaN { return Output(hasFailed: true) }
      for (bit, threshold) in thresholds.enumerated() where score >= threshold {
        output.flagged |= 1 << UInt16(truncatingIfNeeded: bit)
      }
    }
    if let decision {
      guard decision == .positive || decision == .negative else { return Output(hasFailed: true) }
      let delivered: UInt16 = decision == .positive ? 1 : 0
      output.disagrees = comparesDecision && output.flagged & 1 != delivered
      // The delivered decision is what is judged.
      output.flagged = delivered
    }
    return output
  }
}
