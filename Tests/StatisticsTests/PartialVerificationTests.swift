import Foundation
import Statistics
import TestSupport
import Testing

@Suite struct PartialVerificationTests {
  typealias Stratum = PartialVerification.Stratum
  typealias Part = PartialVerification.Part

  private static let flagged = [Part(0, 0), Part(1, 0)]
  private static let positives = [Part(1, 0), Part(1, 0)]
  private static let unflaggedNegatives = [Part(0, 1), Part(0, 0)]
  private static let negatives = [Part(0, 1), Part(0, 1)]

  /// Hepatic scintigraphy, Drum and Christacopoulos 1972: of 429 abnormal scans 263 were verified and 231 diseased, of 221
  /// normal ones 81 and 27. Counts as in the data of Arifin and Yusof 2025 (github.com/wnarifin/sipw_in_pvb,
  /// clinical/hepatic.csv); those verified are Altman and Bland's, BMJ 1994;308:1552.
  private static let liver = [
    Stratum(positives: 27, negatives: 54, unverified: 140),
    Stratum(positives: 231, negatives: 32, unverified: 166),
  ]

  /// Diaphanography, Marshall 1984: of 900 women 67 were flagged.
  private static let breast = [
    Stratum(positives: 7, negatives: 44, unverified: 782),
    Stratum(positives: 26, negatives: 11, unverified: 30),
  ]

  /// Begg and Greenes' estimates with their normal limits as Arifin and Yusof print them (doi:10.1371/journal.pone.0321440;
  /// clinical/snsp_all_simple_m3.txt): .836 (.788, .884), .738 (.662, .815); .292 (.134, .449), .973 (.958, .988).
  @Test(arguments: [
    (liver, [0.836, 0.788, 0.884], [0.738, 0.662, 0.815]),
    (breast, [0.292, 0.134, 0.449], [0.973, 0.958, 0.988]),
  ])
  func reproducesPrintedExamples(_ strata: [Stratum], _ sensitivity: [Double], _ specificity: [Double]) throws
  {
    let table = try PartialVerification(strata)
    for (share, printed) in [
      (try table.share(Self.flagged, of: Self.positives), sensitivity),
      (try table.share(Self.unflaggedNegatives, of: Self.negatives), specificity),
    ] {
      let reach = Normal.quantile(0.975) * share.variance(of: strata).squareRoot()
      for (ours, theirs) in zip([share.value, share.value - reach, share.value + reach], printed) {
        #expect(abs(ours - theirs) <= 0.00051)
      }
    }
  }

  /// Of the verified alone they would be .895 and .628.
  @Test func theVerifiedAloneMislead() throws {
    let table = try PartialVerification(Self.liver)
    #expect(try table.share(Self.flagged, of: Self.positives).value < 231.0 / 258 - 0.05)
    #expect(try table.share(Self.unflaggedNegatives, of: Self.negatives).value > 54.0 / 86 + 0.1)
  }

  /// The paper's variance on the logit scale, in its own terms.
  @Test func theVarianceIsThePapers() throws {
    for strata in [
      Self.liver,
      [
        Stratum(positives: 3, negatives: 90, unverified: 400),
        Stratum(positives: 40, negatives: 25, unverified: 2),
      ],
    ] {
      let table = try PartialVerification(strata)
      let (normal, abnormal) = (strata[0], strata[1])
      let cases = normal.all + abnormal.all
      let flagging = cases / (normal.all * abnormal.all)
      let ofSensitivity =
        flagging + abnormal.negatives / (abnormal.positives * abnormal.verified)
        + normal.negatives / (normal.positives * normal.verified)
      let ofSpecificity =
        flagging + abnormal.positives / (abnormal.negatives * abnormal.verified)
        + normal.positives / (normal.negatives * normal.verified)
      for (successes, trials, expected) in [
        (Self.flagged, Self.positives, ofSensitivity),
        (Self.unflaggedNegatives, Self.negatives, ofSpecificity),
      ] {
        let share = try table.share(successes, of: trials)
        let spread = share.value * (1 - share.value)
        #expect(agrees(share.variance(of: strata) / (spread * spread), expected, within: 1e-12))
      }
    }
  }

