internal import Validation

/// Several findings in one plan: a pattern that is written out for each id, or a list.
extension PlanReader {
  /// Of a plan without `findings`, the only one, which has no id.
  mutating func definitions(of cohort: YAML?, missing: [String]) -> [FindingDefinition] {
    guard let node = cohort?["findings"] else { return [finding(cohort, id: nil, missing: missing)] }
    let entries: [(id: YAML, body: YAML)]
    if case .list(let list) = node.content {
      entries = list.compactMap { item in item["id"].map { ($0, item) } }
    } else {
      entries = (node["ids"]?.items ?? []).map { ($0, node) }
    }
    refuseRepeats(entries.map(\.id))
    let ids = entries.compactMap(\.id.text)
    if ids.count == 1 { onlyFinding = ids[0] }
    var definitions: [FindingDefinition] = []
    for entry in entries {
      guard let id = entry.id.text else { continue }
      if id.isEmpty || id == PlanReader.everyFinding {
        findings.note("a finding cannot be called \"\(id)\"", at: entry.id.place)
      }
      let body = written(entry.body, for: id, among: ids)
      definitions.append(finding(body, id: ids.count == 1 ? nil : id, missing: missing))
    }
    return definitions.isEmpty ? [finding(nil, id: nil, missing: missing)] : definitions
  }

  /// In place of an id.
  static let everyFinding = "every"
  private static let placeholder = "{finding}"

  /// The entry of one finding, with its id in place of every `{finding}`, its own threshold, and its models as a list.
  private mutating func written(_ node: YAML, for id: String, among ids: [String]) -> YAML {
    var copy = node.mapTexts {
      $0.split(separator: PlanReader.placeholder, omittingEmptySubsequences: false).joined(separator: id)
    }
    guard case .mapping(let entries) = copy.content else { return copy }
    copy = YAML(
      place: copy.place,
      content: .mapping(
        entries.map { entry in
          guard entry.key == "models" else { return entry }
          return YAML.Entry(
            key: entry.key, place: entry.place,
            value: withThresholds(entry.value.namedList, of: id, among: ids))
        }))
    return copy
  }

  /// A threshold that is given for each finding becomes the one of this finding.
  private mutating func withThresholds(_ node: YAML, of id: String, among ids: [String]) -> YAML {
    switch node.content {
    case .scalar: return node
    case .list(let items):
      return YAML(
        place: node.place, content: .list(items.map { withThresholds($0, of: id, among: ids) }))
    case .mapping(let entries):
      return YAML(
        place: node.place,
        content: .mapping(
          entries.map { entry in
            var value = withThresholds(entry.value, of: id, among: ids)
            if entry.key == "threshold", case .mapping(let thresholds) = value.content {
              for other in thresholds where !ids.contains(other.key) {
                findings.note(
                  "\"\(other.key)\" is no finding\(Suggestion.hint(for: other.key, among: ids))",
                  at: other.place)
              }
              if let own = thresholds.first(where: { $0.key == id }) {
                value = own.value
              } else {
                findings.note("the finding \"\(id)\" has no threshold here", at: entry.place)
              }
            }
            return YAML.Entry(key: entry.key, place: entry.place, value: value)
          }))
    }
  }
}

extension YAML {
  /// The same tree with every text changed; keys stay.
  fileprivate func mapTexts(_ change: (String) -> String) -> YAML {
    let content: Content =
      switch self.content {
      case .scalar(let text, let isPlain): .scalar(change(text), isPlain: isPlain)
      case .list(let items): .list(items.map { $0.mapTexts(change) })
      case .mapping(let entries):
        .mapping(
          entries.map { Entry(key: $0.key, place: $0.place, value: $0.value.mapTexts(change)) })
      }
    return YAML(place: place, content: content)
  }

  /// Mappings by name as the list that they stand for: each with its key as `name`.
  fileprivate var namedList: YAML {
    guard case .mapping(let entries) = content else { return self }
    return YAML(
      place: place,
      content: .list(
        entries.map { entry in
          let name = Entry(
            key: "name", place: entry.place,
            value: YAML(place: entry.place, content: .scalar(entry.key, isPlain: false)))
          return YAML(place: entry.value.place, content: .mapping([name] + entry.value.entries))
        }))
  }
}
