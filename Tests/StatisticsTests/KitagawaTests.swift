import Statistics
import Testing

@Suite struct KitagawaTests {
  typealias Stratum = ChangeDecomposition.Stratum

  private static func random(_ stream: inout RandomStream, strata: Int) -> [Stratum] {
    (0..<strata).map { _ in
      let (positives, negatives) = (1 + stream.whole(below: 300), 1 + stream.whole(below: 900))
      return Stratum(
        positives: positives, countedPositives: stream.whole(below: positives + 1), negatives: negatives,
        countedNegatives: stream.whole(below: negatives + 1))
    }
  }

  private static func share(_ strata: [Stratum]) -> Double {
    strata.reduce(0) { $0 + $1.countedPositives + $1.countedNegatives }
      / strata.reduce(0) { $0 + $1.positives + $1.negatives }
  }

  @Test func partsAddUpExactlyAndTurnWithTime() throws {
    var stream = RandomStream(1955, 6)
    for strata in 1...40 {
      let (a, b) = (Self.random(&stream, strata: strata), Self.random(&stream, strata: strata))
      let there = try ChangeDecomposition(before: a, after: b)
      #expect(agree(there.before, Self.share(a)) && agree(there.after, Self.share(b)))
      #expect(agree(there.caseMix + there.prevalence + there.performance, there.change))
      let back = try ChangeDecomposition(before: b, after: a)
      #expect(agree(there.caseMix, -back.caseMix) && agree(there.prevalence, -back.prevalence))
      #expect(agree(there.performance, -back.performance))
    }
  }

  /// Where one factor alone changes, the other two explain nothing.
  @Test func oneFactorAloneExplainsAll() throws {
    let before = [
      Stratum(positives: 20, countedPositives: 15, negatives: 80, countedNegatives: 60),
      Stratum(positives: 50, countedPositives: 45, negatives: 50, countedNegatives: 30),
    ]
    let mix = [
      Stratum(positives: 60, countedPositives: 45, negatives: 240, countedNegatives: 180), before[1],
    ]
    let prevalence = [
      Stratum(positives: 40, countedPositives: 30, negatives: 60, countedNegatives: 45), before[1],
    ]
    let performance = [
      Stratum(positives: 20, countedPositives: 5, negatives: 80, countedNegatives: 64), before[1],
    ]
    let ofMix = try ChangeDecomposition(before: before, after: mix)
    #expect(agree(ofMix.caseMix, ofMix.change) && agree(ofMix.prevalence, 0) && agree(ofMix.performance, 0))
    let ofPrevalence = try ChangeDecomposition(before: before, after: prevalence)
    #expect(agree(ofPrevalence.prevalence, ofPrevalence.change) && agree(ofPrevalence.caseMix, 0))
    let ofPerformance = try ChangeDecomposition(before: before, after: performance)
    #expect(agree(ofPerformance.performance, ofPerformance.change) && agree(ofPerformance.prevalence, 0))
    #expect(agree(ofPerformance.caseMix, 0) && ofPerformance.change != 0)
  }

  /// Without regard to truth: Σ Δw (r₀ + r₁)/2 and Σ Δr (w₀ + w₁)/2.
  @Test func withoutTruthItIsKitagawas() throws {
    let cells = [[(30, 12), (70, 14)], [(90, 45), (60, 6)]].map {
      $0.map { Stratum(positives: $0.0, countedPositives: $0.1, negatives: 0, countedNegatives: 0) }
    }
    let found = try ChangeDecomposition(before: cells[0], after: cells[1])
    let mix = (0.6 - 0.3) * (0.4 + 0.5) / 2 + (0.4 - 0.7) * (0.2 + 0.1) / 2
    let rate = (0.5 - 0.4) * (0.3 + 0.6) / 2 + (0.1 - 0.2) * (0.7 + 0.4) / 2
    #expect(agree(found.caseMix, mix) && agree(found.performance, rate) && agree(found.prevalence, 0))
  }

  @Test func whatNobodyKnowsIsNotGuessed() {
    let all = Stratum(positives: 5, countedPositives: 3, negatives: 5, countedNegatives: 4)
    let healthy = Stratum(positives: 0, countedPositives: 0, negatives: 5, countedNegatives: 4)
    let empty = Stratum(positives: 0, countedPositives: 0, negatives: 0, countedNegatives: 0)
    let reason = Undefined.notComputed("a stratum has cases of a class before or after only")
    #expect(throws: reason) { try ChangeDecomposition(before: [all, all], after: [all, healthy]) }
    #expect(throws: reason) { try ChangeDecomposition(before: [all, empty], after: [all, all]) }
    #expect(throws: Undefined.noCases) { try ChangeDecomposition(before: [empty], after: [all]) }
  }

  private func agree(_ a: Double, _ b: Double) -> Bool { abs(a - b) < 1e-13 }
}
