import Statistics
import TestSupport
import Testing

@Suite struct BivariateSitesTests {
  private static func counts(_ set: JSON) -> [SiteCounts] {
    let columns = ["tp", "positives", "tn", "negatives"].map { set[$0].numbers.map { Int($0) } }
    return columns[0].indices.map { i in
      SiteCounts(
        sensitivity: .init(columns[0][i], of: columns[1][i]),
        specificity: .init(columns[2][i], of: columns[3][i]))
    }
  }

  private static func counts(_ rows: [(Int, Int, Int, Int)]) -> [SiteCounts] {
    rows.map { SiteCounts(sensitivity: .init($0.0, of: $0.1), specificity: .init($0.2, of: $0.3)) }
  }

  /// Also sites without positives or negatives; a correlation of −1; no variance of one, and of both.
  @Test func oneNodeAgreesWithLme4() throws {
    let sets = try Golden.values("sites")["laplace"].array
    #expect(sets.count == 8)
    for set in sets {
      let sites = try BivariateSites(Self.counts(set), nodes: 1)
      #expect(abs(-2 * sites.logLikelihood - set["deviance"].number) < 1e-6)
      for (place, part) in [sites.sensitivity, sites.specificity].enumerated() {
        #expect(agrees(part.mean, set["mean"][place].number, within: 1e-5))
        #expect(abs(part.tau - set["tau"][place].number) < 1e-5)
        #expect(agrees(part.standardError, set["se"][place].number, within: 1e-4))
      }
      if let correlation = sites.correlation {
        #expect(abs(correlation - set["correlation"].number) < 1e-5)
      } else {
        #expect(set["tau"].numbers.contains { $0 < 1e-6 })
      }
    }
  }

  @Test func manyNodesAreTheIntegral() throws {
    let integrals = try Golden.values("sites_integral")["integrals"].array
    #expect(integrals.count == 3)
    for golden in integrals {
      let counts = Self.counts(
        golden["counts"].array.map { row in
          let n = row.numbers.map { Int($0) }
          return (n[0], n[1], n[2], n[3])
        })
      let triangle = golden["triangle"].numbers
      let second = (triangle[1] * triangle[1] + triangle[2] * triangle[2]).squareRoot()
      func logLikelihood(_ nodes: Int) -> Double {
        BivariateSites.logLikelihood(
          of: counts, means: (golden["mean"][0].number, golden["mean"][1].number),
          taus: (triangle[0], second), correlation: triangle[1] / second, nodes: nodes)
      }
      #expect(abs(logLikelihood(25) - golden["loglik"].number) < 1e-8)
      // Of sites with five cases and τ 1.5; the default is closer on larger ones.
      #expect(abs(logLikelihood(BivariateSites.defaultNodes) - golden["loglik"].number) < 1e-4)
    }
  }

  /// Nothing near the summit is higher, and its height is that of its parameters.
  @Test func itStandsOnASummit() throws {
    for set in try Golden.values("sites")["laplace"].array {
      let counts = Self.counts(set)
      let sites = try BivariateSites(counts)
      func height(_ move: [Double]) -> Double {
        let correlation = (sites.correlation ?? 0) + move[4]
        return BivariateSites.logLikelihood(
          of: counts, means: (sites.sensitivity.mean + move[0], sites.specificity.mean + move[1]),
          taus: (max(0, sites.sensitivity.tau + move[2]), max(0, sites.specificity.tau + move[3])),
          correlation: min(1, max(-1, correlation)))
      }
      #expect(abs(height([0, 0, 0, 0, 0]) - sites.logLikelihood) < 1e-9)
      var random = RandomStream(3)
      for _ in 0..<50 {
        let move = (0..<5).map { _ in 0.02 * random.normal() }
        #expect(height(move) <= sites.logLikelihood + 1e-9)
      }
    }
  }

  /// The rule is laid out along one part; the other would do as well.
  @Test func partsMayBeSwapped() throws {
    let counts = Self.counts(try Golden.values("sites")["laplace"][1])
    let ours = try BivariateSites(counts)
    let other = try BivariateSites(
      counts.map { SiteCounts(sensitivity: $0.specificity, specificity: $0.sensitivity) })
    #expect(abs(ours.logLikelihood - other.logLikelihood) < 1e-4)
    #expect(agrees(ours.sensitivity.mean, other.specificity.mean, within: 1e-3))
    #expect(agrees(ours.specificity.tau, other.sensitivity.tau, within: 1e-3))
    #expect(agrees(try #require(ours.correlation), try #require(other.correlation), within: 1e-2))
  }

  @Test func thresholdsMoveBothApart() throws {
    let counts = Self.counts(try Golden.values("sites")["laplace"][5])
    let sites = try BivariateSites(counts)
    #expect(sites.correlation == -1)
    let interval = try sites.correlationInterval(tail: 0.025)
    #expect(interval.lower == -1 && interval.upper < -0.5)
    // A limit loses what chance may: 3.84.
    #expect(abs(try sites.loss(atCorrelation: interval.upper) - 3.8414588) < 1e-2)
    #expect(try sites.loss(atCorrelation: 0.9) > 3.84)
  }

  @Test func whatCannotBeSaysWhy() {
    let alike = [(Int, Int, Int, Int)](repeating: (85, 100, 90, 100), count: 5)
    #expect(throws: Undefined.notComputed("4 with negatives, at least 5 needed")) {
      try BivariateSites(Self.counts(Array(alike.prefix(4)) + [(8, 10, 0, 0)]))
    }
    #expect(throws: Undefined.notComputed("all positives are right at every site")) {
      try BivariateSites(Self.counts(alike.map { (100, 100, $0.2, $0.3) }))
    }
    #expect(throws: Undefined.notComputed("chance explains how far sites differ")) {
      try BivariateSites(Self.counts(alike)).correlationInterval(tail: 0.025)
    }
  }
}
