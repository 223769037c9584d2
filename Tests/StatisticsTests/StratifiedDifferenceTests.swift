import Statistics
import TestSupport
import Testing

@Suite struct StratifiedDifferenceTests {
  typealias Side = StratifiedDifference.Side

  @Test func mantelAndHaenszelAgreeWithMetafor() throws {
    for set in try Golden.values("subgroups")["strata"].array {
      let strata = set["a"].numbers.indices.map { h in
        (
          first: Side(Int(set["a"].numbers[h]), of: Int(set["n1"].numbers[h])),
          second: Side(Int(set["c"].numbers[h]), of: Int(set["n0"].numbers[h]))
        )
      }
      let difference = try StratifiedDifference(strata, method: .mantelHaenszel)
      #expect(agrees(difference.value, set["rd"].number, within: 1e-12))
      #expect(agrees(difference.satoVariance.squareRoot(), set["se"].number, within: 1e-12))
      #expect(difference.share == 1)
    }
  }

  /// By hand: each stratum's difference, weighted by its share of all cases.
  @Test func standardisationWeighsStrataByTheirCases() throws {
    let strata: [(first: Side, second: Side)] = [
      (Side(8, of: 10), Side(15, of: 30)), (Side(30, of: 60), Side(2, of: 20)),
    ]
    let difference = try StratifiedDifference(strata, method: .standardised)
    let expected: Double = 0.3 / 3 + 0.4 * 2 / 3
    #expect(agrees(difference.value, expected, within: 1e-14))
    let first: Double = 0.16 / 10 + 0.25 / 30
    let second: Double = 0.25 / 60 + 0.09 / 20
    #expect(agrees(difference.variance, first / 9 + second * 4 / 9, within: 1e-14))
  }

  /// The influence of cases gives the variance of independent cases back, and cancels on every side.
  @Test func influenceGivesTheVariance() throws {
    let strata: [(first: Side, second: Side)] = [
      (Side(8, of: 10), Side(15, of: 30)), (Side(30, of: 60), Side(2, of: 20)),
    ]
    for method in [StratifiedDifference.Method.mantelHaenszel, .standardised] {
      let difference = try StratifiedDifference(strata, method: method)
      var squares = 0.0
      for (h, stratum) in strata.enumerated() {
        for (isFirst, side) in [(true, stratum.first), (false, stratum.second)] {
          let influence = difference.influence(ofSide: isFirst, in: h)
          let hits = side.successes
          let misses = side.trials - hits
          let hit = influence.success + influence.trial
          let miss = influence.trial
          squares += hits * hit * hit
          squares += misses * miss * miss
          let sum = hits * hit + misses * miss
          #expect(agrees(sum, 0, within: 1e-14))
        }
      }
      #expect(agrees(squares, difference.variance, within: 1e-14))
    }
  }

  @Test func strataOfOneSideCompareNothing() throws {
    let strata: [(first: Side, second: Side)] = [
      (Side(8, of: 10), Side(15, of: 30)), (Side(30, of: 60), Side(0, of: 0)),
    ]
    let difference = try StratifiedDifference(strata, method: .standardised)
    #expect(agrees(difference.value, 0.3, within: 1e-14) && agrees(difference.share, 0.4, within: 1e-14))
    #expect(throws: Undefined.notComputed("no stratum has cases of both sides")) {
      try StratifiedDifference([(Side(1, of: 2), Side(0, of: 0))], method: .mantelHaenszel)
    }
  }
}
