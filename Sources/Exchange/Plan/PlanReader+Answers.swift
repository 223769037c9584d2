internal import Validation

/// Attributes of which a case can have several levels.
extension PlanReader {
  mutating func severalAnswers(of node: YAML, missing: [String]) -> SeveralAnswers? {
    if let checked = node["checked"], node["columns"] == nil {
      findings.note("\"checked\" goes with \"columns\"", at: checked.place)
    }
    if let columns = node["columns"] { return answerColumns(columns, of: node, missing: missing) }
    guard let separator = separator(node["separator"]) else { return nil }
    if let bands = node["bands"] {
      findings.note("a number is one answer: \"bands\" and \"separator\" exclude each other", at: bands.place)
    }
    return .separated(by: separator)
  }

  private mutating func answerColumns(
    _ node: YAML, of attribute: YAML, missing: [String]
  ) -> SeveralAnswers {
    for key in ["bands", "levels", "separator"] {
      if let other = attribute[key] {
        findings.note("\"\(key)\" and \"columns\" exclude each other", at: other.place)
      }
    }
    let entries = node.entries
    if entries.count > AnswerColumns.most {
      findings.note("\(entries.count) columns; at most \(AnswerColumns.most) are read", at: node.place)
    }
    if entries.isEmpty { findings.note("\"columns\" names no level", at: node.place) }
    for entry in entries where entry.key == "(unknown)" {
      findings.note("\"(unknown)\" is the report's own word for a missing value", at: entry.place)
    }
    let checked = attribute["checked"]
    if checked == nil {
      findings.note(
        "\"columns\" needs \"checked\": the values that mean that the level is the case's, such as [\"1\"]",
        at: node.place)
    }
    refuseShared([checked], missing: missing)
    return .columns(
      AnswerColumns(
        levels: entries.map { .init(level: $0.key, column: $0.value.text ?? "") },
        checked: checked?.texts ?? []))
  }
}
