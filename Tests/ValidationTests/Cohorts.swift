import Statistics
import Validation

/// A cohort from loose arrays.
func cohort(
  scores: [Double], isPositive: [Bool], patients: [UInt32]? = nil, failed: [Bool] = [],
  weights: [Double]? = nil,
  threshold: Double = 0.5,
  attributes: [(name: String, values: [String?])] = []
) -> Cohort {
  let outputs = ModelOutputs(
    name: "Model", count: scores.count,
    scores: zip(scores, failed + Array(repeating: false, count: scores.count)).map { $1 ? 0 : $0 },
    failed: failed.map { $0 ? 1 : 0 },
    flagged: scores.indices.map { !(failed.isEmpty ? false : failed[$0]) && scores[$0] >= threshold ? 1 : 0 })
  return Cohort(
    isPositive: isPositive.map { $0 ? 1 : 0 }, patients: patients,
    patientCount: Int((patients?.max()).map { $0 + 1 } ?? 0), weights: weights, models: [outputs],
    attributes: attributes.map { name, values in
      let levels = Array(Set(values.compactMap { $0 })).sorted()
      return Attribute(
        name: name, levels: levels,
        codes: values.map { value in
          value.flatMap { levels.firstIndex(of: $0) }.map(UInt16.init) ?? Attribute.unknown
        })
    }, flow: Flow(read: scores.count, analysed: scores.count))
}

func plan(
  attributes: [String] = [], subgroups: [[String]]? = nil, patients: Bool = false, criteria: [Criterion] = [],
  _ change: (inout AnalysisPlan) -> Void = { _ in }
) -> AnalysisPlan {
  var plan = AnalysisPlan(
    id: "test",
    cohort: CohortDefinition(
      cases: ["cases.csv"], patientColumn: patients ? "patient" : nil,
      reference: ReferenceColumn(column: "label", positive: ["1"]),
      models: [
        ModelDefinition(
          name: "Model", score: "score", operatingPoints: [OperatingPoint(name: "0.5", threshold: 0.5)],
          isProbability: true)
      ], attributes: attributes.map { AttributeDefinition(name: $0, column: $0) }),
    subgroups: subgroups ?? attributes.map { [$0] }, metrics: Metric.catalog.map(\.id), criteria: criteria)
  change(&plan)
  return plan
}

extension Study {
  func row(
    _ metric: String, _ group: Subgroup = .everyone, minus: Comparator? = nil, setting: Setting = .headline,
    outputs: Row.Outputs = .primary
  ) -> Row? {
    rows.first {
      $0.key.metric == metric && $0.key.subgroup == group && $0.key.subgroupMinus == minus
        && $0.key.setting == setting && $0.key.outputs == outputs
    }
  }
}

extension Subgroup {
  static func of(_ attribute: String, _ level: String) -> Subgroup {
    Subgroup([Term(attribute, .named(level))])
  }
}

/// Scores in (0, 1) whose latent binormal distance is `separation`, several images a patient, correlated within patients.
struct Draw {
  var scores: [Double] = []
  var isPositive: [Bool] = []
  var patients: [UInt32] = []

  init(
    positives: Int, negatives: Int, images: Int = 1, correlation: Double = 0, separation: Double = 1.5,
    seed: UInt64
  ) {
    var random = RandomStream(seed)
    for patient in 0..<(positives + negatives) {
      let positive = patient < positives
      let shared = random.normal() * correlation.squareRoot()
      for _ in 0..<images {
        let latent = (positive ? separation : 0) + shared + random.normal() * (1 - correlation).squareRoot()
        scores.append(Normal.cumulative(latent - separation / 2))
        isPositive.append(positive)
        patients.append(UInt32(patient))
      }
    }
  }
}
