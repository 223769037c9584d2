/// Mean of the precision at every positive, in steps and with ties together: Σ (Rₖ − Rₖ₋₁) Pₖ over distinct scores
/// (Davis, Goadrich 2006, doi:10.1145/1143844.1143874). Agrees with scikit-learn's `average_precision_score` to 1e-12.
///
/// The influence of a case is that of its own precision, of what it adds to the precision of the positives below it, and of
/// its class on the prevalence; the variance that it gives agrees with a jackknife.
public struct AveragePrecision: Sendable {
  public let value: Double
  /// For independent cases; nil with fewer than two cases in a class.
  public let variance: Double?
  /// By place in the sample; may be dropped once it is summed up.
  public var influence: [Double]
  public let positives: Int
  public let negatives: Int

  /// - Throws: `needsScore`, `noPositives`, `noNegatives`, `constantScore`.
  public init(_ sample: Sample) throws(Undefined) {
    let runs = try ScoreRuns(sample)
    positives = runs.positives.count
    negatives = runs.negatives.count
    let prevalence = runs.prevalence
    // What precision changes by, for each run times the positives it holds: by the flagged share of positives, of
    // negatives, and by the prevalence.
    func slopes(_ run: ScoreRuns.Run) -> (SIMD2<Double>, prevalence: Double) {
      let flagged = prevalence * run.with.positives + (1 - prevalence) * run.with.negatives
      let scale = (run.with.positives - run.above.positives) / (flagged * flagged)
      let spread = prevalence * (1 - prevalence) * scale
      return (
        [spread * run.with.negatives, -spread * run.with.positives],
        scale * run.with.positives * run.with.negatives
      )
    }
    var value = 0.0
    var total = SIMD2<Double>.zero
    var mean = SIMD2<Double>.zero
    var ofPrevalence = 0.0
    runs.forEach { run in
      value += (run.with.positives - run.above.positives) * run.precision(prevalence)
      let (slope, prevalenceSlope) = slopes(run)
      total += slope
      mean += slope * [run.with.positives, run.with.negatives]
      ofPrevalence += prevalenceSlope
    }
    // Perfection is a matter of ranks, which rounding must not hide.
    if value > 1 - 1e-12 { value = 1 }
    self.value = value
    // A case of a class weighs its share of the class; on the prevalence its share of all.
    let onPrevalence = SIMD2(
      ofPrevalence * prevalence * (1 - prevalence), -ofPrevalence * prevalence * (1 - prevalence))
    var below = total
    influence = runs.influence { run in
      let change = below - mean + onPrevalence
      below -= slopes(run).0
      return (positive: run.precision(prevalence) - value + change[0], negative: change[1])
    }
    let cases = sample.count
    variance =
      positives > 1 && negatives > 1
      ? Double(cases) / Double(cases - 1) * influence.reduce(0) { $0 + $1 * $1 } : nil
  }
}

extension ScoreRuns.Run {
  fileprivate func precision(_ prevalence: Double) -> Double {
    let right = prevalence * with.positives
    return right / (right + (1 - prevalence) * with.negatives)
  }
}
