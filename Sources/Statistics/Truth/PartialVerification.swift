internal import RealModule

/// Shares of cases whose truth is known of some only: within a stratum of outputs the verified cases stand for the others.
///
/// Begg and Greenes 1983, doi:10.2307/2530820, of any number of strata: a stratum with N cases, V of them verified and s of
/// those positive, holds N s / V positives. It assumes that within a stratum verification had nothing to do with the truth.
/// The same as weighing each verified case by N / V. The variance is the delta method's, as the paper has it on the logit
/// scale, written as the influence of a case; summed by patient it is that of clustered cases. Agrees with the paper's
/// variance to 1e-12, and with estimates and limits printed of two examples: hepatic scintigraphy, sensitivity .836 (.788,
/// .884), and diaphanography, .292 (.134, .449).
public struct PartialVerification: Hashable, Sendable {
  /// Cases of one stratum, or their weights.
  public struct Stratum: Hashable, Sendable {
    public var positives, negatives, unverified: Double
    public init(positives: Double = 0, negatives: Double = 0, unverified: Double = 0) {
      self.positives = positives
      self.negatives = negatives
      self.unverified = unverified
    }
    public var verified: Double { positives + negatives }
    public var all: Double { verified + unverified }
    var isEmpty: Bool { all <= 0 }
  }

  /// What of a stratum counts: its positives, its negatives.
  public typealias Part = SIMD2<Double>

  public let strata: [Stratum]

  /// - Throws: `notComputed` where a stratum has cases and none of them is verified.
  public init(_ strata: [Stratum]) throws(Undefined) {
    guard strata.allSatisfy({ $0.isEmpty || $0.verified > 0 }) else {
      throw .notComputed("no case of one of the outputs has a reference standard")
    }
    self.strata = strata
  }

  public struct Share: Hashable, Sendable {
    public let value: Double
    /// For each stratum, how one verified positive, verified negative and unverified case moves the share.
    public let influence: [Stratum]

    /// Of independent cases: Σ φ².
    public func variance(of counts: [Stratum]) -> Double {
      zip(influence, counts).reduce(0) { sum, one in
        let (φ, n) = one
        return sum + n.positives * φ.positives * φ.positives + n.negatives * φ.negatives * φ.negatives
          + n.unverified * φ.unverified * φ.unverified
      }
    }

    /// Of the cases of one patient, together.
    public func influence(of counts: [Stratum]) -> Double {
      zip(influence, counts).reduce(0) { sum, one in
        let (φ, n) = one
        return sum + n.positives * φ.positives + n.negatives * φ.negatives + n.unverified * φ.unverified
      }
    }
  }

  /// - Parameters: For each stratum what of it counts, in [0, 1]; successes are among the trials.
  /// - Throws: `zeroDenominator` where no case is a trial.
  public func share(_ successes: [Part], of trials: [Part]) throws(Undefined) -> Share {
    let shares = strata.map { $0.isEmpty ? 0 : $0.positives / $0.verified }
    guard let value = ratio(successes, trials, shares) else { throw .zeroDenominator("no such cases") }
    let y = total(trials, shares)
    let influence = strata.indices.map { t -> Stratum in
      guard !strata[t].isEmpty else { return Stratum() }
      let c = (successes[t] - value * trials[t]) / y
      let p = shares[t]
      let whole = c[0] * p + c[1] * (1 - p)
      let known = (c[0] - c[1]) * strata[t].all / strata[t].verified
      return Stratum(
        positives: whole + known * (1 - p), negatives: whole - known * p, unverified: whole)
    }
    return Share(value: value, influence: influence)
  }

  /// Where the delta method has nothing to say, at 0 and 1: every stratum's share of positives at the end of Wilson's
  /// interval that moves the estimate most, all at once. Of independent cases; never too narrow.
  public func widest(_ successes: [Part], of trials: [Part], tail: Double) -> Interval? {
    func end(isUpper: Bool) -> Double? {
      let shares = strata.indices.map { t -> Double in
        let stratum = strata[t]
        guard stratum.verified > 0 else { return 0 }
        let wilson = Proportion(successes: stratum.positives, trials: stratum.verified).wilson(tail: tail)
        let c = successes[t] - 0.5 * trials[t]
        return (c[0] > c[1]) == isUpper ? wilson.upper : wilson.lower
      }
      return ratio(successes, trials, shares)
    }
    guard let lower = end(isUpper: false), let upper = end(isUpper: true), lower <= upper else { return nil }
    return Interval(lower: lower, upper: upper, level: 1 - 2 * tail)
  }

  private func total(_ parts: [Part], _ shares: [Double]) -> Double {
    strata.indices.reduce(0) { sum, t in
      sum + strata[t].all * (parts[t][0] * shares[t] + parts[t][1] * (1 - shares[t]))
    }
  }

  private func ratio(_ successes: [Part], _ trials: [Part], _ shares: [Double]) -> Double? {
    let y = total(trials, shares)
    return y > 0 ? min(1, max(0, total(successes, shares) / y)) : nil
  }
}
