import Foundation
import TestSupport
import Testing

/// A protocol that several hospitals share: each has its cohort in a file of its own.
struct CohortFileTests {
  static let cohort = """
    cases: cases.csv
    reference: {column: label, positive: ["1"], negative: ["0"]}
    models: [{name: A, score: score, threshold: 0.5}]
    attributes: {sex: {column: sex}}

    """
  static let plan = "study: {id: shared}\ncohort: hospitals/north.yaml\nsubgroups: [[sex]]\n"

  private func folder() throws -> ScratchFolder {
    let folder = try ScratchFolder()
    try folder.write(Self.plan, to: "plan.yaml")
    try folder.write(Self.cohort, to: "hospitals/north.yaml")
    try folder.write("label,score,sex\n1,0.9,F\n0,0.2,M\n1,0.4,M\n0,0.6,F\n", to: "hospitals/cases.csv")
    return folder
  }

  @Test func isReadInItsPlace() throws {
    let folder = try folder()
    #expect(try Equipoise.run("validate", "plan.yaml", "--out", "two", in: folder).status == 0)
    try folder.write(
      "study: {id: shared}\ncohort:\n"
        + Self.cohort.replacing("cases.csv", with: "hospitals/cases.csv").split(separator: "\n").map {
          "  \($0)\n"
        }
        .joined() + "subgroups: [[sex]]\n", to: "whole.yaml")
    #expect(try Equipoise.run("validate", "whole.yaml", "--out", "one", in: folder).status == 0)
    let two = folder.contents(of: "two")
    #expect(two["study.json"] == folder.contents(of: "one")["study.json"])
    #expect(two["plan.yaml"] == Data(Self.plan.utf8) && two["cohort.yaml"] == Data(Self.cohort.utf8))
    #expect(
      try Equipoise.run("validate", "plan.yaml", "--out", "two", in: folder).status == 0, "it is replaced")
  }

  @Test(arguments: [
    ("reference: {colum: label", "hospitals/north.yaml:2:13: \"colum\" is no key", 65),
    ("reference: {column: truth", "asked for at hospitals/north.yaml:2:21", 65),
    ("reference: [", "hospitals/north.yaml:", 65),
  ])
  func isNamedInMessages(_ text: String, _ words: String, _ status: Int32) throws {
    let folder = try folder()
    try folder.write(
      Self.cohort.replacing("reference: {column: label", with: text), to: "hospitals/north.yaml")
    let outcome = try Equipoise.run("check", "plan.yaml", in: folder)
    #expect(outcome.status == status && outcome.words.contains(words), "\(outcome.words)")
  }

  @Test func isMissed() throws {
    let folder = try folder()
    try folder.write(Self.plan.replacing("north", with: "south"), to: "plan.yaml")
    let outcome = try Equipoise.run("validate", "plan.yaml", in: folder)
    #expect(outcome.status == 66 && outcome.words.hasPrefix("hospitals/south.yaml: "), "\(outcome.words)")
  }
}
