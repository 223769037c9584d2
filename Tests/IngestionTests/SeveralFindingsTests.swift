import Ingestion
import Testing
import Validation

/// One reading, several truths.
struct SeveralFindingsTests {
  private static func definition(_ findings: [FindingDefinition]) -> CohortDefinition {
    var definition = CohortDefinition(
      cases: ["cases.csv"], patientColumn: "patient", reference: findings[0].reference, models: [],
      attributes: [.init(name: "sex", column: "sex")])
    definition.findings = findings
    return definition
  }

  private static func finding(_ id: String, _ reference: ReferenceColumn) -> FindingDefinition {
    FindingDefinition(
      id: id, reference: reference,
      models: [
        .init(
          name: "M", score: "score_\(id)", operatingPoints: [.init(name: "high", threshold: 0.5)],
          indeterminate: ["FAILED"])
      ])
  }

  /// B lacks the truth of the second row, and its model failed in the third.
  private static let wide = """
    patient,sex,A,B,score_A,score_B
    p1,F,1,0,0.9,0.1
    p2,M,0,,0.2,0.7
    p3,F,0,1,0.3,FAILED

    """

  @Test func missingTruthAndFailuresBelongToTheFinding() throws {
    let definition = Self.definition(
      ["A", "B"].map { Self.finding($0, .init(column: $0, positive: ["1"], negative: ["0"])) })
    let cohorts = try read(Self.wide.utf8, definition).cohorts
    #expect(cohorts.map(\.isPositive) == [[1, 0, 0], [0, 1]])
    #expect(cohorts.map(\.flow.noReference) == [0, 1])
    #expect(cohorts.map { $0.models[0].scores } == [[0.9, 0.2, 0.3], [0.1, 0]])
    #expect(cohorts.map { $0.models[0].failed } == [[], [0, 1]])
    #expect(cohorts.map(\.patients) == [[0, 1, 2], [0, 1]])
    #expect(cohorts.map { $0.attributes[0].codes } == [[0, 1, 0], [0, 0]])
    #expect(cohorts[1].flow.unverified[0].flagged == 1)
  }

  @Test func labelsBetweenSeparators() throws {
    let table = """
      patient,sex,Labels,score_Mass,score_Effusion
      p1,F,Effusion|Mass,0.9,0.9
      p2,M,No Finding,0.1,0.2
      p3,F,Effusion,0.2,0.8
      p4,F,,0.2,0.8

      """
    let definition = Self.definition(
      ["Mass", "Effusion"].map {
        Self.finding($0, .init(column: "Labels", positive: [$0], separator: "|"))
      })
    let cohorts = try read(table.utf8, definition).cohorts
    #expect(cohorts.map(\.isPositive) == [[1, 0, 0], [1, 0, 1]])
    #expect(cohorts.map(\.flow.noReference) == [1, 1])
  }

  @Test func aFindingThatNobodyHasIsNamed() {
    let definition = Self.definition([
      Self.finding("A", .init(column: "A", positive: ["1"], negative: ["0"])),
      Self.finding("B", .init(column: "B", positive: ["2"], negative: ["0", "1"])),
    ])
    #expect(
      complaint(Self.wide.utf8, definition)?.description
        == "cases.csv: no case is positive by the reference standard of B (column \"B\"): check reference.positive"
    )
  }
}
