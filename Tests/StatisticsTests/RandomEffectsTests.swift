import Statistics
import TestSupport
import Testing

@Suite struct RandomEffectsTests {
  @Test func agreesWithMetafor() throws {
    for set in try Golden.values("subgroups")["effects"].array {
      let effects = try RandomEffects(set["y"].numbers, variances: set["v"].numbers)
      #expect(agrees(effects.tauSquared, set["tau2"].number, within: 1e-8))
      #expect(agrees(effects.mean, set["mean"].number, within: 1e-8))
      #expect(agrees(effects.standardError, set["se"].number, within: 1e-8))
      #expect(agrees(effects.iSquared, set["i2"].number, within: 1e-8))
      let pairs = [
        (effects.interval(tail: 0.025), [set["lower"].number, set["upper"].number]),
        (effects.prediction(tail: 0.025), set["prediction"].numbers),
        (effects.tauSquaredInterval(tail: 0.025), set["tau2ci"].numbers),
        (effects.iSquaredInterval(tail: 0.025), set["i2ci"].numbers),
      ]
      for (ours, theirs) in pairs {
        #expect(agrees(ours.lower, theirs[0], within: 1e-7) && agrees(ours.upper, theirs[1], within: 1e-7))
      }
    }
  }

  @Test func fourSitesAreTooFew() {
    #expect(throws: Undefined.notComputed("4 with an estimate, at least 5 needed")) {
      try RandomEffects([1, 2, 3, 4], variances: [1, 1, 1, 1])
    }
  }

  /// Sites of any spread, also those where scoring alone takes more than a thousand steps.
  @Test func itConverges() throws {
    var random = RandomStream(21)
    for _ in 0..<20_000 {
      let sites = 5 + Int(random.uniform() * 4)
      let logits = (0..<sites).map { _ in
        let share = LogitEstimate.share(1.7 + 0.9 * random.normal())
        let successes = (0..<100).reduce(0) { sum, _ in sum + (random.bernoulli(share) ? 1 : 0) }
        return LogitEstimate(Proportion(successes: successes, trials: 100))
      }
      let effects = try RandomEffects(logits.map(\.value), variances: logits.map(\.variance))
      #expect(effects.tauSquared >= 0)
    }
    let slow = zip([98.0, 85, 81, 81, 86], [100.0, 100, 100, 100, 100]).map {
      LogitEstimate(Proportion(successes: $0, trials: $1))
    }
    let effects = try RandomEffects(slow.map(\.value), variances: slow.map(\.variance))
    #expect((0.0334...0.0771).contains(effects.tauSquared))
  }

  @Test func equalSitesHaveNoVarianceBetweenThem() throws {
    let effects = try RandomEffects([1, 1, 1, 1, 1], variances: [0.1, 0.2, 0.1, 0.3, 0.2])
    #expect(effects.tauSquared == 0 && effects.iSquared == 0)
    #expect(effects.prediction(tail: 0.025).lower < effects.interval(tail: 0.025).lower)
  }
}
