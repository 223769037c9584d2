import Statistics
import TestSupport
import Testing
import Validation

@Suite struct RecalibrationAdviceTests {
  /// Logits twice too far from 0, in two groups of which one is right as it is.
  private func cohort(seed: UInt64, patients: Bool = false, factor: Double = 2) -> Cohort {
    var random = RandomStream(seed)
    var (scores, truth, groups): ([Double], [Bool], [String?]) = ([], [], [])
    for index in 0..<1200 {
      let logit = random.normal()
      let isRight = index % 4 == 0
      scores.append(SmoothCalibration.risk(isRight ? logit : factor * logit))
      truth.append(random.bernoulli(SmoothCalibration.risk(logit)))
      groups.append(isRight ? "right" : "far")
    }
    return ValidationTests.cohort(
      scores: scores, isPositive: truth,
      patients: patients ? scores.indices.map { UInt32($0 / 2) } : nil, attributes: [("group", groups)])
  }

  private func advice(_ cohort: Cohort, workers: Workers = .one) throws -> RecalibrationAdvice.Advice {
    let study = try Study(
      of: cohort,
      following: plan(attributes: ["group"], patients: cohort.patients != nil) {
        $0.metrics = ["brier", "observed_expected", "sensitivity", "false_positive_rate"]
        $0.advisesRecalibration = true
      }, using: workers)
    return try #require(study.recalibration.first).advice.get()
  }

  @Test(arguments: [false, true]) func whatHelpsMostHarmsTheOthers(_ patients: Bool) throws {
    let advice = try advice(cohort(seed: 5, patients: patients))
    #expect(advice.update == .slope)
    let effects = try advice.effects.get()
    #expect(effects.map(\.group.label) == ["All cases", "far", "right"])
    #expect(effects.map(\.reading) == [.better, .better, .worse])
    #expect(effects[0].cases == effects[1].cases + effects[2].cases)
  }

  /// Before the change the groups are what the rows of the study say of them.
  @Test func beforeIsWhatTheStudySays() throws {
    let cohort = cohort(seed: 7)
    let study = try Study(
      of: cohort,
      following: plan(attributes: ["group"]) {
        $0.metrics = ["brier", "observed_expected", "sensitivity", "false_positive_rate"]
        $0.advisesRecalibration = true
      })
    for effect in try #require(study.recalibration.first).advice.get().effects.get() {
      for (id, value) in [
        ("brier", effect.before.brier), ("observed_expected", effect.before.ratio),
        ("sensitivity", effect.before.sensitivity), ("false_positive_rate", effect.before.falsePositiveRate),
      ] {
        let row = try #require(study.row(id, effect.group)?.estimate)
        #expect(agrees(row.value, try #require(value), within: 1e-12), "\(id) in \(effect.group.label)")
      }
      let change = effect.after.brier - effect.before.brier
      #expect(agrees(effect.change.value, change, within: 1e-12))
    }
  }

  @Test func threadsChangeNothing() throws {
    let cohort = cohort(seed: 11, patients: true)
    let backwards = Workers(count: 2) { pieces, body in for piece in (0..<pieces).reversed() { body(piece) } }
    #expect(try advice(cohort) == advice(cohort, workers: backwards))
  }

  @Test func aCalibratedModelIsLeftAlone() throws {
    let advice = try advice(cohort(seed: 13, factor: 1))
    #expect(advice.update == .none)
    #expect(try advice.effects.get().isEmpty)
  }

  @Test func thePlanHasToAsk() throws {
    let study = try Study(of: cohort(seed: 5), following: plan(attributes: ["group"]))
    #expect(study.recalibration.isEmpty)
  }
}
