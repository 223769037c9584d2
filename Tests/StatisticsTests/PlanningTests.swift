import Statistics
import TestSupport
import Testing

@Suite struct ProportionPlanTests {
  private static let wilson = ProportionPlan(assumed: 0.9, tail: 0.025)

  /// The counts that are printed for a lower limit above 80 %; at 100 Clopper-Pearson needs one more.
  @Test(arguments: [(50, 46), (75, 67), (100, 88), (150, 130), (200, 172)])
  func printedCounts(_ trials: Int, _ fewest: Int) {
    #expect(Self.wilson.fewestSuccesses(of: trials, lowerAtLeast: 0.8) == fewest)
    let exact = ProportionPlan(assumed: 0.9, tail: 0.025) { $0.clopperPearson(tail: $1) }
    if trials == 100 { #expect(exact.fewestSuccesses(of: 100, lowerAtLeast: 0.8) == 89) }
  }

  /// Power by summing over every outcome.
  @Test func powerIsTheSumOverOutcomes() {
    for (assumed, goal) in [(0.9, 0.8), (0.6, 0.5), (0.97, 0.9), (0.1, 0.02)] {
      for trials in [1, 7, 30, 113] {
        let plan = ProportionPlan(assumed: assumed, tail: 0.025)
        let sum = (0...trials).filter {
          Proportion(successes: $0, trials: trials).wilson(tail: 0.025).lower >= goal
        }.reduce(0) { $0 + Binomial.mass($1, trials: trials, probability: assumed) }
        #expect(agrees(plan.power(trials: trials, lowerAtLeast: goal), sum, within: 1e-12))
      }
    }
  }

  /// One fewer is not enough, and none of a thousand larger samples falls short.
  @Test(arguments: [(0.9, 0.8), (0.85, 0.8), (0.97, 0.9), (0.6, 0.5), (0.3, 0.1), (0.05, 0.01)])
  func everyLargerSampleIsEnough(_ assumed: Double, _ goal: Double) throws {
    let plan = ProportionPlan(assumed: assumed, tail: 0.025)
    let trials = try plan.trials(power: 0.8, lowerAtLeast: goal)
    #expect(plan.power(trials: trials - 1, lowerAtLeast: goal) < 0.8)
    for larger in trials..<trials + 1000 { #expect(plan.power(trials: larger, lowerAtLeast: goal) >= 0.8) }
  }

  @Test func anUpperLimitIsTheLowerOneOfFailures() throws {
    let plan = ProportionPlan(assumed: 0.1, tail: 0.025)
    let mirrored = try plan.mirrored.trials(power: 0.8, lowerAtLeast: 0.8)
    #expect(mirrored == (try Self.wilson.trials(power: 0.8, lowerAtLeast: 0.8)))
  }

  @Test func widthsShrinkToTheAsked() throws {
    let trials = try Self.wilson.trials(halfWidth: 0.05)
    #expect(Self.wilson.halfWidth(trials: Double(trials)) <= 0.05)
    #expect(Self.wilson.halfWidth(trials: Double(trials - 1)) > 0.05)
  }

  @Test func whatCannotBeShownIsSaid() {
    #expect(throws: Undefined.goalNotBelowAssumed) {
      try Self.wilson.trials(power: 0.8, lowerAtLeast: 0.9)
    }
    #expect(throws: Undefined.tooManyCases) {
      try Self.wilson.trials(power: 0.8, lowerAtLeast: 0.8999999)
    }
    #expect(throws: Undefined.goalNotBelowAssumed) {
      try AreaPlan(assumed: 0.8, tail: 0.025).positives(
        power: 0.8, lowerAtLeast: 0.8, negativesPerPositive: 1)
    }
  }
}

@Suite struct AreaPlanTests {
  /// One case of each class is a coin; many are what Hanley and McNeil's sum says.
  @Test func theVarianceOfFewAndMany() {
    let plan = AreaPlan(assumed: 0.8, tail: 0.025)
    #expect(agrees(plan.variance(positives: 1, negatives: 1), 0.16, within: 1e-12))
    // At ½ placements are uniform: 1/12 (1/m + 1/n) + 1/(12 mn).
    let even = AreaPlan(assumed: 0.5, tail: 0.025).variance(positives: 30, negatives: 70)
    #expect(agrees(even, 101.0 / (12 * 30 * 70), within: 1e-9))
  }

