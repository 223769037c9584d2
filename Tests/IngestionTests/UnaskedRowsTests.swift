import Ingestion
import Testing
import Validation

@Suite("What is asked of which rows: patients, scores and values")
struct UnaskedRowsTests {
  // MARK: Patients

  private static let patients = CohortDefinition.simple().with { $0.patientColumn = "patient" }
  private static let separate = patients.with { $0.missingPatients = .separate }

  @Test func aPatientIsNeededOfAnalysedCases() throws {
    let text = "label,score,patient\n1,0.9,z\n,0.2,\n0,0.1,a\n"
    #expect(try read(text, Self.patients).patients == [0, 1])
    #expect(
      complaint(text + "0,0.3,NA\n", Self.patients)
        == "cases.csv:5:3: the patient id is missing (column \"patient\"): fill it in, or, where it is not known, put patient: {column: patient, missing: separate} under cohort: every case without one then counts as a patient of its own"
    )
  }

  @Test func aCaseThatOneFindingAnalysesNeedsOne() {
    let definition = Self.patients.with {
      $0.findings = ["a", "b"].map {
        FindingDefinition(
          id: $0, reference: .init(column: $0, positive: ["1"], negative: ["0"]),
          models: [.init(name: "M", score: "score")])
      }
    }
    let text = "a,b,score,patient\n1,1,0.9,z\n0,0,0.1,y\n,,0.1,\n"
    #expect(complaint(text, definition) == "(accepted)")
    #expect(complaint(text + ",0,0.1,\n", definition).hasPrefix("cases.csv:5:4: the patient id is missing"))
  }

  @Test func separateCasesArePatientsOfTheirOwn() throws {
    let cohort = try read(
      "label,score,patient\n1,0.9,\n0,0.2,z\n,0.5,\n0,0.1,NA\n1,0.8,z\n", Self.separate)
    #expect(cohort.patients == [0, 1, 2, 1] && cohort.patientCount == 3)
    #expect(cohort.flow.withoutPatient == 2, "the case that is not analysed does not count")
    let whole = try read("label,score,patient\n1,0.9,a\n0,0.2,z\n", Self.separate)
    #expect(whole.patients == [0, 1] && whole.flow.withoutPatient == 0)
  }

  @Test func anotherRowOfAUnitMayKnowThePatient() throws {
    let definition = Self.separate.with { $0.unit = UnitDefinition(columns: ["exam"]) }
    let text = "exam,label,score,patient\nE1,1,0.9,\nE1,0,0.2,z\nE2,0,0.1,\nE3,0,0.1,z\n"
    let cohort = try read(text, definition)
    #expect(cohort.patients == [0, 1, 0] && cohort.flow.withoutPatient == 1)
    #expect(
      complaint(text, definition.with { $0.missingPatients = .refuse })
        .hasPrefix("cases.csv:4:4: the patient id is missing"))
  }

  // MARK: Rules

  private static let rule = ExclusionRule(
    id: "E", reason: "phantom", conditions: [.init(column: "note", test: .isOneOf(["x"]))])
  private static let ruled = CohortDefinition.simple().with {
    $0.exclusions = [rule]
    $0.models[0].isProbability = true
  }

  @Test func onlyRowsThatAreLeftOutMayBeWrong() {
    let text = "label,score,note\n1,0.9,\n0,0.2,\n7,9,x\n?,ERR,x\n"
    #expect(complaint(text, Self.ruled) == "(accepted)")
    #expect(complaint(text + "7,0.5,\n", Self.ruled).hasPrefix("cases.csv:6:1: label is \"7\""))
    #expect(
      complaint(text + "1,ERR,\n", Self.ruled)
        == "cases.csv:6:2: score is \"ERR\", expected a number (column \"score\"): if it means \"no output\", add it to models[].indeterminate"
    )
    let negative = Self.ruled.with { $0.findings[0].reference.negative = nil }
    #expect(
      complaint(text, negative) == "(accepted)", "the one other value is that of the rows that are left")
  }

  /// A site of test rows is no group, which nobody could assess.
  @Test func whatOnlyRowsThatAreLeftOutHoldIsNoLevel() throws {
    let definition = Self.ruled.with {
      $0.attributes = [
        .init(name: "site", column: "site"),
        .init(name: "race", column: "race", severalAnswers: .separated(by: ";")),
        .init(name: "age", column: "age", levels: .bands([18])),
      ]
    }
    let text = "label,score,note,site,race,age\n1,0.9,,C,W,40\n0,0.2,x,A,V,5\n0,0.1,,B,W;Z,50\n,0.3,,D,,\n"
    let cohort = try read(text, definition)
    #expect(cohort.attributes.map(\.levels) == [["B", "C", "D"], ["W", "Z"], ["<18", "18+"]])
    #expect(cohort.attributes[0].codes == [1, 0])
    #expect(cohort.attributes[1].combinations == [[0], [0, 1]] && cohort.attributes[1].codes == [0, 1])
    let left = cohort.flow.exclusions[0].attributes.map { $0.levels.map(\.level) }
    #expect(
      left == [[.named("A")], [.named("V")], [.named("<18")]], "they are counted where they are left out")
  }

  @Test func duplicatesAndConditionsOfRowsThatAreLeftOut() {
    let definition = Self.ruled.with {
      $0.caseColumn = "id"
      $0.exclusions.append(
        ExclusionRule(id: "F", reason: "children", conditions: [.init(column: "age", test: .below(18))]))
    }
    let text = "id,label,score,note,age\nA,1,0.9,,40\nB,0,0.1,,50\nA,1,0.2,x,old\n,,,x,\n"
    #expect(complaint(text, definition) == "(accepted)")
    #expect(
      complaint(text + "B,0,0.1,,50\n", definition)
        .hasPrefix("cases.csv:6:1: the case id is the same as on line 3"))
    #expect(complaint(text + "C,0,0.1,,old\n", definition).hasPrefix("cases.csv:6:5: age has a value"))
  }

  /// Scores that wait for the rules are told as those that do not.
  @Test(arguments: [
    "label,score,note\n1,0.9,\n0,\"0,5\",\n0,0.25,\n", "label,score,note\n1,\"0,9\",\n0,\"0,5\",\n",
    "label,score,note\n1,x,\n0,1.5,\n0,x,\n0,inf,\n", "label,score,note\n1,90%,\n0,-1,\n",
  ])
  func whatIsToldLaterIsToldTheSame(_ text: String) {
    let plain = Self.ruled.with { $0.exclusions = [] }
    for sizes in [BlockSizes(), BlockSizes(block: 16, blocksInBatch: 2)] {
      let told = complaint(text.utf8, plain, sizes: sizes)
      #expect(told != nil && complaint(text.utf8, Self.ruled, sizes: sizes) == told)
    }
    #expect(complaint(text.utf8, Self.ruled, workers: .threads(2)) == complaint(text.utf8, plain))
  }

  @Test func linesOfJSONKeepTheirPlaces() {
    let text = """
      {"label": 1, "score": 0.5, "note": ""}
      {"label": 0, "score": "bad", "note": ""}
      {"label": 0, "score": "bad", "note": "x"}

      """
    let told = complaint(text, Self.ruled, named: "cases.jsonl")
    #expect(told.hasPrefix("cases.jsonl:2:23: score is \"bad\"") && !told.contains("\n"), "\(told)")
  }

  @Test func scoresOfAJoinedFileAreOfTheirCases() throws {
    func said(_ cases: String, _ scores: String, unmatched: JoinDefinition.Unmatched = .count) throws
      -> String
    {
      let directory = try TemporaryDirectory()
      try directory.write("cases.csv", "id,label,note\n" + cases)
      try directory.write("scores.csv", "id,score\n" + scores)
      let definition = Self.ruled.with {
        $0.joins = [
          JoinDefinition(file: "scores.csv", keys: [.init(here: "id", there: "id")], unmatched: unmatched)
        ]
      }
      do throws(InputErrors) {
        _ = try readCohort(definition, from: ["cases.csv"], relativeTo: directory.path)
        return "(accepted)"
      } catch {
        return error.description
      }
    }
    let cases = "A,1,\nB,0,\nC,0,x\n"
    #expect(try said(cases, "A,0.9\nB,0.1\nC,ERR\n") == "(accepted)")
    #expect(try said(cases, "A,0.9\nC,0.1\nB,ERR\n").hasPrefix("scores.csv:4:2: score is \"ERR\""))
    #expect(
      try said(cases + "C,0,\n", "A,0.9\nB,0.1\nC,ERR\n").hasPrefix("scores.csv:4:2: score is \"ERR\""),
      "one of its two cases is not left out")
    #expect(
      try said(cases, "A,0.9\nB,0.1\nC,0.5\nD,ERR\n").hasPrefix("scores.csv:5:2: score is \"ERR\""),
      "of no case at all")
  }

  // MARK: Status

  private static let status = CohortDefinition.simple().with {
    $0.models[0].isProbability = true
    $0.models[0].indeterminate = ["FAILED"]
    $0.models[0].statusColumn = "status"
  }

  @Test func aFailedRowNeedsNoScore() throws {
    let text = "label,score,status\n1,0.9,OK\n0,-1,FAILED\n0,oops,FAILED\n0,0.1,\n"
    let cohort = try read(text, Self.status)
    #expect(cohort.models[0].failed == [0, 1, 1, 0] && cohort.models[0].scores == [0.9, 0, 0, 0.1])
    #expect(
      complaint(text + "1,-1,OK\n", Self.status)
        .hasPrefix("cases.csv:6:2: score is \"-1\", expected a probability between 0 and 1"))
  }

  @Test func aFailedRowNeedsNoCategoryAndNoDecision() throws {
    let ordinal = Self.status.with {
      $0.models[0].isProbability = false
      $0.models[0].scale = .ordinal(["1", "2", "3"])
      $0.models[0].operatingPoints = [.init(name: "t", threshold: 2)]
    }
    let text = "label,score,status\n1,3,OK\n0,-1,FAILED\n0,1,OK\n"
    #expect(try read(text, ordinal).models[0].failed == [0, 1, 0])
    #expect(complaint(text + "1,-1,OK\n", ordinal).hasPrefix("cases.csv:5:2: score is \"-1\""))
    let decided = Self.status.with {
      $0.models[0].score = nil
      $0.models[0].isProbability = false
      $0.models[0].operatingPoints = []
      $0.models[0].decision = DecisionColumn(column: "score", positive: ["3"])
    }
    let decisions = "label,score,status\n1,3,OK\n0,-1,FAILED\n0,1,OK\n"
    let model = try read(decisions, decided).models[0]
    #expect(model.failed == [0, 1, 0] && model.flagged == [1, 0, 0])
    #expect(complaint(decisions + "1,-1,OK\n", decided).contains("expected one of \"3\" (positive), \"-1\""))
  }

  /// A column that another model reads without a status is asked of every row.
  @Test func everyModelOfAColumnMustHaveFailed() {
    let both = Self.status.with { $0.models.append(.init(name: "B", score: "score")) }
    let text = "label,score,status\n1,0.9,OK\n0,oops,FAILED\n"
    #expect(complaint(text, Self.status) == "(accepted)")
    #expect(complaint(text, both).hasPrefix("cases.csv:3:2: score is \"oops\""))
  }

  // MARK: Ages

  @Test(arguments: ["55 anos", "61 years", "47 J.", "8 mois", "61yo", "3岁", "5,5 Jahre", "12\u{A0}ans"])
  func anAgeWithAWordIsNotGuessed(_ age: String) {
    let definition = CohortDefinition.simple(attributes: [
      .init(name: "age", column: "age", levels: .bands([18]))
    ])
    #expect(
      complaint("label,score,age\n1,0.9,40\n0,0.1,\"\(age)\"\n", definition).contains(
        "expected a number (column \"age\"): write the number alone (years) or as DICOM 055Y"))
    let children = CohortDefinition.simple().with {
      $0.exclusions = [
        ExclusionRule(id: "E", reason: "children", conditions: [.init(column: "age", test: .below(18))])
      ]
    }
    #expect(
      complaint("label,score,age\n1,0.9,40\n0,0.1,\"\(age)\"\n", children).contains("write the number alone"))
  }

  @Test(arguments: ["unknown", "> 55", "5-6", "age 55"]) func otherCellsAreNotTakenForAges(_ cell: String) {
    let definition = CohortDefinition.simple(attributes: [
      .init(name: "age", column: "age", levels: .bands([18]))
    ])
    #expect(
      complaint("label,score,age\n1,0.9,40\n0,0.1,\(cell)\n", definition)
        .contains("if it means \"no value\", add it to missing"))
  }
}
