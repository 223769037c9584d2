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
    let failures = request.status.map { readFailures($0, model) }
    let decisions = readDecisions(model, request.decision).map {
      cases($0.replaced(where: failures, by: .aside), unit.decision.decision)
    }
    let scores = request.score.map {
      cases.scores(
        readScores($0, model).replaced(where: failures, by: .nan), unit.score,
        isNegated: model.direction == .higherMeansNegative)
    }
    let rules = OutputRules(model)
    let starts = cases.starts
    let all = workers.assemble(starts) { stretch, places in
      for (place, row) in (starts[stretch]..<starts[stretch + 1]).enumerated() {
        (places + place).initialize(
          to: rules.output(score: scores?[row], decision: decisions?[row]))
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
    return readBinary(request, values(of: decision, model), declareIn: "models[].decision")
  }

  func values(of decision: DecisionColumn, _ model: ModelDefinition) -> BinaryValues {
    BinaryValues(
      positive: DeclaredValues(decision.positive), negative: decision.negative.map(DeclaredValues.init),
      aside: DeclaredValues(model.statusColumn == nil ? model.indeterminate : []),
      missing: missing(model.missing))
  }

  /// Higher means positive; not a number where there is no score. Adding to zero turns −0 into 0, which would not tie.
  private mutating func readScores(_ request: Int, _ model: ModelDefinition) -> [Double] {
    let isNegated = model.direction == .higherMeansNegative
    if case .ordinal(let categories) = model.scale {
      return readRanks(request, model, categories).map { isNegated ? 0 - $0 : $0 }
    }
    let chunks = table.numberChunks(request)
    return workers.assemble(table.starts) { stretch, places in
      for (row, value) in chunks[stretch].values.enumerated() {
        (places + row).initialize(to: isNegated ? 0 - value : 0 + value)
      }
    }
  }

  /// The rank of each row's category, counted from 1; not a number where the model gave no output.
  private mutating func readRanks(_ request: Int, _ model: ModelDefinition, _ categories: [String])
    -> [Double]
  {
    let column = column(request)
    let ranks = CategoryRanks(categories)
    let missing = missing(model.missing)
    let failed = DeclaredValues(model.statusColumn == nil ? model.indeterminate : [])
    var refused = [InputError.Kind?](repeating: nil, count: column.distinctCount)
    let values = column.texts.enumerated().map { index, text -> Double in
      if let rank = ranks.rank(of: text) { return Double(rank) }
      if !missing.contains(text), !failed.contains(text) {
        refused[index] = .undeclaredValue(known: categories, declareIn: "models[].scale or .indeterminate")
      }
      return .nan
    }
    refuse(column, request, refused)
    return rows(column, values, absent: .nan)
  }

  /// Where another column says that the model gave no output.
  private func readFailures(_ request: Int, _ model: ModelDefinition) -> [Bool] {
    let column = column(request)
    let values = DeclaredValues(model.indeterminate)
    let decimals = table.decimals(of: request)
    return rows(
      column,
      column.texts.map { text in decimals.contains { values.contains(text, decimal: $0) } },
      absent: false)
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

extension Array where Element: Sendable {
  /// With another value in some rows.
  fileprivate func replaced(where isReplaced: [Bool]?, by value: Element) -> [Element] {
    isReplaced.map { zip(self, $0).map { $1 ? value : $0 } } ?? self
  }
}

/// Ascending categories and their ranks. A cell is one of them as text; as a number, where both sides are numbers.
struct CategoryRanks {
  private let categories: [DeclaredValues]
  private let texts: [String]

  init(_ categories: [String]) {
    texts = categories
    self.categories = categories.map { DeclaredValues([$0]) }
  }

  /// Counted from 1.
  func rank(of text: String) -> Int? {
    (texts.firstIndex(of: text) ?? categories.firstIndex { $0.contains(text) }).map { $0 + 1 }
  }
}
