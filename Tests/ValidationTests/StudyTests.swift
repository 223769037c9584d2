import Statistics
import Testing
import Validation

@Suite struct StudyTests {
  private let recipe = SimulationSpec(
    id: "test", seed: 3, patients: 800, imagesPerPatient: 2, intraclassCorrelation: 0.4,
    attributes: [
      SimulatedAttribute(
        name: "sex",
        values: .levels([SimulatedLevel(name: "F", share: 0.5), SimulatedLevel(name: "M", share: 0.5)]),
        missing: 0.05)
    ], prevalence: 0.3, separation: 1.6, failureRate: 0.03)

  private func drawn() -> Cohort {
    let cases = SimulatedCohort(recipe).cases
    return cohort(
      scores: cases.map { $0.score ?? 0 }, isPositive: cases.map(\.isPositive),
      patients: cases.map { UInt32($0.patient) }, failed: cases.map { $0.score == nil },
      attributes: [("sex", cases.map { $0.attributes[0] })])
  }

  /// Workers that run in reverse and in two lanes give what one gives.
  @Test func workersChangeNothing() throws {
    let backwards = Workers(count: 2) { pieces, body in for piece in (0..<pieces).reversed() { body(piece) } }
    let plan = plan(attributes: ["sex"], patients: true)
    let one = try Study(of: drawn(), following: plan)
    let two = try Study(of: drawn(), following: plan, using: backwards)
    #expect(one.rows == two.rows)
    #expect(one.judgements == two.judgements)
    #expect(one.curves == two.curves)
    #expect(one.distributions == two.distributions)
  }

  @Test func everyNumberIsFinite() throws {
    let study = try Study(of: drawn(), following: plan(attributes: ["sex"], patients: true))
    for row in study.rows {
      guard let estimate = row.estimate else { continue }
      #expect(estimate.value.isFinite)
      if let interval = estimate.interval {
        #expect(!interval.lower.isNaN && !interval.upper.isNaN, "\(row.key)")
        #expect(interval.contains(estimate.value), "\(row.key)")
      }
      if let p = row.test?.p { #expect((0...1).contains(p)) }
    }
  }

  /// The order of the cases is no part of the evidence.
  @Test func shufflingTheCasesChangesNothing() throws {
    let draw = Draw(positives: 40, negatives: 80, seed: 12)
    var random = RandomStream(31)
    let order = draw.scores.indices.map { ($0, random.next()) }.sorted { $0.1 < $1.1 }.map(\.0)
    let plan = plan()
    let one = try Study(of: cohort(scores: draw.scores, isPositive: draw.isPositive), following: plan)
    let two = try Study(
      of: cohort(scores: order.map { draw.scores[$0] }, isPositive: order.map { draw.isPositive[$0] }),
      following: plan)
    for (a, b) in zip(one.rows, two.rows) {
      #expect(a.key == b.key)
      guard let x = a.estimate, let y = b.estimate else { continue }
      #expect(abs(x.value - y.value) <= 1e-12 * max(1, abs(x.value)), "\(a.key.metric)")
    }
  }

  @Test func theSimulatedTruthIsWhatWasPlanted() {
    let cohort = SimulatedCohort(recipe)
    #expect(cohort.cases.count == 1600)
    let positives = cohort.cases.filter(\.isPositive)
    #expect(abs(Double(positives.count) / 1600 - 0.3) < 0.05)
    let failed = cohort.cases.filter { $0.score == nil }.count
    #expect(abs(Double(failed) / 1600 - 0.03) < 0.015)
    let rates = recipe.rates(recipe.base, threshold: 0.3)
    let flagged = positives.filter { ($0.score ?? 0) >= 0.3 && $0.score != nil }.count
    let scored = positives.filter { $0.score != nil }.count
    #expect(abs(Double(flagged) / Double(scored) - rates.sensitivity) < 0.07)
    #expect(SimulatedCohort(recipe).cases == cohort.cases)
  }
}
