import Statistics
import Testing
import Validation

/// Three equal groups by site, two by sex, five by decade; a planted gap at one site if any.
private struct Patients {
  var scores: [Double] = []
  var truth: [Bool] = []
  var patients: [UInt32] = []
  var site: [String?] = []
  var sex: [String?] = []
  var decade: [String?] = []

  init(_ count: Int, images: Int = 1, gap: Double = 0, slice: Double = 0, seed: UInt64) {
    var random = RandomStream(seed)
    for patient in 0..<count {
      let (site, sex) = (Int(random.uniform() * 3), random.bernoulli(0.5))
      let decade = Int(random.uniform() * 5)
      let positive = random.bernoulli(0.4)
      let shift = (site == 0 ? gap : 0) + (site == 1 && sex ? slice : 0)
      let shared = random.normal() * (images > 1 ? 0.7 : 0)
      for _ in 0..<images {
        let latent =
          (positive ? 1.8 - shift : 0) + shared + random.normal() * (images > 1 ? 0.7 : 1)
        scores.append(Normal.cumulative(latent - 0.9))
        truth.append(positive)
        patients.append(UInt32(patient))
        self.site.append("s\(site)")
        self.sex.append(sex ? "F" : "M")
        self.decade.append("d\(decade)")
      }
    }
  }

  func study(
    by attributes: [String] = ["site", "sex", "decade"], clustered: Bool = false,
    _ change: (inout AnalysisPlan) -> Void
  ) throws -> Study {
    let values = ["site": site, "sex": sex, "decade": decade]
    return try Study(
      of: cohort(
        scores: scores, isPositive: truth, patients: clustered ? patients : nil,
        attributes: attributes.map { ($0, values[$0] ?? []) }),
      following: plan(attributes: attributes, patients: clustered) {
        $0.metrics = ["sensitivity", "specificity", "auc"]
        change(&$0)
      })
  }
}

@Suite struct SimultaneousGapTests {
  /// Three equal groups, each against the others, are the pairs of Tukey's range; two groups are one comparison.
  @Test(arguments: [false, true]) func theReachIsTukeysForThreeGroups(_ clustered: Bool) throws {
    let patients = Patients(3000, images: clustered ? 2 : 1, seed: 3)
    let three = try patients.study(by: ["site"], clustered: clustered) { $0.gapFamily = .maxT }
    #expect(three.onRequest.simultaneous.map(\.metric) == ["sensitivity", "specificity", "auc"])
    let tukey = Normal.upperQuantile(StudentizedRange.tailOfAPair(level: 0.95, groups: 3))
    for family in three.onRequest.simultaneous {
      #expect(family.gaps.count == 3 && abs(family.criticalValue - tukey) < 0.04, "\(family.criticalValue)")
    }
    let two = try patients.study(by: ["sex"], clustered: clustered) { $0.gapFamily = .maxT }
    for family in two.onRequest.simultaneous {
      #expect(family.gaps.count == 1 && abs(family.criticalValue - 1.96) < 0.03)
    }
  }

  /// Intervals are the rows' own at a wider level, and a difference from 0 is shown by both or by neither.
  @Test func intervalsAndAdjustedPAgree() throws {
    let study = try Patients(4000, gap: 0.5, seed: 5).study { $0.gapFamily = .maxT }
    var shown = 0
    for family in study.onRequest.simultaneous {
      #expect(family.gaps.count == 9 && family.criticalValue > 2.2 && family.criticalValue < 2.78)
      for gap in family.gaps {
        let row = try #require(study.row(family.metric, gap.subgroup, minus: gap.minus))
        let (own, together) = (
          try #require(row.estimate?.interval), try #require(gap.estimate.interval)
        )
        #expect(together.lower < own.lower && together.upper > own.upper && together.level == 0.95)
        let test = try #require(row.test)
        let p = try #require(test.pAdjusted)
        #expect(p >= test.p && test.family.contains("max-T"))
        if abs(p - 0.05) > 0.003 { #expect((p < 0.05) == !together.contains(0)) }
        if p < 0.05 { shown += 1 }
      }
    }
    #expect(shown >= 2)
  }

  @Test func otherFamiliesHaveNone() throws {
    let study = try Patients(600, seed: 7).study { _ in }
    #expect(study.onRequest.simultaneous.isEmpty)
  }

  /// Of one metric over nine comparisons at most 5 % of fair cohorts show any difference; three standard errors above it
  /// fails.
  @Test(arguments: [false, true]) func fairCohortsAreFair(_ clustered: Bool) throws {
    let replicates = 400
    var flagged = 0
    for replicate in 0..<replicates {
      let study = try Patients(
        900, images: clustered ? 2 : 1, seed: UInt64(50_000 + replicate)
      ).study(clustered: clustered) {
        $0.gapFamily = .maxT
        $0.metrics = ["specificity"]
      }
      if study.rows.contains(where: { $0.test?.pAdjusted.map { $0 <= 0.05 } ?? false }) { flagged += 1 }
    }
    #expect(Double(flagged) <= 400 * 0.05 + 3 * (400 * 0.05 * 0.95).squareRoot(), "\(flagged)")
  }
}

@Suite struct ScreeningFamilyTests {
  @Test func qIsBenjaminiAndHochbergs() throws {
    let patients = Patients(3000, gap: 0.6, seed: 9)
    let study = try patients.study { $0.gapFamily = .benjaminiHochberg }
    let rows = study.rows.filter {
      $0.key.subgroupMinus != nil && $0.isAssessable && $0.key.setting.isHeadline
    }
    let q = FalseDiscovery.benjaminiHochberg(rows.map { $0.test?.p ?? 1 })
    for (row, q) in zip(rows, q) where row.test != nil {
      #expect(row.test?.pAdjusted == q && row.test?.family.contains("Benjamini-Hochberg q") == true)
    }
    let holm = try patients.study { _ in }
    #expect(
      holm.rows.filter { $0.test != nil }.map(\.test?.p) == rows.filter { $0.test != nil }.map(\.test?.p))
  }
}

