package import Validation

extension CohortDefinition {
  /// Of a table with a bit of everything, for fuzzers that are about something else.
  package static let plainTable = CohortDefinition(
    cases: [], caseColumn: "i", patientColumn: "p", date: .init(column: "d"),
    reference: .init(column: "l", positive: ["1"], equivocal: ["?"]),
    models: [
      .init(
        name: "A", score: "s", decision: .init(column: "c", positive: ["y"]),
        operatingPoints: [.init(name: "t", threshold: 0.5)], isProbability: true, indeterminate: ["F", "-9"]),
      .init(name: "B", score: "s", direction: .higherMeansNegative),
    ],
    attributes: [
      .init(name: "g", column: "g"), .init(name: "a", column: "a", levels: .bands([18, 45])),
      .init(name: "x", column: "g", levels: .named([.init(name: "X", values: ["x", "1"])])),
    ])
}
