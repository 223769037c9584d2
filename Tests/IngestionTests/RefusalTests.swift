import Ingestion
import Testing
import Validation

@Suite("Every refusal is one clear line with its place")
struct RefusalTests {
  static let all: [AttributeDefinition] = [
    .init(name: "age", column: "age", levels: .bands([18, 45])),
    .init(
      name: "sex", column: "sex",
      levels: .named([.init(name: "Female", values: ["F"]), .init(name: "Male", values: ["M"])])),
  ]
  static let definition = CohortDefinition.simple(attributes: all).with {
    $0.caseColumn = "id"
    $0.patientColumn = "patient"
    $0.date = .init(column: "date")
    $0.models[0].isProbability = true
  }
  static let header = "id,patient,date,label,score,age,sex\n"
  static let good = "1,p1,2024-01-01,1,0.5,30,F\n2,p2,2024-01-01,0,0.5,30,M\n"

  @Test func acceptsWhatIsRight() throws {
    #expect(try read(Self.header + Self.good, Self.definition).count == 2)
  }

  @Test(arguments: [
    ("3,p,2024-01-01,1,1.2.3,30,F", "4:5: score is \"1.2.3\", expected a number (column \"score\")"),
    ("3,p,2024-01-01,1,inf,30,F", "4:5: score is \"inf\", expected a finite number (column \"score\")"),
    ("3,p,2024-01-01,1,-NaN,30,F", "4:5: score is \"-NaN\", expected a finite number (column \"score\")"),
    ("3,p,2024-01-01,1,1e999,30,F", "4:5: score is \"1e999\", expected a finite number (column \"score\")"),
    ("3,p,2024-01-01,1,0x1p-2,30,F", "4:5: score is \"0x1p-2\", expected a number (column \"score\")"),
    (
      "3,p,2024-01-01,1,\"0,87\",30,F",
      "4:5: score is \"0,87\", expected a number (column \"score\"): correct this cell (cases.csv:4): the column has decimal points elsewhere; only a file that has commas throughout is read with format: {decimal: \",\"} under cohort"
    ),
    (
      "3,p,2024-01-01,1,87%,30,F",
      "4:5: score is \"87%\", expected a number (column \"score\"): put scale: percent into the model"
    ),
    (
      "3,p,2024-01-01,1,1.01,30,F",
      "4:5: score is \"1.01\", expected a probability between 0 and 1 (column \"score\")"
    ),
    ("3,p,2024-01-01,1,-0.01,30,F", "4:5: score is \"-0.01\", expected a probability"),
    ("3,p,2024-01-01,2,0.5,30,F", "4:4: label is \"2\", expected one of \"1\", \"0\" (column \"label\")"),
    (
      "3,p,2024-01-01,1,0.5,-1,F",
      "4:6: age is \"-1\", expected a number that is not negative (column \"age\")"
    ),
    (
      "3,p,2024-01-01,1,0.5,young,F",
      "4:6: age is \"young\", expected a number (column \"age\"): if it means \"no value\", add it to missing"
    ),
    ("3,p,2024-01-01,1,0.5,30,X", "4:7: sex is \"X\", expected one of \"F\", \"M\" (column \"sex\")"),
    ("3,p,03/04/2025,1,0.5,30,F", "4:3: date is \"03/04/2025\", which is ambiguous"),
    ("3,p,31.03.2025,1,0.5,30,F", "4:3: date is \"31.03.2025\", expected a date"),
    ("3,p,45730,1,0.5,30,F", "4:3: date is \"45730\", which looks like an Excel serial date"),
    ("3,p,2023-02-29,1,0.5,30,F", "4:3: date is \"2023-02-29\", a day that no calendar has"),
    (
      "3,p,9999-12-31,1,0.5,30,F", "4:3: date is \"9999-12-31\": year 9999 is not plausible (column \"date\")"
    ),
    ("3,p,18991231,1,0.5,30,F", "4:3: date is \"18991231\": year 1899 is not plausible"),
    ("3,p,2024-01-01,1,0.5,4+5,F", "4:6: age is \"4+5\", expected a number"),
    ("3,p,2024-01-01,1,0.5,045X,F", "4:6: age is \"045X\", expected a number"),
    (
      "1,p,2024-01-01,1,0.5,30,F",
      "4:1: the case id is the same as on line 2 (column \"id\"): one row per case; if several rows make one case, say how: cohort.unit: {by: id}; if a later row replaces an earlier one, say by what: cohort.exclude: [{…, when: {column: …, not_last_of: id}}]"
    ),
    (",p,2024-01-01,1,0.5,30,F", "4:1: the case id is missing (column \"id\")"),
    ("3,NA,2024-01-01,1,0.5,30,F", "4:2: the patient id is missing (column \"patient\")"),
    ("3,p,2024-01-01,1,0.5,30", "4:6: row has 6 fields, expected 7"),
    ("3,p,2024-01-01,1,0.5,30,F,,", "4:8: row has 9 fields, expected 7"),
    ("3,p,2024-01-01,1,0.5,30,\"F", "4:7: a quote opens here and is never closed"),
    ("3,p,2024-01-01,1,0.5,5\"3,F", "4:6: a quote inside a field"),
    ("3,p,2024-01-01,1,0.5,\"3\"0,F", "4:6: a quote inside a field"),
  ])
  func refusesRow(row: String, expected: String) {
    let said = complaint(Self.header + Self.good + row + "\n", Self.definition)
    #expect(said.hasPrefix("cases.csv:" + expected), "\(said)")
    #expect(!said.contains("\n"))
    #expect(complaint(Self.header + Self.good + row, Self.definition) == said)
  }

