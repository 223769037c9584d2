import Foundation
import TestSupport
import Testing

/// Cases without a patient id, from the plan to the report.
struct MissingPatientsTests {
  private func trial(_ patient: String) throws -> Trial {
    let rows = Trial.cases.split(separator: "\n").enumerated().map { index, line in
      index == 0 ? "\(line),pid" : "\(line),\(index == 3 || index == 8 ? "" : "p\(index / 2)")"
    }
    return try Trial(
      plan: Trial.plan.replacing("  case: id\n", with: "  case: id\n  patient: \(patient)\n"),
      cases: rows.joined(separator: "\n") + "\n")
  }

  @Test func areRefusedWithTheKeyThatTakesThem() throws {
    let outcome = try trial("pid").validate("--out", "out")
    #expect(outcome.status == 65 && outcome.words.contains("put patient: {column: pid, missing: separate}"))
  }

  @Test func areCountedWhereTheyAreSeparate() throws {
    let trial = try trial("{column: pid, missing: separate}")
    let outcome = try trial.validate("--out", "out")
    #expect(outcome.status <= 2, "\(outcome.words)")
    func text(_ name: String) throws -> String {
      try String(contentsOfFile: trial.folder.path + "/out/" + name, encoding: .utf8)
    }
    let study = try text("study.json").filter { !$0.isWhitespace }
    #expect(study.contains(#"{"box":"without_patient","cases":2}"#))
    #expect(study.contains(#"patients_missing"#))
    #expect(
      try text("report.html").contains(
        "2 cases have no patient id, and each counts as a patient of its own: where they share a patient with another case, the intervals are too narrow."
      ))
    #expect(try text("report.html").contains("A case without an id counts as a patient of its own."))
    let checked = try Equipoise.run(["check", "plan.yaml"], in: trial.folder)
    #expect(
      checked.output.contains(
        "2 cases have no patient id; each counts as a patient of its own (patient: {missing: separate})."))
  }

  @Test func aDifferenceInItIsToldByDiff() throws {
    let (one, other) = (try trial("{column: pid, missing: separate}"), try trial("id"))
    _ = try one.validate("--out", "out")
    _ = try other.validate("--out", "out")
    let outcome = try Equipoise.run(
      ["diff", one.folder.path + "/out", other.folder.path + "/out"], in: one.folder)
    #expect(outcome.output.contains("patients_missing"), "\(outcome.output)")
  }
}
