/// What a comparison of a group with its complement can show, under assumed values.
///
/// Normal approximation of the two-sided test of no difference, the null variance pooled (Fleiss, Levin, Paik 2003,
/// doi:10.1002/0471445428, formula 4.14; agrees with R `power.prop.test`), the group taken to be the worse one.
public struct GapPlan: Sendable {
  /// Two-sided.
  public let alpha: Double
  public let power: Double

  /// - Precondition: both in (0, 1).
  public init(alpha: Double, power: Double) {
    precondition(alpha > 0 && alpha < 1 && power > 0 && power < 1)
    self.alpha = alpha
    self.power = power
  }

  private var quantiles: (test: Double, power: Double) {
    (Normal.upperQuantile(alpha / 2), Normal.quantile(power))
  }

  /// The smallest gap below `assumed` that would be shown; nil where not even the largest possible one would.
  ///
  /// - Parameters:
  ///   - assumed: of the complement, in (0, 1).
  ///   - group, complement: (effective) trials on either side, above 0.
  public func smallestGap(assumed: Double, group: Double, complement: Double) -> Double? {
    smallest(upTo: assumed) { gap in
      let lower = assumed - gap
      let pooled = (group * lower + complement * assumed) / (group + complement)
      return (
        pooled * (1 - pooled) * (1 / group + 1 / complement),
        lower * (1 - lower) / group + assumed * (1 - assumed) / complement
      )
    }
  }

  /// Likewise of two areas, down to ½.
  ///
  /// - Parameters: (effective) positives and negatives on either side, above 0.
  public func smallestGap(
    assumedArea area: Double, group: (positives: Double, negatives: Double),
    complement: (positives: Double, negatives: Double)
  ) -> Double? {
    func variance(_ area: Double, _ side: (positives: Double, negatives: Double)) -> Double {
      AreaPlan(assumed: area, tail: alpha / 2).variance(positives: side.positives, negatives: side.negatives)
    }
    return smallest(upTo: area - 0.5) { gap in
      let alternative = variance(area - gap, group) + variance(area, complement)
      return (alternative, alternative)
    }
  }

  /// Cases of each side at which a difference would be shown: the printed 199 positives for 90 against 80 %.
  public func trialsPerSide(_ first: Double, _ second: Double) -> Int {
    let gap = abs(first - second)
    let pooled = (first + second) / 2
    let reach =
      quantiles.test * (2 * pooled * (1 - pooled)).squareRoot() + quantiles.power
      * (first * (1 - first) + second * (1 - second)).squareRoot()
    return Int((reach * reach / (gap * gap)).rounded(.up))
  }

  /// Whether the gap between the normal quantiles is reached grows with the gap: by bisection, to 1e-6.
  private func smallest(upTo most: Double, _ variances: (Double) -> (null: Double, alternative: Double))
    -> Double?
  {
    func isShown(_ gap: Double) -> Bool {
      let (null, alternative) = variances(gap)
      return gap >= quantiles.test * null.squareRoot() + quantiles.power * alternative.squareRoot()
    }
    guard most > 0, isShown(most) else { return nil }
    var (hidden, shown) = (0.0, most)
    while shown - hidden > 1e-6 {
      let middle = (hidden + shown) / 2
      if isShown(middle) { shown = middle } else { hidden = middle }
    }
    return shown
  }
}
