internal import RealModule

extension BivariateSites {
  /// The log likelihood of counts at given parameters, with the binomial coefficients.
  ///
  /// - Parameters:
  ///   - means: Logits of sensitivity and specificity.
  ///   - taus: Their standard deviations between sites, 0 or above.
  ///   - correlation: In [−1, 1].
  public static func logLikelihood(
    of counts: [SiteCounts], means: (Double, Double), taus: (Double, Double), correlation: Double,
    nodes: Int = defaultNodes
  ) -> Double {
    SiteLikelihood(counts, nodes: nodes).logLikelihood(
      [means.0, means.1] + triangle(taus, correlation: correlation))
  }

  private static func triangle(_ taus: (Double, Double), correlation: Double) -> [Double] {
    [taus.0, taus.1 * correlation, taus.1 * max(0, 1 - correlation * correlation).squareRoot()]
  }

  /// Twice what the log likelihood loses where the correlation is this: about chi-squared on one degree of freedom where it
  /// is the true one.
  ///
  /// - Throws: `didNotConverge`.
  public func loss(atCorrelation correlation: Double) throws(Undefined) -> Double {
    var start = self.start
    return try loss(atCorrelation: correlation, from: &start)
  }

  /// Standard deviations as squares of what is searched, so that they stay above 0 and may reach it.
  private var start: [Double] {
    [sensitivity.mean, specificity.mean]
      + [sensitivity, specificity].map { max($0.tau, 0.05).squareRoot() }
  }

  /// - Parameter start: Moves to the place that was found.
  private func loss(atCorrelation correlation: Double, from start: inout [Double]) throws(Undefined) -> Double
  {
    let likelihood = SiteLikelihood(counts, nodes: nodes)
    let summit = Summit(from: start) { place in
      likelihood.logLikelihood(
        Array(place.prefix(2))
          + BivariateSites.triangle((place[2] * place[2], place[3] * place[3]), correlation: correlation))
    }
    guard let summit else { throw .didNotConverge(iterations: Summit.mostSteps) }
    // Off the edge, where the slope is 0.
    start = summit.place.prefix(2) + summit.place.suffix(2).map { max(abs($0), 0.05.squareRoot()) }
    return max(0, 2 * (logLikelihood - summit.height))
  }

  /// Of the correlation, by the profile of the likelihood: the values at which it loses no more than chance does, to four
  /// digits. −1 and 1 are limits where they do not.
  ///
  /// - Throws: `notComputed` where sensitivity or specificity does not vary over sites; `didNotConverge`.
  public func correlationInterval(tail: Double) throws(Undefined) -> Interval {
    guard let correlation else { throw .notComputed("chance explains how far sites differ") }
    let most = ChiSquared.quantile(1 - 2 * tail, degreesOfFreedom: 1)
    func limit(towards end: Double) throws(Undefined) -> Double {
      var start = self.start
      guard abs(end - correlation) > 1e-6 else { return end }
      var outside = (at: end, excess: try loss(atCorrelation: end, from: &start) - most)
      guard outside.excess > 0 else { return end }
      var inside = (at: correlation, excess: -most)
      // The straight line between both, its standing end's height halved (Illinois).
      var kept = 0
      while abs(outside.at - inside.at) > 1e-4 {
        let share = inside.excess / (inside.excess - outside.excess)
        let middle = inside.at + share * (outside.at - inside.at)
        let excess = try loss(atCorrelation: middle, from: &start) - most
        if abs(excess) < 1e-4 { return middle }
        if excess > 0 {
          outside = (middle, excess)
          if kept == 1 { inside.excess /= 2 }
          kept = 1
        } else {
          inside = (middle, excess)
          if kept == -1 { outside.excess /= 2 }
          kept = -1
        }
      }
      return (inside.at + outside.at) / 2
    }
    return Interval(
      lower: max(-1, min(correlation, try limit(towards: -1))),
      upper: min(1, max(correlation, try limit(towards: 1))), level: 1 - 2 * tail)
  }
}
