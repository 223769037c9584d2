import Statistics
import TestSupport
import Testing

@Suite struct ControlChartTests {
  @Test func runLengthsOfNormalChartsAgreeWithSpc() throws {
    let goldens = try Golden.values("charts_normal")
    #expect(goldens["cusum"].array.count == 27 && goldens["ewma"].array.count == 24)
    for golden in goldens["cusum"].array {
      let chart = NormalCusum(reference: golden["k"].number, limit: golden["h"].number)
      let length = try chart.runLength(mean: golden["mu"].number)
      #expect(agrees(length, golden["arl"].number, within: 1e-9), "\(chart)")
    }
    for golden in goldens["ewma"].array {
      let chart = NormalEWMA(weight: golden["l"].number, width: golden["c"].number)
      let length = try chart.runLength(mean: golden["mu"].number)
      #expect(agrees(length, golden["arl"].number, within: 1e-9), "\(chart)")
    }
  }

  @Test func limitsKeepTheWantedRunAndAgreeWithSpc() throws {
    let goldens = try Golden.values("charts_normal")["limits"]
    #expect(goldens["cusum"].array.count == 3 && goldens["ewma"].array.count == 3)
    for golden in goldens["cusum"].array {
      let chart = try NormalCusum(reference: golden["k"].number, runLength: golden["arl"].number)
      #expect(agrees(chart.limit, golden["h"].number, within: 1e-6))
      #expect(agrees(try chart.runLength(mean: 0), golden["arl"].number, within: 1e-9))
    }
    for golden in goldens["ewma"].array {
      let chart = try NormalEWMA(weight: golden["l"].number, runLength: golden["arl"].number)
      #expect(agrees(chart.width, golden["c"].number, within: 1e-6))
      #expect(agrees(try chart.runLength(mean: 0), golden["arl"].number, within: 1e-9))
    }
  }

  /// The table that SAS/QC prints for EWMAARL, width 3.
  @Test func reproducesAPrintedTable() throws {
    for (weight, shift, printed, digit) in [
      (0.25, 0.5, 48.453, 1e-3), (0.5, 1, 15.7378, 1e-4), (0.75, 1.5, 8.7201, 1e-4), (1, 2, 6.30296, 1e-5),
    ] {
      let length = try NormalEWMA(weight: weight, width: 3).runLength(mean: shift)
      #expect(abs(length - printed) < 0.51 * digit)
    }
  }

  /// A moving average that forgets at once is Shewhart's chart: 1 / 2Φ(−c).
  @Test func averageWithoutMemoryIsShewharts() throws {
    let length = try NormalEWMA(weight: 1, width: 3).runLength(mean: 0)
    #expect(agrees(length, 1 / (2 * Normal.upperTail(3)), within: 1e-9))
  }