  @Test(arguments: [
    ("", "cases.csv: the file is empty"), ("\n\n", "cases.csv: the file is empty"),
    ("label,score\n", "cases.csv: the file has a header and no rows"),
    ("label,score", "cases.csv: the file has a header and no rows"),
    (
      "label,scores\n1,0.5\n",
      "cases.csv:1: column not found (column \"score\"): did you mean \"scores\"? the file has \"label\", \"scores\""
    ),
    (
      "label,\"score\n\n(AI)\"\n1,0.5\n",
      "cases.csv:1: column not found (column \"score\"): the file has \"label\", \"score\u{FFFD}\u{FFFD}(AI)\""
    ),
    ("label,score,label\n1,0.5,1\n", "cases.csv:1:3: two columns have this name (column \"label\")"),
    (
      "label;score\n1;0.5\n",
      "cases.csv:1: the header looks semicolon-separated: put format: {delimiter: \";\"} under cohort"
    ),
    (
      "label\tscore\n1\t0.5\n",
      "cases.csv:1: the header looks tab-separated: put format: {delimiter: tab} under cohort"
    ),
    ("label,\"score\n1,0.5\n", "cases.csv:1:2: a quote opens here and is never closed"),
    ("label,sc\"o\"re\n1,0.5\n", "cases.csv:1:2: a quote inside a field"),
    ("label,score\r1,0.5\r0,0.5\r", "cases.csv:1:2: lines end in carriage returns alone"),
    ("label,score\n1,0.5\n", "cases.csv: no case is negative by the reference standard"),
    ("label,score\n0,0.5\n", "cases.csv: no case is positive by the reference standard"),
    ("PK\u{3}\u{4}rest", "cases.csv: this is an Excel workbook"),
    ("PAR1rest", "cases.csv: this is a Parquet file"),
    ("%PDF-1.7", "cases.csv: this is a PDF"), ("ARROW1\0\0", "cases.csv: this is an Arrow file"),
    (
      "l\0a\0b\0",
      "cases.csv:1:1: bytes that are not the declared encoding (utf-8): the file looks like UTF-16"
    ),
  ])
  func refusesFile(text: String, expected: String) {
    let said = complaint(text)
    #expect(said.hasPrefix(expected), "\(said)")
  }

