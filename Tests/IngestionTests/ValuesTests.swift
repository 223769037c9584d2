import Ingestion
import Testing
import Validation

@Suite("What values mean")
struct ValuesTests {
  @Test func numbersAndTruthMatchByMeaning() throws {
    let cohort = try read("label,score\n1.0,0.5\n0,0.5\n01,0.5\n0.00,0.5\n")
    #expect(cohort.isPositive == [1, 0, 1, 0])
    let truth = CohortDefinition.simple().with {
      $0.reference = .init(column: "label", positive: ["true"], negative: ["FALSE"])
    }
    #expect(try read("label,score\nTRUE,0.5\nFalse,0.5\n", truth).isPositive == [1, 0])
  }

  @Test func theOneOtherValueIsNegative() throws {
    let open = CohortDefinition.simple().with { $0.reference = .init(column: "label", positive: ["yes"]) }
    let cohort = try read("label,score\nyes,0.5\nno,0.5\n,0.5\nno,1\n", open)
    #expect(cohort.isPositive == [1, 0, 0])
    #expect(
      complaint("label,score\nyes,0.5\nno,0.5\nmaybe,0.5\n", open)
        == "cases.csv:4:1: label is \"maybe\", expected one of \"yes\" (positive), \"no\" (taken for negative, being the one other value so far) (column \"label\"): declare it in cohort.reference as what it means, positive: […], negative: […] or equivocal: {values: […]}; declare negative: […] for the others too"
    )
  }

  @Test func flowAddsUp() throws {
    let definition = CohortDefinition.simple(attributes: [.init(name: "site", column: "site")]).with {
      $0.reference.equivocal = ["-1"]
      $0.models[0].indeterminate = ["FAILED", "-9"]
    }
    let cohort = try read(
      "label,score,site\n1,0.9,A\n,0.9,B\n-1,0.1,C\n0,FAILED,A\nNA,-9.0,A\n0,,\n1,0.2,A\n-1.0,0.5,A\n",
      definition)
    #expect(
      cohort.flow
        == Flow(
          read: 8, noReference: 2, equivocal: 2, analysed: 4,
          unverified: [.init(model: "A", flagged: 2, unflagged: 1, failed: 1)]))
    #expect(cohort.isPositive == [1, 0, 0, 1])
    #expect(cohort.models[0].scores == [0.9, 0, 0, 0.2])
    #expect(cohort.models[0].failed == [0, 1, 1, 0])
    #expect(cohort.models[0].flagged == [1, 0, 0, 0])
    // A level is there even if none of its cases has a reference.
    #expect(cohort.attributes[0].levels == ["A", "B", "C"])
    #expect(cohort.attributes[0].codes == [0, 0, Attribute.unknown, 0])
  }

  @Test func scoresWhereHigherMeansNegative() throws {
    let definition = CohortDefinition.simple().with {
      $0.models[0].direction = .higherMeansNegative
      $0.models[0].operatingPoints = [.init(name: "a", threshold: 0.8), .init(name: "b", threshold: 0.5)]
    }
    let cohort = try read("label,score\n1,0.8\n0,0.81\n1,0.5\n0,0\n", definition)
    #expect(cohort.models[0].scores == [-0.8, -0.81, -0.5, 0])
    #expect(cohort.models[0].scores?[3].sign == .plus)
    #expect(cohort.models[0].flagged == [1, 0, 3, 3])
  }

  @Test func deliveredDecisionsAreJudged() throws {
    let definition = CohortDefinition.simple().with {
      $0.models[0].decision = .init(column: "call", positive: ["recall"])
      $0.models[0].operatingPoints = [.init(name: "a", threshold: 0.5), .init(name: "b", threshold: 0.9)]
    }
    let cohort = try read(
      "label,score,call\n1,0.9,recall\n0,0.9,ok\n1,0.1,recall\n0,0.1,ok\n1,0.9,\n0,NA,ok\n,0.9,ok\n",
      definition)
    #expect(cohort.models[0].flagged == [1, 0, 1, 0, 0, 0])
    #expect(cohort.models[0].failed == [0, 0, 0, 0, 1, 1])
    #expect(cohort.models[0].scores == [0.9, 0.9, 0.1, 0.1, 0, 0])
    #expect(cohort.models[0].disagreements == 2)
    #expect(cohort.flow.unverified == [.init(model: "A", flagged: 0, unflagged: 1, failed: 0)])
    let only = definition.with { $0.models[0].score = nil }
    let reader = try read("label,call\n1,recall\n0,ok\n", only)
    #expect(
      reader.models[0].scores == nil && reader.models[0].flagged == [1, 0]
        && reader.models[0].disagreements == nil)
    #expect(
      complaint("label,call\n1,recall\n0,ok\n0,huh\n", only).contains("4:2: call is \"huh\", expected one of")
    )
  }

  @Test func bandsHaveTheContractsNames() {
    #expect(Bands(edges: [18, 45, 65, 75]).names == ["<18", "18–44", "45–64", "65–74", "75+"])
    #expect(Bands(edges: [0.5, 1.5]).names == ["<0.5", "0.5–<1.5", "1.5+"])
    #expect(Bands(edges: [1, 2, 4]).names == ["<1", "1", "2–3", "4+"])
    #expect([17.999, 18, 44.9, 45, 75, 200].map(Bands(edges: [18, 45, 65, 75]).band) == [0, 1, 1, 2, 4, 4])
  }

  @Test func bandedAttributesHaveQuartiles() throws {
    let definition = CohortDefinition.simple(attributes: [
      .init(name: "age", column: "age", levels: .bands([18, 45]))
    ])
    let cohort = try read("label,score,age\n1,0,10\n0,0,18\n1,0,44.5\n0,0,45\n0,0,NA\n,0,99\n", definition)
    #expect(cohort.attributes[0].levels == ["<18", "18–44", "45+"])
    #expect(cohort.attributes[0].codes == [0, 1, 1, 2, Attribute.unknown])
    // R: quantile(c(10, 18, 44.5, 45), type = 7)
    #expect(
      cohort.attributes[0].numeric
        == NumericSummary(minimum: 10, lowerQuartile: 16, median: 31.25, upperQuartile: 44.625, maximum: 45))
  }

  @Test func agesInDICOMsFormAndTopCodedAreRead() throws {
    let definition = CohortDefinition.simple(attributes: [
      .init(name: "age", column: "age", levels: .bands([1, 18, 45, 90]))
    ])
    let cohort = try read(
      "label,score,age\n1,0,045Y\n0,0,90+\n1,0,018M\n0,0,051W\n0,0,300D\n0,0,89\n", definition)
    #expect(cohort.attributes[0].codes == [3, 4, 1, 0, 0, 3])
    #expect(cohort.attributes[0].numeric?.maximum == 90)
    #expect(cohort.attributes[0].numeric?.minimum == 300 / 365.25)
  }

  @Test func namedLevels() throws {
    let levels: [NamedLevel] = [
      .init(name: "Female", values: ["F", "2"]), .init(name: "None", values: ["None"]),
    ]
    let definition = CohortDefinition.simple(attributes: [
      .init(name: "sex", column: "sex", levels: .named(levels))
    ])
    let cohort = try read("label,score,sex\n1,0,2.0\n0,0,F\n0,0,None\n0,0,NULL\n", definition)
    #expect(cohort.attributes[0].levels == ["Female", "None"])
    #expect(cohort.attributes[0].codes == [0, 0, 1, Attribute.unknown])
  }

  @Test func datesBecomeMonths() throws {
    let definition = CohortDefinition.simple().with { $0.date = .init(column: "date") }
    let cohort = try read(
      "label,score,date\n1,0,2024-02-29\n0,0,20240131\n0,0,2024-12-31T23:59:59.5Z\n0,0,2024-12-01 07:00\n0,0,\n",
      definition)
    #expect(cohort.months == [24289, 24288, 24299, 24299, .min])
    for text in [
      "2024-1-1", "2024/01/01", "20241301", "2024-00-10", "2024-01-01x", "2024-01-01Tx", "yesterday",
      "1.2.3.4",
    ] {
      #expect(throws: CalendarDate.Problem.self) { try CalendarDate.month(of: text) }
    }
  }

  @Test func patientsAreNumberedByFirstAppearance() throws {
    let definition = CohortDefinition.simple().with { $0.patientColumn = "patient" }
    let all = try read("label,score,patient\n1,0,z\n0,0,a\n0,0,z\n0,0, a \n", definition)
    #expect(all.patients == [0, 1, 0, 1] && all.patientCount == 2)
    let some = try read("label,score,patient\n,0,q\n1,0,z\n0,0,a\n,0,b\n0,0,z\n", definition)
    #expect(some.patients == [0, 1, 0] && some.patientCount == 2)
  }

  @Test func missingTokensAreExact() throws {
    let definition = CohortDefinition.simple().with { $0.missing = ["999", "n/a"] }
    let cohort = try read("label,score\n1,999\n0,999.0\n0,n/a\n0,0.5\n", definition)
    #expect(cohort.models[0].failed == [1, 0, 1, 0])
    #expect(complaint("label,score\n1,0\n0,N/A\n", definition).contains("expected a number"))
  }

  @Test func oneColumnInSeveralRoles() throws {
    let definition = CohortDefinition.simple(attributes: [.init(name: "truth", column: "label")]).with {
      $0.models.append(.init(name: "B", score: "score", isProbability: true))
    }
    let cohort = try read("label,score\n1,0.25\n0,0.5\n", definition)
    #expect(cohort.models.map(\.scores) == [[0.25, 0.5], [0.25, 0.5]])
    #expect(cohort.models[1].flagged.isEmpty)
    #expect(cohort.attributes[0].codes == [1, 0])
  }
}
