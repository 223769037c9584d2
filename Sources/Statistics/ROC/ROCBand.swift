/// A pointwise band around a ROC curve: at each false-positive rate the interval of the sensitivity there, as
/// `CurveReading` makes it, from Wilson's limits of both rates, on effective sample sizes with patients.
public struct ROCBand: Sendable {
  /// One for each point of the curve; points of one false-positive rate share theirs. Nil with fewer than two patients of
  /// a class.
  public let limits: [Interval?]

  /// - Parameter sample: That the curve is of.
  public init(_ curve: ROCCurve, of sample: Sample, tail: Double) {
    let points = curve.points
    let flagged = FlaggedMoments(sample, at: sample.isClustered ? points.dropFirst().map(\.threshold) : [])
    var limits = [Interval?](repeating: nil, count: points.count)
    for index in points.indices.reversed() {
      let point = points[index]
      guard index + 1 == points.count || points[index + 1].falsePositiveRate != point.falsePositiveRate
      else {
        limits[index] = limits[index + 1]
        continue
      }
      let sides = flagged.sides(of: point, sample.isClustered ? flagged.snapshot(at: index) : nil)
      limits[index] = sides.map { read, held, correlation in
        curve.interval(
          of: point.sensitivity, read: read.wilson(tail: tail), held: held.wilson(tail: tail),
          correlation: correlation, curve.sensitivity(atFalsePositiveRate:))
      }
    }
    self.limits = limits
  }
}

extension FlaggedMoments {
  /// Of a curve's point; at (0, 0) nothing is flagged, not even what failed and stands above every score.
  fileprivate func snapshot(at index: Int) -> Snapshot {
    index == 0 ? Snapshot(positives: 0, negatives: 0, moments: Moments()) : snapshots[index - 1]
  }

  fileprivate func sides(
    of point: ROCCurve.Point, _ snapshot: Snapshot?
  ) -> (SharedInterval, SharedInterval, correlation: Double)? {
    let (p, q) = (point.sensitivity, point.falsePositiveRate)
    guard let snapshot, let patients else {
      return (.init(independent: p, of: positives), .init(independent: q, of: negatives), 0)
    }
    guard min(patients.positives, patients.negatives) > 1 else { return nil }
    let m = snapshot.moments
    let ofPositives = m.xx.positives - 2 * p * m.xmPositives.positives + p * p * mm.positives
    let ofNegatives = m.xx.negatives - 2 * q * m.xmNegatives.negatives + q * q * mm.negatives
    let both =
      m.xx.both - q * m.xmPositives.negatives - p * m.xmNegatives.positives + p * q * mm.both
    return (
      .init(
        p, of: positives, residualSquares: ofPositives, patients: patients.positives,
        evenness: positives.evenness),
      .init(
        q, of: negatives, residualSquares: ofNegatives, patients: patients.negatives,
        evenness: negatives.evenness),
      correlation(both, ofPositives, ofNegatives)
    )
  }

  func correlation(_ product: Double, _ a: Double, _ b: Double) -> Double {
    // Rounding leaves residuals of nothing a little above or below it.
    guard a > 1e-9, b > 1e-9 else { return 0 }
    return max(-1, min(1, product / (a * b).squareRoot()))
  }
}
