import CoverageSupport
import Statistics
import Testing
import Validation

/// An enriched sample of a population whose truth is known, weighted by one over the share of each class that was taken.
@Suite struct WeightCoverageTests {
  private let population = Scenario(
    patients: 0, imagesPerPatient: 1, correlation: 0, prevalence: 0.05, auc: 0.85, sensitivity: 0.8)
  private static let replicates = 1500

  /// Of a population of `size`, each positive is taken with one probability and each negative with another.
  private func sample(of size: Int, taking positives: Double, _ negatives: Double, seed: UInt64) -> Cohort {
    var random = RandomStream(seed, 5)
    var scores: [Double] = []
    var truth: [UInt8] = []
    for _ in 0..<size {
      let isPositive = random.bernoulli(population.prevalence)
      guard random.bernoulli(isPositive ? positives : negatives) else { continue }
      scores.append((isPositive ? population.separation : 0) + random.normal())
      truth.append(isPositive ? 1 : 0)
    }
    let threshold = population.separation - Normal.quantile(population.sensitivity)
    return Cohort(
      isPositive: truth, weights: truth.map { 1 / ($0 == 1 ? positives : negatives) },
      models: [
        ModelOutputs(
          name: "Model", count: scores.count, scores: scores, flagged: scores.map { $0 >= threshold ? 1 : 0 })
      ], flow: Flow(read: scores.count, analysed: scores.count))
  }

  @Test(arguments: [(0.5, 0.025), (1, 0.1), (1, 0.4)])
  func weightedIntervalsCoverThePopulation(_ positives: Double, _ negatives: Double) throws {
    let metrics = ["sensitivity", "specificity", "ppv", "npv", "prevalence", "flag_rate", "accuracy", "auc"]
    var definition = CohortDefinition(
      cases: ["cases.csv"], reference: ReferenceColumn(column: "label", positive: ["1"]),
      models: [
        ModelDefinition(
          name: "Model", score: "score", operatingPoints: [OperatingPoint(name: "t", threshold: 0)])
      ], sampling: .enriched)
    definition.weightColumn = "weight"
    let plan = AnalysisPlan(id: "weights", cohort: definition, metrics: metrics)
    var covered: [String: Int] = [:]
    for replicate in 0..<Self.replicates {
      let study = try Study(
        of: sample(of: 6000, taking: positives, negatives, seed: UInt64(replicate)), following: plan)
      for row in study.rows {
        let interval = try #require(row.estimate?.interval, "\(row.key.metric)")
        let truth = population.truth(of: row.key.metric, prevalence: nil)
        if interval.lower <= truth && truth <= interval.upper { covered[row.key.metric, default: 0] += 1 }
      }
    }
    for metric in metrics {
      let rate = Double(covered[metric, default: 0]) / Double(Self.replicates)
      print("weighted, taking \(positives) and \(negatives): \(metric) covers \(rate)")
      #expect(rate >= 0.92 && rate <= 0.98, "\(metric)")
    }
  }
}
