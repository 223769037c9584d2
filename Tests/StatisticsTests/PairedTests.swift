import Statistics
import TestSupport
import Testing

@Suite struct PairedTests {
  private static func counts(_ cells: [Int]) -> PairedCounts {
    PairedCounts(both: cells[0], firstOnly: cells[1], secondOnly: cells[2], neither: cells[3])
  }

  @Test func agreesWithASearchOverLikelihoodsAndSums() throws {
    let goldens = try Golden.values("paired")["pairs"].array
    #expect(goldens.count == 20)
    for golden in goldens {
      let cells = golden["table"].array.compactMap(\.int)
      let counts = Self.counts(cells)
      let tail = golden["tail"].number
      let tango = counts.tango(tail: tail)
      #expect(agrees(tango.lower, golden["tango"][0].number, within: 1e-9), "\(cells)")
      #expect(agrees(tango.upper, golden["tango"][1].number, within: 1e-9), "\(cells)")
      let newcombe = counts.newcombe(tail: tail)
      #expect(agrees(newcombe.lower, golden["newcombe"][0].number, within: 1e-12))
      #expect(agrees(newcombe.upper, golden["newcombe"][1].number, within: 1e-12))
      let (b, c) = (cells[1], cells[2])
      #expect(agrees(McNemar.exact(firstOnly: b, secondOnly: c), golden["exact"].number, within: 1e-12))
      #expect(agrees(McNemar.midP(firstOnly: b, secondOnly: c), golden["midp"].number, within: 1e-12))
    }
  }

  /// Fagerland, Lydersen, Laake 2014, table V: (1, 1, 7, 12) by Tango; Cavo's 161 patients by both, and their tests.
  @Test func reproducesPrintedExamples() {
    func rounded(_ x: Double, _ digits: Double) -> Double { (x * digits).rounded() / digits }
    let airway = Self.counts([1, 1, 7, 12]).tango(tail: 0.025)
    #expect(rounded(airway.lower, 1000) == -0.517 && rounded(airway.upper, 1000) == -0.026)
    let cavo = Self.counts([59, 6, 16, 80])
    let newcombe = cavo.newcombe(tail: 0.025)
    #expect(rounded(newcombe.lower, 10_000) == -0.1186 && rounded(newcombe.upper, 10_000) == -0.0046)
    #expect(rounded(cavo.tango(tail: 0.025).lower, 10_000) == -0.1240)
    #expect(rounded(McNemar.exact(firstOnly: 6, secondOnly: 16), 1e6) == 0.052479)
    #expect(rounded(McNemar.midP(firstOnly: 6, secondOnly: 16), 1e6) == 0.034690)
  }

  @Test(arguments: [
    [0, 0, 0, 1], [1, 0, 0, 0], [0, 5, 0, 0], [0, 0, 7, 0], [3, 9, 0, 1], [250, 3, 40, 1000], [0, 2, 2, 0],
  ])
  func intervalsAreSymmetricNestedAndInside(_ cells: [Int]) {
    let counts = Self.counts(cells)
    let there = counts.tango(tail: 0.025)
    let back = counts.swapped.tango(tail: 0.025)
    let inverted = counts.inverted.tango(tail: 0.025)
    #expect(agrees(there.lower, -back.upper, within: 1e-9))
    #expect(agrees(there.lower, -inverted.upper, within: 1e-9))
    #expect(there.contains(counts.difference) && there.lower >= -1 && there.upper <= 1)
    let wide = counts.tango(tail: 0.001)
    #expect(wide.lower <= there.lower && wide.upper >= there.upper)
    let newcombe = counts.newcombe(tail: 0.025)
    #expect(agrees(newcombe.lower, -counts.swapped.newcombe(tail: 0.025).upper, within: 1e-12))
    #expect(newcombe.contains(counts.difference))
  }

  @Test func equalSharesNeverSpeakAgainstEquality() {
    #expect(McNemar.exact(firstOnly: 0, secondOnly: 0) == 1 && McNemar.midP(firstOnly: 0, secondOnly: 0) == 1)
    #expect(McNemar.exact(firstOnly: 4, secondOnly: 4) == 1 && McNemar.midP(firstOnly: 4, secondOnly: 4) < 1)
  }

