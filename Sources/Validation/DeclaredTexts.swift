/// What a plan says that the cells of a column mean, with the texts that mean it; not the cohort's tokens for missing, which
/// are exact.
extension CohortDefinition {
  public func declaredTexts(ofColumn name: String) -> [(meaning: String, texts: [String])] {
    var declared: [(meaning: String, texts: [String])] = []
    for reference in findings.map(\.reference) where reference.column == name {
      declared += [
        ("positive", reference.positive), ("negative", reference.negative ?? []),
        ("equivocal", reference.equivocal), ("missing", reference.missing ?? []),
      ]
    }
    for case .ordinal(let categories) in findings.compactMap(\.reference.readers)
      .filter({ $0.columns.contains(name) }).map(\.scale)
    {
      declared += categories.map { ($0, [$0]) }
    }
    for model in findings.flatMap(\.models) { declared += model.declaredTexts(ofColumn: name) }
    for attribute in attributes where attribute.columns.contains(name) {
      if case .named(let levels) = attribute.levels { declared += levels.map { ($0.name, $0.values) } }
      declared.append(("missing", attribute.missing ?? []))
    }
    for condition in exclusions.flatMap(\.conditions) where condition.subject == .column(name) {
      switch condition.test {
      case .isOneOf(let texts), .isNoneOf(let texts): declared += texts.map { ($0, [$0]) }
      default: break
      }
    }
    return declared
  }
}

extension ModelDefinition {
  fileprivate func declaredTexts(ofColumn name: String) -> [(meaning: String, texts: [String])] {
    var declared: [(meaning: String, texts: [String])] = []
    let failed = ("no output", indeterminate)
    if let decision, decision.column == name {
      declared += [("positive", decision.positive), ("negative", decision.negative ?? [])]
    }
    if score == name, case .ordinal(let categories) = scale { declared += categories.map { ($0, [$0]) } }
    if score == name || decision?.column == name {
      declared.append(("missing", missing ?? []))
      if statusColumn == nil { declared.append(failed) }
    }
    if statusColumn == name { declared.append(failed) }
    return declared
  }
}
