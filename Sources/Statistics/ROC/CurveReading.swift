/// A rate read off the empirical ROC curve where the other one is fixed: sensitivity at a specificity, or specificity at a
/// sensitivity; the highest that the curve reaches there, with straight lines between its corners.
///
/// The value agrees with R's pROC `coords` to 1e-12. Its interval joins two uncertainties (Zou, Donner 2008,
/// doi:10.1002/sim.3095): that of the rate at a fixed threshold, and that of the threshold, which is the curve between the
/// limits of the fixed rate, so that no slope need be estimated. By simulation it keeps its level where Wald's with an
/// estimated slope (Linnet 1987) does not (docs/decisions/0009).
public struct CurveReading: Sendable {
  public enum Fixed: Hashable, Sendable {
    case specificity(Double)
    case sensitivity(Double)
  }

  public let fixed: Fixed
  /// Of the rate that is read, in [0, 1].
  public var value: Double { isOfPositives ? flagged : 1 - flagged }
  /// Whether the rate that is read is one of positives.
  public let isOfPositives: Bool
  /// Flagged share of the class that is read, and of the one that is fixed.
  let flagged: Double
  let flaggedOfFixed: Double
  public let positives: CaseWeight
  public let negatives: CaseWeight
  /// Where the threshold falls: all above are flagged, of the run itself a part.
  private let run: Range<Int>
  private let part: Double
  private let curve: ROCCurve

  private static let corners = 2048

  /// - Throws: `needsScore`, `noPositives`, `noNegatives`, `constantScore`.
  public init(_ sample: Sample, at fixed: Fixed) throws(Undefined) {
    let runs = try ScoreRuns(sample)
    self.fixed = fixed
    positives = runs.positives
    negatives = runs.negatives
    curve = try ROCCurve(sample, most: CurveReading.corners)
    let rounding = 1e-12
    var found: (run: ScoreRuns.Run, part: Double)?
    switch fixed {
    case .specificity(let specificity):
      isOfPositives = true
      flaggedOfFixed = 1 - specificity
      let goal = flaggedOfFixed
      runs.forEach { run in
        guard found == nil, run.with.negatives > goal + rounding else { return }
        found = (run, max(0, (goal - run.above.negatives) / (run.with.negatives - run.above.negatives)))
      }
    case .sensitivity(let sensitivity):
      isOfPositives = false
      flaggedOfFixed = sensitivity
      runs.forEach { run in
        guard found == nil, run.with.positives >= sensitivity - rounding else { return }
        let step = run.with.positives - run.above.positives
        found = (run, min(1, (sensitivity - run.above.positives) / step))
      }
    }
    guard let (run, part) = found else {
      (flagged, self.run, self.part) = (1, 0..<sample.count, 1)
      return
    }
    let (above, with) =
      isOfPositives
      ? (run.above.positives, run.with.positives) : (run.above.negatives, run.with.negatives)
    flagged = above + part * (with - above)
    self.run = run.places
    self.part = part
  }

  /// How far the case at this place is flagged at the threshold, in [0, 1].
  public func isFlagged(_ place: Int) -> Double {
    place >= run.upperBound ? 1 : place < run.lowerBound ? 0 : part
  }

  /// The class that is read, and the one that is fixed, each as a proportion of so many trials.
  public var read: (share: Double, cases: CaseWeight) { (flagged, isOfPositives ? positives : negatives) }
  public var held: (share: Double, cases: CaseWeight) {
    (flaggedOfFixed, isOfPositives ? negatives : positives)
  }

  /// - Parameters:
  ///   - read: Interval of the flagged share of the class that is read, at a fixed threshold.
  ///   - held: Interval of the flagged share of the class that is fixed.
  ///   - correlation: Between the two shares, where patients have cases of both classes.
  public func interval(read: Interval, held: Interval, correlation: Double = 0) -> Interval {
    let share = curve.interval(
      of: flagged, read: read, held: held, correlation: correlation, curveShare(at:))
    return isOfPositives ? share : share.complement
  }

  /// Of the curve, in flagged shares, between two of the class that is fixed.
  public func slope(over held: Interval) -> Double {
    guard held.upper > held.lower else { return 0 }
    return (curveShare(at: held.upper) - curveShare(at: held.lower)) / (held.upper - held.lower)
  }

  /// The flagged share of the class that is read where that of the other is so.
  private func curveShare(at held: Double) -> Double {
    isOfPositives
      ? curve.sensitivity(atFalsePositiveRate: held) : curve.falsePositiveRate(atSensitivity: held)
  }
}

extension ROCCurve {
  /// Of a flagged share, from its interval at a fixed threshold and from the threshold's, which is the curve between the
  /// limits of the share that the other class is held at.
  func interval(
    of flagged: Double, read: Interval, held: Interval, correlation: Double,
    _ curveShare: (_ held: Double) -> Double
  ) -> Interval {
    let threshold = Interval(
      lower: -max(0, curveShare(held.upper) - flagged), upper: max(0, flagged - curveShare(held.lower)),
      level: held.level)
    let both = Difference.interval(flagged, read, minus: 0, threshold, correlation: correlation)
    return Interval(
      lower: min(flagged, max(0, both.lower)), upper: max(flagged, min(1, both.upper)), level: read.level)
  }

  /// The highest at this rate; between corners on a straight line.
  public func sensitivity(atFalsePositiveRate rate: Double) -> Double {
    let next = points.partition { $0.falsePositiveRate > rate }
    guard next < points.count else { return 1 }
    guard next > 0 else { return 0 }
    let (a, b) = (points[next - 1], points[next])
    let part = (rate - a.falsePositiveRate) / (b.falsePositiveRate - a.falsePositiveRate)
    return a.sensitivity + part * (b.sensitivity - a.sensitivity)
  }

  /// The lowest at this sensitivity; between corners on a straight line.
  public func falsePositiveRate(atSensitivity sensitivity: Double) -> Double {
    let next = points.partition { $0.sensitivity >= sensitivity }
    guard next < points.count else { return 1 }
    guard next > 0 else { return 0 }
    let (a, b) = (points[next - 1], points[next])
    let part = (sensitivity - a.sensitivity) / (b.sensitivity - a.sensitivity)
    return a.falsePositiveRate + part * (b.falsePositiveRate - a.falsePositiveRate)
  }
}

extension [ROCCurve.Point] {
  /// The first place from which on all satisfy a condition that none before does.
  fileprivate func partition(_ condition: (Element) -> Bool) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if condition(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