  @Test func refusesOtherEncodings() {
    let latin = Array("label,score,site\n1,0.5,Bern\n0,0.5,\"Z\n".utf8) + [0xFC] + Array("rich\"\n".utf8)
    #expect(
      complaint(latin)?.description
        == "cases.csv:4:3: bytes that are not the declared encoding (utf-8): put format: {encoding: windows-1252} under cohort, or what else it was written in, or save it as UTF-8"
    )
    let header = Array("label,sc".utf8) + [0xE9] + Array("re\n1,1\n".utf8)
    #expect(complaint(header)?.description.hasPrefix("cases.csv:1:2: bytes that are not") == true)
    let utf16 = "label,score\n1,0.5\n".utf16.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8($0 >> 8)] }
    #expect(complaint(utf16)?.description.contains("{encoding: utf-16le}") == true)
    let french = CohortDefinition.simple().with { $0.cases[0].format.encoding = "iso-8859-15" }
    #expect(
      complaint([0xEF, 0xBB, 0xBF] + Array("label,score\n1,0.5\n".utf8), french)?.description
        == "cases.csv: it begins with the byte order mark of utf-8, the plan declares iso-8859-15: leave format.encoding out for this file"
    )
    let unmarked = CohortDefinition.simple().with { $0.cases[0].format.encoding = "utf-16" }
    #expect(complaint(utf16, unmarked)?.description.contains("put format: {encoding: utf-16le}") == true)
  }

  @Test func refusesNamesItDoesNotKnow() {
    #expect(
      complaint("label,score\n", named: "cases.txt").contains("the name does not say what kind of file"))
    #expect(complaint("label,score\n1,1\n", named: "cases.csv.gz").contains("the gzip data are damaged"))
  }

  @Test func groupsProblems() {
    var text = "label,score\n"
    for row in 0..<400 { text += "\(row % 2),\(row % 4 == 0 ? "FAILED" : row % 100 == 1 ? "ERR" : "0.5")\n" }
    #expect(
      complaint(text) == """
        cases.csv:2:2: score is "FAILED", expected a number (column "score"): if it means "no output", add it to models[].indeterminate
          score: 100 × "FAILED", 4 × "ERR", first at 2:2: if it means "no output", add it to models[].indeterminate
        """)
    let errors = complaint(text.utf8)
    #expect(errors?.count == 104 && errors?.groups.first?.places.count == 20)
    #expect(errors?.redacted.contains("FAILED") == false)
    #expect(errors?.isMissingInput == false)
  }

  @Test func collectsAllProblems() {
    let text = Self.header + Self.good + "2,,bad,3,x,-1,?\n"
    #expect(complaint(text.utf8, Self.definition)?.groups.count == 7)
  }

  @Test func neverShowsIdentifiers() {
    let definition = Self.definition.with {
      $0.attributes.append(.init(name: "p", column: "patient", levels: .bands([1])))
    }
    let said = complaint(Self.header + Self.good, definition)
    #expect(said.contains("patient has a value that is not shown") && !said.contains("p1"))
  }

  @Test func clipsAndCleansWhatItShows() {
    let long = String(repeating: "é", count: 90)
    #expect(complaint("label,score\n1,\(long)\n").contains("\"" + long.prefix(39) + "…\""))
    #expect(complaint("label,score\n1,\"a\u{1B}[31m\n\"\n").contains("\"a\u{FFFD}[31m\""))
  }

  @Test func refusesTheWordForAMissingValue() throws {
    let site = CohortDefinition.simple(attributes: [.init(name: "site", column: "site")])
    let text = "label,score,site\n1,0.5,A\n0,0.5,(unknown)\n"
    #expect(
      complaint(text, site)
        == "cases.csv:3:3: site is \"(unknown)\", which is the report's own word for a missing value (column \"site\"): declare it under missing or levels"
    )
    #expect(try read(text, site.with { $0.missing = ["(unknown)"] }).attributes[0].levels == ["A"])
    let levels: [NamedLevel] = [
      .init(name: "A", values: ["A"]), .init(name: "Not said", values: ["(unknown)"]),
    ]
    let named = CohortDefinition.simple(attributes: [
      .init(name: "site", column: "site", levels: .named(levels))
    ])
    #expect(try read(text, named).attributes[0].codes == [0, 1])
  }

  @Test func hidesTheYearWithTheCell() {
    let text = Self.header + Self.good + "3,p,9999-12-31,1,0.5,30,F\n"
    let said = complaint(text.utf8, Self.definition)?.redacted ?? ""
    #expect(said.contains("its year is not plausible") && !said.contains("9999"), "\(said)")
  }

  @Test func refusesTooManyLevels() {
    var text = "label,score,site\n"
    for row in 0..<65_535 { text += "\(row % 2),0.5,s\(row)\n" }
    let definition = CohortDefinition.simple(attributes: [.init(name: "site", column: "site")])
    #expect(complaint(text, definition).contains("more than 65534 different values (column \"site\")"))
  }
}
