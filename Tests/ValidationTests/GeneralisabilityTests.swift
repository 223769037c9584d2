import Statistics
import TestSupport
import Testing
import Validation

@Suite struct GeneralisabilityTests {
  /// Hospitals in which the condition is more or less common.
  private struct Hospitals {
    var scores: [Double] = []
    var truth: [Bool] = []
    var site: [String?] = []

    init(separation: Double, shortcut: Double, sites: Int = 6, perSite: Int = 300, seed: UInt64 = 1) {
      var random = RandomStream(seed)
      for place in 0..<sites {
        let prevalence = 0.1 + 0.4 * Double(place) / Double(sites - 1)
        for _ in 0..<perSite {
          let positive = random.bernoulli(prevalence)
          let latent = (positive ? separation : 0) + shortcut * prevalence + random.normal()
          scores.append(Normal.cumulative(latent - separation / 2))
          truth.append(positive)
          site.append("s\(place)")
        }
      }
    }

    func study(
      patients: [UInt32]? = nil, weights: [Double]? = nil, attribute: String = "site",
      _ change: (inout AnalysisPlan) -> Void = { _ in }
    ) throws -> Study {
      try Study(
        of: cohort(
          scores: scores, isPositive: truth, patients: patients, weights: weights,
          attributes: [(attribute, site)]),
        following: plan(attributes: [attribute], patients: patients != nil) {
          $0.metrics = ["sensitivity", "specificity", "auc"]
          if weights != nil { $0.cohort.weightColumn = "w" }
          change(&$0)
        })
    }
  }

  private func areas(of study: Study) throws -> Generalisability.Within {
    try #require(study.generalisability.last?.within).get()
  }

