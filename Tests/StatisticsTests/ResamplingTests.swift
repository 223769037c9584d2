import Statistics
import TestSupport
import Testing

@Suite struct BootstrapTests {
  /// Of R's own replicates and influence.
  @Test func limitsAgreeWithR() throws {
    for set in try Golden.values("resampling")["endpoints"].array {
      let distribution = BootstrapDistribution(value: set["t0"].number, replicates: set["t"].numbers)
      let acceleration = BootstrapDistribution.acceleration(ofInfluence: set["influence"].numbers)
      for limits in set["limits"].array {
        let tail = (1 - limits["level"].number) / 2
        let percentile = try distribution.percentile(tail: tail)
        let bca = try distribution.bca(tail: tail, acceleration: acceleration)
        for (ours, theirs) in [
          (percentile.lower, limits["percentile"][0]), (percentile.upper, limits["percentile"][1]),
          (bca.lower, limits["bca"][0]), (bca.upper, limits["bca"][1]),
        ] { #expect(agrees(ours, theirs.number, within: 1e-12)) }
      }
    }
  }

  @Test func whatNeverVariesHasNoInterval() {
    let constant = BootstrapDistribution(value: 1, replicates: [1, 1, 1])
    #expect(throws: Undefined.notComputed("the same value in every resample")) {
      try constant.percentile(tail: 0.025)
    }
    let above = BootstrapDistribution(value: 1, replicates: [2, 3, 4])
    #expect(throws: Undefined.notComputed("every resample lies on one side of the estimate")) {
      try above.bca(tail: 0.025, acceleration: 0)
    }
  }

  private static let sample = Sample(
    scores: [0.1, 0.4, 0.4, 0.7, 0.2, 0.8, 0.9], isPositive: [false, false, true, true, false, true, true],
    patients: [0, 1, 1, 2, 3, 4, 4])

  /// All ways of drawing patients within their strata, against many draws: the mean and variance of the area.
  @Test func drawsArePatientsWithinStrata() throws {
    let patients: [[(Double, Bool)]] = [
      [(0.1, false)], [(0.4, false), (0.4, true)], [(0.7, true)], [(0.2, false)], [(0.8, true), (0.9, true)],
    ]
    var all: [Double] = []
    for (a, b) in pairs([0, 3]) {
      for (c, d) in pairs([2, 4]) {
        let cases = [a, b, 1, c, d].flatMap { patients[$0] }
        all.append(try DeLong(Sample(scores: cases.map(\.0), isPositive: cases.map(\.1))).auc)
      }
    }
    let units = ResamplingUnits(Self.sample, byTruth: true)
    #expect(units.count == 5)
    let draws = try (0..<20_000).map {
      try DeLong(units.resample(Self.sample, seed: 3, replicate: $0)).auc
    }
    let (mean, variance) = moments(all)
    let (ours, oursVariance) = moments(draws)
    #expect(abs(ours - mean) < 4 * (variance / 20_000).squareRoot())
    #expect(abs(oursVariance / variance - 1) < 0.05)
  }

  private func pairs(_ items: [Int]) -> [(Int, Int)] { items.flatMap { a in items.map { (a, $0) } } }

  private func moments(_ values: [Double]) -> (Double, Double) {
    let mean = values.reduce(0, +) / Double(values.count)
    return (mean, values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count))
  }

  /// A draw is a function of its number, and without strata the classes vary.
  @Test func drawsAreFunctionsOfTheirNumber() {
    let units = ResamplingUnits(Self.sample, byTruth: false)
    let (one, again) = (
      units.resample(Self.sample, seed: 3, replicate: 7), units.resample(Self.sample, seed: 3, replicate: 7)
    )
    #expect(one.weights == again.weights && one.scores == again.scores)
    let counts = Set((0..<50).map { units.resample(Self.sample, seed: 3, replicate: $0).positives })
    #expect(counts.count > 2)
  }

  /// Leaving out parts gives the influence of independent cases: DeLong's variance is the sum of its squares.
  @Test func leavingOutGivesTheInfluence() throws {
    var random = RandomStream(5)
    let truth = (0..<90).map { $0 < 40 }
    let sample = Sample(scores: truth.map { random.normal() + ($0 ? 1 : 0) }, isPositive: truth)
    let units = ResamplingUnits(sample, byTruth: true)
    let auc = try DeLong(sample).auc
    let parts = units.withoutParts()
    #expect(parts.count == 90)
    var squares = [0.0, 0.0]
    for part in parts {
      let influence = part.factor * (auc - (try DeLong(units.leavingOut(part, of: sample)).auc))
      squares[part.stratum] += influence * influence
    }
    let (m, n) = (40.0, 50.0)
    let variance = squares[0] * m / (m - 1) + squares[1] * n / (n - 1)
    #expect(agrees(variance, try #require(DeLong(sample).variance), within: 1e-6))
    #expect(units.withoutParts(mostParts: 7).count == 14)
  }
}

