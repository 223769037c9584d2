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
}
