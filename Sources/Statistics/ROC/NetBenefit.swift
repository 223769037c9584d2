/// True positives less false ones at the odds of a risk threshold, per case: what acting on every case at or above the
/// threshold is worth in true positives (Vickers, Elkin 2006, doi:10.1177/0272989X06295361).
///
/// Agrees with Python's dcurves `dca` to 1e-12. The interval joins those of the two shares (Zou, Donner 2008,
/// doi:10.1002/sim.3095), with the correlation that shares of one whole have.
public struct NetBenefit: Hashable, Sendable {
  /// In (0, 1).
  public let threshold: Double
  /// Shares of all cases, by weight.
  public let truePositives: Double
  public let falsePositives: Double
  public let prevalence: Double

  public init(threshold: Double, truePositives: Double, falsePositives: Double, prevalence: Double) {
    precondition(0 < threshold && threshold < 1)
    self.threshold = threshold
    self.truePositives = truePositives
    self.falsePositives = falsePositives
    self.prevalence = prevalence
  }

  /// Worth of a false positive in true ones.
  public var odds: Double { threshold / (1 - threshold) }
  public var value: Double { truePositives - odds * falsePositives }
  /// Of acting on every case.
  public var treatAll: Double { prevalence - odds * (1 - prevalence) }

  /// Of the two shares, for independent cases.
  public var correlation: Double {
    let spread = truePositives * (1 - truePositives) * falsePositives * (1 - falsePositives)
    return spread > 0 ? -truePositives * falsePositives / spread.squareRoot() : 0
  }

  /// - Parameter correlation: Between the shares of true and of false positives.
  public func interval(truePositives: Interval, falsePositives: Interval, correlation: Double) -> Interval {
    Difference.interval(
      self.truePositives, truePositives, minus: odds * self.falsePositives,
      falsePositives.mapped { odds * $0 }, correlation: correlation)
  }

  /// One for each threshold, in their order.
  ///
  /// - Throws: `needsScore`, `noCases`.
  public static func all(_ sample: Sample, at thresholds: [Double]) throws(Undefined) -> [NetBenefit] {
    guard !sample.scores.isEmpty || sample.count == 0 else { throw .needsScore }
    guard sample.count > 0 else { throw .noCases }
    let weights = Array(sample.weights)
    let (scores, bits) = (Array(sample.scores), Array(sample.bits))
    var flagged = (positives: 0.0, negatives: 0.0)
    var place = scores.count
    func pass(to end: Int) {
      while place > end {
        place -= 1
        let weight = weights.isEmpty ? 1 : weights[place]
        if bits[place] & 1 == 1 { flagged.positives += weight } else { flagged.negatives += weight }
      }
    }
    var shares = [(Double, Double)](repeating: (0, 0), count: thresholds.count)
    for index in thresholds.indices.sorted(by: { thresholds[$0] > thresholds[$1] }) {
      while place > 0, scores[place - 1] >= thresholds[index] { pass(to: place - 1) }
      shares[index] = flagged
    }
    pass(to: 0)
    let all = flagged.positives + flagged.negatives
    return zip(thresholds, shares).map { threshold, shares in
      NetBenefit(
        threshold: threshold, truePositives: shares.0 / all, falsePositives: shares.1 / all,
        prevalence: flagged.positives / all)
    }
  }
}
