import Statistics
import TestSupport
import Testing

/// Spiegelhalter's and Hosmer's tests, and the parts of the Brier score.
@Suite struct CalibrationTestTests {
  private func scored(_ set: JSON, weighted: Bool = false) -> ScoredCases {
    ScoredCases(
      of: Sample(
        scores: set["score"].numbers, isPositive: set["label"].numbers.map { $0 == 1 },
        weights: weighted ? set["weight"].numbers : []))
  }

  @Test func hosmerAndLemeshowAgreeWithR() throws {
    for set in try Golden.values("calibration")["sets"].array {
      let test = try HosmerLemeshow(scored(set))
      let theirs = set["hosmer_lemeshow"]
      #expect(agrees(test.statistic, theirs["statistic"].number, within: 1e-12))
      #expect(test.groups == theirs["groups"].int)
      if let p = test.p { #expect(agrees(p, theirs["p"].number, within: 1e-10)) }
    }
  }

  @Test(arguments: [false, true]) func partsOfTheBrierScoreAgreeWithRAndAddUp(_ weighted: Bool) throws {
    for set in try Golden.values("calibration")["sets"].array {
      let cases = scored(set, weighted: weighted)
      let parts = try BrierDecomposition(cases)
      let theirs = set[weighted ? "murphy_weighted" : "murphy"]
      for (ours, name) in [
        (parts.reliability, "reliability"), (parts.resolution, "resolution"),
        (parts.uncertainty, "uncertainty"), (parts.withinVariance, "within_variance"),
        (parts.withinCovariance, "within_covariance"), (parts.brier, "brier"),
      ] {
        #expect(abs(ours - theirs[name].number) < 1e-13, "\(name)")
      }
      #expect(abs(parts.brier - (try BrierScore(cases).value)) < 1e-14)
      #expect(parts.bins.reduce(0) { $0 + $1.cases } == cases.count)
    }
  }

  /// Under perfect calibration both reject five in a hundred; the χ² of unlike probabilities within a tenth somewhat less.
  @Test func bothKeepTheirSizeAndFindMiscalibration() throws {
    var calibrated = (z: 0, chi: 0)
    var distorted = (z: 0, chi: 0)
    let replicates = 2000
    for replicate in 0..<replicates {
      var random = RandomStream(23, UInt64(replicate))
      let risks = (0..<400).map { _ in 0.02 + 0.96 * random.uniform() }
      let truth = risks.map { random.bernoulli($0) }
      for isDistorted in [false, true] {
        // Squared odds: twice the slope that it should be.
        let scores = isDistorted ? risks.map { $0 * $0 / ($0 * $0 + (1 - $0) * (1 - $0)) } : risks
        let cases = ScoredCases(of: Sample(scores: scores, isPositive: truth))
        let z = try SpiegelhalterTest(cases).p < 0.05 ? 1 : 0
        let chi = try HosmerLemeshow(cases).p ?? 1 < 0.05 ? 1 : 0
        if isDistorted {
          distorted = (distorted.z + z, distorted.chi + chi)
        } else {
          calibrated = (calibrated.z + z, calibrated.chi + chi)
        }
      }
    }
    let n = Double(replicates)
    #expect(abs(Double(calibrated.z) / n - 0.05) < 0.016, "\(calibrated.z) of \(replicates)")
    #expect((0.025...0.066).contains(Double(calibrated.chi) / n), "\(calibrated.chi) of \(replicates)")
    #expect(Double(distorted.z) / n > 0.9)
  }

  @Test func withoutVarianceThereIsAReason() {
    func cases(_ scores: [Double]) -> ScoredCases {
      ScoredCases(of: Sample(scores: scores, isPositive: scores.indices.map { $0 % 2 == 0 }))
    }
    #expect(throws: Undefined.self) { try SpiegelhalterTest(cases([0, 0.5, 1])) }
    #expect(throws: Undefined.noCases) { try SpiegelhalterTest(cases([])) }
    #expect(throws: Undefined.self) { try HosmerLemeshow(cases([0, 0, 0.4, 0.6])) }
    #expect(throws: Undefined.noCases) { try HosmerLemeshow(cases([])) }
    #expect(throws: Undefined.noCases) { try BrierDecomposition(cases([])) }
  }

  @Test func fewExpectedCountsHaveNoP() throws {
    let rare = ScoredCases(
      of: Sample(
        scores: (0..<200).map { 0.001 + Double($0) / 20_000 }, isPositive: (0..<200).map { $0 == 150 }))
    #expect(try HosmerLemeshow(rare).p == nil)
  }

  @Test func equalProbabilitiesStayInOneTenth() {
    #expect(RiskTenths.ranges(of: [0.2, 0.2, 0.2]) == [0..<3])
    #expect(RiskTenths.ranges(of: []) == [])
    let ranges = RiskTenths.ranges(of: ArraySlice((0..<25).map { Double($0 / 7) }))
    #expect(ranges == [0..<7, 7..<14, 14..<21, 21..<25])
  }
}
