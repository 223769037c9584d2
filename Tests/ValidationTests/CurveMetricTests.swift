import Statistics
import TestSupport
import Testing
import Validation

/// Metrics of the whole curve through the engine, on strongly correlated clusters.
@Suite struct CurveMetricTests {
  private static let ids = [
    "partial_auc", "sensitivity_at_specificity", "specificity_at_sensitivity", "average_precision",
    "net_benefit",
  ]
  private let draw = Draw(positives: 30, negatives: 60, images: 4, correlation: 0.8, seed: 21)

  private func study(patients: Bool = true, _ change: (inout AnalysisPlan) -> Void = { _ in }) throws -> Study
  {
    try Study(
      of: cohort(
        scores: draw.scores, isPositive: draw.isPositive, patients: patients ? draw.patients : nil,
        attributes: [("half", draw.patients.map { $0 % 2 == 0 ? "even" : "odd" })]),
      following: plan(attributes: ["half"], patients: patients) {
        $0.metrics = Self.ids
        $0.readings.thresholds = [0.3, 0.5]
        $0.readings.specificities = [0.8, 0.95]
        change(&$0)
      })
  }

  /// A narrow range holds few negatives, whose number decides (docs/coverage.md).
  @Test func aRangeOfFewNegativesIsMarked() throws {
    let wide = try study { $0.readings.partialArea = 0.5...1 }.row("partial_auc")?.estimate
    let narrow = try study { $0.readings.partialArea = 0.98...1 }.row("partial_auc")?.estimate
    #expect(wide?.hasFewEvents == false && narrow?.hasFewEvents == true)
  }

  @Test func ofAListTheFirstIsTheHeadline() throws {
    let study = try study()
    #expect(study.row("net_benefit") != nil && study.row("net_benefit", setting: .at(threshold: 0.5)) != nil)
    #expect(study.row("net_benefit", setting: .at(threshold: 0.3)) == nil)
    let first = try #require(study.row("sensitivity_at_specificity")?.estimate?.value)
    let other = try #require(
      study.row("sensitivity_at_specificity", setting: .at(specificity: 0.95))?.estimate?.value)
    #expect(other < first)
  }

  /// Without a stated threshold net benefit is that of the primary operating point, whose table it must agree with.
  @Test func netBenefitFollowsTheTable() throws {
    let study = try study {
      $0.readings.thresholds = []
      $0.metrics.append("sensitivity")
      $0.metrics.append("specificity")
    }
    let sensitivity = try #require(study.row("sensitivity")?.estimate?.value)
    let specificity = try #require(study.row("specificity")?.estimate?.value)
    let value = try #require(study.row("net_benefit")?.estimate?.value)
    #expect(agrees(value, (sensitivity - 2 * (1 - specificity)) / 3, within: 1e-12))
  }

  /// Three copies of every case in its own patient are no new evidence: the intervals of patients stay as they were.
  @Test func copiesWithinAPatientChangeNothing() throws {
    let single = Draw(positives: 40, negatives: 80, seed: 22)
    func study(copies: Int) throws -> Study {
      func copied<Element>(_ list: [Element]) -> [Element] {
        list.flatMap { Array(repeating: $0, count: copies) }
      }
      return try Study(
        of: cohort(
          scores: copied(single.scores), isPositive: copied(single.isPositive),
          patients: copied(single.patients)),
        following: plan(patients: true) { $0.metrics = Self.ids })
    }
    let (one, three) = (try study(copies: 1), try study(copies: 3))
    for id in Self.ids {
      let (a, b) = (try #require(one.row(id)?.estimate), try #require(three.row(id)?.estimate))
      #expect(agrees(a.value, b.value, within: 1e-12), "\(id)")
      let (first, second) = (try #require(a.interval), try #require(b.interval))
      #expect(agrees(first.lower, second.lower, within: 1e-9), "\(id)")
      #expect(agrees(first.upper, second.upper, within: 1e-9), "\(id)")
      #expect(try #require(b.designEffect) > 2.5, "\(id)")
    }
  }

  /// Images that resemble each other say less.
  @Test func clustersWidenEveryInterval() throws {
    let (clustered, independent) = (try study(), try study(patients: false))
    for id in Self.ids {
      let wide = try #require(clustered.row(id)?.estimate?.interval)
      let narrow = try #require(independent.row(id)?.estimate?.interval)
      #expect(wide.upper - wide.lower > 1.3 * (narrow.upper - narrow.lower), "\(id)")
    }
  }

  /// The band's sums in one pass give the interval of the metric, which sums by patient; so does the decision curve's.
  @Test(arguments: [true, false]) func curvesAgreeWithRows(_ patients: Bool) throws {
    let study = try study(patients: patients)
    let roc = try #require(study.curves.first { $0.kind == .roc })
    let row = try #require(study.row("sensitivity_at_specificity")?.estimate)
    let point = try #require(roc.points.last { abs($0.x - 0.2) < 1e-12 })
    #expect(agrees(point.y, row.value, within: 1e-12))
    #expect(agrees(try #require(point.lower), try #require(row.interval?.lower), within: 1e-9))
    #expect(agrees(try #require(point.upper), try #require(row.interval?.upper), within: 1e-9))
    for group in [Subgroup.everyone, .of("half", "even")] {
      let curve = try #require(study.curves.first { $0.kind == .decision && $0.subgroup == group })
      #expect(curve.points.count == 99)
      for (setting, place) in [(Setting.headline, 29), (.at(threshold: 0.5), 49)] {
        let row = try #require(study.row("net_benefit", group, setting: setting)?.estimate)
        let point = curve.points[place]
        #expect(agrees(point.y, row.value, within: 1e-12))
        #expect(agrees(try #require(point.lower), try #require(row.interval?.lower), within: 1e-9))
        #expect(agrees(try #require(point.upper), try #require(row.interval?.upper), within: 1e-9))
      }
    }
  }

  /// Who does not ask does not pay.
  @Test func withoutNetBenefitThereIsNoDecisionCurve() throws {
    let study = try study { $0.metrics = ["auc"] }
    #expect(!study.curves.contains { $0.kind == .decision })
  }

  @Test func netBenefitNeedsAThreshold() throws {
    let study = try study {
      $0.readings.thresholds = []
      $0.cohort.findings[0].models[0].operatingPoints = []
    }
    guard case .undefined(let reason)? = study.row("net_benefit")?.result else {
      Issue.record("net benefit without a threshold")
      return
    }
    #expect("\(reason)".contains("analysis.at.threshold"))
  }

  /// The score interval where cases are independent, and only there.
  @Test func gapsTakeTheScoreInterval() throws {
    for patients in [false, true] {
      let study = try study(patients: patients) {
        $0.metrics = ["sensitivity"]
        $0.gapInterval = .miettinenNurminen
      }
      let row = try #require(study.row("sensitivity", .of("half", "even"), minus: .complement)?.estimate)
      #expect((row.method == "miettinen-nurminen") == !patients)
      guard !patients else { continue }
      let sides = try ["even", "odd"].map { level in
        let support = try #require(study.row("sensitivity", .of("half", level))?.support)
        return Proportion(
          successes: try #require(support.numerator), trials: try #require(support.denominator))
      }
      #expect(row.interval == ScoreComparison(sides[0], sides[1]).difference(tail: (1 - 0.95) / 2))
    }
  }
}
