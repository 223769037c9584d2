import Ingestion
import Statistics
import Testing
import Validation

@Suite("Joins: however the files are cut and whoever reads them")
struct JoinTests {
  /// Three hundred cases in one order, their truth in another, patients in a third.
  private func folder() throws -> TemporaryDirectory {
    let directory = try TemporaryDirectory()
    let cases = (0..<300).map { "c\($0),\(Double($0 % 97) / 97)" }
    let truth = (0..<300).map { "c\($0 * 7 % 300),\($0 * 7 % 300 % 3 == 0 ? 1 : 0),p\($0 * 7 % 300 / 4)" }
    let patients = (0..<75).reversed().map { "p\($0),\($0 % 5 == 0 ? "" : $0 % 2 == 0 ? "F" : "M")" }
    try directory.write("cases.csv", "id,score\n" + cases.joined(separator: "\n"))
    try directory.write("truth.csv", "id,label,pid\n" + truth.joined(separator: "\n"))
    try directory.write("patients.csv", "pid,sex\n" + patients.joined(separator: "\n"))
    return directory
  }

  private let definition = CohortDefinition.simple().with {
    $0.caseColumn = "id"
    $0.patientColumn = "pid"
    $0.attributes = [AttributeDefinition(name: "sex", column: "sex")]
    $0.joins = [
      JoinDefinition(file: "truth.csv", keys: [.init(here: "id", there: "id")]),
      JoinDefinition(file: "patients.csv", keys: [.init(here: "pid", there: "pid")]),
    ]
  }

  @Test func cutsAndThreadsChangeNothing() throws {
    let directory = try folder()
    func read(_ block: Int, _ workers: Workers) throws -> [String] {
      facts(
        try readCohort(
          definition, from: ["cases.csv"], relativeTo: directory.path,
          sizes: BlockSizes(block: block, blocksInBatch: 3), workers: workers))
    }
    let whole = try read(BlockSizes.largestBlock, .one)
    for block in [16, 50, 333, 1000] {
      #expect(try read(block, .one) == whole)
      #expect(try read(block, .threads(3)) == whole)
    }
  }

  @Test func everyCaseHasItsOwnCells() throws {
    let directory = try folder()
    let cohort = try readCohort(definition, from: ["cases.csv"], relativeTo: directory.path).cohort
    for index in 0..<300 {
      #expect(cohort.isPositive[index] == (index % 3 == 0 ? 1 : 0))
      #expect(cohort.patients?[index] == UInt32(index / 4))
      let patient = index / 4
      let code = patient % 5 == 0 ? Attribute.unknown : patient % 2 == 0 ? 0 : 1
      #expect(cohort.attributes[0].codes[index] == code)
    }
    #expect(cohort.flow.joins.map(\.matched) == [300, 300])
  }

  /// Whatever bytes the files hold, the cohort or the complaints are the same however they are cut.
  @Test func anyBytesAreReadTheSameHoweverCut() throws {
    let directory = try TemporaryDirectory()
    let pieces = [
      "i", "l", "s", "g", ",", ",", "\n", "\n", "\n", "\"", "0", "1", "07", "7.0", "1.2E+11", " ", "A", "a",
      "\u{2013}", "",
    ]
    var state: UInt64 = 20_261_121
    func next(_ limit: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % limit
    }
    func text(_ header: String) -> String {
      let columns = header.split(separator: ",").count
      let rows = (0..<next(6)).map { _ in
        (0..<columns).map { _ in pieces[10 + next(10)] }.joined(separator: ",") + "\n"
      }
      let noise = next(4) == 0 ? (0..<next(12)).map { _ in pieces[next(pieces.count)] }.joined() : ""
      return header + "\n" + rows.joined() + noise
    }
    for round in 0..<200 {
      try directory.write("cases.csv", text("i,s,u"))
      try directory.write("truth.csv", text("i,l,g"))
      let definition = CohortDefinition(
        cases: [], caseColumn: round % 3 == 0 ? "i" : nil, reference: .init(column: "l", positive: ["1"]),
        models: [.init(name: "A", score: "s", indeterminate: ["A", "a"])],
        attributes: [.init(name: "g", column: "g")]
      ).with {
        $0.joins = [
          JoinDefinition(
            file: "truth.csv", keys: [.init(here: "i", there: "i")],
            unmatched: [.count, .refuse, .exclude][round % 3])
        ]
        if round % 5 == 0 { $0.unit = UnitDefinition(columns: ["u"]) }
        if round % 7 == 0 {
          $0.exclusions = [
            ExclusionRule(
              id: "E", reason: "r", conditions: [.init(column: "g", test: .isOneOf(["A"]))])
          ]
        }
      }
      func outcome(_ block: Int, _ workers: Workers) -> String {
        do throws(InputErrors) {
          let sizes = BlockSizes(block: block, blocksInBatch: 2)
          return
            "\(facts(try readCohort(definition, from: ["cases.csv"], relativeTo: directory.path, sizes: sizes, workers: workers)))"
        } catch {
          return "\(error)\n\(error.redacted)"
        }
      }
      let whole = outcome(BlockSizes.largestBlock, .one)
      #expect(outcome(7, .one) == whole)
      #expect(outcome(13, .threads(2)) == whole)
    }
  }

  // MARK: Cases that are left out