@Suite struct PermutationTests {
  /// Every deal of eight positives to two groups of four, against deals drawn at random.
  @Test func agreesWithEveryDeal() {
    let values: [Double] = [1, 0, 1, 1, 1, 1, 0, 0]
    let sample = Sample(scores: values, isPositive: values.map { _ in true })
    let sorted = Array(sample.scores)
    let isFirst = [true, true, true, false, false, false, false, true]
    func difference(_ first: [Bool]) -> Double {
      func mean(_ side: Bool) -> Double {
        let own = zip(sorted, first).filter { $1 == side }.map(\.0)
        return own.reduce(0, +) / Double(own.count)
      }
      return mean(true) - mean(false)
    }
    let observed = difference(isFirst)
    var (deals, farther) = (0, 0)
    for mask in 0..<256 where mask.nonzeroBitCount == 4 {
      deals += 1
      if abs(difference((0..<8).map { mask >> $0 & 1 == 1 })) >= abs(observed) - 1e-12 { farther += 1 }
    }
    let units = ResamplingUnits(sample, byTruth: true)
    let p = Permutation.twoSidedP(
      observed: observed,
      replicates: (0..<20_000).map { difference(units.permuted(isFirst, seed: 1, replicate: $0)) })
    let exact = Double(farther) / Double(deals)
    #expect(abs(p - exact) < 4 * (exact * (1 - exact) / 20_000).squareRoot())
    #expect(Permutation.twoSidedP(observed: 2, replicates: [1, -2, nil, 0.5]) == 3.0 / 5)
  }

  /// Patients move whole, and strata keep their labels.
  @Test func patientsMoveWhole() {
    let patients: [UInt32] = [0, 0, 1, 2, 2, 3, 4]
    let truth = [true, true, true, true, true, false, false]
    let sample = Sample(scores: [1, 2, 3, 4, 5, 6, 7], isPositive: truth, patients: patients)
    let units = ResamplingUnits(sample, byTruth: true)
    for replicate in 0..<200 {
      let labels = units.permuted(
        [true, true, false, false, false, true, false], seed: 9, replicate: replicate)
      #expect(labels[0] == labels[1] && labels[3] == labels[4])
      #expect([labels[0], labels[2], labels[3]].count { $0 } == 1 && labels[5] != labels[6])
    }
  }
}

@Suite struct MaxTTests {
  @Test func agreesWithMvtnorm() throws {
    for set in try Golden.values("resampling")["largest"].array {
      let correlation = set["correlation"].array.map(\.numbers)
      let largest = MaxT(correlation: correlation, seed: 1)
      for pair in set["p"].array {
        let theirs = pair[1].number
        let ours = largest.adjusted(pair[0].number, of: correlation.count)
        #expect(abs(ours - theirs) < 4 * (theirs / Double(MaxT.usualDraws)).squareRoot() + 1e-4)
      }
      let tail = largest.tail(level: 0.95)
      #expect(agrees(largest.adjusted(2 * tail, of: correlation.count), 0.05, within: 1e-4))
    }
  }

