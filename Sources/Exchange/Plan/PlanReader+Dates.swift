internal import Validation

/// Columns of dates.
extension PlanReader {
  mutating func date(_ node: YAML?) -> DateColumn? {
    guard let node, let column = node.text ?? node["column"]?.text else { return nil }
    return DateColumn(
      column: column, format: dateFormat(node["format"]), zone: zone(node["zone"]),
      missing: node["missing"]?.texts)
  }

  /// Of an attribute that is an age; nil where it has a column of its own.
  mutating func birthDate(of node: YAML, hasDate: Bool) -> DateColumn? {
    guard let birth = node["birth_date"] else {
      if let format = node["format"] { findings.note("\"format\" needs \"birth_date\"", at: format.place) }
      return nil
    }
    for key in ["columns", "separator", "levels"] {
      if let other = node[key] {
        findings.note("\"\(key)\" and \"birth_date\" exclude each other", at: other.place)
      }
    }
    if node["bands"] == nil {
      findings.note("an age from \"birth_date\" needs \"bands\"", at: birth.place)
    }
    if !hasDate {
      findings.note("an age from \"birth_date\" needs the date of the case (cohort.date)", at: birth.place)
    }
    return DateColumn(
      column: birth.text ?? "", format: dateFormat(node["format"]), missing: node["missing"]?.texts)
  }

  mutating func dateFormat(_ node: YAML?) -> DateFormat? {
    guard let node, let pattern = node.text else { return nil }
    let format = DateFormat(pattern)
    if format == nil {
      findings.note(
        "\"\(pattern.prefix(40))\" is no form of a date, expected one such as dd.MM.yyyy, MM/dd/yyyy, d/M/yyyy, dd-MMM-yyyy, or excel",
        at: node.place)
    }
    return format
  }

  private mutating func zone(_ node: YAML?) -> ZoneOffset? {
    guard let node, let text = node.text else { return nil }
    let zone = ZoneOffset(text)
    if zone == nil {
      findings.note(
        "\"\(text.prefix(40))\" is no fixed offset, expected Z or one such as +08:00 (zones with names and summer times are not supported)",
        at: node.place)
    }
    return zone
  }
}
