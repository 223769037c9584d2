import Statistics
import TestSupport
import Testing

@Suite struct AdjustedROCTests {
  private struct Cases {
    var scores: [Double] = []
    var truth: [Bool] = []
    var strata: [UInt16] = []
    var weights: [Double] = []

    init(seed: UInt64, sites: Int, shortcut: Double = 0, separation: Double = 1, count: Int = 80) {
      var random = RandomStream(83, seed)
      for index in 0..<count {
        let site = index % sites
        let isPositive = random.bernoulli(0.1 + 0.8 * Double(site) / Double(sites))
        truth.append(isPositive)
        strata.append(UInt16(site))
        let score = random.normal() + (isPositive ? separation : 0) + shortcut * Double(site)
        scores.append((score * 4).rounded() / 4)
        weights.append(1 + (random.uniform() * 3).rounded())
      }
    }

    func curve(weighted: Bool = false) throws -> AdjustedROC {
      let order = scores.indices.sorted { (scores[$0], $0) < (scores[$1], $1) }
      let sample = Sample(scores: scores, isPositive: truth, weights: weighted ? weights : [])
      return try AdjustedROC(sample, strata: order.map { strata[$0] }, count: Int((strata.max() ?? 0)) + 1)
    }

    /// Of each positive with negatives of its own: its placement and its weight.
    func placements(weighted: Bool) -> [(Double, Double)] {
      scores.indices.filter { truth[$0] }.compactMap { i in
        let others = scores.indices.filter { !truth[$0] && strata[$0] == strata[i] }
        func weight(_ index: Int) -> Double { weighted ? weights[index] : 1 }
        let all = others.reduce(0) { $0 + weight($1) }
        guard all > 0 else { return nil }
        let higher = others.reduce(0) {
          $0 + weight($1) * (scores[$1] > scores[i] ? 1 : scores[$1] == scores[i] ? 0.5 : 0)
        }
        return (higher / all, weight(i))
      }
    }
  }

  @Test(arguments: [false, true]) func agreesWithEveryPair(_ weighted: Bool) throws {
    for seed in 0..<20 {
      let cases = Cases(seed: UInt64(seed), sites: 1 + seed % 5)
      let curve = try cases.curve(weighted: weighted)
      let placements = cases.placements(weighted: weighted)
      let all = placements.reduce(0) { $0 + $1.1 }
      #expect(agrees(curve.area, placements.reduce(0) { $0 + (1 - $1.0) * $1.1 } / all, within: 1e-12))
      for rate in [0, 0.1, 0.25, 0.5, 0.9, 1] {
        // Rates between two placements, so that rounding cannot decide.
        let shifted = min(1, rate + 1e-9)
        let flagged = placements.filter { $0.0 <= shifted }.reduce(0) { $0 + $1.1 } / all
        #expect(agrees(curve.sensitivity(at: shifted), flagged, within: 1e-12))
      }
    }
  }

  @Test func oneStratumIsTheAUC() throws {
    let cases = Cases(seed: 3, sites: 1)
    let auc = try DeLong(Sample(scores: cases.scores, isPositive: cases.truth)).auc
    let curve = try cases.curve()
    #expect(agrees(curve.area, auc, within: 1e-12))
    #expect(curve.coveredShare == 1 && curve.sensitivity(at: 1) == 1)
  }

  @Test func whatIsKnownOfTheSiteOnlyIsNotOnTheCurve() throws {
    let cases = Cases(seed: 5, sites: 5, shortcut: 2, separation: 0, count: 4000)
    let pooled = try DeLong(Sample(scores: cases.scores, isPositive: cases.truth)).auc
    #expect(pooled > 0.7)
    #expect(abs(try cases.curve().area - 0.5) < 0.04)
  }

  @Test func aStratumWithoutNegativesIsLeftOutAndSaid() throws {
    var cases = Cases(seed: 7, sites: 2)
    for index in cases.truth.indices where cases.strata[index] == 1 { cases.truth[index] = true }
    let curve = try cases.curve()
    let ofFirst = cases.truth.indices.count { cases.truth[$0] && cases.strata[$0] == 0 }
    #expect(agrees(curve.coveredShare, Double(ofFirst) / Double(cases.truth.count { $0 }), within: 1e-12))
    for index in cases.truth.indices { cases.truth[index] = cases.strata[index] == 1 }
    #expect(throws: Undefined.notComputed("no stratum has cases of both classes")) { try cases.curve() }
  }
}
