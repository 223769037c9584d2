import Statistics
import Testing
import Validation

/// FDA, January 2025 draft guidance, appendix F: 4,200 of 5,000 positives flagged, 16,600 of 20,000 negatives not.
@Suite struct PrintedExamplesTests {
  private let study: Study

  init() throws {
    let counts = [(true, 0.9, 4200), (true, 0.1, 800), (false, 0.9, 3400), (false, 0.1, 16600)]
    let cases = counts.flatMap { positive, score, count in
      (0..<count).map { _ in (positive, score) }
    }
    study = try Study(
      of: cohort(scores: cases.map(\.1), isPositive: cases.map(\.0)), following: plan())
  }

  /// As printed, at the printed digits; the draft prints 82.9 for the lower limit of sensitivity, which is 83.0.
  @Test(arguments: [
    ("sensitivity", 0.84, 0.830, 0.850, 1000.0), ("specificity", 0.83, 0.825, 0.835, 1000),
    ("ppv", 0.553, 0.541, 0.564, 1000), ("npv", 0.954, 0.951, 0.957, 1000),
    ("prevalence", 0.2, 0.195, 0.205, 1000),
    ("lr_positive", 4.94, 4.78, 5.11, 100), ("lr_negative", 0.193, 0.181, 0.205, 1000),
  ])
  func appendixF(_ metric: String, _ value: Double, _ lower: Double, _ upper: Double, _ digits: Double) throws
  {
    let estimate = try #require(study.row(metric)?.estimate)
    let interval = try #require(estimate.interval)
    func printed(_ number: Double) -> Double { (number * digits).rounded() / digits }
    #expect(printed(estimate.value) == value)
    #expect(printed(interval.lower) == lower)
    #expect(printed(interval.upper) == upper)
  }

  /// Printed without an interval.
  @Test func numberNeededToPredict() throws {
    let estimate = try #require(study.row("number_needed_to_predict")?.estimate)
    #expect((estimate.value * 100).rounded() / 100 == 1.97)
    #expect(try #require(estimate.interval).contains(estimate.value))
  }

  /// At the study's own prevalence the stated-prevalence formula gives the study's own predictive value.
  @Test func aStatedPrevalenceAgreesWithTheTable() throws {
    let counts = [(true, 0.9, 42), (true, 0.1, 8), (false, 0.9, 34), (false, 0.1, 166)]
    let cases = counts.flatMap { positive, score, count in (0..<count).map { _ in (positive, score) } }
    let study = try Study(
      of: cohort(scores: cases.map(\.1), isPositive: cases.map(\.0)),
      following: plan { $0.prevalences = [0.2] })
    for metric in ["ppv", "npv", "number_needed_to_predict"] {
      let own = try #require(study.row(metric)?.estimate?.value)
      let stated = try #require(study.row(metric, setting: Setting(prevalence: 0.2))?.estimate?.value)
      #expect(abs(own - stated) < 1e-12)
    }
  }

  /// Where a flag hardly adds to the chance of the condition the interval says that it may not hold (docs/coverage.md).
  @Test(arguments: [(30, 22, true), (45, 10, false)])
  func aFaintGainIsMarked(_ hits: Int, _ alarms: Int, _ isMarked: Bool) throws {
    let counts = [(true, 0.9, hits), (true, 0.1, 50 - hits), (false, 0.9, alarms), (false, 0.1, 50 - alarms)]
    let cases = counts.flatMap { positive, score, count in (0..<count).map { _ in (positive, score) } }
    let study = try Study(
      of: cohort(scores: cases.map(\.1), isPositive: cases.map(\.0)),
      following: plan { $0.metrics = ["number_needed_to_predict"] })
    let estimate = try #require(study.row("number_needed_to_predict")?.estimate)
    #expect(estimate.hasFewEvents == isMarked && estimate.interval != nil)
  }
}