  /// Of eight cases; every other has a row in the list, the first six have a truth.
  private func left(
    _ joins: [(file: String, unmatched: JoinDefinition.Unmatched)], rules: [ExclusionRule] = []
  ) throws -> Result<Flow, InputErrors> {
    let directory = try TemporaryDirectory()
    let cases = (0..<8).map { "c\($0),\($0 % 4 == 0 ? "F" : "M"),0.\($0)" }
    try directory.write("cases.csv", "id,sex,score\n" + cases.joined(separator: "\n"))
    try directory.write("list.csv", "id,site\nc0,N\nc2,N\nc4,S\nc6,S\nc9,S\n")
    let truth = (0..<6).map { "c\($0),\($0 % 4 == 0 ? 1 : 0)" }
    try directory.write("truth.csv", "id,label\n" + truth.joined(separator: "\n"))
    let definition = CohortDefinition.simple(attributes: [
      .init(name: "sex", column: "sex"), .init(name: "site", column: "site"),
    ]).with {
      $0.joins = joins.map { file, unmatched in
        JoinDefinition(
          file: CaseFile(file), keys: [.init(here: "id", there: "id")], unmatched: unmatched)
      }
      $0.exclusions = rules
    }
    do throws(InputErrors) {
      return .success(
        try readCohort(definition, from: ["cases.csv"], relativeTo: directory.path).cohort.flow)
    } catch {
      return .failure(error)
    }
  }

  private func boxes(_ flow: Flow) -> [String] {
    flow.exclusions.map { box in
      let groups = box.attributes.flatMap { attribute in
        attribute.levels.map { "\($0.level) \($0.rows)" }
      }
      return "\(box.reason): \(box.rows) (\(groups.joined(separator: ", ")))"
    }
  }

  @Test func casesWithoutARowAreABoxOfTheirOwn() throws {
    let flow = try left([("list.csv", .exclude), ("truth.csv", .exclude)]).get()
    #expect(
      boxes(flow) == [
        "no row in list.csv: 4 (named(\"M\") 4, unknown 4)",
        "no row in truth.csv: 1 (named(\"M\") 1, named(\"S\") 1)",
      ])
    #expect(flow.exclusions.map(\.isJoin) == [true, true])
    #expect(flow.exclusions.map(\.dependsOnResult) == [false, true], "one of them holds the truth")
    #expect(flow.read == 8 && flow.cases == 3 && flow.noReference == 0)
    // The second file was asked for the cases of the first.
    #expect(
      flow.joins == [
        JoinAccount(file: "list.csv", matched: 4, onlyHere: 4, onlyThere: 1, partners: 4),
        JoinAccount(file: "truth.csv", matched: 3, onlyHere: 1, onlyThere: 0, partners: 3),
      ])
    let counted = try left([("list.csv", .exclude), ("truth.csv", .count)]).get()
    #expect(
      counted.cases == 4 && counted.noReference == 1, "where the file holds only the truth, the other box")
  }

  @Test func rulesAreAskedOfTheCasesThatAreLeft() throws {
    let men = ExclusionRule(
      id: "E", reason: "men", conditions: [.init(attribute: "sex", test: .isOneOf(["M"]))])
    let flow = try left([("list.csv", .exclude), ("truth.csv", .exclude)], rules: [men])
    guard case .failure(let errors) = flow else { return #expect(Bool(false), "only positives are left") }
    #expect(errors.description.contains("no case is negative"))
    let late = ExclusionRule(
      id: "E", reason: "late", conditions: [.init(column: "score", test: .atLeast(0.4))])
    #expect(
      boxes(try left([("list.csv", .exclude), ("truth.csv", .exclude)], rules: [late]).get()).last
        == "late: 1 (named(\"F\") 1, named(\"S\") 1)")
  }

  /// A file that is joined later must have the cases that are left, and no others.
  @Test func refusalsAreAskedOfTheCasesThatAreLeft() throws {
    guard case .failure(let errors) = try left([("list.csv", .exclude), ("truth.csv", .refuse)]) else {
      return #expect(Bool(false), "c6 has no truth")
    }
    #expect(
      errors.description
        == "truth.csv: 3 of 4 cases have a row here, 1 without (cases.csv:8) (column \"id\"): complete the files, or say in this join what becomes of such rows, unmatched: refuse (the default: nothing is read), count (cases stay, their columns are unknown) or exclude (cases are left out); the flow counts them"
    )
    guard case .failure(let before) = try left([("truth.csv", .refuse), ("list.csv", .exclude)]) else {
      return #expect(Bool(false), "c6 and c7 have no truth, and nothing has left c7 out")
    }
    #expect(before.description.hasPrefix("truth.csv: 6 of 8 cases have a row here, 2 without"))
  }

  @Test func keysAreNeverShown() throws {
    let directory = try TemporaryDirectory()
    try directory.write("cases.csv", "id,score\nSECRET1,0.5\nSECRET2,0.5\n")
    try directory.write("truth.csv", "id,label\nSECRET3,1\nSECRET3,0\n")
    let definition = CohortDefinition.simple().with {
      $0.joins = [JoinDefinition(file: "truth.csv", keys: [.init(here: "id", there: "id")])]
    }
    do throws(InputErrors) {
      _ = try readCohort(definition, from: ["cases.csv"], relativeTo: directory.path)
      Issue.record("accepted")
    } catch {
      #expect(error.description.contains("the key is the same as on line 2"))
      #expect(!error.description.contains("SECRET"))
    }
  }
}
