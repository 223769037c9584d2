import Ingestion
import Testing
import Validation

@Suite("JSON Lines")
struct JSONLinesTests {
  let definition = CohortDefinition.simple(attributes: [.init(name: "site", column: "site")])

  func read(_ text: String) throws -> Cohort {
    try IngestionTests.read(text, definition, named: "cases.jsonl")
  }

  func complaint(_ text: String) -> String {
    IngestionTests.complaint(text, definition, named: "cases.jsonl")
  }

  @Test func readsFlatObjects() throws {
    let cohort = try read(
      """
      {"label": 1, "score": 0.75, "site": "A", "more": {"x": [1, "]}\\"", {"y": null}]}}
      {"site":"B\\u00fc\\ud83d\\ude00\\n\\"","label":"0","score":5e-1}

        {"score" : "0.25" , "label" : 1.0, "site" : null, "tags": []}\t\r
      {"label": 0, "score": null}
      """)
    #expect(cohort.isPositive == [1, 0, 1, 0])
    #expect(cohort.models[0].scores == [0.75, 0.5, 0.25, 0])
    #expect(cohort.models[0].failed == [0, 0, 0, 1])
    #expect(cohort.attributes[0].levels == ["A", "Bü😀\n\""])
    #expect(cohort.attributes[0].codes == [0, 1, Attribute.unknown, Attribute.unknown])
  }

  @Test func truthAsBooleans() throws {
    let booleans = definition.with { $0.reference = .init(column: "label", positive: ["True"]) }
    let text = "{\"label\":true,\"score\":1,\"site\":1}\n{\"label\":false,\"score\":0,\"site\":\"1\"}"
    let cohort = try IngestionTests.read(text, booleans, named: "a.ndjson")
    #expect(cohort.isPositive == [1, 0])
    #expect(cohort.attributes[0].levels == ["1"])
  }

  @Test func keysMayBeEscaped() throws {
    let cohort = try read(
      "{\"la\\u0062el\":1,\"score\":1,\"site\":\"A\"}\n{\"label\":0,\"score\":1,\"site\":\"A\"}\n")
    #expect(cohort.isPositive == [1, 0])
  }

  @Test(arguments: [
    (
      "{\"label\":1,\"score\":{\"v\":1},\"site\":1}",
      "3:20: an object or array, expected a single value (column \"score\")"
    ),
    (
      "{\"label\":1,\"score\":\"x\",\"site\":1}", "3:20: score is \"x\", expected a number (column \"score\")"
    ),
    ("{\"label\":1,\"score\":NaN,\"site\":1}", "3:20: score is \"NaN\", expected a finite number"),
    ("{\"score\":1,\"site\":1,\"label\":\"maybe\"}", "3:29: label is \"maybe\", expected one of"),
    ("{\"label\":1,\"label\":1,\"score\":1}", "3:12: the key stands twice in one object (column \"label\")"),
    ("[1]", "3:1: not valid JSON, expected \"{\""), ("{\"label\":1", "3:11: not valid JSON, expected \"}\""),
    ("{\"label\":1,}", "3:12: not valid JSON, expected \"\"\""),
    ("{\"label\" 1}", "3:10: not valid JSON, expected \":\""),
    ("{\"label\":1} x", "3:13: not valid JSON, expected the end of the line"),
    ("{\"site\":\"\\ud800\"}", "3:10: not valid JSON, expected four hexadecimal digits"),
    ("{\"site\":\"\\q\"}", "3:10: not valid JSON, expected an escape"),
    ("{\"site\":\"a}", "3:9: not valid JSON, expected the closing quote"),
    ("{\"site\":yes}", "3:9: not valid JSON, expected a value"), ("{\"x\":[1}", "not valid JSON"),
  ])
  func refuses(line: String, expected: String) {
    let good = "{\"label\":1,\"score\":1,\"site\":1}\n{\"label\":0,\"score\":1,\"site\":1}\n"
    let said = complaint(good + line + "\n")
    #expect(
      said.hasPrefix("cases.jsonl:" + expected) || (said.contains(expected) && line.hasPrefix("{\"x\"")),
      "\(said)")
  }

  @Test func refusesKeysThatNeverStand() {
    #expect(
      complaint("{\"label\":1,\"scores\":1,\"site\":1}\n{\"label\":0}\n")
        == "cases.jsonl: column not found (column \"score\"): did you mean \"scores\"? the file has \"label\", \"scores\", \"site\""
    )
  }

  /// Found by fuzzing: the keys that the message lists came from as many lines as the first blocks held.
  @Test func theListOfKeysDoesNotDependOnCuts() {
    let text = "{\"label\":1}\n{\"more\":1}\n"
    let whole = IngestionTests.complaint(text.utf8, definition, named: "a.jsonl")
    let cut = IngestionTests.complaint(
      text.utf8, definition, named: "a.jsonl", sizes: BlockSizes(block: 1, blocksInBatch: 2))
    #expect(whole == cut)
  }

  @Test func doesNotDependOnCuts() throws {
    let text =
      "{\"label\":1,\"score\":0.5,\"site\":\"\\u00e9\"}\n\n{\"site\":\"é\",\"label\":0,\"score\":1}\n{\"x\":1}"
    let definition = definition.with { $0.reference.negative = nil }
    let whole = try facts(IngestionTests.read(text.utf8, definition, named: "a.jsonl"))
    for block in 1...text.utf8.count {
      let sizes = BlockSizes(block: block, blocksInBatch: 3)
      let cut = try IngestionTests.read(
        text.utf8, definition, named: "a.jsonl", sizes: sizes, workers: .threads(2))
      #expect(facts(cut) == whole)
    }
  }
}
