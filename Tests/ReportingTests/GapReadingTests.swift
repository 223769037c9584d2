import Statistics
import Testing
import Validation

@Suite struct GapReadingTests {
  private func row(
    _ lower: Double, _ upper: Double, pAdjusted: Double? = 0.01, isAssessable: Bool = true,
    metric: String = "sensitivity"
  )
    -> Row
  {
    Row(
      key: Row.Key(model: "m", subgroup: .everyone, subgroupMinus: .complement, metric: metric),
      result: .estimated(
        Estimate(
          value: (lower + upper) / 2, interval: Interval(lower: lower, upper: upper, level: 0.95),
          method: "newcombe")),
      support: Support(cases: 100, positives: 50, negatives: 50),
      test: pAdjusted.map { Row.Test(p: $0 / 2, pAdjusted: $0, family: "f") }, isAssessable: isAssessable)
  }

  private func words(_ row: Row, margin: Double? = nil) -> String {
    GapReading(of: row, margin: margin, confidence: 0.95).words(in: .percentage)
  }

  @Test func readsWithoutAMargin() {
    #expect(words(row(-0.09, -0.01)) == "difference shown")
    #expect(words(row(-0.09, 0.01)) == "not enough cases to say")
    #expect(words(row(-0.001, 0.001)) == "not enough cases to say", "never similar without a margin")
  }

  @Test func readsWithAMargin() {
    #expect(words(row(-0.04, 0.03), margin: 0.05) == "similar within ±5.0 points")
    #expect(words(row(0.01, 0.04), margin: 0.05) == "similar within ±5.0 points, though not identical")
    #expect(words(row(0.06, 0.12), margin: 0.05) == "meaningful difference shown")
    #expect(words(row(-0.12, -0.06), margin: 0.05) == "meaningful difference shown")
    #expect(words(row(0.01, 0.12), margin: 0.05) == "difference shown, size uncertain")
    #expect(words(row(-0.02, 0.12), margin: 0.05) == "not enough cases to say")
  }

  @Test func showsNoDifferenceThatTheAdjustmentTakesAway() {
    #expect(words(row(-0.09, -0.01, pAdjusted: 0.06)) == "not enough cases to say")
    #expect(words(row(0.06, 0.12, pAdjusted: 0.06), margin: 0.05) == "not enough cases to say")
    #expect(words(row(-0.09, -0.01, pAdjusted: 0.05)) == "difference shown", "at most 1 − confidence")
  }

  @Test func claimsNothingOfWhatNoTestTested() {
    let untested = "calibration_slope"
    #expect(words(row(-0.09, -0.01, pAdjusted: nil, metric: untested)) == "not tested, interval not adjusted")
    #expect(
      words(row(0.06, 0.12, pAdjusted: nil, metric: untested), margin: 0.05) == "meaningful difference shown")
  }

  /// A row of the tested family without a test has too few events for one.
  @Test func readsNothingIntoFewEvents() {
    #expect(words(row(-0.09, -0.01, pAdjusted: nil)) == "not enough cases to say")
    #expect(words(row(0.06, 0.12, pAdjusted: nil), margin: 0.05) == "not enough cases to say")
  }

  @Test func readsNothingIntoSmallGroups() {
    #expect(words(row(-0.09, -0.01, isAssessable: false)) == "not assessable")
    #expect(words(row(-0.01, 0.01, isAssessable: false), margin: 0.05) == "not assessable")
  }

  @Test func saysWhyThereIsNone() {
    let row = Row(
      key: Row.Key(model: "m", subgroup: .everyone, subgroupMinus: .complement, metric: "sensitivity"),
      result: .undefined(.noPositives), support: Support(cases: 9, positives: 0, negatives: 9),
      isAssessable: false)
    #expect(words(row) == "undefined: no positives")
  }
}
