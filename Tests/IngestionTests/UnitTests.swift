import Ingestion
import Testing
import Validation

@Suite("Units and exclusions beside several findings")
struct UnitTests {
  /// Three examinations of two images each; the third one's second image is left out.
  private let text = """
    exam,view,a,b,sa,sb,age
    E1,PA,1,0,0.9,0.1,30
    E1,PA,0,0,0.2,0.3,30
    E2,PA,0,1,0.4,0.8,70
    E2,PA,0,,0.1,,
    E3,PA,1,,0.7,0.2,50
    E3,LAT,0,1,0.95,0.9,50

    """

  private let definition = CohortDefinition.simple().with {
    $0.findings = ["a", "b"].map {
      FindingDefinition(
        id: $0, reference: .init(column: $0, positive: ["1"], negative: ["0"]),
        models: [
          .init(name: "M", score: "s" + $0, operatingPoints: [.init(name: "t", threshold: 0.5)])
        ])
    }
    $0.attributes = [AttributeDefinition(name: "age", column: "age", levels: .bands([60]))]
    $0.unit = UnitDefinition(columns: ["exam"])
    $0.exclusions = [
      ExclusionRule(
        id: "E", reason: "lateral view",
        conditions: [.init(column: "view", test: .isOneOf(["LAT"]))])
    ]
  }

  @Test func eachFindingHasItsOwnCases() throws {
    let cohorts = try read(text.utf8, definition).cohorts
    #expect(cohorts[0].isPositive == [1, 0, 1] && cohorts[0].models[0].scores == [0.9, 0.4, 0.7])
    // The third examination has no truth for the second finding.
    #expect(cohorts[1].isPositive == [0, 1] && cohorts[1].models[0].scores == [0.3, 0.8])
    #expect(cohorts.map(\.flow.noReference) == [0, 1])
    #expect(cohorts.map(\.attributes[0].codes) == [[0, 1, 0], [0, 1]])
    #expect(cohorts[0].attributes[0].numeric?.median == 50)
    for flow in cohorts.map(\.flow) {
      #expect(flow.read == 6 && flow.cases == 3 && flow.isCombined && flow.exclusions.map(\.rows) == [1])
      #expect(flow.exclusions[0].attributes[0].levels.map(\.rows) == [1])
    }
  }

  @Test func aUnitHasOneWeight() throws {
    let definition = definition.with { $0.weightColumn = "age" }
    #expect(
      complaint(text.replacing("0.1,30", with: "0.1,80"), definition).hasPrefix(
        "cases.csv:3:7: age is \"30\", and another value on line 2 of the same unit"))
    // The examination's second image has none; it takes that of the first.
    #expect(complaint(text, definition).hasPrefix("cases.csv:5:7: the sampling weight is missing"))
    let whole = text.replacing("0.1,,", with: "0.1,,70")
    #expect(try read(whole.utf8, definition).cohorts.map(\.weights) == [[30, 70, 50], [30, 70]])
  }

  @Test func unitsAgreeOrAreRefused() throws {
    let differing = text.replacing("0.1,30", with: "0.1,80")
    #expect(
      complaint(differing, definition).hasPrefix(
        "cases.csv:3:7: age is \"30\", and another value on line 2 of the same unit"))
    #expect(
      complaint(text.replacing("E2,PA,0,1", with: ",PA,0,1"), definition).contains(
        "what names the unit is missing"))
  }
}
