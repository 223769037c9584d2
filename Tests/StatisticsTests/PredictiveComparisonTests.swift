import Statistics
import TestSupport
import Testing

@Suite struct PredictiveComparisonTests {
  private static func counts(_ cells: [Int]) -> PairedCounts {
    PairedCounts(both: cells[0], firstOnly: cells[1], secondOnly: cells[2], neither: cells[3])
  }

  @Test func agreesWithGeepackAndScoresOfCases() throws {
    let goldens = try Golden.values("predictive_values")["sets"].array
    #expect(goldens.count == 3)
    for golden in goldens {
      let positives = Self.counts(golden["positives"].array.compactMap(\.int))
      let negatives = Self.counts(golden["negatives"].array.compactMap(\.int))
      for (name, comparison) in [
        ("ppv", try PredictiveComparison.positive(positives: positives, negatives: negatives)),
        ("npv", try PredictiveComparison.negative(positives: positives, negatives: negatives)),
      ] {
        let expected = golden[name]
        #expect(agrees(comparison.difference, expected["difference"].number, within: 1e-12))
        #expect(agrees(comparison.variance.squareRoot(), expected["se"].number, within: 1e-9))
        #expect(agrees(try comparison.score().statistic, expected["score"].number, within: 1e-12))
        #expect(agrees(try comparison.weightedScore().statistic, expected["weighted"].number, within: 1e-12))
      }
    }
  }

  /// The example of DTComPair (`pv.gs`, `pv.wgs` of `Paired1`), to the last digit it prints.
  @Test func reproducesThePrintedExample() throws {
    let positives = Self.counts([319, 78, 22, 32])
    let negatives = Self.counts([31, 53, 22, 155])
    let ppv = try PredictiveComparison.positive(positives: positives, negatives: negatives)
    let npv = try PredictiveComparison.negative(positives: positives, negatives: negatives)
    let (scoreOfPPV, scoreOfNPV) = (try ppv.score(), try npv.score())
    #expect(abs(scoreOfPPV.statistic - 5.71124070) < 5e-8 && abs(scoreOfPPV.p - 0.01685662) < 5e-9)
    #expect(abs(scoreOfNPV.statistic - 17.78567) < 5e-6 && abs(scoreOfNPV.p - 2.472383e-05) < 5e-12)
    let (weightedPPV, weightedNPV) = (try ppv.weightedScore(), try npv.weightedScore())
    #expect(abs(weightedPPV.statistic - 5.46588745) < 5e-8 && abs(weightedPPV.p - 0.01939120) < 5e-9)
    #expect(abs(weightedNPV.statistic - 16.53540) < 5e-6 && abs(weightedNPV.p - 4.775012e-05) < 5e-12)
  }

  @Test func swappingTurnsTheSignAndKeepsTheTests() throws {
    let positives = Self.counts([40, 6, 9, 5])
    let negatives = Self.counts([12, 8, 3, 117])
    let there = try PredictiveComparison.positive(positives: positives, negatives: negatives)
    let back = try PredictiveComparison.positive(positives: positives.swapped, negatives: negatives.swapped)
    #expect(agrees(there.difference, -back.difference, within: 1e-15))
    #expect(agrees(try there.score().statistic, try back.score().statistic, within: 1e-12))
    #expect(agrees(try there.weightedScore().p, try back.weightedScore().p, within: 1e-12))
    let (interval, turned) = (try there.interval(tail: 0.025), try back.interval(tail: 0.025))
    #expect(agrees(interval.lower, -turned.upper, within: 1e-15))
  }

  @Test func whatDoesNotExistSaysWhy() throws {
    let none = Self.counts([0, 0, 3, 4])
    #expect(throws: Undefined.noFlagged) {
      try PredictiveComparison.positive(positives: none, negatives: none)
    }
    #expect(throws: Undefined.noUnflagged) {
      try PredictiveComparison.negative(positives: none.inverted, negatives: none.inverted)
    }
    let same = try PredictiveComparison.positive(
      positives: Self.counts([5, 0, 0, 1]), negatives: Self.counts([2, 0, 0, 9]))
    #expect(throws: Undefined.zeroDenominator("no variation in the difference")) { try same.weightedScore() }
    #expect(throws: Undefined.zeroDenominator("no variation in the difference")) { try same.score() }
    #expect(throws: Undefined.zeroDenominator("no variation in the difference")) {
      try same.interval(tail: 0.025)
    }
  }
}
