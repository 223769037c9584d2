import Statistics
import Testing
import Validation

/// What a statistician or a regulator would stumble over.
@Suite struct WordingTests {
  private func text(_ change: (inout SampleStudy) -> Void = { _ in }) -> String {
    var sample = SampleStudy()
    change(&sample)
    return words(of: ReportTests.page(sample))
  }

  @Test func printsTheNullTestOfCalibration() {
    #expect(text { $0.nullP = 0.0002 }.contains("p against perfect calibration &lt; .001"))
    #expect(text().contains("no null test with patients"))
    #expect(!text { $0.patients = nil }.contains("no null test with patients"))
  }

  @Test func reconcilesFlaggedCountsWithFailedOutputs() {
    #expect(
      text().contains(
        "24 failed outputs counted as errors: 6 positives as not flagged and 18 negatives as flagged, so flagged 530 + 18 = 548, not flagged 1,586 + 6 = 1,592."
      ))
    #expect(
      !text {
        $0.failedPositives = 0
        $0.failedNegatives = 0
      }.contains("§"))
  }

  @Test func countsComparisonsAlikeInSummaryAndGaps() throws {
    let text = text()
    let start = try #require(text.firstRange(of: "comparisons in the family"))
    let sentence = text[start.lowerBound...].prefix { $0 != ":" && $0 != "." }
    #expect(sentence.contains("had events enough to be tested"))
    #expect(text.count(of: String(sentence)) == 2)
  }

  @Test func claimsNoLock() {
    let text = text()
    #expect(text.contains("by the plan, not locked") && !text.contains("prespecified"))
  }

  @Test(arguments: [(0.999, "99.9\u{202F}%"), (0.975, "97.5\u{202F}%"), (0.55, "55\u{202F}%")])
  func roundsNoConfidenceToCertainty(_ level: Double, _ printed: String) {
    let text = text { $0.confidence = level }
    #expect(text.contains("\(printed) interval") && !text.contains("100\u{202F}% interval"))
  }

  @Test func showsWhatAnAdjustmentDecides() {
    let text = text { $0.multiplicity = .holm }
    for part in ["Adjusted limit", "Adjusted p", "86.4\u{202F}%", "87.9\u{202F}%", "0.0246"] {
      #expect(text.contains(part), "\(part) missing")
    }
  }

  @Test(arguments: [(0.0496, "0.0496"), (0.04999, "0.04999"), (0.05, "0.050"), (0.03, "0.030")])
  func showsOnWhichSideOfTheLevelAPLies(_ p: Double, _ printed: String) {
    #expect(text { $0.pAdjusted = p }.contains("adjusted\u{00A0}p\u{00A0}\(printed))"))
  }

  @Test func saysThatCalibrationHoldsInThisTestSetOnly() {
    let text = text { $0.sampling = .enriched }
    #expect(text.contains("Calibration. † Depends on how common the condition is"))
    #expect(text.contains("an enriched sample"))
    #expect(text.contains("by patient") && !text.contains("people"))
  }

  @Test func namesVerificationBias() {
    #expect(text { $0.unverifiedUnflagged = 600 }.contains("If cases were verified because of the output"))
    #expect(!text().contains("Verification differed"))
  }
}
