import CoverageSupport
import Statistics
import Testing
import Validation

/// An enriched sample of a population whose truth is known, weighted by one over the share of each class that was taken.
@Suite struct WeightCoverageTests {
  private let population = Scenario(
    patients: 0, imagesPerPatient: 1, correlation: 0, prevalence: 0.05, auc: 0.85, sensitivity: 0.8)
  private static let replicates = 1500

  /// Of a population of `size`, each positive is taken with one probability and each negative with another, times a share
  /// that a die gives each case.
  private func sample(
    of size: Int, taking positives: Double, _ negatives: Double, times shares: [Double], seed: UInt64
  ) -> Cohort {
    var random = RandomStream(seed, 5)
    var scores: [Double] = []
    var truth: [UInt8] = []
    var weights: [Double] = []
    for _ in 0..<size {
      let isPositive = random.bernoulli(population.prevalence)
      let share = shares.count == 1 ? shares[0] : shares[Int(random.uniform() * Double(shares.count))]
      let probability = (isPositive ? positives : negatives) * share
      guard random.bernoulli(probability) else { continue }
      weights.append(1 / probability)
      scores.append((isPositive ? population.separation : 0) + random.normal())
      truth.append(isPositive ? 1 : 0)
    }
    let threshold = population.separation - Normal.quantile(population.sensitivity)
    return Cohort(
      isPositive: truth, weights: weights,
      models: [
        ModelOutputs(
          name: "Model", count: scores.count, scores: scores, flagged: scores.map { $0 >= threshold ? 1 : 0 })
      ], flow: Flow(read: scores.count, analysed: scores.count))
  }

  @Test(arguments: [(0.5, 0.025), (1, 0.1), (1, 0.4)])
  func weightedIntervalsCoverThePopulation(_ positives: Double, _ negatives: Double) throws {
    try measure(positives, negatives, times: [1], within: 0.92...0.98)
  }

  /// Weights that differ within a class too: Kish's effective size makes intervals wide rather than narrow (the prevalence
  /// covers 99.7 %). Of the negative predictive value nearly all intervals are marked for few events.
  @Test(arguments: [[1, 0.5, 0.2, 0.05], [1, 0.1]])
  func unevenWeightsDoNotClaimTooMuch(_ shares: [Double]) throws {
    try measure(1, 0.3, times: shares, within: 0.92...1)
  }

  private func measure(
    _ positives: Double, _ negatives: Double, times shares: [Double], within range: ClosedRange<Double>
  ) throws {
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
    var given: [String: Int] = [:]
    for replicate in 0..<Self.replicates {
      let study = try Study(
        of: sample(of: 6000, taking: positives, negatives, times: shares, seed: UInt64(replicate)),
        following: plan)
      for row in study.rows {
        let estimate = try #require(row.estimate, "\(row.key.metric)")
        guard let interval = estimate.interval, !estimate.hasFewEvents else { continue }
        given[row.key.metric, default: 0] += 1
        let truth = population.truth(of: row.key.metric, prevalence: nil)
        if interval.lower <= truth && truth <= interval.upper { covered[row.key.metric, default: 0] += 1 }
      }
    }
    for metric in metrics {
      let rate = Double(covered[metric, default: 0]) / Double(given[metric, default: 0])
      print(
        "weighted, taking \(positives) and \(negatives): \(metric) covers \(rate) of \(given[metric, default: 0])"
      )
      guard given[metric, default: 0] > Self.replicates / 2 else {
        #expect(metric == "npv" && shares.count > 1)
        continue
      }
      #expect(range.contains(rate), "\(metric)")
    }
  }
}
