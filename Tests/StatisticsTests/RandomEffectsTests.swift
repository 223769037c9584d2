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

  @Test func equalSitesHaveNoVarianceBetweenThem() throws {
    let effects = try RandomEffects([1, 1, 1, 1, 1], variances: [0.1, 0.2, 0.1, 0.3, 0.2])
    #expect(effects.tauSquared == 0 && effects.iSquared == 0)
    #expect(effects.prediction(tail: 0.025).lower < effects.interval(tail: 0.025).lower)
  }
}
