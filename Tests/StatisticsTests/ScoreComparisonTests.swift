import Statistics
import TestSupport
import Testing

@Suite struct ScoreComparisonTests {
  private static func comparison(_ counts: [Int]) -> ScoreComparison {
    ScoreComparison(
      Proportion(successes: counts[0], trials: counts[1]), Proportion(successes: counts[2], trials: counts[3])
    )
  }

  /// Newcombe 1998, table II, method 6: 56/70 against 48/80.
  @Test func reproducesThePrintedExample() {
    let interval = Self.comparison([56, 70, 48, 80]).difference(tail: 0.025)
    #expect((interval.lower * 10_000).rounded() == 528 && (interval.upper * 10_000).rounded() == 3382)
  }

  @Test func agreesWithStatsmodelsAndASearch() throws {
    let goldens = try Golden.values("utility")["score"].array
    #expect(goldens.count == 8)
    for golden in goldens {
      let comparison = Self.comparison(golden["counts"].array.compactMap(\.int))
      let pairs = [
        (comparison.difference(tail: 0.025), golden["difference"].numbers),
        (try comparison.ratio(tail: 0.025), golden["ratio"].numbers),
      ]
      for (interval, limits) in pairs where !limits.isEmpty {
        #expect(agrees(interval.lower, limits[0], within: 1e-9))
        #expect(agrees(interval.upper, limits[1], within: 1e-9))
      }
    }
  }

  /// Swapping the sides turns every interval round; wider levels hold narrower ones; the estimate lies inside.
  @Test(arguments: [
    [45, 50, 40, 50], [0, 15, 3, 12], [20, 20, 15, 20], [20, 20, 10, 10], [0, 8, 0, 9], [0, 8, 9, 9],
    [1, 1, 0, 1], [3, 1000, 1, 20],
  ])
  func isSymmetricAndNested(_ counts: [Int]) throws {
    let there = Self.comparison(counts)
    let back = Self.comparison([counts[2], counts[3], counts[0], counts[1]])
    let difference = there.difference(tail: 0.025)
    #expect(agrees(difference.lower, -back.difference(tail: 0.025).upper, within: 1e-9))
    let estimate = Double(counts[0]) / Double(counts[1]) - Double(counts[2]) / Double(counts[3])
    #expect(difference.contains(estimate) && difference.lower >= -1 && difference.upper <= 1)
    let wide = there.difference(tail: 0.005)
    #expect(wide.lower <= difference.lower && wide.upper >= difference.upper)
    guard counts[0] + counts[2] > 0 else {
      #expect(throws: Undefined.zeroDenominator("no successes on either side")) {
        try there.ratio(tail: 0.025)
      }
      return
    }
    let (ratio, inverse) = (try there.ratio(tail: 0.025), try back.ratio(tail: 0.025))
    #expect(
      counts[0] == 0
        ? ratio.lower == 0 : agrees(ratio.lower * inverse.upper, 1, within: 1e-9) || inverse.upper.isInfinite)
    #expect(ratio.upper.isInfinite == (counts[2] == 0))
  }
}