  @Test func chartsOfFailuresAgreeWithTheirChains() throws {
    let goldens = try Golden.values("charts_binary")
    #expect(goldens["bernoulli"].array.count == 6 && goldens["adjusted"].array.count == 4)
    for golden in goldens["bernoulli"].array {
      let steps = try #require(golden["steps"].int)
      let limit = try #require(golden["limit"].int)
      let length = try BernoulliCusum(steps: steps, limit: limit).runLength(rate: golden["rate"].number)
      #expect(agrees(length, golden["arl"].number, within: 1e-9))
    }
    for golden in goldens["adjusted"].array {
      let chart = RiskAdjustedCusum(
        keeping: golden["keeping"].number, finding: golden["finding"].number, limit: golden["limit"].number)
      let length = try chart.runLength(
        oddsRatio: golden["odds"].number, risks: goldens["risks"].numbers,
        states: try #require(golden["states"].int))
      #expect(agrees(length, golden["arl"].number, within: 1e-9))
    }
  }

  /// surveillance's `arlCusum` is the same chain; its `LRCUSUM.runlength` takes the sums of a state as evenly spread, so that
  /// its own runs move by up to 1.7 % when its 250 states become the 500 of these.
  @Test func chartsOfFailuresAgreeWithSurveillance() throws {
    let goldens = try Golden.values("charts_surveillance")
    #expect(goldens["bernoulli"].array.count == 6 && goldens["adjusted"].array.count == 4)
    for golden in goldens["bernoulli"].array {
      let chart = BernoulliCusum(
        steps: try #require(golden["steps"].int), limit: try #require(golden["limit"].int))
      #expect(agrees(try chart.runLength(rate: golden["rate"].number), golden["arl"].number, within: 1e-9))
    }
    for golden in goldens["adjusted"].array {
      let chart = RiskAdjustedCusum(
        keeping: golden["keeping"].number, finding: golden["finding"].number, limit: golden["limit"].number)
      let length = try chart.runLength(oddsRatio: golden["odds"].number, risks: goldens["risks"].numbers)
      #expect(abs(length / golden["arl"].number - 1) < 0.02, "\(length) for \(golden["arl"].number)")
    }
  }

  /// Reference values at limit 4 that FDA's AIM-CU prints (github.com/DIDSR/AIM-CU, ARLTheoretical.py), digits cut off: the
  /// wanted run lies between that at the printed value and that one digit up. spc's search for the same, uncut, beside them.
  @Test func referenceValuesOfAIMCUKeepTheirRuns() throws {
    let spc = try Golden.values("charts_surveillance")["reference"].array
    let printed = [0.159, 0.299, 0.3713, 0.4191, 0.4830, 0.5264, 0.5591, 0.6567]
    #expect(spc.count == printed.count)
    for (golden, value) in zip(spc, printed) {
      let wanted = golden["arl"].number
      let digit = wanted <= 100 ? 1e-3 : 1e-4
      func length(_ reference: Double) throws -> Double {
        try NormalCusum(reference: reference, limit: 4).runLength(mean: 0)
      }
      #expect(try length(value) <= wanted && length(value + digit) > wanted)
      #expect(agrees(try length(golden["k"].number), wanted, within: 1e-6))
    }
  }

  /// Runs case by case, until the chart itself rings.
  @Test func simulatedRunsAreAsLong() throws {
    var stream = RandomStream(12, 5)
    let bernoulli = BernoulliCusum(steps: 10, limit: 30)
    let expected = try bernoulli.runLength(rate: 0.2)
    let mean = Self.meanRun(of: 20_000) {
      var (sum, cases) = (0, 0)
      repeat {
        sum = max(0, sum + (stream.bernoulli(0.2) ? 9 : -1))
        cases += 1
      } while !bernoulli.rings(at: sum)
      return cases
    }
    #expect(abs(mean / expected - 1) < 0.03)

    let risks = try Golden.values("charts_binary")["risks"].numbers
    let adjusted = RiskAdjustedCusum(finding: 2, limit: 2.5)
    for odds in [1.0, 2] {
      let expected = try adjusted.runLength(oddsRatio: odds, risks: risks, states: 300)
      let mean = Self.meanRun(of: 4000) {
        var (sum, cases) = (0.0, 0)
        repeat {
          let risk = risks[stream.whole(below: risks.count)]
          let chance = odds * risk / (1 - risk + odds * risk)
          sum = max(0, sum + adjusted.score(risk: risk, failed: stream.bernoulli(chance)))
          cases += 1
        } while !adjusted.rings(at: sum)
        return cases
      }
      #expect(abs(mean / expected - 1) < 0.05, "\(mean) for \(expected)")
    }
  }

  private static func meanRun(of runs: Int, _ run: () -> Int) -> Double {
    Double((0..<runs).reduce(0) { sum, _ in sum + run() }) / Double(runs)
  }

  /// The smallest limit that keeps the run; the first failure rings where the limit is one failure.
  @Test func chartsOfFailuresAreDesigned() throws {
    let chart = try BernoulliCusum(keeping: 0.02, finding: 0.06, runLength: 2000)
    #expect(try chart.runLength(rate: 0.02) >= 2000)
    #expect(try BernoulliCusum(steps: chart.steps, limit: chart.limit - 1).runLength(rate: 0.02) < 2000)
    #expect(try chart.runLength(rate: 0.06) < 200)
    #expect((0.02...0.06).contains(1 / Double(chart.steps)))
    #expect(agrees(try BernoulliCusum(steps: 7, limit: 6).runLength(rate: 0.03), 1 / 0.03, within: 1e-12))
    #expect(chart.path([true, false, false]).map { $0 - chart.steps } == [-1, -2, -3])

    let risks = try Golden.values("charts_binary")["risks"].numbers
    let adjusted = try RiskAdjustedCusum(finding: 2, runLength: 1000, risks: risks, states: 60)
    #expect(try adjusted.runLength(oddsRatio: 1, risks: risks, states: 60) >= 999)
    #expect(try adjusted.runLength(oddsRatio: 2, risks: risks, states: 60) < 150)
  }

  /// Steiner's example: of risk 5 % a failure adds log(2 / 1.05), a success takes log 1.05 away when odds of 2 are sought.
  @Test func scoresAreSteiners() {
    let chart = RiskAdjustedCusum(finding: 2, limit: 4)
    let path = chart.path([(0.05, true), (0.05, false), (0.5, false)])
    #expect(agrees(path[0], 0.6443570163905132, within: 1e-12))
    #expect(agrees(path[1], 0.6443570163905132 - 0.04879016416943204, within: 1e-12))
    #expect(agrees(path[2], 0.5955668522210812 - 0.4054651081081644, within: 1e-12))
    let improvement = RiskAdjustedCusum(finding: 0.5, limit: 4)
    #expect(improvement.score(risk: 0.2, failed: false) > 0 && improvement.score(risk: 0.2, failed: true) < 0)
  }

  @Test func shiftsAreFoundSoonerAndPathsFollowTheRule() throws {
    let chart = NormalCusum(reference: 0.5, limit: 4)
    let lengths = try [0, 0.5, 1, 2].map { try chart.runLength(mean: $0) }
    #expect(zip(lengths, lengths.dropFirst()).allSatisfy { $0 > $1 })
    #expect(chart.path([1, -3, 2, 3]) == [0.5, 0, 1.5, 4] && !chart.rings(at: 4) && chart.rings(at: 4.1))
    let average = NormalEWMA(weight: 0.5, width: 3)
    #expect(average.path([1, 0, -2]) == [0.5, 0.25, -0.875])
    #expect(average.rings(at: -1.8) && !average.rings(at: 1.7))
  }

  @Test func whatCannotBeSaysWhy() {
    #expect(throws: Undefined.notComputed("a single value rings so often without any limit")) {
      try NormalCusum(reference: 0.5, runLength: 2)
    }
    #expect(throws: Undefined.notComputed("a run is longer than one value")) {
      try NormalEWMA(weight: 0.2, runLength: 1)
    }
    #expect(throws: Undefined.notComputed("it rings too rarely to say how often")) {
      try BernoulliCusum(steps: 5, limit: 10).runLength(rate: 0)
    }
    #expect(throws: Undefined.noCases) {
      try RiskAdjustedCusum(finding: 2, limit: 1).runLength(oddsRatio: 1, risks: [])
    }
  }
}
