import Statistics
import TestSupport
import Testing

@Suite struct DriftTests {
  @Test func distancesOfNumbersAgreeWithSciPy() throws {
    let goldens = try Golden.values("drift")["samples"].array
    #expect(goldens.count == 5)
    for golden in goldens {
      let distance = try EmpiricalDistance(reference: golden["x"].numbers, current: golden["y"].numbers)
      #expect(agrees(distance.kolmogorovSmirnov, golden["ks"].number, within: 1e-12))
      #expect(agrees(distance.cramerVonMises, golden["cvm"].number, within: 1e-12))
      #expect(agrees(distance.wasserstein, golden["wasserstein"].number, within: 1e-12))
      #expect(agrees(distance.exactKolmogorovSmirnov(), golden["exact"].number, within: 1e-12))
      #expect(agrees(distance.asymptoticKolmogorovSmirnov, golden["limit"].number, within: 1e-12))
      let dealt = distance.relabelled(replicates: 1999, seed: 8)
      let (exact, limit) = (golden["exact"].number, golden["cvm_p"].number)
      #expect(abs(dealt.kolmogorovSmirnov - exact) < 0.001 + 4 * (exact * (1 - exact) / 2000).squareRoot())
      #expect(abs(dealt.cramerVonMises - limit) < 0.015 + 4 * (limit * (1 - limit) / 2000).squareRoot())
    }
  }

  /// With ties: every way to deal the labels counted.
  @Test func withTiesTheNullIsThatOfAllWaysToDealLabels() throws {
    let goldens = try Golden.values("drift")["tied"].array
    #expect(goldens.count == 3)
    for golden in goldens {
      let distance = try EmpiricalDistance(reference: golden["x"].numbers, current: golden["y"].numbers)
      let expected = golden["distances"].numbers
      let own = [distance.kolmogorovSmirnov, distance.cramerVonMises, distance.wasserstein]
      #expect(zip(own, expected).allSatisfy { agrees($0, $1, within: 1e-12) })
      let p = golden["p"].numbers
      #expect(agrees(distance.exactKolmogorovSmirnov(), p[0], within: 1e-12))
      let dealt = distance.relabelled(replicates: 9999, seed: 5)
      for (found, exact) in zip([dealt.kolmogorovSmirnov, dealt.cramerVonMises, dealt.wasserstein], p) {
        #expect(abs(found - exact) < 0.0002 + 4 * (exact * (1 - exact) / 10_000).squareRoot())
      }
    }
  }

  @Test func distancesOfBinsAgreeWithSciPy() throws {
    let goldens = try Golden.values("drift")["bins"].array
    #expect(goldens.count == 4)
    for golden in goldens {
      let distance = try BinnedDistance(
        reference: golden["reference"].array.compactMap(\.int),
        current: golden["current"].array.compactMap(\.int))
      #expect(agrees(distance.stabilityIndex, golden["psi"].number, within: 1e-12))
      #expect(agrees(distance.jensenShannon, golden["js"].number, within: 1e-12))
      #expect(agrees(distance.chiSquared, golden["chi2"].number, within: 1e-12))
      guard distance.fewestExpected >= 20 else { continue }
      #expect(agrees(distance.significance(.stabilityIndex, seed: 1), golden["psi_p"].number, within: 1e-12))
      #expect(agrees(distance.significance(.chiSquared, seed: 1), golden["p"].number, within: 1e-12))
      for statistic in BinnedDistance.Statistic.allCases {
        let limit = distance.significance(statistic, seed: 1)
        let dealt = distance.relabelled(statistic, replicates: 1999, seed: 2)
        #expect(abs(dealt - limit) < 0.01 + 4 * (limit * (1 - limit) / 2000).squareRoot())
      }
    }
  }

  /// Equal samples lie nowhere apart; whichever is the reference, the distance is the same; scales only stretch it.
  @Test func distancesAreSymmetric() throws {
    let x = [0.3, 1.7, 1.7, 2.9, 5.5]
    let y = [0.1, 1.7, 3.3]
    let there = try EmpiricalDistance(reference: x, current: y)
    let back = try EmpiricalDistance(reference: y, current: x)
    #expect(there.kolmogorovSmirnov == back.kolmogorovSmirnov && there.wasserstein == back.wasserstein)
    #expect(agrees(there.exactKolmogorovSmirnov(), back.exactKolmogorovSmirnov(), within: 1e-14))
    let stretched = try EmpiricalDistance(reference: x.map { 2 * $0 + 1 }, current: y.map { 2 * $0 + 1 })
    #expect(stretched.kolmogorovSmirnov == there.kolmogorovSmirnov)
    #expect(agrees(stretched.wasserstein, 2 * there.wasserstein, within: 1e-14))
    let same = try EmpiricalDistance(reference: x, current: x)
    #expect(same.kolmogorovSmirnov == 0 && same.wasserstein == 0 && same.exactKolmogorovSmirnov() == 1)
    let bins = try BinnedDistance(reference: [5, 9, 20], current: [3, 0, 8])
    let turned = try BinnedDistance(reference: [3, 0, 8], current: [5, 9, 20])
    #expect(agrees(bins.stabilityIndex, turned.stabilityIndex, within: 1e-14))
    #expect(agrees(bins.jensenShannon, turned.jensenShannon, within: 1e-14))
    #expect(try BinnedDistance(reference: [5, 0], current: [0, 9]).jensenShannon == 1)
    #expect(try BinnedDistance(reference: [5, 0], current: [0, 9]).cramersV == 1)
    #expect(try BinnedDistance(reference: [50, 20], current: [100, 40]).stabilityIndex == 0)
  }

