import Statistics
import TestSupport
import Testing

@Suite struct HeterogeneityTests {
  @Test func cochransQAgreesWithMetafor() throws {
    for set in try Golden.values("subgroups")["heterogeneity"].array {
      let logits = zip(set["successes"].numbers, set["trials"].numbers).map {
        LogitEstimate(Proportion(successes: $0, trials: $1))
      }
      for (ours, theirs) in zip(logits, zip(set["logit"].numbers, set["variance"].numbers)) {
        #expect(agrees(ours.value, theirs.0, within: 1e-12))
        #expect(agrees(ours.variance, theirs.1, within: 1e-12))
      }
      let q = CochranQ(logits.map(\.value), variances: logits.map(\.variance))
      #expect(agrees(q.statistic, set["q"].number, within: 1e-11))
      #expect(agrees(q.p, set["p"].number, within: 1e-11))
      #expect(agrees(q.iSquared, set["i2"].number, within: 1e-11))
      #expect(agrees(q.mean, set["mean"].number, within: 1e-11))
      let covariance = logits.indices.map { i in logits.indices.map { i == $0 ? logits[i].variance : 0 } }
      let general = try CochranQ(logits.map(\.value), covariance: covariance)
      #expect(agrees(general.statistic, q.statistic, within: 1e-11))
      #expect(agrees(general.mean, q.mean, within: 1e-11))
    }
  }

  /// Of two correlated estimates Q is the squared difference over its variance.
  @Test func aCovarianceCounts() throws {
    let q = try CochranQ([1, 2.5], covariance: [[0.5, 0.3], [0.3, 0.8]])
    #expect(agrees(q.statistic, 2.25 / (0.5 + 0.8 - 0.6), within: 1e-12))
    #expect(throws: Undefined.self) { try CochranQ([1, 2], covariance: [[1, 1], [1, 1]]) }
  }

  @Test func fewDegreesOfFreedomAreWelchs() throws {
    for set in try Golden.values("subgroups")["welch"].array {
      let q = CochranQ(
        set["mean"].numbers, variances: set["variance"].numbers, residual: set["residual"].numbers)
      #expect(agrees(q.p, set["p"].number, within: 1e-12))
    }
  }

  @Test func countsAgreeWithFisherAndGLM() throws {
    for set in try Golden.values("subgroups")["heterogeneity"].array {
      let counts = GroupCounts(
        successes: set["successes"].numbers.map { Int($0) }, trials: set["trials"].numbers.map { Int($0) })
      #expect(agrees(counts.likelihoodRatio.statistic, set["g2"].number, within: 1e-9))
      #expect(agrees(counts.likelihoodRatio.p, set["g2p"].number, within: 1e-9))
      guard let exact = try? counts.exactP() else {
        #expect(counts.trials.reduce(0, +) > 250)
        continue
      }
      #expect(agrees(exact, set["exact"].number, within: 1e-9), "\(counts)")
    }
  }

  /// Every table of small margins, one by one.
  @Test func theExactTestCountsTables() throws {
    var random = RandomStream(11)
    for _ in 0..<40 {
      let trials = (0..<(2 + Int(random.uniform() * 3))).map { _ in 1 + Int(random.uniform() * 6) }
      let successes = trials.map { Int(random.uniform() * Double($0 + 1)) }
      func ways(_ table: [Int]) -> Double {
        zip(trials, table).reduce(1) { product, group in
          product * (0..<group.1).reduce(1.0) { $0 * Double(group.0 - $1) / Double($1 + 1) }
        }
      }
      var all = 0.0
      var extreme = 0.0
      func visit(_ table: [Int]) {
        guard table.count == trials.count else {
          for x in 0...trials[table.count] { visit(table + [x]) }
          return
        }
        guard table.reduce(0, +) == successes.reduce(0, +) else { return }
        all += ways(table)
        if ways(table) <= ways(successes) * (1 + 1e-7) { extreme += ways(table) }
      }
      visit([])
      let p = try GroupCounts(successes: successes, trials: trials).exactP()
      #expect(agrees(p, extreme / all, within: 1e-11))
    }
  }

  @Test func tooManyTablesAreNotEnumerated() {
    let counts = GroupCounts(
      successes: (0..<30).map { 400 + 13 * $0 }, trials: [Int](repeating: 1000, count: 30))
    #expect(throws: Undefined.notComputed("too many tables to enumerate")) { try counts.exactP() }
    #expect(!counts.isSparse)
    #expect(GroupCounts(successes: [9, 8], trials: [10, 10]).isSparse)
  }

  @Test func theStudentizedRangeAgreesWithQuadratureAndWithR() throws {
    for entry in try Golden.values("studentized_range")["tails"].array {
      let tail = StudentizedRange.upperTail(entry["q"].number, groups: entry["groups"].int ?? 0)
      #expect(agrees(tail, entry["p"].number, within: 1e-12))
    }
    // R's own quadrature keeps six digits.
    for entry in try Golden.values("subgroups")["range"].array {
      let tail = StudentizedRange.upperTail(entry["q"].number, groups: entry["k"].int ?? 0)
      #expect(agrees(tail, entry["p"].number, within: 1e-6))
    }
    let tail = StudentizedRange.tailOfAPair(level: 0.95, groups: 4)
    #expect(agrees(StudentizedRange.adjusted(2 * tail, groups: 4), 0.05, within: 1e-9))
    #expect(StudentizedRange.tailOfAPair(level: 0.95, groups: 2) == (1 - 0.95) / 2)
  }
}