  /// The tests' size over all outcomes of n discordant cases: exact never above the level, mid-p hardly.
  @Test(arguments: [6, 15, 40, 120]) func sizeOverAllOutcomes(_ n: Int) {
    func size(_ p: (Int) -> Double) -> Double {
      (0...n).reduce(0) {
        $0 + (p($1) <= 0.05 ? Binomial.mass($1, trials: n, probability: 0.5) : 0)
      }
    }
    #expect(size { McNemar.exact(firstOnly: $0, secondOnly: n - $0) } <= 0.05)
    #expect(size { McNemar.midP(firstOnly: $0, secondOnly: n - $0) } <= 0.065)
  }

  /// By hand, patient by patient; where each patient is one case, Tango's interval with Student's t.
  @Test func clusteredPairsAreSumsByPatient() throws {
    var stream = RandomStream(4, 11)
    var first: [Bool] = []
    var second: [Bool] = []
    var patients: [UInt32] = []
    for patient in 0..<60 {
      let level = stream.uniform()
      for _ in 0...(patient % 4) {
        first.append(stream.bernoulli(level))
        second.append(stream.bernoulli(0.7 * level))
        patients.append(UInt32(patient))
      }
    }
    let pairs = try ClusteredPairs(first: first, second: second, patients: patients)
    let n = Double(first.count)
    let d = zip(first, second).map { ($0 ? 1.0 : 0) - ($1 ? 1.0 : 0) }
    let mean = d.reduce(0, +) / n
    var squares = 0.0
    var underEquality = 0.0
    for patient in 0..<60 {
      let own = d.indices.filter { patients[$0] == UInt32(patient) }.map { d[$0] }
      let sum = own.reduce(0, +)
      squares += (sum - Double(own.count) * mean) * (sum - Double(own.count) * mean)
      underEquality += sum * sum
    }
    #expect(agrees(pairs.value, mean, within: 1e-14))
    #expect(agrees(try #require(pairs.variance), 60.0 / 59 * squares / (n * n), within: 1e-14))
    let expected = (mean * n) * (mean * n) / (60.0 / 59 * underEquality)
    #expect(agrees(try pairs.equality().statistic, expected, within: 1e-12))
    #expect(pairs.interval(tail: 0.025).contains(mean))

    let alone = try ClusteredPairs(first: first, second: second, patients: first.indices.map(UInt32.init))
    let independent = alone.counts.tango(tail: 0.025, reference: .student(n - 1))
    #expect(agrees(alone.interval(tail: 0.025).lower, independent.lower, within: 1e-2))
  }

  /// Four images a patient, whose differences go together: intervals by patient hold, those of images do not.
  @Test(arguments: [25, 100]) func clusteredIntervalsHold(_ size: Int) throws {
    var held = (patients: 0, images: 0)
    let runs = 1000
    for run in 0..<runs {
      var stream = RandomStream(31, UInt64(size), UInt64(run))
      var (first, second, patients): ([Bool], [Bool], [UInt32]) = ([], [], [])
      for patient in 0..<size {
        let kind = stream.uniform()
        for _ in 0..<4 {
          let differs = stream.bernoulli(0.8)
          first.append(!(kind < 0.2 && differs))
          second.append(!(kind > 0.65 && differs))
          patients.append(UInt32(patient))
        }
      }
      let pairs = try ClusteredPairs(first: first, second: second, patients: patients)
      let truth = 0.8 * (0.35 - 0.2)
      held.patients += pairs.interval(tail: 0.025).contains(truth) ? 1 : 0
      held.images += pairs.counts.tango(tail: 0.025).contains(truth) ? 1 : 0
    }
    #expect((0.93...0.985).contains(Double(held.patients) / Double(runs)), "\(held)")
    #expect(Double(held.images) / Double(runs) < 0.85)
  }

  @Test func clusteredPairsKnowTheirEdges() throws {
    #expect(throws: Undefined.noCases) { try ClusteredPairs(first: [], second: [], patients: []) }
    #expect(throws: Undefined.tooFewPatients(found: 1)) {
      try ClusteredPairs(first: [true, false], second: [true, true], patients: [7, 7])
    }
    let equal = try ClusteredPairs(
      first: [true, false, true, true], second: [true, false, true, true], patients: [1, 1, 2, 2])
    #expect(equal.variance == nil && equal.effectiveCases == 2)
    #expect(throws: Undefined.zeroDenominator("no discordant patients")) { try equal.equality() }
    #expect(equal.interval(tail: 0.025).upper > 0.5)
  }
}
