import Statistics
import TestSupport
import Testing

@Suite struct WithinStrataAreaTests {
  private struct Cases {
    var scores: [Double] = []
    var truth: [Bool] = []
    var strata: [UInt16] = []
    var weights: [Double] = []

    init(seed: UInt64, count: Int, ties: Bool) {
      var random = RandomStream(seed)
      for index in 0..<count {
        let stratum = UInt16(random.uniform() * 3)
        let positive = index < 3 || random.bernoulli(0.3 + 0.15 * Double(stratum))
        let score = random.normal() + (positive ? 1 : 0) + Double(stratum) / 2
        scores.append(ties ? score.rounded() : score)
        truth.append(positive)
        strata.append(stratum)
        weights.append(0.5 + random.uniform())
      }
    }

    /// Every pair, one by one.
    func areas(_ weights: [Double]) -> (pooled: Double, within: Double) {
      var all = (0.0, 0.0)
      var same = (0.0, 0.0)
      for i in scores.indices where truth[i] {
        for j in scores.indices where !truth[j] {
          let order = scores[i] > scores[j] ? 1 : scores[i] == scores[j] ? 0.5 : 0
          let weight = weights[i] * weights[j]
          all = (all.0 + weight * order, all.1 + weight)
          if strata[i] == strata[j] { same = (same.0 + weight * order, same.1 + weight) }
        }
      }
      return (all.0 / all.1, same.0 / same.1)
    }
  }

  private func sorted(
    _ cases: Cases, weighted: Bool, patients: [UInt32] = []
  ) -> (sample: Sample, strata: [UInt16], order: [Int]) {
    let order = cases.scores.indices.sorted { (cases.scores[$0], $0) < (cases.scores[$1], $1) }
    let sample = Sample(
      scores: order.map { cases.scores[$0] }, isPositive: order.map { cases.truth[$0] },
      patients: patients.isEmpty ? [] : order.map { patients[$0] },
      weights: weighted ? order.map { cases.weights[$0] } : [])
    return (sample, order.map { cases.strata[$0] }, order)
  }

  @Test(arguments: [false, true], [false, true])
  func agreesWithEveryPairAndNumericalDerivatives(ties: Bool, weighted: Bool) throws {
    let cases = Cases(seed: 5, count: 60, ties: ties)
    let (sample, strata, order) = sorted(cases, weighted: weighted)
    let area = try WithinStrataArea(sample, strata: strata, count: 3)
    let weights = weighted ? cases.weights : [Double](repeating: 1, count: 60)
    let expected = cases.areas(weights)
    #expect(agrees(area.pooled, expected.pooled, within: 1e-12))
    #expect(agrees(area.within, expected.within, within: 1e-12))
    for (place, index) in order.enumerated() {
      let step = 1e-5 * weights[index]
      var (more, less) = (weights, weights)
      more[index] += step
      less[index] -= step
      let (up, down) = (cases.areas(more), cases.areas(less))
      let scale = weights[index] / (2 * step)
      #expect(agrees(area.influence[place].pooled, (up.pooled - down.pooled) * scale, within: 1e-8))
      #expect(agrees(area.influence[place].within, (up.within - down.within) * scale, within: 1e-8))
    }
  }

  @Test func thePooledVarianceIsDeLongs() throws {
    let cases = Cases(seed: 6, count: 80, ties: true)
    let (sample, strata, _) = sorted(cases, weighted: false)
    let area = try WithinStrataArea(sample, strata: strata, count: 3)
    let deLong = try DeLong(sample)
    #expect(agrees(area.pooled, deLong.auc, within: 1e-12))
    let variance = try #require(area.variance(in: sample) { $0.pooled })
    #expect(agrees(variance, try #require(deLong.variance), within: 1e-12))
  }

  /// Every case twice, as one patient's: the estimate stays, and so does what is known of it.
  @Test func copiesOfACaseAddNothing() throws {
    let cases = Cases(seed: 7, count: 80, ties: false)
    var twice = cases
    twice.scores += cases.scores
    twice.truth += cases.truth
    twice.strata += cases.strata
    twice.weights += cases.weights
    let (once, strata, _) = sorted(cases, weighted: false)
    let (copies, copiedStrata, _) = sorted(
      twice, weighted: false, patients: (0..<160).map { UInt32($0 % 80) })
    let a = try WithinStrataArea(once, strata: strata, count: 3)
    let b = try WithinStrataArea(copies, strata: copiedStrata, count: 3)
    #expect(agrees(a.within, b.within, within: 1e-12))
    let (va, vb) = (a.variance(in: once) { $0.within }, b.variance(in: copies) { $0.within })
    #expect(agrees(try #require(va), try #require(vb), within: 1e-12))
  }

  @Test func oneStratumIsThePooledArea() throws {
    let cases = Cases(seed: 8, count: 50, ties: true)
    let (sample, _, _) = sorted(cases, weighted: true)
    let area = try WithinStrataArea(sample, strata: [UInt16](repeating: 0, count: 50), count: 1)
    #expect(agrees(area.pooled, area.within, within: 1e-13) && area.shareOfPairs == 1)
  }

  @Test func strataOfOneClassSayNothing() {
    let sample = Sample(scores: [1, 2, 3, 4], isPositive: [false, false, true, true])
    #expect(throws: Undefined.notComputed("no stratum has cases of both classes")) {
      try WithinStrataArea(sample, strata: [0, 0, 1, 1], count: 2)
    }
  }
}
