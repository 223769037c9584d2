import Foundation
import TestSupport
import Testing

struct DiffTests {
  @Test func equalStudiesAreEqual() throws {
    let trial = try Trial()
    for folder in ["one", "two"] { _ = try trial.validate("--out", folder) }
    let outcome = try Equipoise.run("diff", "one", "two/study.json", in: trial.folder)
    #expect(outcome.status == 0)
    #expect(outcome.output == "The two studies are the same.\n")
  }

  @Test func aChangedGoalIsTheReason() throws {
    let trial = try Trial()
    _ = try trial.validate("--out", "one")
    try trial.folder.write(Trial.plan.replacing("at_least: 0.3", with: "at_least: 0.99"), to: "plan.yaml")
    _ = try trial.validate("--out", "two")
    let outcome = try Equipoise.run("diff", "one", "two", in: trial.folder)
    #expect(outcome.status == 1)
    #expect(outcome.output.contains("What differs before the results: plan.\n"))
    #expect(outcome.output.contains("  criteria[C1].at_least: 0.3 → 0.99\n"))
    #expect(!outcome.output.contains("\nrows ("))
  }

  @Test func changedCasesAreTheReason() throws {
    let trial = try Trial()
    _ = try trial.validate("--out", "one")
    let cases = Trial.cases.split(separator: "\n").dropLast().joined(separator: "\n") + "\n"
    try trial.folder.write(cases, to: "cases.csv")
    _ = try trial.validate("--out", "two")
    let outcome = try Equipoise.run("diff", "one", "two", "--json", in: trial.folder)
    #expect(outcome.status == 1)
    let json = try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any]
    #expect(json?["causes"] as? [String] == ["inputs"])
    let changes = json?["changes"] as? [[String: Any]] ?? []
    let rows = changes.first {
      $0["part"] as? String == "inputs" && $0["place"] as? String == "cases.csv: rows"
    }
    #expect(rows?["old"] as? String == "40" && rows?["new"] as? String == "39")
    #expect(changes.contains { $0["part"] as? String == "rows" })
  }

  @Test func aMissingBundleIsSaid() throws {
    let trial = try Trial()
    _ = try trial.validate("--out", "one")
    #expect(try Equipoise.run("diff", "one", "nowhere", in: trial.folder).status == 66)
    #expect(try Equipoise.run("diff", "one", "plan.yaml", in: trial.folder).status == 65)
  }
}
