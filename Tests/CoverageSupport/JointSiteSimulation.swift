internal import Statistics

/// Sites whose logits of sensitivity and specificity are bivariate normal, 100 positives and 100 negatives at each.
public struct JointSiteScenario: Hashable, Sendable {
  public let sites: Int
  public let tau: Double
  public let correlation: Double

  public init(sites: Int, tau: Double, correlation: Double = -0.5) {
    self.sites = sites
    self.tau = tau
    self.correlation = correlation
  }

  private static let cases = 100
  /// Logits of 0.846 and 0.9.
  private static let means = (sensitivity: 1.7, specificity: 2.2)

  /// What is counted, in the order of `shares`.
  public static let names = [
    "mean held", "new sites held", "studies holding < 80 %", "correlation given", "of these held",
    "said: threshold", "said: quality",
  ]

  /// Of sensitivity the first three; a study whose model finds no summit gives none.
  public func shares(replicates: Int, seed: UInt64) throws -> [Double] {
    let sums = try frequencies(replicates: replicates, seed: seed) { random in
      guard let model = try? BivariateSites(counts(&random)) else { return [Double](repeating: 0, count: 8) }
      let prediction = model.sensitivity.prediction(tail: 0.025)
      let mean = Self.means.sensitivity
      let held =
        tau == 0
        ? (prediction.contains(mean) ? 1 : 0)
        : Normal.cumulative((prediction.upper - mean) / tau)
          - Normal.cumulative((prediction.lower - mean) / tau)
      let interval = try? model.correlationInterval(tail: 0.025)
      func share(_ happened: Bool?) -> Double { happened == true ? 1 : 0 }
      return [
        share(model.sensitivity.interval(tail: 0.025).contains(mean)), held, share(held < 0.8),
        share(interval != nil), share(interval?.contains(correlation)), share(interval.map { $0.upper < 0 }),
        share(interval.map { $0.lower > 0 }), 1,
      ]
    }
    let (given, made) = (sums[3], sums[7])
    return sums.prefix(3).map { $0 / made } + [given, given > 0 ? sums[4] / given : 0] + sums[5...6]
  }

  private func counts(_ random: inout RandomStream) -> [SiteCounts] {
    func outcomes(_ logit: Double) -> SiteCounts.Outcomes {
      let share = LogitEstimate.share(logit)
      return .init((0..<Self.cases).count { _ in random.bernoulli(share) }, of: Self.cases)
    }
    return (0..<sites).map { _ in
      let first = random.normal()
      let second = correlation * first + (1 - correlation * correlation).squareRoot() * random.normal()
      return SiteCounts(
        sensitivity: outcomes(Self.means.sensitivity + tau * first),
        specificity: outcomes(Self.means.specificity + tau * second))
    }
  }
}
