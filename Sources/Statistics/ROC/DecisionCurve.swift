/// Net benefit over a range of risk thresholds, with its pointwise interval (Vickers, Elkin 2006,
/// doi:10.1177/0272989X06295361); by patient where there are any.
public struct DecisionCurve: Sendable {
  public struct Point: Sendable {
    public let benefit: NetBenefit
    /// Nil with fewer than two patients.
    public let interval: Interval?
  }
  /// In the order of the thresholds.
  public let points: [Point]

  /// - Parameter thresholds: In (0, 1), ascending.
  /// - Throws: `needsScore`, `noCases`.
  public init(_ sample: Sample, at thresholds: [Double], tail: Double) throws(Undefined) {
    let benefits = try NetBenefit.all(sample, at: thresholds)
    let flagged = FlaggedMoments(sample, at: sample.isClustered ? thresholds.reversed() : [])
    points = benefits.enumerated().map { index, benefit in
      let snapshot = flagged.snapshots.isEmpty ? nil : flagged.snapshots[thresholds.count - 1 - index]
      return Point(
        benefit: benefit,
        interval: flagged.shares(of: benefit, snapshot).map { right, wrong, correlation in
          benefit.interval(
            truePositives: right.wilson(tail: tail), falsePositives: wrong.wilson(tail: tail),
            correlation: correlation)
        })
    }
  }
}

extension FlaggedMoments {
  fileprivate func shares(
    of benefit: NetBenefit, _ snapshot: Snapshot?
  ) -> (SharedInterval, SharedInterval, correlation: Double)? {
    let all = positives + negatives
    let (a, b) = (benefit.truePositives, benefit.falsePositives)
    guard let snapshot, let patients else {
      return (.init(independent: a, of: all), .init(independent: b, of: all), benefit.correlation)
    }
    guard patients.all > 1 else { return nil }
    let m = snapshot.moments
    let xm = (
      positives: m.xmPositives.positives + m.xmPositives.negatives,
      negatives: m.xmNegatives.positives + m.xmNegatives.negatives
    )
    let square = mm.positives + 2 * mm.both + mm.negatives
    let right = m.xx.positives - 2 * a * xm.positives + a * a * square
    let wrong = m.xx.negatives - 2 * b * xm.negatives + b * b * square
    let both = m.xx.both - b * xm.positives - a * xm.negatives + a * b * square
    let evenness = min(positives.evenness, negatives.evenness)
    return (
      .init(a, of: all, residualSquares: right, patients: patients.all, evenness: evenness),
      .init(b, of: all, residualSquares: wrong, patients: patients.all, evenness: evenness),
      correlation(both, right, wrong)
    )
  }
}
