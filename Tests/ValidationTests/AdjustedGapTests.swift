import Statistics
import Testing
import Validation

@Suite struct AdjustedGapTests {
  private struct Sample {
    var draw: Draw
    var sex: [String]
    var site: [String?]

    init(seed: UInt64, images: Int = 1) {
      draw = Draw(
        positives: 150, negatives: 250, images: images, correlation: images > 1 ? 0.6 : 0, seed: seed)
      var random = RandomStream(seed, 99)
      sex = []
      site = []
      for index in draw.scores.indices {
        if index % images == 0 {
          let atA = random.bernoulli(0.5)
          site.append(random.bernoulli(0.1) ? nil : atA ? "a" : "b")
          sex.append(random.bernoulli(atA ? 0.3 : 0.7) ? "f" : "m")
        } else {
          site.append(random.bernoulli(0.2) ? "a" : site[index - 1])
          sex.append(sex[index - 1])
        }
      }
    }

    func study(patients: Bool = false, weights: [Double]? = nil) throws -> Study {
      try Study(
        of: cohort(
          scores: draw.scores, isPositive: draw.isPositive, patients: patients ? draw.patients : nil,
          weights: weights, attributes: [("sex", sex), ("site", site)]),
        following: plan(attributes: ["sex", "site"], patients: patients) {
          if weights != nil { $0.cohort.weightColumn = "w" }
        })
    }
  }

  private func adjusted(_ study: Study, _ metric: String, _ setting: Setting) throws -> Row {
    try #require(study.row(metric, .of("sex", "f"), minus: .complement, setting: setting))
  }

  /// Tables of every stratum counted case by case; unknown sites are a stratum of their own.
  @Test func agreesWithStrataCountedByHand() throws {
    let sample = Sample(seed: 3)
    let study = try sample.study()
    for (metric, truth) in [("sensitivity", true), ("specificity", false)] {
      let strata = ["a", "b", nil].map { site in
        func side(_ sex: String) -> StratifiedDifference.Side {
          let cases = sample.draw.scores.indices.filter {
            sample.draw.isPositive[$0] == truth && sample.sex[$0] == sex && sample.site[$0] == site
          }
          return .init(cases.filter { (sample.draw.scores[$0] >= 0.5) == truth }.count, of: cases.count)
        }
        return (first: side("f"), second: side("m"))
      }
      let tarone = try StratifiedDifference(strata, method: .mantelHaenszel)
      let row = try adjusted(study, metric, Setting(adjustedFor: ["site"]))
      let estimate = try #require(row.estimate)
      #expect(abs(estimate.value - tarone.value) < 1e-12 && !row.isPrespecified)
      let interval = try #require(estimate.interval)
      let error = (interval.upper - interval.lower) / 2 / Normal.upperQuantile(0.025)
      #expect(abs(error - tarone.satoVariance.squareRoot()) < 1e-12)
      #expect(estimate.method == "mantel-haenszel, sato" && row.test == nil)
      let standardised = try adjusted(study, metric, Setting(standardisedOver: ["site"]))
      let direct = try StratifiedDifference(strata, method: .standardised)
      #expect(abs(try #require(standardised.estimate?.value) - direct.value) < 1e-12)
    }
  }

