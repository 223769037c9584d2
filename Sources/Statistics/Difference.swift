internal import RealModule

/// The interval of a difference of two estimates, recovered from their own intervals.
///
/// Method of variance estimates recovery (Zou, Donner 2008, doi:10.1002/sim.3095). From Wilson limits of two independent
/// proportions it is Newcombe's method 10 (1998, doi:10.1002/(SICI)1097-0258(19980430)17:8<873::AID-SIM779>3.0.CO;2-I),
/// which agrees with statsmodels `confint_proportions_2indep(method="newcomb")` to 1e-12; from Wald limits it is Wald's.
public enum Difference {
  /// - Parameters:
  ///   - correlation: Between the two estimates; 0 for independent groups.
  public static func interval(
    _ first: Double, _ firstLimits: Interval, minus second: Double, _ secondLimits: Interval,
    correlation: Double = 0
  ) -> Interval {
    let difference = first - second
    func reach(_ a: Double, _ b: Double) -> Double {
      guard a.isFinite, b.isFinite else { return .infinity }
      return max(0, a * a + b * b - 2 * correlation * a * b).squareRoot()
    }
    return Interval(
      lower: difference - reach(first - firstLimits.lower, secondLimits.upper - second),
      upper: difference + reach(firstLimits.upper - first, second - secondLimits.lower),
      level: firstLimits.level)
  }
}
