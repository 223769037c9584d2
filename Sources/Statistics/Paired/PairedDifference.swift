/// Intervals of the difference of two shares of the same cases, first minus second.
extension PairedCounts {
  /// Tango's score interval (1998, doi:10.1002/(SICI)1097-0258(19980430)17:8<891::AID-SIM780>3.0.CO;2-B): the differences
  /// that the score test does not reject, inside [−1, 1] by construction, defined without any discordant case too.
  ///
  /// Agrees to 1e-9 with a search by SciPy that maximises the likelihood anew at each difference, and with the interval that
  /// Fagerland, Lydersen and Laake print (2014, doi:10.1002/sim.6148).
  public func tango(tail: Double, reference: ReferenceDistribution = .normal) -> Interval {
    let z = reference.upperQuantile(tail)
    return Interval(
      lower: ScoreComparison.edge(from: -1, to: difference) { distance(from: $0) > z },
      upper: ScoreComparison.edge(from: 1, to: difference) { distance(from: $0) < -z }, level: 1 - 2 * tail)
  }

  /// Newcombe's method 10 for paired shares (1998, doi:10.1002/(SICI)1097-0258(19981130)17:22<2635::AID-SIM954>3.0.CO;2-C):
  /// from two Wilson intervals and the correlation φ, with its continuity correction where φ is above 0.
  ///
  /// Agrees with the limits printed for Fagerland's example, and with the formula in NumPy to 1e-12.
  public func newcombe(tail: Double) -> Interval {
    Difference.interval(
      first.value, first.wilson(tail: tail), minus: second.value, second.wilson(tail: tail),
      correlation: correctedCorrelation)
  }

  private var correctedCorrelation: Double {
    let product = both * neither - firstOnly * secondOnly
    let corrected = product > 0 ? max(product - cases / 2, 0) : product
    let margins =
      (both + firstOnly) * (secondOnly + neither) * (both + secondOnly) * (firstOnly + neither)
    return margins > 0 ? corrected / margins.squareRoot() : 0
  }

  /// In standard errors under the hypothesis that the difference is `d`; above 0 where the estimate lies above it.
  private func distance(from d: Double) -> Double {
    let n = cases
    // The share of the second alone, where the likelihood is largest.
    let b = -discordant + (2 * n - firstOnly + secondOnly) * d
    let c = -secondOnly * d * (1 - d)
    let q = (max(0, b * b - 8 * n * c).squareRoot() - b) / (4 * n)
    return ScoreComparison.standardised(firstOnly - secondOnly - n * d, n * max(0, 2 * q + d * (1 - d)))
  }
}