  @Test func theSynthesisIsThatOfTheSitesLogits() throws {
    let study = try Hospitals(separation: 1.5, shortcut: 0).study()
    #expect(study.generalisability.map(\.metric) == ["sensitivity", "specificity", "auc"])
    let entry = try #require(study.generalisability.first { $0.metric == "specificity" })
    let logits = try (0..<6).map { place in
      let support = try #require(study.row("specificity", .of("site", "s\(place)"))?.support)
      return LogitEstimate(
        Proportion(
          successes: try #require(support.numerator), trials: try #require(support.denominator)))
    }
    let effects = try RandomEffects(logits.map(\.value), variances: logits.map(\.variance))
    let synthesis = try entry.synthesis.get()
    #expect(abs(synthesis.mean - LogitEstimate.share(effects.mean)) < 1e-9)
    let prediction = effects.prediction(tail: 0.025)
    #expect(abs(synthesis.prediction.lower - LogitEstimate.share(prediction.lower)) < 1e-9)
    #expect(synthesis.isRough && synthesis.sites == 6)
  }

  /// Of the counts that the rows have; of patients with several cases and of weights it is not made.
  @Test func theJointModelIsThatOfTheSitesCounts() throws {
    let hospitals = Hospitals(separation: 1.5, shortcut: 0)
    let study = try hospitals.study()
    let counts = try (0..<6).map { place in
      let outcomes = try ["sensitivity", "specificity"].map { metric in
        let support = try #require(study.row(metric, .of("site", "s\(place)"))?.support)
        return SiteCounts.Outcomes(
          try #require(support.numerator), of: try #require(support.denominator))
      }
      return SiteCounts(sensitivity: outcomes[0], specificity: outcomes[1])
    }
    let model = try BivariateSites(counts)
    for (metric, part) in [("sensitivity", model.sensitivity), ("specificity", model.specificity)] {
      let entry = try #require(study.generalisability.first { $0.metric == metric })
      let joint = try #require(entry.joint).get()
      #expect(joint.tau == part.tau && joint.sites == 6 && joint.correlation.value == model.correlation)
      #expect(joint.mean == LogitEstimate.share(part.mean))
      let lower = LogitEstimate.share(part.prediction(tail: 0.025).lower)
      #expect(agrees(joint.prediction.lower, lower, within: 1e-12))
    }
    #expect(study.generalisability.first { $0.metric == "auc" }?.joint == nil)

    let count = hospitals.scores.count
    let refusal = Undefined.notComputed("for independent cases of equal weight only")
    let pairs = try hospitals.study(patients: (0..<count).map { UInt32($0 / 2) })
    let weighted = try hospitals.study(weights: (0..<count).map { $0 % 2 == 0 ? 1 : 2 })
    #expect([pairs, weighted].allSatisfy { $0.generalisability[0].joint == .failure(refusal) })
    let single = try hospitals.study(patients: (0..<count).map { UInt32($0) })
    #expect(single.generalisability[0].joint == study.generalisability[0].joint)
    let alone = try hospitals.study { $0.metrics = ["sensitivity"] }
    #expect(alone.generalisability[0].joint == nil)
  }

  /// Without each site: counted again from the other cases.
  @Test func leavingASiteOutLeavesTheOthers() throws {
    let hospitals = Hospitals(separation: 1.5, shortcut: 0)
    for reference in [nil, "s0"] {
      let study = try hospitals.study { if let reference { $0.referenceGroups = ["site": reference] } }
      for entry in study.generalisability {
        #expect(entry.without.map(\.site) == (0..<6).map { .of("site", "s\($0)") })
        for (place, without) in entry.without.enumerated() {
          let rest = hospitals.scores.indices.filter { hospitals.site[$0] != "s\(place)" }
          let alone = try Study(
            of: cohort(
              scores: rest.map { hospitals.scores[$0] }, isPositive: rest.map { hospitals.truth[$0] }),
            following: plan { $0.metrics = [entry.metric] })
          #expect(without.result == alone.row(entry.metric)?.result)
        }
      }
    }
  }

  @Test func aScoreThatKnowsOnlyTheHospitalIsNamed() throws {
    let shortcut = try Hospitals(separation: 0, shortcut: 6).study()
    let named = try areas(of: shortcut)
    #expect(named.reading == .knowsOnlyTheSite && named.pooled.value > 0.6)
    #expect(abs(named.within.value - 0.5) < 0.05)
    let fair = try Hospitals(separation: 1.5, shortcut: 0).study()
    #expect(try areas(of: fair).reading == .notShown)
    let both = try Hospitals(separation: 1, shortcut: 4).study()
    #expect(try areas(of: both).reading == .pooledIsHigher)
    let against = try Hospitals(separation: 1.5, shortcut: -4).study()
    #expect(try areas(of: against).reading == .pooledIsLower)
  }

  /// The pooled area is the AUC row, with its interval; unknown sites are left out of it.
  @Test func thePooledAreaIsTheRows() throws {
    var hospitals = Hospitals(separation: 1.5, shortcut: 1)
    let study = try hospitals.study()
    let pooled = try areas(of: study).pooled
    let row = try #require(study.row("auc")?.estimate)
    #expect(abs(pooled.value - row.value) < 1e-12)
    let (a, b) = (try #require(pooled.interval), try #require(row.interval))
    #expect(abs(a.lower - b.lower) < 1e-12 && abs(a.upper - b.upper) < 1e-12)
    for index in hospitals.site.indices where index % 10 == 0 { hospitals.site[index] = nil }
    let kept = hospitals.site.indices.filter { hospitals.site[$0] != nil }
    let known = try Study(
      of: cohort(scores: kept.map { hospitals.scores[$0] }, isPositive: kept.map { hospitals.truth[$0] }),
      following: plan { $0.metrics = ["auc"] })
    let partly = try areas(of: hospitals.study()).pooled
    let expected = try #require(known.row("auc")?.estimate?.value)
    #expect(abs(partly.value - expected) < 1e-12)
  }

  /// Clustered by patient: the pooled interval is the row's, and copies of cases add nothing.
  @Test func patientsAreClustered() throws {
    let hospitals = Hospitals(separation: 1.5, shortcut: 1)
    let count = hospitals.scores.count
    var twice = hospitals
    twice.scores += hospitals.scores
    twice.truth += hospitals.truth
    twice.site += hospitals.site
    let codes = (0..<2 * count).map { UInt32($0 % count) }
    let once = try areas(of: hospitals.study(patients: Array(codes.prefix(count))))
    let doubled = try twice.study(patients: codes)
    let copies = try areas(of: doubled)
    let (a, b) = (try #require(once.difference.interval), try #require(copies.difference.interval))
    #expect(abs(a.lower - b.lower) < 1e-9 && abs(a.upper - b.upper) < 1e-9)
    let row = try #require(doubled.row("auc")?.estimate?.interval)
    let pooled = try #require(copies.pooled.interval)
    #expect(abs(row.lower - pooled.lower) < 1e-9)
    #expect(copies.difference.method == "wald, by patient")
  }

  @Test func weightsAreFollowed() throws {
    let hospitals = Hospitals(separation: 1.5, shortcut: 1)
    let weights = hospitals.truth.map { $0 ? 1.0 : 3 }
    let study = try hospitals.study(weights: weights)
    let within = try areas(of: study)
    let row = try #require(study.row("auc")?.estimate?.value)
    #expect(abs(within.pooled.value - row) < 1e-12)
    #expect(within.difference.method == "wald, by case, weighted")
  }

  @Test func fewSitesAndOtherAttributes() throws {
    let few = try Hospitals(separation: 1.5, shortcut: 0, sites: 4).study()
    #expect(
      few.generalisability[0].synthesis == .failure(.notComputed("4 with an estimate, at least 5 needed")))
    let scanner = try Hospitals(separation: 1.5, shortcut: 0).study(attribute: "scanner")
    #expect(scanner.generalisability.count == 3)
    let sex = try Hospitals(separation: 1.5, shortcut: 0).study(attribute: "sex")
    #expect(sex.generalisability.isEmpty)
  }
}