  /// Each verified case weighed by one over the share of its output that was verified.
  @Test func inverseProbabilityWeightsGiveTheSame() throws {
    var random = RandomStream(7)
    for _ in 0..<50 {
      func count() -> Double { Double(Int(random.uniform() * 40)) }
      let strata = (0..<3).map { _ in
        Stratum(positives: 1 + count(), negatives: 1 + count(), unverified: count())
      }
      let table = try PartialVerification(strata)
      let weights = strata.map { $0.all / $0.verified }
      let found = [Part(0, 0), Part(1, 0), Part(0, 0)]
      let all = [Part](repeating: Part(1, 0), count: 3)
      let weighted =
        strata[1].positives * weights[1] / zip(strata, weights).reduce(0) { $0 + $1.0.positives * $1.1 }
      #expect(agrees(try table.share(found, of: all).value, weighted, within: 1e-13))
    }
  }

  /// One more case of each kind moves the share by its influence, and all influences cancel.
  @Test func influenceIsADerivative() throws {
    let strata = Self.liver
    let share = try PartialVerification(strata).share(Self.flagged, of: Self.positives)
    #expect(abs(share.influence(of: strata)) < 1e-12)
    let step = 1e-4
    for t in 0..<2 {
      for field in [\Stratum.positives, \.negatives, \.unverified] {
        var more = strata
        more[t][keyPath: field] += step
        let moved = try PartialVerification(more).share(Self.flagged, of: Self.positives).value
        #expect(agrees((moved - share.value) / step, share.influence[t][keyPath: field], within: 1e-7))
      }
    }
  }

  /// Of 1,000 cases 100 are positive; nine in ten flagged cases are verified, one in ten of the others.
  @Test func theIntervalHoldsTheTruth() throws {
    var random = RandomStream(19)
    func binomial(_ n: Int, _ p: Double) -> Int { (0..<n).count { _ in random.bernoulli(p) } }
    var held = 0
    let runs = 1000
    for _ in 0..<runs {
      let positives = binomial(1000, 0.1)
      let (found, alarms) = (binomial(positives, 0.9), binomial(1000 - positives, 0.2))
      func stratum(_ positives: Int, _ negatives: Int, _ share: Double) -> Stratum {
        let (s, r) = (binomial(positives, share), binomial(negatives, share))
        return Stratum(
          positives: Double(s), negatives: Double(r), unverified: Double(positives + negatives - s - r))
      }
      let strata = [
        stratum(positives - found, 1000 - positives - alarms, 0.1), stratum(found, alarms, 0.9),
      ]
      let table = try PartialVerification(strata)
      let share = try table.share(Self.flagged, of: Self.positives)
      let interval =
        Scale.logit.wald(
          value: share.value, standardError: share.variance(of: strata).squareRoot(), tail: 0.025,
          reference: .normal) ?? table.widest(Self.flagged, of: Self.positives, tail: 0.025)
      if interval?.contains(0.9) == true { held += 1 }
    }
    #expect((930...985).contains(held), "\(held) of \(runs)")
  }

  @Test func withEveryCaseVerifiedItIsTheShare() throws {
    let strata = [Stratum(positives: 5, negatives: 80), Stratum(positives: 45, negatives: 20)]
    let share = try PartialVerification(strata).share(Self.flagged, of: Self.positives)
    #expect(share.value == 0.9 && agrees(share.variance(of: strata), 0.9 * 0.1 / 50, within: 1e-12))
  }

  @Test func anOutputThatNobodyVerifiedIsUndefined() throws {
    #expect(throws: Undefined.notComputed("no case of one of the outputs has a reference standard")) {
      try PartialVerification([Stratum(unverified: 3), Stratum(positives: 4, negatives: 2)])
    }
  }

  /// None missed among 50 verified: of 1,000 unflagged cases that says less than of those 50 alone.
  @Test func atTheEdgeItIsWide() throws {
    let strata = [
      Stratum(positives: 0, negatives: 50, unverified: 950), Stratum(positives: 90, negatives: 10),
    ]
    let table = try PartialVerification(strata)
    let interval = try #require(table.widest(Self.flagged, of: Self.positives, tail: 0.025))
    #expect(interval.upper == 1)
    let unseen = 1000 * Proportion(successes: 0, trials: 50).wilson(tail: 0.025).upper
    #expect(interval.lower < 90 / (90 + unseen) && interval.lower > 0.5)
  }
}
