public import Validation

/// A plan as its author writes it: YAML, read into an `AnalysisPlan`, or refused with every problem and its place.
public enum PlanFile {
  /// `file` names the document in messages.
  public static func read(_ text: String, file: String) throws(DocumentErrors) -> AnalysisPlan {
    let root = try YAML(parsing: text, file: file)
    var check = ShapeCheck()
    check.check(root, is: .section(.plan), named: "plan")
    var reader = PlanReader(findings: check.findings)
    let plan = reader.plan(root)
    try reader.findings.refuse(file)
    return plan
  }

  /// The JSON Schema of a plan.
  public static var schema: String {
    JSONSchema.text(of: .plan, title: "A plan of equipoise validate", id: "equipoise.plan/1")
  }
}
