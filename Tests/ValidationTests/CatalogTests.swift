import Statistics
import TestSupport
import Testing
import Validation

/// What every metric of the catalogue must keep; a new one fails here until it has its golden.
@Suite struct CatalogTests {
  @Test func everyMetricHasAGolden() throws {
    let golden = try Golden.values("catalog")
    let study = try Study(
      of: cohort(scores: golden["score"].numbers, isPositive: golden["label"].numbers.map { $0 == 1 }),
      following: plan())
    for metric in Metric.catalog {
      let value = try #require(study.row(metric.id)?.estimate?.value, "\(metric.id)")
      #expect(agrees(value, golden["values"][metric.id].number, within: 1e-9), "\(metric.id)")
    }
    #expect(golden["values"].keys.count == Metric.catalog.count)
  }

  @Test func everyMetricIsDescribed() {
    #expect(Set(Metric.catalog.map(\.id)).count == Metric.catalog.count)
    for metric in Metric.catalog {
      for text in [metric.name, metric.definition, metric.formula, metric.intervalText, metric.assumptions] {
        #expect(!text.isEmpty, "\(metric.id)")
      }
      #expect(metric.reference.contains("doi:10."), "\(metric.id)")
    }
  }

  /// Samples with nothing in them, one case, one class, one score, perfect and reversed ranks: a number or a reason.
  @Test(
    arguments: [
      ([0.9], [true]), ([0.1], [false]), ([0.2, 0.8], [true, true]), ([0.2, 0.8], [false, false]),
      ([0.5, 0.5, 0.5], [true, false, true]), ([0.1, 0.9], [false, true]), ([0.9, 0.1], [false, true]),
      ([0, 1, 0.5], [false, true, true]), ([0, 1, 0.5], [true, false, false]),
    ] as [([Double], [Bool])])
  func degenerateSamplesGiveANumberOrAReason(_ scores: [Double], _ truth: [Bool]) throws {
    for patients in [nil, scores.map { _ in UInt32(0) }, scores.indices.map(UInt32.init)] {
      let study = try Study(
        of: cohort(
          scores: scores, isPositive: truth, patients: patients,
          attributes: [("group", truth.indices.map { $0 == 0 ? "first" : "rest" })]),
        following: plan(attributes: ["group"], patients: patients != nil))
      for row in study.rows {
        guard let estimate = row.estimate else { continue }
        #expect(estimate.value.isFinite, "\(row.key)")
        guard let interval = estimate.interval else { continue }
        #expect(
          !interval.lower.isNaN && !interval.upper.isNaN && interval.contains(estimate.value), "\(row.key)")
      }
    }
  }

  /// Twice the same evidence keeps every value that is a mean, and narrows the interval.
  @Test func doublingTheCasesKeepsTheValue() throws {
    let draw = Draw(positives: 40, negatives: 80, seed: 51)
    let once = try Study(of: cohort(scores: draw.scores, isPositive: draw.isPositive), following: plan())
    let twice = try Study(
      of: cohort(scores: draw.scores + draw.scores, isPositive: draw.isPositive + draw.isPositive),
      following: plan())
    // Knots between two cases move when each is there twice.
    let others = Metric.testedAgainstCalibration.union(["ici", "e50", "e90", "emax"])
    for metric in Metric.catalog where !others.contains(metric.id) {
      let (a, b) = (once.row(metric.id)?.estimate, twice.row(metric.id)?.estimate)
      #expect(agrees(try #require(a).value, try #require(b).value, within: 1e-9), "\(metric.id)")
      guard metric.id != "failure_rate", let wide = a?.interval, let narrow = b?.interval else { continue }
      #expect(narrow.upper - narrow.lower < wide.upper - wide.lower, "\(metric.id)")
    }
  }
}
