import Statistics
import TestSupport
import Testing
import Validation

@Suite struct PopulationTests {
  private func comparison(
    _ values: [String?], patients: [UInt32]? = nil, weights: [Double]? = nil,
    shares: [(String, Double)] = [("F", 0.5), ("M", 0.4), ("X", 0.1)]
  ) throws -> PopulationComparison {
    let truth = values.indices.map { $0 % 2 == 0 }
    let study = try Study(
      of: cohort(
        scores: truth.map { $0 ? 0.9 : 0.1 }, isPositive: truth, patients: patients, weights: weights,
        attributes: [("sex", values)]),
      following: plan(attributes: ["sex"], patients: patients != nil) {
        $0.metrics = ["sensitivity"]
        $0.cohort.weightColumn = weights == nil ? nil : "w"
        $0.populations = [
          Population(
            kind: .intended, name: "Here", source: "census",
            attributes: [.init(attribute: "sex", levels: shares.map { .init(level: $0.0, share: $0.1) })])
        ]
      })
    return try #require(study.robustness.populations.first)
  }

  private static let values: [String?] =
    Array(repeating: "F", count: 30) + Array(repeating: "M", count: 60)
    + Array(repeating: "D", count: 10) + Array(repeating: nil, count: 5)

  @Test func levelsStandBesideTheirShares() throws {
    let found = try comparison(Self.values)
    #expect(found.cases == 100 && found.unknown == 5)
    #expect(found.levels.map(\.level) == ["F", "M", "X", "D"])
    let female = found.levels[0]
    #expect(female.share == 0.3 && female.target == 0.5)
    // (.3 − .5) / √((.21 + .25) / 2).
    #expect(agrees(try #require(female.standardisedDifference), -0.4170288, within: 1e-6))
    let ratio = try #require(female.ratio)
    let wilson = Proportion(successes: 30, trials: 100).wilson(tail: 0.025)
    #expect(agrees(ratio.value, 0.6, within: 1e-12))
    #expect(agrees(try #require(ratio.interval).lower, wilson.lower / 0.5, within: 1e-12))
    #expect(agrees(try #require(ratio.interval).upper, wilson.upper / 0.5, within: 1e-12))
    // A level that nobody has, and one of which the population says nothing.
    #expect(found.levels[2].ratio?.value == 0 && found.levels[2].cases == 0)
    #expect(found.levels[3].ratio == nil && found.levels[3].target == nil && found.levels[3].share == 0.1)
    #expect(agrees(try #require(found.distance), (0.2 + 0.2 + 0.1 + 0.1) / 2, within: 1e-12))
  }

  /// Images of one patient share their sex: twice as many say no more.
  @Test func patientsAndWeightsCount() throws {
    let single = try #require(try comparison(Self.values).levels[0].ratio?.interval)
    let doubled = Self.values + Self.values
    let patients = (0..<2).flatMap { _ in Self.values.indices.map { UInt32($0) } }
    let clustered = try #require(try comparison(doubled, patients: patients).levels[0].ratio?.interval)
    #expect(clustered.upper - clustered.lower > single.upper - single.lower)
    #expect(clustered.upper - clustered.lower < 1.03 * (single.upper - single.lower))
    let weights = Self.values.map { $0 == "F" ? 2.0 : 1 }
    #expect(agrees(try comparison(Self.values, weights: weights).levels[0].share, 60.0 / 130, within: 1e-12))
  }

  @Test func aLevelWithoutSpreadHasNoStandardisedDifference() {
    #expect(Representation(share: 0, target: 1).standardisedDifference == nil)
    #expect(Representation(share: 1, target: 1).standardisedDifference == 0)
    #expect(Representation(share: 0.2, target: 0).ratio == nil)
  }
}
