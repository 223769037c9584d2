import Statistics
import Validation

/// A study that the engine really computes, on a cohort with a planted gap.
enum SimulatedStudy {
  private static let names = ["sex", "ethnicity", "site"]

  private static func cases(patients: Int) -> [SimulatedCohort.Case] {
    let levels = { (levels: [(String, Double)]) in
      SimulatedAttribute.Values.levels(levels.map { SimulatedLevel(name: $0.0, share: $0.1) })
    }
    return SimulatedCohort(
      SimulationSpec(
        id: "simulated", seed: 7, patients: patients,
        attributes: [
          SimulatedAttribute(name: "sex", values: levels([("Female", 0.5), ("Male", 0.5)]), missing: 0.02),
          SimulatedAttribute(
            name: "ethnicity",
            values: levels([("White", 0.6), ("Black", 0.2), ("Asian", 0.18), ("Other", 0.02)]), missing: 0.05),
          SimulatedAttribute(
            name: "site", values: levels([("Northgate", 0.4), ("St Mary", 0.35), ("Riverside", 0.25)])),
        ], prevalence: 0.2, separation: 2.6, failureRate: 0.01,
        effects: [
          SimulatedEffect(
            when: [.level(attribute: "sex", is: "Female"), .level(attribute: "ethnicity", is: "Black")],
            separation: 1.2),
          SimulatedEffect(when: [.level(attribute: "site", is: "Riverside")], logitShift: 0.8),
        ])
    ).cases
  }

  static func cohort(patients: Int) throws -> Cohort { cohort(cases(patients: patients), names) }

  static func study(
    patients: Int = 2500, weights: Bool = false, _ change: (inout AnalysisPlan) -> Void = { _ in }
  ) throws -> Study {
    var plan = AnalysisPlan(
      id: "simulated", title: "Simulated triage study with a planted gap",
      cohort: CohortDefinition(
        cases: ["cases.csv"], patientColumn: "patient",
        reference: ReferenceColumn(column: "label", positive: ["1"]),
        models: [
          ModelDefinition(
            name: "TriageNet", score: "score",
            operatingPoints: [OperatingPoint(name: "default", threshold: 0.2)],
            isProbability: true)
        ], attributes: names.map { AttributeDefinition(name: $0, column: $0) }),
      subgroups: names.map { [$0] } + [["sex", "ethnicity"]], prevalences: [0.02])
    plan.criteria = [
      Criterion(id: "C1", metric: "auc", scope: .overall, evidence: .lowerBound(atLeast: 0.85)),
      Criterion(
        id: "C2", metric: "sensitivity", scope: .everySubgroup(of: nil), evidence: .lowerBound(atLeast: 0.75)),
      Criterion(
        id: "C3", metric: "specificity", scope: .gap(across: "sex"), evidence: .interval(within: 0.05)),
    ]
    if weights { plan.cohort.weightColumn = "w" }
    change(&plan)
    return try Study(
      of: cohort(cases(patients: patients), names, weights: weights), following: plan)
  }

  private static func cohort(_ cases: [SimulatedCohort.Case], _ names: [String], weights: Bool = false)
    -> Cohort
  {
    let scores = cases.map { $0.score ?? 0 }
    let failed = cases.map { $0.score == nil ? UInt8(1) : 0 }
    let outputs = ModelOutputs(
      name: "TriageNet", count: cases.count, scores: scores, failed: failed,
      flagged: zip(scores, failed).map { $1 == 0 && $0 >= 0.2 ? 1 : 0 })
    let attributes = names.enumerated().map { index, name in
      let levels = Set(cases.compactMap { $0.attributes[index] }).sorted()
      return Attribute(
        name: name, levels: levels,
        codes: cases.map { item in
          item.attributes[index].flatMap { levels.firstIndex(of: $0) }.map(UInt16.init) ?? Attribute.unknown
        })
    }
    return Cohort(
      isPositive: cases.map { $0.isPositive ? 1 : 0 }, patients: cases.map { UInt32($0.patient) },
      patientCount: (cases.map(\.patient).max() ?? -1) + 1,
      weights: weights ? cases.map { $0.isPositive ? 1 : 4 } : nil, models: [outputs], attributes: attributes,
      months: cases.map { Int32($0.month) }, flow: Flow(read: cases.count, analysed: cases.count))
  }
}
