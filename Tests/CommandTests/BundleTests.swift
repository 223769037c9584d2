import Foundation
import TestSupport
import Testing

/// What happens to the place of the results.
struct BundleTests {
  @Test func newResultsReplaceOldOnesWhole() throws {
    let trial = try Trial()
    #expect(try trial.validate("--out", "out").status == 0)
    #expect(try trial.validate("--out", "out/").status == 0)
    #expect(trial.folder.contents(of: "out").keys.sorted() == ValidateTests.files)
    #expect(try names(in: trial).filter { $0.contains("equipoise-") } == [])
  }

  @Test func oldResultsAreKeptIfAsked() throws {
    let trial = try Trial()
    #expect(try trial.validate("--out", "out").status == 0)
    let old = trial.folder.contents(of: "out")
    try trial.folder.write(Trial.plan.replacing("id: trial", with: "id: other"), to: "plan.yaml")
    #expect(try trial.validate("--out", "out", "--replace").status == 0)
    #expect(trial.folder.contents(of: "out.1") == old)
    #expect(trial.folder.contents(of: "out")["study.json"] != old["study.json"])
  }

  @Test func aFolderOfOtherThingsIsNotReplaced() throws {
    let trial = try Trial()
    try trial.folder.write("dear", to: "out/thesis.txt")
    let outcome = try trial.validate("--out", "out")
    #expect(outcome.status == 74 && outcome.lines.count == 1)
    #expect(trial.folder.contents(of: "out").keys.sorted() == ["thesis.txt"])
  }

  /// Notes beside a bundle, another program's manifest, a folder in it: nothing that we did not write is deleted.
  @Test(arguments: [
    ("reviewer-notes.txt", "dear"), ("manifest.json", "{\"schema\": \"other/1\"}"), ("signed/by.txt", "me"),
  ])
  func whatIsNotOursStays(_ name: String, _ text: String) throws {
    let trial = try Trial()
    #expect(try trial.validate("--out", "out").status == 0)
    try trial.folder.write(text, to: "out/" + name)
    let before = trial.folder.contents(of: "out")
    let outcome = try trial.validate("--out", "out")
    let entry = name.split(separator: "/")[0]
    #expect(outcome.status == 74)
    #expect(
      outcome.words
        == "out holds \(entry), which is not part of a bundle: move it, or choose another --out\n")
    #expect(trial.folder.contents(of: "out") == before)
  }

  @Test func anEmptyFolderIsAPlace() throws {
    let trial = try Trial()
    try FileManager.default.createDirectory(
      atPath: trial.folder.path + "/out", withIntermediateDirectories: true)
    #expect(try trial.validate("--out", "out").status == 0)
  }

  @Test(arguments: ["plan.yaml", "plan.yaml/out", "/proc/equipoise", ""])
  func aPlaceThatCannotBeWrittenIsSaidBeforehand(_ place: String) throws {
    let outcome = try Trial().validate("--out", place)
    #expect(outcome.status == 74 && outcome.lines.count == 1, "\(outcome.words)")
  }

  @Test func leftoversOfKilledRunsAreCleaned() throws {
    let trial = try Trial()
    try trial.folder.write("half", to: ".out.equipoise-999999999/study.json")
    #expect(try trial.validate("--out", "out").status == 0)
    #expect(try names(in: trial).filter { $0.contains("equipoise-") } == [])
  }

  @Test func aLinkToABundleStays() throws {
    let trial = try Trial()
    #expect(try trial.validate("--out", "real").status == 0)
    try FileManager.default.createSymbolicLink(
      atPath: trial.folder.path + "/link", withDestinationPath: "real")
    #expect(try trial.validate("--out", "link").status == 0)
    #expect(try FileManager.default.destinationOfSymbolicLink(atPath: trial.folder.path + "/link") == "real")
  }

  private func names(in trial: Trial) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: trial.folder.path)
  }
}
