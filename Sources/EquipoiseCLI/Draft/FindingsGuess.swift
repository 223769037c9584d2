internal import Ingestion

/// A wide file with a label and outputs for each of several findings: `label_X` beside `score_X`.
struct FindingsGuess {
  let text: String

  /// Nil unless two findings have both a label and an output; labels without an output are left out.
  init?(_ columns: [DraftColumn]) {
    let labels = columns.filter { $0.guess.role == .reference }
    guard labels.count > 1 else { return nil }
    let prefix = FindingsGuess.commonPrefix(labels.map(\.name))
    let all = labels.map { String($0.name.dropFirst(prefix.count)) }
    guard !prefix.isEmpty, all.allSatisfy({ !$0.isEmpty }) else { return nil }
    let outputs = columns.filter { $0.model != nil }
    // A label without an output is no finding of the product.
    let ids = all.filter { id in outputs.contains { $0.name.hasSuffix(id) } }
    let models = FindingsGuess.models(columns, ids: ids)
    let own = labels.filter { ids.contains(String($0.name.dropFirst(prefix.count))) }
    guard ids.count > 1, !models.isEmpty, let reference = FindingsGuess.reference(own, prefix) else {
      return nil
    }
    text =
      "  findings:\n"
      + DraftMarks.line("    ids: \(DraftText.list(ids))", "columns that begin with \(prefix)") + reference
      + "    models:\n" + models.joined()
  }

  /// One reading for all labels: what speaks for a finding in one column must not speak against it in another. Nil where no
  /// column says what is positive.
  private static func reference(_ labels: [DraftColumn], _ prefix: String) -> String? {
    let verdicts = labels.compactMap(\.survey.verdicts)
    guard let first = labels.first, !verdicts.isEmpty else { return nil }
    let positive = distinct(verdicts.flatMap(\.positive))
    let negative = distinct(verdicts.flatMap(\.negative))
    let others = distinct(verdicts.flatMap(\.others))
    let known = Set(positive + negative + others)
    let start = "    reference: {column: \(DraftText.quoted(prefix + "{finding}")), positive: "
    guard known.count == positive.count + negative.count + others.count,
      labels.flatMap(\.survey.values).allSatisfy({ known.contains($0.text) })
    else {
      return DraftMarks.line(
        start + "[], negative: []}", first.guess.why,
        asks:
          "which values mean positive, and which negative? The columns differ: where one value has two meanings, list the findings, each with its reference."
      )
    }
    let rest =
      negative.isEmpty ? "" : ", negative: \(DraftText.list(negative))" + DraftText.equivocal(others)
    return DraftMarks.line(
      start + DraftText.list(positive) + rest + "}", first.guess.why,
      asks: others.isEmpty ? nil : DraftText.questionOfEquivocal)
  }

  /// Columns whose name is a pattern with every finding in its place.
  private static func models(_ columns: [DraftColumn], ids: [String]) -> [String] {
    guard let first = ids.first else { return [] }
    return columns.compactMap { column -> String? in
      guard column.name.hasSuffix(first), column.guess.role != .reference else { return nil }
      let stem = String(column.name.dropLast(first.count))
      let others = ids.map { id in columns.first { $0.name == stem + id } }
      guard others.allSatisfy({ $0 != nil }) else { return nil }
      let name = stem.hasSuffix("_") ? String(stem.dropLast()) : stem
      let pattern = DraftText.quoted(stem + "{finding}")
      let tokens = distinct(others.flatMap { $0?.survey.failureTokens ?? [] })
      let failed = tokens.isEmpty ? "" : ", indeterminate: {values: \(DraftText.list(tokens))}"
      switch column.guess.role {
      case .score(let isProbability, let isPercent):
        let reading = isProbability ? ", probability: true" : ""
        return DraftMarks.line(
          "      \(DraftText.quoted(name)): {score: \(pattern)\(isPercent ? ", scale: percent" : "")\(reading)\(failed), threshold: }",
          "", asks: DraftText.questionOfThreshold(column.survey.scoreRange))
      case .decision:
        let every = DraftColumn(name: stem + "{finding}", survey: column.survey, guess: column.guess)
        return DraftMarks.line(
          "      \(DraftText.quoted(name)): {\(every.decision)}", column.guess.why,
          asks: every.questionOfDecision(areListed: false))
      default: return nil
      }
    }
  }

  /// Each once, in their order.
  private static func distinct(_ texts: [String]) -> [String] {
    var seen: Set<String> = []
    return texts.filter { seen.insert($0).inserted }
  }

  /// Up to and with its last separator.
  private static func commonPrefix(_ names: [String]) -> String {
    guard let first = names.first else { return "" }
    let length = names.dropFirst().reduce(first.count) { length, name in
      min(length, zip(first, name).prefix { $0 == $1 }.count)
    }
    let common = first.prefix(length)
    return common.lastIndex { !$0.isLetter && !$0.isNumber }.map { String(common[...$0]) } ?? ""
  }
}
