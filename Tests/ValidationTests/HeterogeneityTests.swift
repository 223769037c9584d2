import Statistics
import Testing
import Validation

@Suite struct HeterogeneityTests {
  private let three = Draw(positives: 240, negatives: 360, seed: 31)

  private func groups(_ count: Int) -> [String] { three.scores.indices.map { "g\($0 % count)" } }

  private func study(
    _ draw: Draw, _ groups: [String?], patients: Bool = false,
    _ change: (inout AnalysisPlan) -> Void = { _ in }
  ) throws -> Study {
    try Study(
      of: cohort(
        scores: draw.scores, isPositive: draw.isPositive, patients: patients ? draw.patients : nil,
        attributes: [("group", groups)]), following: plan(attributes: ["group"], patients: patients, change))
  }

  /// Q of the group's own rows, put together by hand.
  @Test func qIsThatOfTheGroupsLogits() throws {
    let study = try study(three, groups(3))
    let entry = try #require(study.heterogeneity.first { $0.metric == "sensitivity" })
    let tests = try #require(entry.tests)
    let rows = study.rows.filter {
      $0.key.metric == "sensitivity" && !$0.key.subgroup.isEveryone && $0.key.subgroupMinus == nil
    }
    let counts = try rows.map { row in
      (try #require(row.support.numerator), try #require(row.support.denominator))
    }
    let logits = counts.map { LogitEstimate(Proportion(successes: $0.0, trials: $0.1)) }
    let q = CochranQ(logits.map(\.value), variances: logits.map(\.variance))
    #expect(abs(tests.cochran.statistic - q.statistic) < 1e-9 && tests.cochran.degreesOfFreedom == 2)
    let table = GroupCounts(successes: counts.map(\.0), trials: counts.map(\.1))
    #expect(try tests.likelihoodRatio.get().p == table.likelihoodRatio.p)
    #expect(tests.source == .likelihoodRatio(table.likelihoodRatio.p))
    #expect(tests.exactP == .failure(.notComputed("for sparse groups only")))
    #expect(study.heterogeneity.map(\.metric) == ["sensitivity", "specificity", "auc"])
    let p = study.heterogeneity.compactMap { $0.tests?.p }
    #expect(study.heterogeneity.compactMap { $0.tests?.pAdjusted } == FamilyWise.holm(p))
    let auc = try #require(study.heterogeneity.last?.tests)
    #expect(auc.likelihoodRatio == .failure(.notComputed("for proportions only")))
  }

  /// 5. Of three groups the largest pairwise gap has an interval that holds for all pairs; two groups are one row.
  @Test func theLargestGapOfAllPairsHasASimultaneousInterval() throws {
    let study = try study(three, groups(3)) { $0.metrics = ["sensitivity"] }
    let gap = try #require(study.heterogeneity[0].tests?.largestGap)
    let values = try ["g0", "g1", "g2"].map {
      try #require(study.row("sensitivity", .of("group", $0))?.estimate?.value)
    }
    #expect(gap.estimate.value == (values.max() ?? 0) - (values.min() ?? 0))
    let pair = try Study(
      of: cohort(
        scores: three.scores, isPositive: three.isPositive, attributes: [("group", groups(3))]),
      following: plan(attributes: ["group"]) {
        $0.metrics = ["sensitivity"]
        $0.referenceGroups = ["group": gap.lower.terms[0].level.label]
      })
    let row = try #require(pair.row("sensitivity", gap.higher, minus: .group(gap.lower))?.estimate)
    let (wide, narrow) = (try #require(gap.estimate.interval), try #require(row.interval))
    #expect(wide.lower < narrow.lower && wide.upper > narrow.upper && wide.level == 0.95)
    #expect(try self.study(three, groups(2)).heterogeneity[0].tests?.largestGap == nil)
  }

  @Test func groupsWithoutErrorsAreTwoAllTheSame() throws {
    let truth = (0..<120).map { $0 % 2 == 0 }
    let groups = (0..<120).map { "g\($0 / 2 % 3)" }
    let study = try Study(
      of: cohort(scores: truth.map { $0 ? 0.9 : 0.1 }, isPositive: truth, attributes: [("group", groups)]),
      following: plan(attributes: ["group"]))
    let sensitivity = try #require(study.heterogeneity.first?.tests)
    let gap = try #require(sensitivity.largestGap)
    #expect(gap.higher != gap.lower && gap.estimate.value == 0 && sensitivity.p == 1)
    // Perfect areas have no variance: left out, and said.
    let auc = try #require(study.heterogeneity.last)
    #expect(auc.leftOut.count == 3 && auc.tests == nil)
  }

  @Test func sparseGroupsTakeTheExactTest() throws {
    let draw = Draw(positives: 60, negatives: 60, separation: 4, seed: 8)
    let study = try study(draw, draw.scores.indices.map { "g\($0 % 3)" }) { $0.metrics = ["sensitivity"] }
    let tests = try #require(study.heterogeneity[0].tests)
    let exact = try tests.exactP.get()
    #expect(tests.source == .exact(exact) && tests.p == exact)
    #expect(tests.likelihoodRatio == .failure(.notComputed("not for sparse groups")))
  }

  /// Copies of every case as images of one patient change nothing that is known of the groups; a patient of one case is a case.
  @Test func copiesOfPatientsAddNothing() throws {
    var copies = three
    copies.scores += three.scores
    copies.isPositive += three.isPositive
    copies.patients += three.patients
    let cases = try study(three, groups(3))
    let once = try study(three, groups(3), patients: true)
    let twice = try study(copies, groups(3) + groups(3), patients: true)
    for (index, entry) in cases.heterogeneity.enumerated() {
      let independent = try #require(entry.tests)
      let one = try #require(once.heterogeneity[index].tests)
      let two = try #require(twice.heterogeneity[index].tests)
      #expect(!one.isByPatient && two.isByPatient)
      #expect(one.likelihoodRatio == independent.likelihoodRatio)
      let q = independent.cochran.statistic
      #expect(abs(one.cochran.statistic - q) < 0.02 * q + 1e-9)
      #expect(abs(two.cochran.statistic - q) < 0.02 * q + 1e-9)
      #expect((try? two.likelihoodRatio.get()) == nil && (try? two.exactP.get()) == nil)
    }
  }

  /// One patient in both groups: the covariance counts, and equal groups of the same patients do not differ.
  @Test func patientsInSeveralGroupsAreSeen() throws {
    let draw = Draw(positives: 100, negatives: 100, images: 4, correlation: 0.9, seed: 14)
    let views = draw.scores.indices.map { $0 % 2 == 0 ? "front" : "side" }
    let shared = try #require(try study(draw, views, patients: true).heterogeneity.last?.tests)
    var apart = draw
    apart.patients = draw.scores.indices.map { draw.patients[$0] * 2 + UInt32($0 % 2) }
    let separate = try #require(try study(apart, views, patients: true).heterogeneity.last?.tests)
    #expect(shared.cochran.statistic > 1.5 * separate.cochran.statistic)
  }

  @Test func whatCannotBeComparedSaysWhy() throws {
    let alone = three.scores.indices.map { $0 < 3 ? "rare" : "common" }
    let study = try study(three, alone)
    #expect(study.heterogeneity[0].result == .failure(.tooFewGroups(found: 1)))
    #expect(try self.study(three, groups(3)) { $0.gaps = .none }.heterogeneity.isEmpty)
  }
}