  /// Three groups of equal size, each against the others, are the pairs of Tukey's range turned round: the rows depend on
  /// each other. One comparison needs no adjustment.
  @Test func singularAndSingle() {
    let third = MaxT(correlation: [[1, -0.5, -0.5], [-0.5, 1, -0.5], [-0.5, -0.5, 1]], seed: 2)
    // Of three such deviates: pairs of a range of three, whose correlations are ± ½.
    let tukey = Normal.upperQuantile(StudentizedRange.tailOfAPair(level: 0.95, groups: 3))
    #expect(abs(third.criticalValue(level: 0.95) - tukey) < 0.02)
    let one = MaxT(correlation: [[1]], seed: 3)
    #expect(abs(one.criticalValue(level: 0.95) - 1.96) < 0.03 && one.adjusted(0.03, of: 1) == 0.03)
  }

  @Test func theSameOnAnyNumberOfThreads() {
    let matrix = [[1, 0.3], [0.3, 1]]
    let several = Workers(count: 3) { pieces, body in for piece in (0..<pieces).reversed() { body(piece) } }
    let (a, b) = (
      MaxT(correlation: matrix, seed: 4), MaxT(correlation: matrix, seed: 4, using: several)
    )
    #expect(a.criticalValue(level: 0.9) == b.criticalValue(level: 0.9))
  }
}

@Suite struct FalseDiscoveryTests {
  @Test func agreesWithR() throws {
    let set = try Golden.values("resampling")["false_discovery"]
    for (ours, theirs) in zip(FalseDiscovery.benjaminiHochberg(set["p"].numbers), set["q"].numbers) {
      #expect(agrees(ours, theirs, within: 1e-15))
    }
  }
}

@Suite struct BetaBinomialTests {
  @Test func agreesWithR() throws {
    for set in try Golden.values("resampling")["shrunken"].array {
      let groups = zip(set["x"].numbers, set["n"].numbers).map { (x: $0, n: $1) }
      let fit = try BetaBinomial(groups)
      #expect(agrees(fit.mean, set["mean"].number, within: 1e-5))
      #expect(agrees(fit.size / set["size"].number, 1, within: 1e-4))
      for (group, value) in zip(groups, set["value"].numbers) {
        let ours = fit.estimate(x: group.x, n: group.n, tail: 0.025)
        #expect(agrees(ours.value, value, within: 1e-5))
        #expect(ours.interval.contains(ours.value))
      }
    }
  }

  @Test func emptyGroupsTakeTheMean() throws {
    let fit = try BetaBinomial([(8, 10), (30, 50), (9, 30)])
    let nothing = fit.estimate(x: 0, n: 0, tail: 0.025)
    #expect(nothing.value == fit.mean && nothing.own == 0)
    #expect(throws: Undefined.notComputed("fewer than 3 groups to learn from")) {
      try BetaBinomial([(1, 2), (3, 4), (0, 0)])
    }
    #expect(throws: Undefined.notComputed("no failure in any group")) {
      try BetaBinomial([(1, 1), (3, 3), (2, 2)])
    }
  }

  /// Where shares of groups are drawn as assumed, 95 % of intervals hold them, also of the smallest groups.
  @Test func intervalsHoldTheTruth() throws {
    var (held, small, smallHeld) = (0.0, 0.0, 0.0)
    let replicates = 400
    for replicate in 0..<replicates {
      var random = RandomStream(11, UInt64(replicate))
      let truth = (0..<24).map { _ in Normal.cumulative(0.84 + 0.3 * random.normal()) }
      let groups = truth.enumerated().map { place, share in
        let n = [3, 8, 20, 60][place % 4]
        return (x: Double((0..<n).count { _ in random.bernoulli(share) }), n: Double(n))
      }
      let fit = try BetaBinomial(groups)
      for (share, group) in zip(truth, groups) {
        let holds = fit.estimate(x: group.x, n: group.n, tail: 0.025).interval.contains(share) ? 1.0 : 0
        held += holds
        if group.n == 3 {
          small += 1
          smallHeld += holds
        }
      }
    }
    #expect(held / Double(24 * replicates) > 0.9, "\(held / Double(24 * replicates))")
    #expect(smallHeld / small > 0.88, "\(smallHeld / small)")
  }
}
