import Statistics
import TestSupport
import Testing

@Suite struct MultiplicityTests {
  @Test func agreesWithR() throws {
    let adjust = try Golden.values("roc")["adjust"]
    let p = adjust["p"].numbers
    for (ours, theirs) in zip(FamilyWise.holm(p), adjust["holm"].numbers) {
      #expect(agrees(ours, theirs, within: 1e-15))
    }
    for (ours, theirs) in zip(FamilyWise.hochberg(p), adjust["hochberg"].numbers) {
      #expect(agrees(ours, theirs, within: 1e-15))
    }
  }

  @Test func aFixedSequenceStopsAtTheFirstFailure() {
    #expect(FamilyWise.fixedSequence([0.01, 0.2, 0.001]) == [0.01, 0.2, 0.2])
  }
}

@Suite struct InversionTests {
  /// The Wilson interval inverts the score test.
  @Test func wilsonInvertsTheScoreTest() {
    let proportion = Proportion(successes: 88, trials: 100)
    let p = Inversion.p(showing: .above, goal: 0.8, value: 0.88) { proportion.wilson(tail: $0) }
    #expect(agrees(p, Normal.upperTail(0.08 / (0.8 * 0.2 / 100).squareRoot()), within: 1e-10))
    let wrongSide = Inversion.p(showing: .above, goal: 0.95, value: 0.88) { proportion.wilson(tail: $0) }
    #expect(agrees(wrongSide, 1 - Normal.upperTail(0.07 / (0.95 * 0.05 / 100).squareRoot()), within: 1e-10))
  }

  @Test func aLimitOnTheGoalHasThatTail() {
    let interval = Proportion(successes: 30, trials: 50).clopperPearson(tail: 0.025)
    let p = Inversion.p(showing: .above, goal: interval.lower, value: 0.6) {
      Proportion(successes: 30, trials: 50).clopperPearson(tail: $0)
    }
    #expect(agrees(p, 0.025, within: 1e-9))
  }
}

@Suite struct RandomStreamTests {
  @Test func isAFunctionOfItsKey() {
    var a = RandomStream(1, 2)
    var b = RandomStream(1, 2)
    var c = RandomStream(2, 1)
    let first = a.next()
    #expect(first == b.next())
    #expect(first != c.next())
  }

  @Test func hasTheMomentsOfItsDistributions() {
    var random = RandomStream(23)
    let n = 200_000
    let uniform = (0..<n).map { _ in random.uniform() }
    let normal = (0..<n).map { _ in random.normal() }
    func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(values.count) }
    #expect(abs(mean(uniform) - 0.5) < 4 / (12 * Double(n)).squareRoot())
    #expect(abs(mean(normal)) < 4 / Double(n).squareRoot())
    #expect(abs(mean(normal.map { $0 * $0 }) - 1) < 4 * (2 / Double(n)).squareRoot())
    #expect(abs(mean(zip(normal, normal.dropFirst()).map { $0 * $1 })) < 4 / Double(n).squareRoot())
  }
}

@Suite struct RadixOrderTests {
  @Test func sortsLikeASort() {
    var random = RandomStream(29)
    for count in [0, 1, 2, 17, 1000] {
      let values = (0..<count).map { _ in (random.normal() * 5).rounded() / (random.bernoulli(0.5) ? 1 : 3) }
      let expected = values.indices.sorted { (values[$0], $0) < (values[$1], $1) }
      #expect(RadixOrder.ascending(values).map(Int.init) == expected)
      let codes = (0..<count).map { _ in UInt32(random.uniform() * 3e9) }
      #expect(
        RadixOrder.ascending(codes[...]).map(Int.init)
          == codes.indices.sorted { (codes[$0], $0) < (codes[$1], $1) })
    }
  }

  @Test func infinitiesAndZeros() {
    let values = [0, -0.0, .infinity, -.infinity, 1e-300, -1e-300, 0.5]
    #expect(RadixOrder.ascending(values) == [3, 5, 0, 1, 4, 6, 2])
  }
}
