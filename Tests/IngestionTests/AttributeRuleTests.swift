import Ingestion
import Testing
import Validation

@Suite("Rules that read an attribute")
struct AttributeRuleTests {
  private func rule(_ conditions: ExclusionRule.Condition..., id: String = "E") -> ExclusionRule {
    ExclusionRule(id: id, reason: "r", conditions: conditions)
  }

  private func definition(_ attribute: AttributeDefinition, _ rules: ExclusionRule...) -> CohortDefinition {
    .simple(attributes: [attribute]).with { $0.exclusions = rules }
  }

  /// The scores of the rows that are kept, of one row for each cell and two without that have both classes.
  private func kept(
    _ cells: [String], _ attribute: AttributeDefinition, _ test: ExclusionRule.Test
  ) throws -> [Double] {
    let rows = cells.enumerated().map { "\($0 % 2),\($0),\"\($1)\"\n" }
    let cohort = try read(
      "label,score,a\n1,100,\n0,101,\n" + rows.joined(),
      definition(attribute, rule(.init(attribute: attribute.name, test: test))))
    let left = cohort.flow.exclusions[0]
    #expect(left.rows == cells.count + 2 - cohort.count)
    #expect(left.attributes[0].levels.reduce(0) { $0 + $1.rows } >= left.rows)
    return (cohort.models[0].scores ?? []).filter { $0 < 100 }
  }

  @Test func agesAreComparedExactly() throws {
    let age = AttributeDefinition(name: "age", column: "a", levels: .bands([45, 90]))
    let cells = ["17", "17.9", "18", "018M", "90+", "NA", "91", "90"]
    #expect(try kept(cells, age, .below(18)) == [2, 4, 5, 6, 7])
    #expect(try kept(cells, age, .atLeast(90)) == [0, 1, 2, 3, 4, 5], "a top-coded age meets neither")
    #expect(try kept(cells, age, .below(200)) == [4, 5])
    #expect(try kept(cells, age, .missing(false)) == [5])
    #expect(try kept(cells, age, .isOneOf(["90+"])) == [0, 1, 2, 3, 5], "but has its band")
  }

  @Test func levelsGoByTheirNames() throws {
    let sex = AttributeDefinition(
      name: "sex", column: "a",
      levels: .named([.init(name: "Female", values: ["F", "f"]), .init(name: "Male", values: ["M"])]))
    let cells = ["F", "f", "M", ""]
    #expect(try kept(cells, sex, .isOneOf(["Female"])) == [2, 3])
    #expect(try kept(cells, sex, .isOneOf(["F"])) == [0, 1, 2, 3], "a value is no level")
    #expect(try kept(cells, sex, .isNoneOf(["Female"])) == [0, 1, 3])
    let recorded = AttributeDefinition(name: "site", column: "a")
    #expect(try kept(["X", "Y", "X"], recorded, .isOneOf(["X", "Z"])) == [1])
    let several = AttributeDefinition(name: "race", column: "a", severalAnswers: .separated(by: ";"))
    #expect(try kept(["W;B", "W", "B", ""], several, .isOneOf(["B", "Q"])) == [1, 3])
    #expect(try kept(["W;B", "W", "B", ""], several, .isNoneOf(["B"])) == [0, 2, 3])
  }

  /// Also where the column could stand in a joined file; and only where nothing else asks for it.
  @Test func anAttributeIsNoColumn() throws {
    func said(_ attribute: AttributeDefinition, isJoined: Bool) throws -> String {
      let directory = try TemporaryDirectory()
      try directory.write("cases.csv", "id,label,score,a\n1,1,0.9,17\n2,0,0.1,50\n")
      try directory.write("more.csv", "id,b\n1,x\n2,y\n")
      let definition = definition(attribute, rule(.init(column: "age", test: .below(18)))).with {
        if isJoined {
          $0.joins = [JoinDefinition(file: "more.csv", keys: [.init(here: "id", there: "id")])]
        }
      }
      do throws(InputErrors) {
        _ = try readCohort(definition, from: ["cases.csv"], relativeTo: directory.path)
        return "(accepted)"
      } catch {
        return error.description
      }
    }
    let ownColumn = AttributeDefinition(name: "age", column: "age", levels: .bands([45]))
    for isJoined in [false, true] {
      #expect(
        try said(Self.age, isJoined: isJoined).hasSuffix("age is an attribute: write attribute: age"))
      #expect(try !said(ownColumn, isJoined: isJoined).contains("is an attribute"))
    }
  }

  private static let age = AttributeDefinition(name: "age", column: "a", levels: .bands([45]))

  /// Whoever reads the attribute first, one cell is refused once, and only where a rule has asked for it.
  @Test func aCellIsRefusedOnce() {
    let minor = rule(.init(attribute: "age", test: .below(18)), id: "E1")
    let phantom = rule(.init(column: "note", test: .isOneOf(["x"])), id: "E2")
    let text = "label,score,a,note\n1,0.9,50,\n0,0.1,50,\n"
    func said(_ row: String, _ rules: ExclusionRule...) -> String {
      complaint(
        text + row + "\n", .simple(attributes: [Self.age]).with { $0.exclusions = rules })
    }
    let refused =
      "cases.csv:4:3: a is \"old\", expected a number (column \"a\"): if it means \"no value\", add it to missing"
    #expect(said("0,0.2,old,", minor, phantom) == refused)
    #expect(said("0,0.2,old,x", minor, phantom) == refused, "is it left out by the one rule or the other?")
    #expect(said("0,0.2,old,x", phantom, minor) == "(accepted)")
    #expect(said("0,ERR,17,x", minor) == "(accepted)", "what a rule leaves out is not looked at")
    let unknown = rule(.init(attribute: "age", test: .missing(true)))
    #expect(said("0,0.2,old,", unknown, minor) == refused, "it is not missing")
  }

  @Test func theDatesOfAnAgeAreRefusedOnce() {
    let born = AttributeDefinition(
      name: "age", column: "b", levels: .bands([45]), birthDate: DateColumn(column: "b"))
    let definition = definition(
      born, rule(.init(attribute: "age", test: .below(18))),
      rule(.init(column: "note", test: .isOneOf(["x"])), id: "F")
    ).with { $0.date = DateColumn(column: "d") }
    let text = "label,score,b,d,note\n1,0.9,1950-01-01,2025-01-01,\n0,0.1,1950-01-01,2025-01-01,\n"
    for note in ["", "x"] {
      let date = complaint(text + "0,1,2010-01-01,someday,\(note)\n", definition)
      #expect(date.hasPrefix("cases.csv:4:4: d is \"someday\"") && !date.contains("\n"), "\(date)")
      let birth = complaint(text + "0,1,2026-01-01,2025-01-01,\(note)\n", definition)
      #expect(birth == "cases.csv:4:3: the date of birth is after the date of the case (column \"b\")")
    }
  }
}
