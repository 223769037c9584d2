import Statistics
import Testing
import Validation

@Suite struct ResampledStudyTests {
  private let draw = Draw(positives: 90, negatives: 160, seed: 41)

  private func study(
    patients: [UInt32]? = nil, copies: Int = 1, workers: Workers = .one,
    _ change: (inout AnalysisPlan) -> Void = { _ in }
  ) throws -> Study {
    func repeated<Element>(_ list: [Element]) -> [Element] { (0..<copies).flatMap { _ in list } }
    return try Study(
      of: cohort(
        scores: repeated(draw.scores), isPositive: repeated(draw.isPositive),
        patients: patients.map(repeated)),
      following: plan(patients: patients != nil) {
        $0.bootstrap = BootstrapPlan(replicates: 999)
        change(&$0)
      }, using: workers)
  }

  private func entry(_ metric: String, in study: Study) throws -> ResampledInterval {
    try #require(study.onRequest.resampled.first { $0.metric == metric })
  }

  /// A resample is a weighted sample: a case that counts three times is as three cases, for every metric.
  @Test func weightsAreRepetitions() throws {
    let times = draw.scores.indices.map { $0 % 4 }
    let kept = times.indices.filter { times[$0] > 0 }
    let weighted = try Study(
      of: cohort(
        scores: kept.map { draw.scores[$0] }, isPositive: kept.map { draw.isPositive[$0] },
        weights: kept.map { Double(times[$0]) }),
      following: plan { $0.cohort.weightColumn = "w" })
    let all = times.indices.flatMap { Array(repeating: $0, count: times[$0]) }
    let repeated = try Study(
      of: cohort(scores: all.map { draw.scores[$0] }, isPositive: all.map { draw.isPositive[$0] }),
      following: plan())
    for metric in Metric.catalog where metric.hasInterval {
      guard let one = weighted.row(metric.id)?.estimate?.value else { continue }
      let other = try #require(repeated.row(metric.id)?.estimate?.value)
      #expect(abs(one - other) < 1e-8 * max(1, abs(other)), "\(metric.id)")
    }
  }

  /// The resamples of a share are binomial.
  @Test func limitsOfAShareAreThoseOfTheBinomial() throws {
    let study = try study()
    let support = try #require(study.row("sensitivity")?.support)
    let (x, n) = (try #require(support.numerator), try #require(support.denominator))
    let limits = try entry("sensitivity", in: study).limits.get()
    func quantile(_ probability: Double) -> Double {
      let share = Double(x) / Double(n)
      let count = (0...n).first { Binomial.cumulative($0, trials: n, probability: share) >= probability }
      return Double(count ?? n) / Double(n)
    }
    #expect(abs(limits.percentile.lower - quantile(0.025)) <= 1.01 / Double(n))
    #expect(abs(limits.percentile.upper - quantile(0.975)) <= 1.01 / Double(n))
  }

  /// Beside each interval of the table one that nearly agrees, at this size.
  @Test func limitsAreNearThoseOfTheTable() throws {
    let study = try study { $0.bootstrap?.replicates = 1999 }
    for metric in ["auc", "sensitivity", "specificity", "brier", "calibration_slope", "ppv", "mcc"] {
      let entry = try entry(metric, in: study)
      let own = try #require(entry.interval)
      let limits = try entry.limits.get()
      #expect(own == study.row(metric)?.estimate?.interval)
      let width = own.upper - own.lower
      for ours in [limits.bca, limits.percentile] {
        #expect(abs(ours.lower - own.lower) < 0.3 * width, "\(metric)")
        #expect(abs(ours.upper - own.upper) < 0.3 * width, "\(metric)")
      }
      #expect(entry.isByTruth == (Metric.named(metric)?.dependsOnPrevalence == false))
    }
    for metric in ["ece", "ece_excess", "ici", "emax"] {
      #expect(!study.onRequest.resampled.contains { $0.metric == metric })
    }
  }

  @Test func theSameOnAnyNumberOfThreads() throws {
    let several = Workers(count: 3) { pieces, body in for piece in (0..<pieces).reversed() { body(piece) } }
    let ask: (inout AnalysisPlan) -> Void = { $0.bootstrap?.metrics = ["auc", "brier"] }
    let (one, other) = (try study(ask), try study(workers: several, ask))
    #expect(one.onRequest == other.onRequest && one.onRequest.resampled.count == 2)
    let reseeded = try study {
      ask(&$0)
      $0.seed = 1
    }
    #expect(reseeded.onRequest != one.onRequest)
  }

  /// Copies of a patient's cases say nothing new.
  @Test func patientsAreDrawnWhole() throws {
    let ask: (inout AnalysisPlan) -> Void = { $0.metrics = ["auc", "sensitivity"] }
    let once = try study(patients: draw.patients, ask)
    let thrice = try study(patients: draw.patients, copies: 3, ask)
    for metric in ["auc", "sensitivity"] {
      let (a, b) = (
        try entry(metric, in: once).limits.get(), try entry(metric, in: thrice).limits.get()
      )
      #expect(abs(a.bca.lower - b.bca.lower) < 1e-9 && abs(a.bca.upper - b.bca.upper) < 1e-9, "\(metric)")
    }
  }

  @Test func aPerfectModelHasNoResampledInterval() throws {
    let truth = (0..<60).map { $0 < 30 }
    let study = try Study(
      of: cohort(scores: truth.map { $0 ? 0.9 : 0.1 }, isPositive: truth),
      following: plan {
        $0.metrics = ["auc"]
        $0.bootstrap = BootstrapPlan(replicates: 199)
      })
    #expect(
      try entry("auc", in: study).limits == .failure(.notComputed("the same value in every resample")))
  }

  @Test func groupsAreResampledWhereAsked() throws {
    let sites = draw.scores.indices.map { Optional("s\($0 % 3)") }
    let study = try Study(
      of: cohort(
        scores: draw.scores, isPositive: draw.isPositive, attributes: [("site", sites)]),
      following: plan(attributes: ["site"]) {
        $0.metrics = ["auc"]
        $0.bootstrap = BootstrapPlan(replicates: 199, groups: true)
      })
    #expect(study.onRequest.resampled.count == 4)
    for entry in study.onRequest.resampled {
      #expect(entry.value == study.row("auc", entry.subgroup)?.estimate?.value)
    }
  }
}

@Suite struct ShrunkenGroupTests {
  @Test func estimatesLieBetweenTheGroupAndTheMean() throws {
    let draw = Draw(positives: 150, negatives: 250, seed: 43)
    let sex = draw.scores.indices.map { Optional($0 % 2 == 0 ? "F" : "M") }
    let site = draw.scores.indices.map { Optional("s\($0 % 7)") }
    let study = try Study(
      of: cohort(
        scores: draw.scores, isPositive: draw.isPositive, attributes: [("sex", sex), ("site", site)]),
      following: plan(attributes: ["sex", "site"], subgroups: [["sex", "site"]]))
    let groups = study.onRequest.shrunken.filter { $0.metric == "sensitivity" }
    #expect(groups.count == 14)
    let rows = try groups.map { try #require(study.row("sensitivity", $0.subgroup)) }
    let fit = try BetaBinomial(
      rows.map { (Double($0.support.numerator ?? 0), Double($0.support.denominator ?? 0)) })
    for (group, row) in zip(groups, rows) {
      #expect(group.raw == row.estimate?.value && abs(group.mean - fit.mean) < 1e-9)
      #expect(min(group.raw, group.mean) - 1e-12 <= group.value)
      #expect(group.value <= max(group.raw, group.mean) + 1e-12)
      #expect(group.interval.contains(group.value))
    }
  }
}
