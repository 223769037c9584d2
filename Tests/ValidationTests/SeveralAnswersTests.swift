import Statistics
import Testing
import Validation

/// Groups that overlap: a case is in every group that it names.
@Suite struct SeveralAnswersTests {
  private let draw = Draw(positives: 150, negatives: 300, seed: 41)

  /// In turn a alone, b alone, a and b, and unknown in every tenth.
  private var combined: [Int?] { draw.scores.indices.map { $0 % 10 == 9 ? nil : $0 % 3 } }

  private func made(_ attribute: Attribute, patients: Bool = false) -> Cohort {
    let plain = cohort(scores: draw.scores, isPositive: draw.isPositive)
    return Cohort(
      isPositive: plain.isPositive, patients: patients ? draw.scores.indices.map(UInt32.init) : nil,
      patientCount: patients ? draw.scores.count : 0, models: plain.models, attributes: [attribute],
      flow: plain.flow)
  }

  private var overlapping: Attribute {
    Attribute(
      name: "race", levels: ["a", "b"], codes: combined.map { $0.map(UInt16.init) ?? Attribute.unknown },
      combinations: [[0], [1], [0, 1]])
  }

  /// The same cases as two groups: a, alone or with b, and all others.
  private var split: Attribute {
    Attribute(
      name: "race", levels: ["a", "not a"],
      codes: combined.map { $0.map { $0 == 1 ? 1 : 0 } ?? Attribute.unknown })
  }

  @Test func aGroupHoldsEveryCaseThatNamesIt() throws {
    let study = try Study(of: made(overlapping), following: plan(attributes: ["race"]))
    let plain = try Study(of: made(split), following: plan(attributes: ["race"]))
    for metric in Metric.catalog.map(\.id) {
      #expect(study.row(metric, .of("race", "a"))?.result == plain.row(metric, .of("race", "a"))?.result)
    }
    #expect(study.row("auc", .of("race", "a"))?.support.cases == combined.count { $0 == 0 || $0 == 2 })
    #expect(study.row("auc", .of("race", "b"))?.support.cases == combined.count { $0 == 1 || $0 == 2 })
    let attribute = study.cohorts[0].attributes[0]
    #expect(attribute.overlaps && attribute.levels.map(\.cases).reduce(0, +) > study.cohorts[0].cases)
  }

  /// The complement is who does not name the group; both groups have one, and unknown cases are in neither.
  @Test func theComplementIsWhoDoesNotNameIt() throws {
    let study = try Study(of: made(overlapping), following: plan(attributes: ["race"]))
    let plain = try Study(of: made(split), following: plan(attributes: ["race"]))
    for metric in ["sensitivity", "auc", "brier"] {
      let gap = study.row(metric, .of("race", "a"), minus: .complement)
      #expect(gap?.result == plain.row(metric, .of("race", "a"), minus: .complement)?.result, "\(metric)")
      #expect(study.row(metric, .of("race", "b"), minus: .complement) != nil)
    }
  }

  /// What two groups share moves both: the interval is that of cases named as patients, and narrower than that of two
  /// groups of other people.
  @Test func sharedCasesCorrelate() throws {
    func gap(_ metric: String, patients: Bool) throws -> Row {
      let plan = plan(attributes: ["race"], patients: patients) { $0.referenceGroups = ["race": "b"] }
      let study = try Study(of: made(overlapping, patients: patients), following: plan)
      return try #require(
        study.row(metric, .of("race", "a"), minus: .group(.of("race", "b"))), "\(metric)")
    }
    for metric in ["sensitivity", "specificity", "auc", "brier"] {
      let byCase = try gap(metric, patients: false)
      let byPatient = try gap(metric, patients: true)
      let interval = try #require(byCase.estimate?.interval)
      #expect(interval == byPatient.estimate?.interval, "\(metric)")
      #expect(byCase.support.patients == nil)
      #expect(byCase.estimate?.method.contains("patient") == false)
      let study = try Study(of: made(overlapping), following: plan(attributes: ["race"]))
      let sides = ["a", "b"].compactMap { study.row(metric, .of("race", $0))?.estimate?.interval }
      let apart = sides.map { pow2($0.upper - $0.lower) }.reduce(0, +).squareRoot()
      #expect(interval.upper - interval.lower < 0.95 * apart, "\(metric)")
    }
  }

  private func pow2(_ value: Double) -> Double { value * value }

  @Test func crossedWithAnotherAttribute() throws {
    let sex = Attribute(
      name: "sex", levels: ["F", "M"], codes: draw.scores.indices.map { UInt16($0 / 7 % 2) })
    let one = made(overlapping)
    let both = Cohort(
      isPositive: one.isPositive, models: one.models, attributes: [overlapping, sex], flow: one.flow)
    let study = try Study(
      of: both, following: plan(attributes: ["race", "sex"], subgroups: [["race", "sex"]]))
    let group = Subgroup([.init("race", .named("b")), .init("sex", .named("M"))])
    let expected = combined.indices.count { (combined[$0] ?? 0) > 0 && $0 / 7 % 2 == 1 }
    #expect(study.row("auc", group)?.support.cases == expected)
  }
}
