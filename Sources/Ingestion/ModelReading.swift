internal import Statistics
internal import Validation

/// What a model said of every case.
extension CohortBuilder {
  static let mostOperatingPoints = Sample.mostOperatingPoints

  /// The second is nil for a model that nothing says how to flag by.
  mutating func readModel(
    _ index: Int, ofFinding finding: Int, _ selection: Selection, _ rest: Selection?, of cases: CaseRows
  ) -> (outputs: ModelOutputs, unverified: UnverifiedOutputs?, others: ModelOutputs?) {
    let model = definition.findings[finding].models[index]
    let request = columns.findings[finding].models[index]
    if model.operatingPoints.count > Self.mostOperatingPoints {
      add(InputError(.tooManyOperatingPoints(limit: Self.mostOperatingPoints), file: model.name))
    }
    let unit = definition.unit ?? UnitDefinition(columns: [])
    let failures = request.status.map { readFailures($0, model) }
    let unasked = exclusions.rows.or(failures ?? [])
    let decisions = readDecisions(model, request.decision, except: unasked).map {
      cases($0.replaced(where: failures, by: .aside), unit.decision.decision)
    }
    let scores = request.score.map {
      cases.scores(
        readScores($0, model, except: unasked).replaced(where: failures, by: .nan), unit.score,
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
    return (
      kept, rules.givesDecision ? unverified(model.name, all, selection) : nil,
      rest.map { withoutScores(model.name, $0(all, workers), isFlagging: rules.givesDecision) }
    )
  }

  /// Of cases that are not analysed.
  private func withoutScores(_ name: String, _ outputs: [ModelOutput], isFlagging: Bool) -> ModelOutputs {
    ModelOutputs(
      name: name, count: outputs.count, scores: nil,
      failed: outputs.contains(where: \.hasFailed) ? outputs.map { $0.hasFailed ? 1 : 0 } : [],
      flagged: isFlagging ? outputs.map(\.flagged) : [])
  }

  /// What is no number in a column of scores that had to wait for other columns.
  mutating func checkScores() {
    let models = zip(definition.findings, columns.findings).flatMap { zip($0.models, $1.models) }
    for request in Set(models.compactMap(\.1.score)).sorted() {
      guard case .number(let rule) = table.requests[request].reading, rule.isJudgedLater else { continue }
      add(
        table.refusedNumbers(
          request, except: exclusions.rows.or(failed(request)), keeping: problems.keptPlaces))
    }
  }

  /// Rows of which every model that reads this column of scores has failed, as their status says.
  func failed(_ request: Int) -> [Bool] {
    let models = zip(definition.findings, columns.findings).flatMap { zip($0.models, $1.models) }
    let failures = models.filter { $0.1.score == request }.map { model, own in
      own.status.map { readFailures($0, model) } ?? []
    }
    return failures.dropFirst().reduce(failures.first ?? []) { all, own in
      all.isEmpty || own.isEmpty ? [] : zip(all, own).map { $0 && $1 }
    }
  }

  private mutating func readDecisions(
    _ model: ModelDefinition, _ request: Int?, except unasked: [Bool]
  ) -> [BinaryValues.Meaning]? {
    guard let decision = model.decision, let request else { return nil }
    return readBinary(
      request, values(of: decision, model), declareIn: "models[].decision", except: unasked)
  }

  func values(of decision: DecisionColumn, _ model: ModelDefinition) -> BinaryValues {
    BinaryValues(
      positive: DeclaredValues(decision.positive), negative: decision.negative.map { DeclaredValues($0) },
      aside: DeclaredValues(model.statusColumn == nil ? model.indeterminate : []),
      missing: missing(model.missing))
  }

  /// Higher means positive; not a number where there is no score. Adding to zero turns −0 into 0, which would not tie.
  private mutating func readScores(_ request: Int, _ model: ModelDefinition, except unasked: [Bool])
    -> [Double]
  {
    let isNegated = model.direction == .higherMeansNegative
    if case .ordinal(let categories) = model.scale {
      return readRanks(request, model, categories, except: unasked).map { isNegated ? 0 - $0 : $0 }
    }
    let chunks = table.numberChunks(request)
    return workers.assemble(table.starts) { stretch, places in
      for (row, value) in chunks[stretch].values.enumerated() {
        (places + row).initialize(to: isNegated ? 0 - value : 0 + value)
      }
    }
  }

  /// The rank of each row's category, counted from 1; not a number where the model gave no output.
  private mutating func readRanks(
    _ request: Int, _ model: ModelDefinition, _ categories: [String], except unasked: [Bool]
  ) -> [Double] {
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
    refuse(column, request, refused, except: unasked)
    return rows(column, values, absent: .nan)
  }

  /// Where another column says that the model gave no output.
  func readFailures(_ request: Int, _ model: ModelDefinition) -> [Bool] {
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

extension CaseTable {
  /// Cells of a column of numbers that are refused, wherever they stand, but for rows that are not asked.
  fileprivate func refusedNumbers(_ request: Int, except unasked: [Bool], keeping kept: Int) -> InputErrors {
    guard let origin = origins[requests[request]] else {
      return ownRefusedNumbers(request, except: unasked, keeping: kept)
    }
    let file = joined[origin.file]
    return file.table.ownRefusedNumbers(
      origin.request, except: file.unasked(ofCases: unasked), keeping: kept)
  }

  private func ownRefusedNumbers(_ request: Int, except unasked: [Bool], keeping kept: Int) -> InputErrors {
    let asked = requests[request]
    guard case .number(let rule) = asked.reading else { return InputErrors(keeping: kept) }
    var refused = InputErrors(keeping: kept)
    for (stretch, chunk) in numberChunks(request).enumerated() {
      let file = files[stretches[stretch].file]
      chunk.refused.forEach { row, column, text in
        guard !unasked.holds(starts[stretch] + row) else { return }
        refused.add(
          InputError(
            rule.refusal(of: text, file.decimal), file: file.name,
            line: place(stretch: stretch, row: row).line, column: column,
            columnName: asked.name, found: asked.isShown ? CellText.clipped(text) : nil))
      }
    }
    return refused.tellingStrays { group in
      files.firstIndex { $0.name == group.first.file }.map { fractions(of: asked.name, inFile: $0) } ?? 0
    }
  }
}

extension CaseTable.JoinedFile {
  /// Its rows that belong to no other cases but these; one that belongs to none at all is asked.
  fileprivate func unasked(ofCases cases: [Bool]) -> [Bool] {
    guard !cases.isEmpty else { return [] }
    var (isAsked, belongs) = (
      [Bool](repeating: false, count: table.rowCount), [Bool](repeating: false, count: table.rowCount)
    )
    for (row, isUnasked) in zip(rows, cases) where row != KeyMatch.none {
      belongs[Int(row)] = true
      if !isUnasked { isAsked[Int(row)] = true }
    }
    return zip(belongs, isAsked).map { $0 && !$1 }
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
