import Foundation
import TestSupport
import Testing

struct OtherCommandTests {
  @Test(arguments: [
    ["--help"], ["validate", "--help"], ["simulate", "--help"], ["metrics", "--help"], ["schema", "--help"],
    ["plan", "init", "--help"],
  ])
  func everyHelpHasAnExample(_ arguments: [String]) throws {
    let outcome = try Equipoise.run(arguments, in: ScratchFolder())
    #expect(outcome.status == 0 && outcome.output.contains("EXAMPLE"))
  }

  @Test(arguments: ["bash", "zsh", "fish"])
  func completionsExist(_ shell: String) throws {
    let outcome = try Equipoise.run("--generate-completion-script", shell, in: ScratchFolder())
    #expect(outcome.status == 0 && outcome.output.contains("simulate"))
  }

  @Test func versionAndMetricsGoToStdout() throws {
    let folder = try ScratchFolder()
    #expect(try Equipoise.run("--version", in: folder).output.hasPrefix("0."))
    let list = try Equipoise.run("metrics", in: folder)
    #expect(list.status == 0 && list.words.isEmpty && list.output.contains("calibration_slope"))
    #expect(try Equipoise.run("metrics", "auc", in: folder).output.contains("doi:"))
  }

  @Test(arguments: ["plan", "simulation"])
  func schemasAreJSON(_ document: String) throws {
    let output = try Equipoise.run("schema", document, in: ScratchFolder()).output
    let schema = try JSONSerialization.jsonObject(with: Data(output.utf8)) as? [String: Any]
    #expect((schema?["$schema"] as? String)?.hasSuffix("2020-12/schema") == true)
  }

  static let recipe = """
    simulation: {id: tiny, seed: 3, patients: 300, images_per_patient: 2, intraclass_correlation: 0.5}
    attributes:
      age: {normal: {mean: 60, sd: 16}, range: [18, 95], missing: 0.05}
      site: {levels: {"North, old": 0.5, South: 0.5}}
    condition: {prevalence: 0.3}
    model: {separation: 2, failure_rate: 0.02}
    effects: [{when: {site: South}, separation: 1}]

    """

  /// From a recipe to a draft plan to a verdict, as a newcomer would.
  @Test func simulatedCasesCanBePlannedAndValidated() throws {
    let folder = try ScratchFolder()
    try folder.write(OtherCommandTests.recipe, to: "recipe.yaml")
    #expect(try Equipoise.run("simulate", "recipe.yaml", "--out", "cohort", in: folder).status == 0)
    let first = folder.contents(of: "cohort")
    #expect(first.keys.sorted() == ["cases.csv", "truth.json"])
    #expect(try Equipoise.run("simulate", "recipe.yaml", "--out", "cohort", in: folder).status == 0)
    #expect(folder.contents(of: "cohort") == first, "the same recipe gives the same bytes")

    let draft = try Equipoise.run("plan", "init", "cohort/cases.csv", "--out", "cohort/plan.yaml", in: folder)
    #expect(draft.status == 0, "\(draft.words)")
    #expect(draft.words.contains("is drafted: answer the questions on lines "), "\(draft.words)")
    let again = try Equipoise.run("plan", "init", "cohort/cases.csv", "--out", "cohort/plan.yaml", in: folder)
    #expect(again.status == 74, "a plan is never replaced")
    let plan = String(decoding: folder.contents(of: "cohort")["plan.yaml"] ?? Data(), as: UTF8.self)
    #expect(plan.contains("cases: [cases.csv]") && plan.contains("patient: patient_id"))
    #expect(plan.contains("values: [FAILED]") && plan.components(separatedBy: "# guess").count > 4)
    let outcome = try Equipoise.run("validate", "cohort/plan.yaml", in: folder)
    #expect(outcome.status == 0, "\(outcome.words)")
  }

  /// Of two numbers in a column of scores nobody knows which one flags.
  @Test(arguments: [
    ("0.9", "0.2", "score: score"), ("recall", "ok", "decision: score"), ("0", "1", "decision"),
  ])
  func twoNumbersAreScores(_ often: String, _ rarely: String, _ role: String) throws {
    let folder = try ScratchFolder()
    try folder.write("label,score\n1,\(often)\n0,\(often)\n0,\(rarely)\n", to: "cases.csv")
    let draft = try Equipoise.run("plan", "init", "cases.csv", in: folder)
    #expect(draft.status == 0 && draft.output.contains("{name: score, \(role)"), "\(draft.output)")
  }

  @Test func casesThatWereNotSimulatedAreNotReplaced() throws {
    let folder = try ScratchFolder()
    try folder.write(OtherCommandTests.recipe, to: "recipe.yaml")
    try folder.write("id\n1\n", to: "cohort/cases.csv")
    #expect(try Equipoise.run("simulate", "recipe.yaml", "--out", "cohort", in: folder).status == 74)
    #expect(folder.contents(of: "cohort")["cases.csv"] == Data("id\n1\n".utf8))
  }
}
