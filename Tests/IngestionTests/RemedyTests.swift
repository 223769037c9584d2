import Ingestion
import Testing
import Validation

@Suite("A refusal names the cause, the right file and what to write")
struct RemedyTests {
  private func said(_ files: [String: String], _ change: (inout CohortDefinition) -> Void) throws -> String {
    let directory = try TemporaryDirectory()
    for (name, text) in files { try directory.write(name, text) }
    let first = files.keys.contains("cases.jsonl") ? "cases.jsonl" : "cases.csv"
    do throws(InputErrors) {
      _ = try readCohort(
        CohortDefinition.simple().with(change), from: [CaseFile(first)], relativeTo: directory.path)
      return "(accepted)"
    } catch {
      return error.description
    }
  }

  private let files = [
    "cases.csv": "id,score\n1,0.9\n2,0.1\n", "truth.csv": "id,label,MRN\n1,1,a\n2,0,b\n",
    "people.csv": "MRN,sex\na,F\nb,M\n",
  ]
  private let truth = JoinDefinition(
    file: "truth.csv", keys: [.init(here: "id", there: "id")], prefix: "truth.")
  private func people(_ key: String) -> JoinDefinition {
    JoinDefinition(file: "people.csv", keys: [.init(here: key, there: "MRN")])
  }