  /// The positives that are asked for give the power that was asked for, and one fewer does not.
  @Test func theSizeHasThePower() throws {
    let plan = AreaPlan(assumed: 0.92, tail: 0.025)
    let positives = try plan.positives(power: 0.8, lowerAtLeast: 0.85, negativesPerPositive: 9)
    func power(_ positives: Int) -> Double {
      plan.power(positives: Double(positives), negatives: 9 * Double(positives), lowerAtLeast: 0.85)
    }
    #expect(power(positives) >= 0.8 && power(positives - 1) < 0.8)
  }

  /// Of binormal scores with equal spread: the planned power is what the interval of the study then reaches.
  @Test func aSimulationReachesThePower() throws {
    let plan = AreaPlan(assumed: 0.9, tail: 0.025)
    let planned = plan.power(positives: 60, negatives: 120, lowerAtLeast: 0.82)
    let shift = 2.0.squareRoot() * Normal.quantile(0.9)
    var random = RandomStream(20_261_121, 4)
    let studies = 2000
    var reached = 0
    for _ in 0..<studies {
      let scores = (0..<180).map { random.normal() + ($0 < 60 ? shift : 0) }
      let sample = Sample(scores: scores, isPositive: (0..<180).map { $0 < 60 })
      let deLong = try DeLong(sample)
      guard let variance = deLong.variance else { continue }
      let interval = AUCLimits.logit(auc: deLong.auc, variance: variance, tail: 0.025, reference: .normal)
      if let interval, interval.lower >= 0.82 { reached += 1 }
    }
    // The plan takes the variance as known; the study estimates it.
    #expect(abs(Double(reached) / Double(studies) - planned) < 0.06, "\(reached) of \(studies), \(planned)")
  }
}

@Suite struct GapPlanTests {
  @Test func agreesWithR() throws {
    let values = try Golden.values("planning")
    for golden in values["two"].array {
      let plan = GapPlan(alpha: golden["alpha"].number, power: golden["power"].number)
      let ours = plan.trialsPerSide(golden["first"].number, golden["second"].number)
      #expect(ours == Int(golden["n"].number.rounded(.up)))
    }
    let plan = GapPlan(alpha: 0.05, power: 0.8)
    for golden in values["gap"].array {
      let n = golden["n"].number
      let gap = plan.smallestGap(assumed: golden["assumed"].number, group: n, complement: n)
      #expect(agrees(gap ?? 0, golden["assumed"].number - golden["lower"].number, within: 2e-5))
    }
  }

  /// 199 positives a side for 90 against 80 %, and 686 for 90 against 85 %.
  @Test func printedSizes() {
    let plan = GapPlan(alpha: 0.05, power: 0.8)
    #expect(plan.trialsPerSide(0.9, 0.8) == 199)
    #expect(plan.trialsPerSide(0.85, 0.9) == 686)
  }

  @Test func moreCasesShowSmallerGaps() {
    let plan = GapPlan(alpha: 0.05, power: 0.8)
    let gaps = [30.0, 60, 120, 240].map { plan.smallestGap(assumed: 0.9, group: $0, complement: 1000) ?? 1 }
    #expect(zip(gaps, gaps.dropFirst()).allSatisfy { $0 > $1 })
    #expect(plan.smallestGap(assumed: 0.3, group: 4, complement: 1000) == nil)
    let area = plan.smallestGap(assumedArea: 0.9, group: (20, 180), complement: (200, 1800))
    let larger = plan.smallestGap(assumedArea: 0.9, group: (80, 720), complement: (200, 1800))
    #expect((area ?? 0) > (larger ?? 1))
    #expect(plan.smallestGap(assumedArea: 0.6, group: (3, 30), complement: (200, 1800)) == nil)
  }
}
