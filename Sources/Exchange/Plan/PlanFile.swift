public import Validation

/// A plan as its author writes it: YAML, read into an `AnalysisPlan`, or refused with every problem and its place.
public enum PlanFile {
  /// `file` names the document in messages; `cohort` is the one that `cohortFile` asks for.
  public static func read(
    _ text: String, file: String, cohort: CohortDocument? = nil
  ) throws(DocumentErrors) -> AnalysisPlan {
    let root = try document(text, file: file, cohort: cohort)
    var check = ShapeCheck()
    check.check(root, is: .section(.plan), named: "plan")
    if let named = root["cohort"]?.text {
      check.findings.note(
        "\"cohort\" names \"\(named.prefix(40))\", a file that was not read", at: root.place)
    }
    var reader = PlanReader(findings: check.findings)
    var plan = reader.plan(root)
    try reader.findings.refuse()
    if let cohort { plan.cohort = plan.cohort.relative(to: cohort.folder) }
    return plan
  }

  /// The file that `cohort:` names, where the plan does not hold its cohort, so that several hospitals share one protocol.
  public static func cohortFile(of text: String, file: String) throws(DocumentErrors) -> String? {
    guard let name = try YAML(parsing: text, file: file)["cohort"]?.text, !name.isEmpty else { return nil }
    return name
  }

  /// The plan with its cohort in place, each node at its place in its own file.
  static func document(
    _ text: String, file: String, cohort: CohortDocument?
  ) throws(DocumentErrors) -> YAML {
    let root = try YAML(parsing: text, file: file)
    guard let cohort, case .mapping(let entries) = root.content else { return root }
    let content = try YAML(parsing: cohort.text, file: cohort.file)
    return YAML(
      place: root.place,
      content: .mapping(
        entries.map { entry in
          entry.key == "cohort" ? YAML.Entry(key: entry.key, place: entry.place, value: content) : entry
        }))
  }

  /// The JSON Schema of a plan.
  public static var schema: String {
    JSONSchema.text(of: .plan, title: "A plan of equipoise validate", id: "equipoise.plan/1")
  }
}

/// The part of a plan that stands in a file of its own.
public struct CohortDocument: Sendable {
  public let text: String
  /// Names the document in messages.
  public let file: String
  /// Where it stands, seen from the plan: paths in it are relative to it. Empty beside the plan, else with its last slash.
  public let folder: String

  public init(text: String, file: String, folder: String) {
    self.text = text
    self.file = file
    self.folder = folder
  }
}

extension CohortDefinition {
  fileprivate func relative(to folder: String) -> CohortDefinition {
    var copy = self
    func moved(_ file: CaseFile) -> CaseFile {
      var file = file
      if !file.path.hasPrefix("/") { file.path = folder + file.path }
      return file
    }
    copy.cases = cases.map(moved)
    copy.joins = joins.map { join in
      var join = join
      join.file = moved(join.file)
      return join
    }
    return copy
  }
}
