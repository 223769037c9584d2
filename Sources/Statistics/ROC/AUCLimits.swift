internal import RealModule

/// Intervals for an area under the ROC curve, from its variance.
public enum AUCLimits {
  /// The exact-type limit where the curve is perfect: with m cases (or patients) in the smaller class and none out of
  /// order, an area below (α/2)^(1/m) would have shown a disorder with probability above 1 − α/2.
  ///
  /// At AUC 0 mirrored.
  public static func perfect(auc: Double, smallerClass: Double, tail: Double) -> Interval {
    precondition((auc == 0 || auc == 1) && smallerClass > 0)
    let reach = Double.pow(tail, 1 / smallerClass)
    return auc == 1
      ? Interval(lower: reach, upper: 1, level: 1 - 2 * tail)
      : Interval(lower: 0, upper: 1 - reach, level: 1 - 2 * tail)
  }

  /// DeLong's variance on the logit scale, where it cannot leave (0, 1); for 0 < AUC < 1.
  public static func logit(
    auc: Double, variance: Double, tail: Double, reference: ReferenceDistribution = .normal
  ) -> Interval? {
    Scale.logit.wald(value: auc, standardError: variance.squareRoot(), tail: tail, reference: reference)
  }

  /// Plain AUC ± z · SE. It may leave [0, 1] and then says more than is possible; agrees with pROC `ci.auc` before that
  /// clips.
  public static func plain(
    auc: Double, variance: Double, tail: Double, reference: ReferenceDistribution = .normal
  ) -> Interval? {
    Scale.identity.wald(value: auc, standardError: variance.squareRoot(), tail: tail, reference: reference)
  }

  /// Newcombe's method 5 (2006, doi:10.1002/sim.2324): the areas that lie no more standard errors from the observed one than
  /// allowed, the error being that of exponential scores at the area asked about, not estimated from the cases. For
  /// 0 ≤ AUC ≤ 1; the sizes are above 0, need not be whole.
  public static func newcombe(auc: Double, positives: Double, negatives: Double, tail: Double) -> Interval {
    let reach = Normal.upperQuantile(tail)
    let pairs = positives * negatives
    let half = (positives + negatives) / 2 - 1
    func isTooFar(_ area: Double) -> Bool {
      let spread = 1 + half * ((1 - area) / (2 - area) + area / (1 + area))
      return abs(auc - area) > reach * (area * (1 - area) * spread / pairs).squareRoot()
    }
    func limit(from inside: Double, to edge: Double) -> Double {
      var (near, far) = (inside, edge)
      for _ in 0..<60 {
        let middle = (near + far) / 2
        if isTooFar(middle) { far = middle } else { near = middle }
      }
      return (near + far) / 2
    }
    return Interval(
      lower: auc > 0 ? limit(from: auc, to: 0) : 0, upper: auc < 1 ? limit(from: auc, to: 1) : 1,
      level: 1 - 2 * tail)
  }
}