  /// K / (K − 1) Σ φ² over patients, φ summed by hand over the cases of each, who may stand in several strata.
  @Test(arguments: [false, true]) func clusteredVarianceAgreesWithInfluenceByHand(weighted: Bool) throws {
    let sample = Sample(seed: 4, images: 3)
    let weights = weighted ? sample.draw.scores.indices.map { $0 % 4 == 0 ? 2.0 : 1 } : nil
    let study = try sample.study(patients: true, weights: weights)
    func weight(_ index: Int) -> Double { weights?[index] ?? 1 }
    let positives = sample.draw.scores.indices.filter { sample.draw.isPositive[$0] }
    let sites: [String?] = ["a", "b", nil]
    func cases(_ sex: String, _ site: String?) -> [Int] {
      positives.filter { sample.sex[$0] == sex && sample.site[$0] == site }
    }
    func total(_ cases: [Int]) -> Double { cases.reduce(0) { $0 + weight($1) } }
    func share(_ cases: [Int]) -> Double {
      total(cases.filter { sample.draw.scores[$0] >= 0.5 }) / total(cases)
    }
    let raw = sites.map { site -> Double in
      let (n1, n0) = (total(cases("f", site)), total(cases("m", site)))
      return n1 * n0 / (n1 + n0)
    }
    let sum = raw.reduce(0, +)
    var value = 0.0
    var phi: [UInt32: Double] = [:]
    for (site, weightOfSite) in zip(sites, raw) {
      for (sex, sign) in [("f", 1.0), ("m", -1.0)] {
        let members = cases(sex, site)
        let p = share(members)
        value += sign * weightOfSite / sum * p
        for index in members {
          let hit = sample.draw.scores[index] >= 0.5 ? 1.0 : 0
          let move = weight(index) * (hit - p) / total(members)
          phi[sample.draw.patients[index], default: 0] += sign * weightOfSite / sum * move
        }
      }
    }
    let k = Double(phi.count)
    let variance = k / (k - 1) * phi.values.reduce(0) { $0 + $1 * $1 }
    let estimate = try #require(
      try adjusted(study, "sensitivity", Setting(adjustedFor: ["site"])).estimate)
    #expect(abs(estimate.value - value) < 1e-12)
    let interval = try #require(estimate.interval)
    func patients(_ sex: String) -> Int {
      Set(positives.filter { sample.sex[$0] == sex }.map { sample.draw.patients[$0] }).count
    }
    let t = ReferenceDistribution.student(Double(min(patients("f"), patients("m")) - 1))
    let error = (interval.upper - interval.lower) / 2 / t.upperQuantile(0.025)
    #expect(abs(error - variance.squareRoot()) < 1e-9)
    #expect(estimate.method.hasPrefix("mantel-haenszel, by patient"))
  }

  /// Whichever attribute comes first, the same cells give the same rows.
  @Test func theOrderOfTheAttributesDoesNotMatter() throws {
    let sample = Sample(seed: 5, images: 3)
    let one = try sample.study(patients: true)
    let other = try Study(
      of: cohort(
        scores: sample.draw.scores, isPositive: sample.draw.isPositive, patients: sample.draw.patients,
        attributes: [("sex", sample.sex), ("site", sample.site)]),
      following: plan(attributes: ["sex", "site"], subgroups: [["site"], ["sex"]], patients: true))
    let rows = one.rows.filter { !$0.key.setting.adjustedFor.isEmpty }
    #expect(rows.count == 4)
    for row in rows {
      let twin = try #require(other.rows.first { $0.key == row.key })
      let (a, b) = (try #require(row.estimate), try #require(twin.estimate))
      #expect(abs(a.value - b.value) < 1e-12 && a.method == b.method)
      let (i, j) = (try #require(a.interval), try #require(b.interval))
      #expect(abs(i.lower - j.lower) < 1e-12 && abs(i.upper - j.upper) < 1e-12)
    }
  }

  /// Simpson: each site better for f, all together worse.
  @Test func aReversedSignIsSaid() throws {
    var scores: [Double] = []
    var truth: [Bool] = []
    var sex: [String] = []
    var site: [String] = []
    for (group, place, hits, positives) in [
      ("f", "a", 98, 100), ("f", "b", 520, 900), ("m", "a", 790, 900), ("m", "b", 35, 100),
    ] {
      for index in 0..<(positives + 50) {
        truth.append(index < positives)
        scores.append(index < hits ? 0.9 : 0.1)
        sex.append(group)
        site.append(place)
      }
    }
    let study = try Study(
      of: cohort(scores: scores, isPositive: truth, attributes: [("sex", sex), ("site", site)]),
      following: plan(attributes: ["sex", "site"]))
    let crude = try #require(study.row("sensitivity", .of("sex", "f"), minus: .complement))
    for setting in [Setting(adjustedFor: ["site"]), Setting(standardisedOver: ["site"])] {
      let row = try adjusted(study, "sensitivity", setting)
      #expect(try #require(crude.estimate).value < 0 && (try #require(row.estimate)).value > 0)
      #expect(SignReversal(crude: crude, adjusted: row) == .shown)
      #expect(row.estimate?.caveat?.contains("other sign, and both intervals exclude 0") == true)
    }
    #expect(SignReversal(crude: crude, adjusted: crude) == nil)
    #expect(Set(study.rows.map(\.key)).count == study.rows.count)
  }

  @Test func strataOfOneSideAreLeftOutAndSaid() throws {
    let draw = Draw(positives: 100, negatives: 100, seed: 6)
    let sex = draw.scores.indices.map { $0 % 2 == 0 ? "f" : "m" }
    let alone = draw.scores.indices.map { $0 % 2 == 0 && $0 % 4 == 0 ? "only f" : "both" }
    let study = try Study(
      of: cohort(
        scores: draw.scores, isPositive: draw.isPositive,
        attributes: [("sex", sex), ("site", alone), ("twin", sex)]),
      following: plan(attributes: ["sex", "site", "twin"]))
    let row = try adjusted(study, "sensitivity", Setting(adjustedFor: ["site"]))
    #expect(row.estimate?.caveat?.contains("25.0\u{202F}% of the cases lie in strata") == true)
    let same = try adjusted(study, "sensitivity", Setting(adjustedFor: ["twin"]))
    #expect(same.result == .undefined(.notComputed("no stratum has cases of both sides")))
  }
}
