import Statistics
import TestSupport
import Testing

@Suite struct ProportionTests {
  private static let methods: [(name: String, interval: @Sendable (Proportion, Double) -> Interval)] = [
    ("wilson", { $0.wilson(tail: $1) }), ("clopper-pearson", { $0.clopperPearson(tail: $1) }),
    ("jeffreys", { $0.jeffreys(tail: $1) }), ("agresti-coull", { $0.agrestiCoull(tail: $1) }),
  ]

  @Test func agreesWithStatsmodels() throws {
    let rows = try Golden.values("proportions")["single"].array
    #expect(rows.count == 48)
    for row in rows {
      let successes = try #require(row["successes"].int)
      let trials = try #require(row["trials"].int)
      let proportion = Proportion(successes: successes, trials: trials)
      for (name, interval) in Self.methods {
        let ours = interval(proportion, row["tail"].number)
        let theirs = row[name].numbers
        // statsmodels leaves Jeffreys' limits inside at x = 0 and x = n, where Brown, Cai and DasGupta set them to 0 and 1.
        let isEdge = successes == 0 || successes == trials
        if name == "jeffreys" && isEdge {
          #expect(successes == 0 ? ours.lower == 0 : ours.upper == 1)
          continue
        }
        #expect(agrees(ours.lower, theirs[0], within: 1e-12), "\(name) \(successes)/\(trials)")
        #expect(agrees(ours.upper, theirs[1], within: 1e-12), "\(name) \(successes)/\(trials)")
      }
    }
  }

  @Test func newcombeAgreesWithStatsmodels() throws {
    for row in try Golden.values("proportions")["difference"].array {
      let (a, b) = (row["first"].numbers, row["second"].numbers)
      let first = Proportion(successes: a[0], trials: a[1])
      let second = Proportion(successes: b[0], trials: b[1])
      let ours = Difference.interval(
        first.value, first.wilson(tail: 0.025), minus: second.value, second.wilson(tail: 0.025))
      #expect(agrees(ours.lower, row["newcombe"].numbers[0], within: 1e-12))
      #expect(agrees(ours.upper, row["newcombe"].numbers[1], within: 1e-12))
    }
  }

  /// FDA 2007, FDA 2025 (draft), appendix F: percentages as printed, Wilson.
  @Test(arguments: [
    (44, 51, 86.3, 74.3, 93.2), (168, 169, 99.4, 96.7, 99.9), (16600, 20000, 83.0, 82.5, 83.5),
    (4200, 7600, 55.3, 54.1, 56.4), (16600, 17400, 95.4, 95.1, 95.7),
  ]) func printedByFDA(_ x: Int, _ n: Int, _ value: Double, _ lower: Double, _ upper: Double) {
    let proportion = Proportion(successes: x, trials: n)
    let interval = proportion.wilson(tail: 0.025)
    #expect((proportion.value * 1000).rounded() / 10 == value)
    #expect((interval.lower * 1000).rounded() / 10 == lower)
    #expect((interval.upper * 1000).rounded() / 10 == upper)
  }

  /// 510(k) summaries: Clopper-Pearson, as printed (two decimals, or one).
  @Test(arguments: [
    (100, 104, 90.44, 98.94, 100.0), (110, 116, 89.08, 98.08, 100), (202, 214, 90.41, 97.07, 100),
    (85, 96, 80.4, 94.1, 10), (382, 427, 86.15, 92.21, 100), (86, 87, 93.76, 99.97, 100),
  ]) func printedIn510k(_ x: Int, _ n: Int, _ lower: Double, _ upper: Double, _ digits: Double) {
    let interval = Proportion(successes: x, trials: n).clopperPearson(tail: 0.025)
    #expect((interval.lower * 100 * digits).rounded() / digits == lower)
    #expect((interval.upper * 100 * digits).rounded() / digits == upper)
  }

  /// The fewest successes whose lower limit exceeds 80 %.
  @Test(arguments: [(50, 46), (75, 67), (100, 88), (150, 130), (200, 172)])
  func fewestSuccessesAbove80(_ n: Int, _ fewest: Int) {
    let first = (0...n).first { Proportion(successes: $0, trials: n).wilson(tail: 0.025).lower > 0.8 }
    #expect(first == fewest)
    if n == 100 {
      let exact = (0...n).first {
        Proportion(successes: $0, trials: n).clopperPearson(tail: 0.025).lower > 0.8
      }
      #expect(exact == 89)
    }
  }

  @Test func eightOfEightIsNotCertainty() {
    let interval = Proportion(successes: 8, trials: 8).wilson(tail: 0.025)
    #expect((interval.lower * 1000).rounded() / 1000 == 0.676)
    #expect(interval.upper == 1)
  }

  @Test func liesInsideAndHoldsTheValue() {
    var random = RandomStream(7)
    for _ in 0..<2_000 {
      let trials = 0.5 + 300 * random.uniform()
      let edge = random.uniform()
      let proportion = Proportion(
        successes: edge < 0.1 ? 0 : edge > 0.9 ? trials : trials * random.uniform(), trials: trials)
      for (name, interval) in Self.methods {
        let wide = interval(proportion, 0.005)
        let narrow = interval(proportion, 0.05)
        #expect(
          0 <= wide.lower && wide.upper <= 1 && narrow.contains(proportion.value), "\(name) \(proportion)")
        #expect(wide.lower <= narrow.lower && narrow.upper <= wide.upper, "\(name) \(proportion)")
        let mirrored = interval(
          Proportion(successes: max(0, trials - proportion.successes), trials: trials), 0.05)
        #expect(agrees(mirrored.complement.lower, narrow.lower, within: 1e-9), "\(name) \(proportion)")
      }
    }
  }

  /// Exact sums of the policy document: Wilson at n = 50.
  @Test(arguments: [(0.5, 0.935), (0.7, 0.957), (0.8, 0.951), (0.9, 0.970), (0.95, 0.962), (0.98, 0.922)])
  func coverageOfWilsonAt50(_ p: Double, _ published: Double) {
    let covered = (0...50).filter { Proportion(successes: $0, trials: 50).wilson(tail: 0.025).contains(p) }
    let coverage = covered.reduce(0) { $0 + Binomial.mass($1, trials: 50, probability: p) }
    #expect((coverage * 1000).rounded() / 1000 == published)
  }
}
