import Foundation
import TestSupport
import Testing

/// Bad input gets one clear line with its place, exit status 65, and leaves the previous results as they were.
struct BadInputTests {
  struct Bad: Sendable, CustomTestStringConvertible {
    let name: String
    var plan = Trial.plan
    var cases = Data(Trial.cases.utf8)
    /// How the one line begins.
    let place: String
    /// What it says somewhere.
    let says: String
    /// One, unless one slip has two consequences.
    var lines = 1
    var testDescription: String { name }

    static func cases(
      _ name: String, _ old: String, _ new: String, _ place: String, _ says: String, lines: Int = 1
    ) -> Bad {
      let text = Trial.cases.replacingFirst(old, with: new)
      precondition(text != Trial.cases, "nothing was replaced: \(name)")
      return Bad(name: name, cases: Data(text.utf8), place: place, says: says, lines: lines)
    }

    static func file(_ name: String, _ bytes: Data, _ place: String, _ says: String) -> Bad {
      Bad(name: name, cases: bytes, place: place, says: says)
    }

    static func plan(_ name: String, _ old: String, _ new: String, _ place: String, _ says: String) -> Bad {
      let text = Trial.plan.replacingFirst(old, with: new)
      precondition(text != Trial.plan, "nothing was replaced: \(name)")
      return Bad(name: name, plan: text, place: place, says: says)
    }
  }

  static let first = "c0,2025-01-15,30,F,1,0.55"

  static let all: [Bad] = [
    // The file
    .file("empty", Data(), "cases.csv", "empty"),
    .file("header alone", Data("id,date,age,sex,label,score\n".utf8), "cases.csv", "no rows"),
    .file("workbook", Data("PK\u{3}\u{4}".utf8) + Data(count: 100), "cases.csv", "not a table of text"),
    .file("Parquet", Data("PAR1".utf8) + Data(count: 100), "cases.csv", "Parquet"),
    .file("PDF", Data("%PDF-1.7\n".utf8) + Data(count: 100), "cases.csv", "PDF"),
    .file(
      "not UTF-8",
      Data(Trial.cases.utf8) + Data([0x63, 0x34, 0x30, 0xE9, 0x2C]) + Data("2025-01-15,30,F,1,0.5\n".utf8),
      "cases.csv:42", "utf-8"),
    // Its structure
    .cases("missing column", "label", "labels", "cases.csv:1", "did you mean \"labels\""),
    .cases("duplicate column", "age,sex", "age,age", "cases.csv:1", "two columns", lines: 2),
    .cases("ragged row", first, first + ",extra", "cases.csv:2", "expected 6"),
    .cases("unclosed quote", first, "\"" + first, "cases.csv:2:1", "quote"),
    .file(
      "semicolons", Data(Trial.cases.replacing(",", with: ";").utf8), "cases.csv:1", "semicolon"),
    // Its values
    .cases("not a number", "0.55\n", "1.2.3\n", "cases.csv:2:6", "\"1.2.3\""),
    .cases("infinite score", "0.55\n", "inf\n", "cases.csv:2:6", "finite"),
    .cases("not a probability", "0.55\n", "1.5\n", "cases.csv:2:6", "probability"),
    .cases("decimal comma", "0.55\n", "\"0,87\"\n", "cases.csv:2:6", "decimal"),
    .cases("undeclared label", "F,1,", "F,2,", "cases.csv:2:5", "reference"),
    .cases("undeclared level", ",F,", ",X,", "cases.csv:2:4", "levels"),
    .cases("negative age", ",30,", ",-30,", "cases.csv:2:3", "negative"),
    .cases("ambiguous date", "2025-01-15", "03/04/2025", "cases.csv:2:2", "ambiguous"),
    .cases("spreadsheet date", "2025-01-15", "45730", "cases.csv:2:2", "Excel serial"),
    .cases("duplicate case", "c1,", "c0,", "cases.csv:3:1", "line 2"),
    .file(
      "no positives",
      Data(
        Trial.cases.split(separator: "\n").filter { !$0.contains(",1,") }.joined(separator: "\n").utf8),
      "cases.csv",
      "no case is positive"),
    // The plan
    .plan("unknown key", "positive:", "positiv:", "plan.yaml:6:", "did you mean \"positive\""),
    .plan("a key of a later version", "  case: id", "  verified: w", "plan.yaml:4:3", "not in this version"),
    .plan("broken YAML", "study: {id: trial}", "study: {id: trial", "plan.yaml:2:7", "YAML"),
    .plan(
      "confidence in percent", "analysis: {", "analysis: {confidence: 95, ", "plan.yaml:12:24",
      "between 0.5 and 1"),
    .plan("unknown metric", "metric: sensitivity", "metric: sensitivty", "plan.yaml:14:22", "did you mean"),
    .plan("a goal in percent", "at_least: 0.3", "at_least: 80", "plan.yaml:14:68", "0.8, not 80"),
  ]

