/// The area under the empirical ROC curve over a range of false-positive rates, standardised so that chance is ½ and
/// perfection 1 (McClish 1989, doi:10.1177/0272989X8900900307).
///
/// Its variance is that of partial placements: a positive's is the part of the range in which it is flagged, a negative's
/// the sensitivity at its own false-positive rate, held inside the range (He, Escobar 2008, doi:10.1002/sim.3290), so that
/// the estimated limits of the range count too. Over the whole range both are DeLong's. Ties count one half. The value
/// agrees with R's pROC `auc(partial.auc=, partial.auc.correct=TRUE)` to 1e-12, the variance with its bootstrap.
public struct PartialArea: Sendable {
  /// In [0, 1]: mean sensitivity over the range.
  public let meanSensitivity: Double
  /// Of the mean sensitivity, for independent cases; nil with fewer than two cases in a class.
  public let variance: Double?
  /// On the mean sensitivity, by place in the sample; may be dropped once it is summed up.
  public var influence: [Double]
  public let positives: Int
  public let negatives: Int
  private let range: ClosedRange<Double>

  /// - Parameter specificity: A range in [0, 1] of some width.
  /// - Throws: `needsScore`, `noPositives`, `noNegatives`, `constantScore`.
  public init(_ sample: Sample, specificity: ClosedRange<Double>) throws(Undefined) {
    precondition(0 <= specificity.lowerBound && specificity.upperBound <= 1)
    precondition(specificity.lowerBound < specificity.upperBound)
    let runs = try ScoreRuns(sample)
    let (a, b) = (1 - specificity.upperBound, 1 - specificity.lowerBound)
    range = a...b
    positives = runs.positives.count
    negatives = runs.negatives.count
    var area = 0.0
    var (atStart, atEnd) = (EdgeSensitivity(a), EdgeSensitivity(b))
    runs.forEach { run in
      atStart.pass(run)
      atEnd.pass(run)
      let (low, high) = (max(a, run.above.negatives), min(b, run.with.negatives))
      if low < high { area += (high - low) * (run.sensitivity(at: low) + run.sensitivity(at: high)) / 2 }
    }
    let width = b - a
    // A perfect curve is a matter of ranks, which rounding must not hide.
    let mean = area / width
    meanSensitivity = mean > 1 - 1e-12 ? 1 : mean < 1e-12 ? 0 : mean
    let meanPlacement = a * atStart.value + area + (1 - b) * atEnd.value
    influence = runs.influence { run in
      (
        positive: (run.flaggedPart(of: a...b) - area) / width,
        negative: (run.placement(in: a...b, atStart.value, atEnd.value) - meanPlacement) / width
      )
    }
    variance = runs.variance(of: influence)
  }

  /// From the mean sensitivity to McClish's scale, an increasing straight line.
  public func standardised(_ meanSensitivity: Double) -> Double {
    let (a, b) = (range.lowerBound, range.upperBound)
    let chance = (a + b) / 2
    return (1 + (meanSensitivity - chance) / (1 - chance)) / 2
  }

  /// How many negatives lie in the range, in expectation.
  public var negativesInRange: Double { Double(negatives) * (range.upperBound - range.lowerBound) }

  /// Of the standardised area on the mean sensitivity.
  public var slope: Double { 1 / (2 - range.lowerBound - range.upperBound) }
  public var value: Double { standardised(meanSensitivity) }
}

/// The sensitivity at an edge of the range; where the curve is upright there, the middle, between what one case more and one
/// less would make it.
private struct EdgeSensitivity {
  let falsePositiveRate: Double
  private var lower: Double?
  private var upper: Double?
  private static let rounding = 1e-12

  init(_ falsePositiveRate: Double) { self.falsePositiveRate = falsePositiveRate }

  mutating func pass(_ run: ScoreRuns.Run) {
    if lower == nil, run.with.negatives >= falsePositiveRate - Self.rounding {
      lower = run.sensitivity(at: min(falsePositiveRate, run.with.negatives))
    }
    if upper == nil, run.with.negatives > falsePositiveRate + Self.rounding {
      upper = run.sensitivity(at: max(falsePositiveRate, run.above.negatives))
    }
  }

  var value: Double { ((lower ?? 1) + (upper ?? 1)) / 2 }
}

extension ScoreRuns.Run {
  private var width: Double { with.negatives - above.negatives }

  /// On the straight line between the run's corners; the upper one where it is upright.
  func sensitivity(at falsePositiveRate: Double) -> Double {
    guard width > 0 else { return with.positives }
    return above.positives + (with.positives - above.positives) * (falsePositiveRate - above.negatives)
      / width
  }

  /// The part of the range in which a positive of this run is flagged, over the run in the mean.
  fileprivate func flaggedPart(of range: ClosedRange<Double>) -> Double {
    let (a, b) = (range.lowerBound, range.upperBound)
    guard width > 0 else { return min(max(b - above.negatives, 0), b - a) }
    let before = max(0, min(with.negatives, a) - above.negatives)
    let (low, high) = (max(a, above.negatives), min(b, with.negatives))
    let inside = low < high ? (high - low) * (b - (low + high) / 2) : 0
    return (before * (b - a) + inside) / width
  }

  /// The sensitivity at the false-positive rate of a negative of this run, held inside the range, in the mean.
  fileprivate func placement(in range: ClosedRange<Double>, _ atStart: Double, _ atEnd: Double) -> Double {
    let (a, b) = (range.lowerBound, range.upperBound)
    guard width > 0 else { return 0 }
    let before = max(0, min(with.negatives, a) - above.negatives)
    let after = max(0, with.negatives - max(above.negatives, b))
    let (low, high) = (max(a, above.negatives), min(b, with.negatives))
    let inside = low < high ? (high - low) * (sensitivity(at: low) + sensitivity(at: high)) / 2 : 0
    return (before * atStart + inside + after * atEnd) / width
  }
}
