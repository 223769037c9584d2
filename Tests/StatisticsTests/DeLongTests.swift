import Statistics
import TestSupport
import Testing

@Suite struct DeLongTests {
  @Test func agreesWithPROC() throws {
    let sets = try Golden.values("roc")["sets"].array
    #expect(sets.count == 8)
    for set in sets {
      let deLong = try DeLong(
        Sample(scores: set["score"].numbers, isPositive: set["label"].numbers.map { $0 == 1 }))
      #expect(agrees(deLong.auc, set["auc"].number, within: 1e-12))
      #expect(agrees(try #require(deLong.variance), set["variance"].number, within: 1e-12))
    }
  }

  /// Placements counted pair by pair.
  @Test func agreesWithBruteForce() throws {
    var random = RandomStream(3)
    for trial in 0..<60 {
      let n = 4 + Int(random.uniform() * 40)
      let levels = trial % 3 == 0 ? 3.0 : 1000
      let scores = (0..<n).map { _ in (random.uniform() * levels).rounded() }
      let truth = (0..<n).map { index in index < 2 || (index > 3 && random.bernoulli(0.4)) }
      let sample = Sample(scores: scores, isPositive: truth)
      guard Set(scores).count > 1 else { continue }
      let deLong = try DeLong(sample)
      func order(_ a: Double, _ b: Double) -> Double { a > b ? 1 : a == b ? 0.5 : 0 }
      let positives = scores.indices.filter { truth[$0] }.map { scores[$0] }
      let negatives = scores.indices.filter { !truth[$0] }.map { scores[$0] }
      let v10 = positives.map { x in negatives.reduce(0) { $0 + order(x, $1) } / Double(negatives.count) }
      let v01 = negatives.map { y in positives.reduce(0) { $0 + order($1, y) } / Double(positives.count) }
      let auc = v10.reduce(0, +) / Double(v10.count)
      func variance(_ v: [Double]) -> Double {
        v.reduce(0) { $0 + ($1 - auc) * ($1 - auc) } / Double(v.count - 1) / Double(v.count)
      }
      #expect(agrees(deLong.auc, auc, within: 1e-13))
      #expect(agrees(try #require(deLong.variance), variance(v10) + variance(v01), within: 1e-13))
      let influence = deLong.influence(in: sample)
      #expect(agrees(influence.reduce(0, +), 0, within: 1e-12))
      #expect(influence.count == n)
    }
  }

  @Test func saysWhyItIsUndefined() {
    #expect(throws: Undefined.noPositives) {
      try DeLong(Sample(scores: [1, 2], isPositive: [false, false]))
    }
    #expect(throws: Undefined.noNegatives) { try DeLong(Sample(scores: [1, 2], isPositive: [true, true])) }
    #expect(throws: Undefined.constantScore) {
      try DeLong(Sample(scores: [1, 1], isPositive: [true, false]))
    }
  }

  @Test func aPerfectCurveHasABoundBelowOne() throws {
    let interval = AUCLimits.perfect(auc: 1, smallerClass: 20, tail: 0.025)
    #expect(agrees(interval.lower, 0.8316, within: 1e-4))
    #expect(interval.upper == 1)
    let mirrored = AUCLimits.perfect(auc: 0, smallerClass: 20, tail: 0.025)
    #expect(agrees(mirrored.upper, 1 - interval.lower, within: 1e-15))
  }

  @Test func newcombeAgreesWithSciPy() throws {
    for theirs in try Golden.values("newcombe_area")["cases"].array {
      let interval = AUCLimits.newcombe(
        auc: theirs["auc"].number, positives: theirs["positives"].number,
        negatives: theirs["negatives"].number, tail: theirs["tail"].number)
      let limits = theirs["limits"].numbers
      #expect(agrees(interval.lower, limits[0], within: 1e-9))
      #expect(agrees(interval.upper, limits[1], within: 1e-9))
    }
  }

  /// From placements that are counted pair by pair.
  @Test func degreesOfFreedomAreSatterthwaites() throws {
    var random = RandomStream(7)
    let scores = (0..<60).map { _ in (random.uniform() * 30).rounded() }
    let truth = scores.map { random.bernoulli($0 / 30) }
    let deLong = try DeLong(Sample(scores: scores, isPositive: truth))
    func parts(_ own: Bool) -> (variance: Double, freedom: Double) {
      let placements = scores.indices.filter { truth[$0] == own }.map { i in
        let others = scores.indices.filter { truth[$0] != own }
        return others.reduce(0) {
          $0 + (scores[i] == scores[$1] ? 0.5 : (scores[i] > scores[$1]) == own ? 1 : 0)
        } / Double(others.count)
      }
      let mean = placements.reduce(0, +) / Double(placements.count)
      let sum = placements.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
      let freedom = Double(placements.count - 1)
      return (sum / freedom / Double(placements.count), freedom)
    }
    let (a, b) = (parts(true), parts(false))
    let total = a.variance + b.variance
    let expected = total * total / (a.variance * a.variance / a.freedom + b.variance * b.variance / b.freedom)
    #expect(agrees(try #require(deLong.variance), total, within: 1e-12))
    #expect(agrees(try #require(deLong.degreesOfFreedom), expected, within: 1e-9))
  }

  @Test func reversingTheScoreMirrorsTheArea() throws {
    var random = RandomStream(5)
    let scores = (0..<50).map { _ in (random.uniform() * 20).rounded() }
    let truth = (0..<50).map { _ in random.bernoulli(0.5) }
    let up = try DeLong(Sample(scores: scores, isPositive: truth))
    let down = try DeLong(Sample(scores: scores.map { -$0 }, isPositive: truth))
    #expect(agrees(up.auc + down.auc, 1, within: 1e-14))
    #expect(agrees(try #require(up.variance), try #require(down.variance), within: 1e-13))
  }

  @Test func theCurveHoldsItsOperatingPoints() throws {
    var random = RandomStream(11)
    let scores = (0..<5000).map { _ in random.uniform() }
    let truth = scores.map { random.bernoulli($0) }
    let sample = Sample(scores: scores, isPositive: truth, threshold: 0.37)
    let curve = try ROCCurve(sample, exactAt: [0.37])
    #expect(curve.points.count <= 512)
    #expect(curve.points.first?.sensitivity == 0 && curve.points.first?.falsePositiveRate == 0)
    #expect(curve.points.last?.sensitivity == 1 && curve.points.last?.falsePositiveRate == 1)
    let table = sample.twoByTwo(at: 0)
    let point = try #require(curve.points.first { $0.threshold == 0.37 })
    #expect(point.sensitivity == Double(table.truePositives) / Double(table.positives))
    #expect(point.falsePositiveRate == Double(table.falsePositives) / Double(table.negatives))
    for (a, b) in zip(curve.points, curve.points.dropFirst()) {
      #expect(a.sensitivity <= b.sensitivity && a.falsePositiveRate <= b.falsePositiveRate)
      #expect(a.threshold > b.threshold)
    }
  }
}