  @Test(arguments: all)
  func isRefusedInOneLine(_ bad: Bad) throws {
    let trial = try Trial()
    #expect(try trial.validate("--out", "out").status == 0)
    let before = trial.folder.contents(of: "out")
    try trial.folder.write(bad.plan, to: "plan.yaml")
    try trial.folder.write(bad.cases, to: "cases.csv")

    let outcome = try trial.validate("--out", "out")
    #expect(outcome.status == 65)
    let said = outcome.words
    #expect(outcome.lines.count == bad.lines, "\(said)")
    #expect(said.hasPrefix(bad.place) && said.contains(bad.says), "\(said)")
    #expect(trial.folder.contents(of: "out") == before)
  }

  @Test func quietHidesWhatCellsHold() throws {
    let bad = Trial.cases.replacingFirst("0.55\n", with: "Smith 1961\n")
    let loud = try Trial(cases: bad).validate()
    let quiet = try Trial(cases: bad).validate("--quiet")
    #expect(loud.words.contains("Smith") && !quiet.words.contains("Smith"))
    #expect(quiet.status == 65 && quiet.words.hasPrefix("cases.csv:2:6"))
  }

  /// The levels of a recorded column are what its cells hold.
  @Test func aLevelThatNoCaseHasNamesThePlanAndFewLevels() throws {
    let cases = (0..<40).map { "c\($0),S\(10 + $0 % 9),\($0 % 2),0.\(10 + $0)\n" }.joined()
    let plan = """
      study: {id: trial}
      cohort:
        cases: cases.csv
        case: id
        reference: {column: label, positive: ["1"], negative: ["0"]}
        models: [{name: M, score: score, threshold: 0.5}]
        attributes: {site: {column: site}}
      analysis: {reference_groups: {site: North}}

      """
    let trial = try Trial(plan: plan, cases: "id,site,label,score\n" + cases)
    let (loud, quiet) = (try trial.validate(), try trial.validate("--quiet"))
    #expect(loud.status == 65 && quiet.status == 65)
    #expect(
      loud.words
        == "plan.yaml: site has no level \"North\"; it has S10, S11, S12, S13, S14, S15, and 3 more\n")
    #expect(quiet.words == "plan.yaml: site has no level \"North\"\n")
  }

  @Test(arguments: [
    ["compare", "plan.yaml"], ["monitor", "tick"], ["report", "--help"], ["verify", "."],
    ["plan lock"],
  ])
  func whatIsNotBuiltYetSaysSo(_ arguments: [String]) throws {
    let words = arguments[0].split(separator: " ").map(String.init) + arguments.dropFirst()
    let outcome = try Equipoise.run(words, in: Trial().folder)
    #expect(outcome.status == 64 && outcome.words == "\"\(arguments[0])\" is not in this version\n")
  }

  @Test(arguments: [["--audience", "fda"], ["--audience=eu"]])
  func optionsThatAreNotBuiltYetSaySo(_ options: [String]) throws {
    let trial = try Trial()
    let outcome = try Equipoise.run(["validate", "plan.yaml"] + options, in: trial.folder)
    let name = options[0].split(separator: "=")[0]
    #expect(outcome.status == 64 && outcome.words == "\"\(name)\" is not in this version\n")
    let help = try Equipoise.run("validate", "--help", in: trial.folder)
    #expect(!help.output.contains(name))
  }

  @Test func whatIsMissingIsMissing() throws {
    let trial = try Trial()
    #expect(try trial.validate("--cases", "nowhere.csv").status == 66)
    #expect(try trial.validate("--cases", "nowhere/*.csv").status == 66)
    #expect(try Equipoise.run("validate", "nowhere.yaml", in: trial.folder).status == 66)
    #expect(try Equipoise.run("simulate", "nowhere.yaml", "--out", "x", in: trial.folder).status == 66)
    #expect(try Equipoise.run("plan", "init", "nowhere.csv", in: trial.folder).status == 66)
  }

  @Test(arguments: [
    ["validate"], ["validate", "plan.yaml", "--threads", "0"], ["validate", "plan.yaml", "--thread", "1"],
    ["audit"],
    ["metrics", "sensitivty"], ["schema", "study"], ["simulate", "spec.yaml"],
  ])
  func wrongUsageIsSaid(_ arguments: [String]) throws {
    #expect(try Equipoise.run(arguments, in: Trial().folder).status == 64)
  }
}

extension String {
  func replacingFirst(_ old: String, with new: String) -> String {
    range(of: old).map { replacingCharacters(in: $0, with: new) } ?? self
  }
}
