internal import Statistics
internal import Validation

/// What a model said of every case.
extension CohortBuilder {
  static let mostOperatingPoints = Sample.mostOperatingPoints

  /// The second is nil for a model that nothing says how to flag by.
  mutating func readModel(
    _ index: Int, ofFinding finding: Int, _ selection: Selection, of cases: CaseRows
  ) -> (outputs: ModelOutputs, unverified: UnverifiedOutputs?) {
    let model = definition.findings[finding].models[index]
    let request = columns.findings[finding].models[index]
    if model.operatingPoints.count > Self.mostOperatingPoints {
      add(InputError(.tooManyOperatingPoints(limit: Self.mostOperatingPoints), file: model.name))
    }
    let unit = definition.unit ?? UnitDefinition(columns: [])
    let decisions = readDecisions(model, request.decision).map {
      cases($0, unit.decision.decision)
    }
    let scores = request.score.map {
      cases.scores(
        orientedScores($0, model.direction), unit.score, isNegated: model.direction == .higherMeansNegative)
    }
    let rules = OutputRules(model)
    let starts = cases.starts
    let all = workers.assemble(starts) { stretch, places in
      for (place, row) in (starts[stretch]..<starts[stretch + 1]).enumerated() {
        (places + place).initialize(to: rules.output(score: scores?[row], decision: decisions?[row]))
      }
    }
    let outputs = selection(all, workers)
    let kept = ModelOutputs(
      name: model.name, count: selection.count, scores: scores.map { caseScores($0, all, selection, starts) },
      failed: outputs.contains(where: \.hasFailed) ? outputs.map { $0.hasFailed ? 1 : 0 } : [],
      flagged: rules.givesDecision ? outputs.map(\.flagged) : [],
      disagreements: rules.comparesDecision ? outputs.count(where: \.disagrees) : nil)
    return (kept, rules.givesDecision ? unverified(model.name, all, selection) : nil)
  }

  private mutating func readDecisions(_ model: ModelDefinition, _ request: Int?) -> [BinaryValues.Meaning]? {
    guard let decision = model.decision, let request else { return nil }
    let values = BinaryValues(
      positive: DeclaredValues(decision.positive), negative: decision.negative.map(DeclaredValues.init),
      aside: DeclaredValues(model.indeterminate), missing: missing)
    return readBinary(request, values, declareIn: "models[].decision")
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

  /// 0 where the output failed, also if only the decision did.
  private func caseScores(
    _ scores: [Double], _ outputs: [ModelOutput], _ selection: Selection, _ starts: [Int]
  ) -> [Double] {
    guard outputs.contains(where: \.hasFailed) else { return selection(scores, workers) }
    let cleared = workers.assemble(starts) { stretch, places in
      for (place, row) in (starts[stretch]..<starts[stretch + 1]).enumerated() {
        (places + place).initialize(to: outputs[row].hasFailed ? 0 : scores[row])
      }
    }
    return selection(cleared, workers)
  }

  /// What it said of the rows that are no cases.
  private func unverified(_ name: String, _ outputs: [ModelOutput], _ selection: Selection)
    -> UnverifiedOutputs
  {
    var counts = (flagged: 0, unflagged: 0, failed: 0)
    if !selection.isEverything {
      for (row, output) in outputs.enumerated() where !selection.contains(row) {
        if output.hasFailed {
          counts.failed += 1
        } else if output.flagged & 1 == 1 {
          counts.flagged += 1
        } else {
          counts.unflagged += 1
        }
      }
    }
    return UnverifiedOutputs(
      model: name, flagged: counts.flagged, unflagged: counts.unflagged, failed: counts.failed)
  }
}
