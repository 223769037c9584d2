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
    if let repeated = node["repeated"], repeated.text == nil { order(of: &join, repeated) }
    return join
  }

  /// `{last: COLUMN, format: dd.MM.yyyy}`
  private mutating func order(of join: inout JoinDefinition, _ node: YAML) {
    let ends = [JoinDefinition.Repeated.first, .last].filter { node[$0.rawValue] != nil }
    guard ends.count == 1, let column = node[ends[0].rawValue]?.text, !column.isEmpty else {
      findings.note(
        "\"repeated\" needs one of first and last with the column that orders the rows", at: node.place)
      return
    }
    join.repeated = ends[0]
    join.repeatedOrder = DateColumn(column: column, format: dateFormat(node["format"]))
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