  @Test func aKeyIsNamedAsThePlanMustWriteIt() throws {
    #expect(
      try said(files) { $0.joins = [truth, people("MRN")] }
        .hasPrefix(
          "cases.csv: column not found, by which people.csv is joined (column \"MRN\"): write on: {truth.MRN: MRN}, which is the column \"MRN\" of truth.csv"
        ))
    #expect(
      try said(files) { $0.joins = [people("truth.MRN"), truth] }
        .hasPrefix(
          "cases.csv: column not found, by which people.csv is joined (column \"truth.MRN\"): the column \"MRN\" of truth.csv is joined later: move this join below that one and write on: {truth.MRN: MRN}"
        ))
  }

  @Test func aMissingColumnIsBlamedOnTheFilesThatCanHaveIt() throws {
    func asking(_ column: String) throws -> String {
      try said(files) {
        $0.reference.column = "truth.label"
        $0.joins = [truth, people("truth.MRN")]
        $0.attributes = [.init(name: "a", column: column)]
      }
    }
    #expect(
      try asking("Sex")
        == "cases.csv, people.csv: column not found (column \"Sex\"): did you mean \"sex\" (of people.csv)? cases.csv has \"id\", \"score\"; people.csv has \"MRN\", \"sex\""
    )
    #expect(
      try asking("truth.site")
        == "truth.csv: column not found (column \"truth.site\"): the file has \"truth.id\", \"truth.label\", \"truth.MRN\""
    )
    #expect(
      try asking("label")
        == "cases.csv, people.csv: column not found (column \"label\"): write \"truth.label\", which is the column \"label\" of truth.csv"
    )
    #expect(
      try asking("truth.sex")
        == "truth.csv: column not found (column \"truth.sex\"): write \"sex\", which is the column \"sex\" of people.csv"
    )
  }

  @Test func whatNoLineOfJSONHasMayStandInAJoinedFile() throws {
    let files = [
      "cases.jsonl": "{\"id\": \"1\", \"score\": 0.9}\n{\"id\": \"2\", \"score\": 0.1}\n",
      "truth.csv": "id,label\n1,1\n2,0\n",
    ]
    func asking(_ column: String, _ prefix: String) throws -> String {
      try said(files) {
        $0.reference.column = prefix + "label"
        $0.joins = [
          JoinDefinition(file: "truth.csv", keys: [.init(here: "id", there: "id")], prefix: prefix)
        ]
        $0.attributes = [.init(name: "a", column: column)]
      }
    }
    #expect(
      try asking("labels", "")
        == "cases.jsonl: column not found (column \"labels\"): did you mean \"label\" (of truth.csv)? cases.jsonl has \"id\", \"score\"; truth.csv has \"id\", \"label\""
    )
    #expect(
      try asking("truth.site", "truth.")
        == "truth.csv: column not found (column \"truth.site\"): the file has \"truth.id\", \"truth.label\"")
  }

  @Test func whatFollowsFromAJoinThatMatchesNothingIsNotSaid() throws {
    let said = try said([
      "cases.csv": "id,score\n001,0.9\n002,0.1\n", "truth.csv": "id,label,MRN\n1,1,a\n2,0,b\n",
      "people.csv": "MRN,sex\na,F\nb,M\n",
    ]) {
      $0.reference.column = "truth.label"
      $0.patientColumn = "truth.MRN"
      $0.joins = [truth, people("truth.MRN")]
    }
    #expect(said.hasPrefix("truth.csv: 0 of 2 cases have a row here") && !said.contains("\n"), "\(said)")
  }

  @Test func whatFollowsFromARowThatCannotBeReadIsNotSaid() throws {
    let said = try said([
      "cases.csv": "id,score\n1,0.9\n2,0.1,\n3,0.3\n", "truth.csv": "id,label,MRN\n1,1,a\n2,0,b\n3,0,b\n",
      "people.csv": "MRN,sex\na,F\n",
    ]) {
      $0.reference.column = "truth.label"
      $0.patientColumn = "truth.MRN"
      $0.joins = [truth, people("truth.MRN")]
    }
    #expect(said == "cases.csv:3:3: row has 3 fields, expected 2")
  }

  @Test func whatFollowsFromACaseWithoutARowIsNotSaid() throws {
    let said = try said([
      "cases.csv": "id,score\n1,0.9\n2,0.1\n3,0.3\n", "truth.csv": "id,label,MRN\n1,1,a\n2,0,b\n",
      "people.csv": "MRN,sex\na,F\nb,M\nc,F\n",
    ]) {
      $0.reference.column = "truth.label"
      $0.patientColumn = "truth.MRN"
      $0.joins = [truth, people("truth.MRN")]
    }
    #expect(said.hasPrefix("truth.csv: 2 of 3 cases have a row here, 1 without") && !said.contains("\n"))
  }

  @Test func mostCellsDecideWhetherThePlanOrTheCellIsWrong() {
    let few = complaint("label,score\n1,0.5\n0,0.25\n1,\"0,75\"\n")
    #expect(few.contains("correct this cell (cases.csv:4): the column has decimal points elsewhere"))
    let most = complaint("label,score\n1,\"0,5\"\n0,\"0,25\"\n1,0.75\n")
    #expect(most.contains("\"0,5\", expected a number (column \"score\"): put format: {decimal: \",\"}"))
    let dates = CohortDefinition.simple().with { $0.date = .init(column: "day") }
    let odd = complaint("label,score,day\n1,1,2025-03-31\n0,0,2025-04-30\n0,0,31/03/2025\n", dates)
    #expect(odd.contains("correct this cell (cases.csv:4): the other dates"))
    let declared = complaint("label,score,day\n1,1,2025-03-31\n0,0,30/04/2025\n0,0,31/03/2025\n", dates)
    #expect(declared.contains("say how it is written"))
  }

  @Test func agesAmongOthersAreCorrected() {
    let ages = CohortDefinition.simple(attributes: [
      .init(name: "age", column: "age", levels: .bands([18]))
    ])
    let said = complaint("label,score,age\n1,1,40.5\n0,0,30.5\n0,0,\"20,5\"\n", ages)
    #expect(said.contains("correct this cell (cases.csv:4)"))
  }

  @Test func textInTwoEncodingsIsNeither() {
    let latin = CohortDefinition.simple().with { $0.cases[0].format.encoding = "latin1" }
    let start = Array("label,score,site\n1,0.5,Z\u{FC}rich\n".utf8)
    #expect(
      complaint(start + Array("0,0.5,Bern\n".utf8), latin)?.description
        == "cases.csv: the file is UTF-8, the plan declares latin1: put format: {encoding: utf-8}, or leave encoding out"
    )
    // Past the first stretch that is looked at.
    let filler = Array(String(repeating: "0,0.5,K\u{F6}ln\n", count: 20_000).utf8)
    #expect(complaint(start + filler, latin)?.description.contains("the file is UTF-8,") == true)
    let mixed = start + filler + Array("0,0.5,Z".utf8) + [0xFC] + Array("rich\n".utf8)
    #expect(
      complaint(mixed, latin)?.description
        == "cases.csv: the file is partly UTF-8, the plan declares latin1: it was put together from texts in two encodings: save them in one, or name them as files of their own"
    )
  }

  @Test func meaningsAreNotShownWithoutCells() {
    let open = CohortDefinition.simple().with { $0.reference = .init(column: "label", positive: ["yes"]) }
    let errors = complaint("label,score\nyes,0.5\nno,0.5\nmaybe,0.5\n".utf8, open)
    #expect(errors?.redacted.contains("expected a declared value") == true)
    #expect(errors?.redacted.contains("\"no\"") == false)
  }
}
