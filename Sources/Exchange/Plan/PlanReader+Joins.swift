internal import Validation

extension PlanReader {
  mutating func joins(_ node: YAML?, format: TableFormat) -> [JoinDefinition] {
    guard let node else { return [] }
    return node.items.map { join($0, format: format) }
  }

  private mutating func join(_ node: YAML, format: TableFormat) -> JoinDefinition {
    if let file = node["file"], file.text == "" { findings.note("\"file\" names no file", at: file.place) }
    var join = JoinDefinition(
      file: CaseFile(node["file"]?.text ?? "", format: self.format(node["format"], over: format)),
      keys: keys(node["on"]), prefix: node["prefix"]?.text ?? "",
      unmatched: node["unmatched"]?.text.flatMap(JoinDefinition.Unmatched.init) ?? .refuse)
    join.repeated = node["repeated"]?.text.flatMap(JoinDefinition.Repeated.init) ?? .refuse
    return join
  }

  private mutating func keys(_ node: YAML?) -> [JoinDefinition.KeyPair] {
    guard let node else { return [] }
    var keys: [JoinDefinition.KeyPair]
    if case .mapping = node.content {
      keys = node.entries.map { .init(here: $0.key, there: $0.value.text ?? "") }
    } else {
      refuseRepeats(node.items)
      keys = node.texts.map { .init(here: $0, there: $0) }
    }
    if keys.isEmpty || keys.contains(where: { $0.here.isEmpty || $0.there.isEmpty }) {
      findings.note("\"on\" names no column", at: node.place)
      keys = []
    }
    return keys
  }
}