  @Test func whatDoesNotExistSaysWhy() {
    #expect(throws: Undefined.noCases) { try EmpiricalDistance(reference: [], current: [1]) }
    #expect(throws: Undefined.noCases) { try BinnedDistance(reference: [3, 4], current: [0, 0]) }
    #expect(throws: Undefined.zeroDenominator("all cases stand in one bin")) {
      try BinnedDistance(reference: [1, 1, 1], current: [1, 1], bins: 10)
    }
  }

  /// Equal values share a bin, and every value stands in one.
  @Test func binsHoldTiesTogether() throws {
    let x = [1.0, 1, 1, 1, 1, 2, 3, 4]
    let distance = try BinnedDistance(reference: x, current: [1, 5, 6, 7], bins: 4)
    #expect(distance.reference == [5, 3] + [Int](repeating: 0, count: distance.bins - 2))
    #expect(distance.current.reduce(0, +) == 4 && distance.current[0] == 1)
  }

  /// Draws without putting back against the probabilities of all outcomes.
  @Test func hypergeometricDrawsHaveTheirShares() {
    var stream = RandomStream(1, 2)
    let (marked, cases, drawn, draws) = (7, 19, 9, 200_000)
    var counts = [Double](repeating: 0, count: 8)
    for _ in 0..<draws { counts[stream.hypergeometric(marked: marked, of: cases, drawn: drawn)] += 1 }
    func choose(_ n: Int, _ k: Int) -> Double {
      (0..<k).reduce(1) { $0 * Double(n - $1) / Double($1 + 1) }
    }
    var statistic = 0.0
    for x in 0...7 {
      let expected =
        Double(draws) * choose(marked, x) * choose(cases - marked, drawn - x) / choose(cases, drawn)
      statistic += (counts[x] - expected) * (counts[x] - expected) / expected
    }
    #expect(ChiSquared.upperTail(statistic, degreesOfFreedom: 7) > 1e-4)
    #expect(stream.hypergeometric(marked: 0, of: 5, drawn: 3) == 0)
    #expect(stream.hypergeometric(marked: 5, of: 5, drawn: 3) == 3)
    #expect(stream.hypergeometric(marked: 3, of: 5, drawn: 5) == 3)
  }

  /// Yurdakul's null: the mean of an undrifted PSI is (1/n + 1/m)(B − 1).
  @Test func undriftedStabilityIndexHasItsKnownMean() throws {
    var stream = RandomStream(18, 1)
    var sum = 0.0
    for _ in 0..<400 {
      let x = (0..<1000).map { _ in stream.uniform() }
      let y = (0..<1000).map { _ in stream.uniform() }
      sum += try BinnedDistance(reference: x, current: y, bins: 10).stabilityIndex
    }
    // A mean of 400 with a standard deviation of √18 / 500 each.
    #expect(abs(sum / 400 - 0.018) < 4 * 0.0085 / 20)
  }

  /// The rule of thumb "PSI ≥ 0.1 is drift" against p ≤ .05, both on samples from one and the same distribution.
  @Test(
    "Policy 8: a distance without its null is not an alarm", arguments: [(50, 0.9), (100, 0.6), (200, 0.25)])
  func alarmsKeepTheirRate(_ size: Int, _ rule: Double) throws {
    var stream = RandomStream(8, UInt64(size))
    let audits = 1000
    var rings = (rule: 0, index: 0, smirnov: 0, mises: 0, wasserstein: 0, chi: 0, shannon: 0)
    for audit in 0..<audits {
      let x = (0..<size).map { _ in stream.normal() }
      let y = (0..<size).map { _ in stream.normal() }
      let bins = try BinnedDistance(reference: x, current: y, bins: 10)
      let seed = UInt64(audit)
      rings.rule += bins.stabilityIndex >= 0.1 ? 1 : 0
      rings.index += bins.significance(.stabilityIndex, replicates: 199, seed: seed) <= 0.05 ? 1 : 0
      rings.shannon += bins.significance(.jensenShannon, replicates: 199, seed: seed) <= 0.05 ? 1 : 0
      rings.chi += bins.significance(.chiSquared, replicates: 199, seed: seed) <= 0.05 ? 1 : 0
      let distance = try EmpiricalDistance(reference: x, current: y)
      let dealt = distance.relabelled(replicates: 199, seed: seed)
      rings.smirnov += distance.exactKolmogorovSmirnov() <= 0.05 ? 1 : 0
      rings.mises += dealt.cramerVonMises <= 0.05 ? 1 : 0
      rings.wasserstein += dealt.wasserstein <= 0.05 ? 1 : 0
    }
    #expect(Double(rings.rule) / Double(audits) > rule)
    for ours in [rings.index, rings.shannon, rings.chi, rings.smirnov, rings.mises, rings.wasserstein] {
      #expect(Double(ours) / Double(audits) <= 0.065, "\(rings)")
    }
    for ours in [rings.index, rings.mises, rings.wasserstein] {
      #expect(Double(ours) / Double(audits) >= 0.035, "\(rings)")
    }
  }

  /// A shift of half a standard deviation in 200 cases is found nearly always.
  @Test func trueDriftIsFound() throws {
    var stream = RandomStream(9, 9)
    var found = (index: 0, smirnov: 0)
    for audit in 0..<100 {
      let x = (0..<200).map { _ in stream.normal() }
      let y = (0..<200).map { _ in stream.normal() + 0.5 }
      let bins = try BinnedDistance(reference: x, current: y, bins: 10)
      found.index += bins.significance(.stabilityIndex, replicates: 399, seed: UInt64(audit)) <= 0.05 ? 1 : 0
      let distance = try EmpiricalDistance(reference: x, current: y)
      found.smirnov += distance.exactKolmogorovSmirnov() <= 0.05 ? 1 : 0
    }
    #expect(found.index >= 85 && found.smirnov >= 95)
  }
}
