/// Where a plan names the columns that it reads.
public enum PlanPlaces {
  /// The first place under `cohort` at which a column is named, as `plan.yaml:12:5`; nil where it is not found, as under
  /// a pattern of findings.
  public static func ofColumn(
    _ name: String, in text: String, file: String, cohort: CohortDocument? = nil
  ) -> String? {
    guard let root = try? PlanFile.document(text, file: file, cohort: cohort),
      let definition = root["cohort"],
      let place = place(of: name, in: definition)
    else { return nil }
    return place.description
  }

  /// Keys whose texts are no names of columns.
  private static let others: Set<String> = [
    "attribute", "cases", "file", "prefix", "format", "name", "id", "ids", "reason", "levels", "bands",
    "positive",
    "negative", "values", "missing", "is", "is_not", "scale", "sampling", "separator",
  ]

  private static func place(of name: String, in node: YAML, isKey: Bool = false) -> Place? {
    switch node.content {
    case .scalar(let text, _): return text == name ? node.place : nil
    case .list(let items): return items.lazy.compactMap { place(of: name, in: $0) }.first
    case .mapping(let entries):
      for entry in entries where !others.contains(entry.key) {
        if isKey, entry.key == name { return entry.place }
        if let place = place(of: name, in: entry.value, isKey: entry.key == "on") { return place }
      }
      return nil
    }
  }
}