@Suite struct PermutedGapTests {
  /// Few misses: the p of every deal, which for a share is a sum of hypergeometric terms.
  @Test func fewEventsAreTestedByDeals() throws {
    var scores: [Double] = []
    var truth: [Bool] = []
    var group: [String?] = []
    for (name, positives, missed) in [("a", 20, 3), ("b", 60, 1)] {
      for place in 0..<positives + 40 {
        truth.append(place < positives)
        scores.append(
          place < positives ? (place < missed ? 0.2 : 0.9) : (place % 3 == 0 ? 0.7 : 0.1))
        group.append(name)
      }
    }
    func row(_ permutations: Int?) throws -> Row {
      let study = try Study(
        of: cohort(scores: scores, isPositive: truth, attributes: [("g", group)]),
        following: plan(attributes: ["g"]) {
          $0.metrics = ["sensitivity", "specificity"]
          $0.permutations = permutations
        })
      return try #require(study.row("sensitivity", .of("g", "a"), minus: .complement))
    }
    #expect(try row(nil).test == nil)
    let test = try #require(try row(9999).test)
    #expect(test.isByPermutation && (test.pAdjusted ?? 0) >= test.p)
    func choose(_ n: Int, _ k: Int) -> Double {
      (0..<k).reduce(1) { $0 * Double(n - $1) / Double($1 + 1) }
    }
    let observed = abs(3.0 / 20 - 1.0 / 60)
    let exact = (0...4).filter { abs(Double($0) / 20 - Double(4 - $0) / 60) >= observed - 1e-12 }.reduce(0) {
      $0 + choose(20, $1) * choose(60, 4 - $1) / choose(80, 4)
    }
    #expect(abs(test.p - exact) < 4 * (exact / 9999).squareRoot(), "\(test.p) \(exact)")
  }
}

@Suite struct SliceSearchTests {
  @Test func aPlantedSliceIsFoundAndConfirmed() throws {
    let study = try Patients(6000, slice: 1.2, seed: 13).study { $0.slices = SlicePlan() }
    let search = try #require(study.onRequest.slices.first)
    #expect(search.searched > 30 && search.slices.count <= 3)
    #expect(search.discoveryCases + search.confirmationCases == 6000)
    let first = try #require(search.slices.first)
    #expect(first.subgroup.description == "site=s1; sex=F")
    #expect(first.isConfirmed(alpha: 0.05) && first.discovered < -0.1)
    #expect(study.rows == (try Patients(6000, slice: 1.2, seed: 13).study { _ in }).rows)
  }

  /// Halves are of patients, so that what noise a patient has is in one of them only; fair cohorts confirm nothing.
  @Test func fairCohortsConfirmNothing() throws {
    var confirmed = 0
    for replicate in 0..<60 {
      let study = try Patients(1200, images: 2, seed: UInt64(2000 + replicate)).study(clustered: true) {
        $0.slices = SlicePlan(metric: "specificity")
        $0.metrics = ["specificity"]
      }
      let search = try #require(study.onRequest.slices.first)
      if search.slices.contains(where: { $0.isConfirmed(alpha: 0.05) }) { confirmed += 1 }
    }
    // Half of the 5 % lie on the side that confirms.
    #expect(confirmed <= 6, "\(confirmed)")
  }

  @Test func bothGroupsOfAPairAreSearched() throws {
    for (slice, worst) in [(1.5, "F"), (-1.5, "M")] {
      let patients = Patients(4000, slice: slice, seed: 17)
      let study = try patients.study(by: ["sex"]) { $0.slices = SlicePlan(depth: 1) }
      let first = try #require(study.onRequest.slices.first?.slices.first)
      #expect(first.subgroup == .of("sex", worst) && first.discovered < 0)
    }
  }
}
