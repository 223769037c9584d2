import Ingestion
import Testing
import Validation

@Suite("Sampling weights")
struct WeightTests {
  private let definition = CohortDefinition.simple().with { $0.weightColumn = "w" }

  @Test func areReadWithTheirCases() throws {
    let cohort = try read("label,score,w\n1,0.9,1\n,0.5,7\n0,0.1,2.5e1\n", definition)
    #expect(cohort.weights == [1, 25], "without the case that has no reference standard")
    #expect(try read("label,score\n1,0.9\n0,0.1\n").weights == nil)
  }

  @Test(arguments: [
    ("", "3:3: the sampling weight is missing (column \"w\"): every case needs one"),
    ("NA", "3:3: the sampling weight is missing (column \"w\")"),
    ("0", "3:3: w is \"0\", expected a sampling weight, a number above 0 (from 1e-9 to 1e9) (column \"w\")"),
    (
      "-1", "3:3: w is \"-1\", expected a sampling weight, a number above 0 (from 1e-9 to 1e9) (column \"w\")"
    ),
    ("x", "3:3: w is \"x\", expected a sampling weight, a number above 0 (from 1e-9 to 1e9) (column \"w\")"),
    (
      "nan",
      "3:3: w is \"nan\", expected a sampling weight, a number above 0 (from 1e-9 to 1e9) (column \"w\")"
    ),
    (
      "inf",
      "3:3: w is \"inf\", expected a sampling weight, a number above 0 (from 1e-9 to 1e9) (column \"w\")"
    ),
    (
      "1e-10",
      "3:3: w is \"1e-10\", expected a sampling weight, a number above 0 (from 1e-9 to 1e9) (column \"w\")"
    ),
    (
      "20%",
      "3:3: w is \"20%\", expected a sampling weight, a number above 0 (from 1e-9 to 1e9) (column \"w\")"
    ),
    ("\"2,5\"", "3:3: w is \"2,5\", expected a number (column \"w\"): put format: {decimal: \",\"}"),
  ])
  func areNumbersAboveZero(_ cell: String, _ says: String) throws {
    let said = complaint("label,score,w\n1,0.9,1\n0,0.1,\(cell)\n", definition)
    #expect(said.hasPrefix("cases.csv:" + says), "\(said)")
  }

  @Test func whatARuleLeavesOutNeedsNone() throws {
    let definition = definition.with {
      $0.exclusions = [
        ExclusionRule(
          id: "E", reason: "not sampled", conditions: [.init(column: "w", test: .missing(true))])
      ]
    }
    #expect(try read("label,score,w\n1,0.9,1\n0,0.1,\n0,0.2,3\n", definition).weights == [1, 3])
  }
}
