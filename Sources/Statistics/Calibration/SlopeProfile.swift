internal import RealModule

/// The profile likelihood of a calibration slope: at each slope the intercept that fits best.
///
/// Wald's limits are far too wide where a model separates the classes well; these hold (docs/coverage.md). Agrees with R's
/// `confint(glm(binomial))`; Venzon and Moolgavkar 1988, doi:10.2307/2347496.
public struct SlopeProfile: Sendable {
  private let points: LogitPoints
  private let fit: LogisticRecalibration
  /// Where the likelihood of the points is highest: the fit's own slope, but for the rounding of many cases.
  private let best: (intercept: Double, slope: Double)

  /// Above, cases are rounded to as many bins: far inside the width of the interval.
  private static let mostPoints = 4096
  private static let mostSteps = 60

  public init(_ cases: LogitCases, around fit: LogisticRecalibration) {
    points = LogitPoints(cases, atMost: SlopeProfile.mostPoints)
    self.fit = fit
    var best = (intercept: fit.intercept, slope: fit.slope)
    for _ in 0..<3 {
      let d = points.derivatives(intercept: best.intercept, slope: best.slope)
      let determinant = d.h00 * d.h11 - d.h01 * d.h01
      guard determinant > 0 else { break }
      best.intercept += (d.h11 * d.g0 - d.h01 * d.g1) / determinant
      best.slope += (d.h00 * d.g1 - d.h01 * d.g0) / determinant
    }
    self.best = best
  }

  /// The slopes whose likelihood-ratio statistic is below the quantile; nil where a limit was not found.
  public func interval(tail: Double) -> Interval? {
    let quantile = ReferenceDistribution.normal.upperQuantile(tail)
    let highest = points.logLikelihood(intercept: best.intercept, slope: best.slope)
    guard let lower = limit(-1, quantile, highest: highest), let upper = limit(1, quantile, highest: highest)
    else { return nil }
    return Interval(lower: min(lower, fit.slope), upper: max(upper, fit.slope), level: 1 - 2 * tail)
  }

  /// Newton's method on the signed root of the likelihood ratio, which is nearly linear, held in a bracket.
  private func limit(_ side: Double, _ quantile: Double, highest: Double) -> Double? {
    guard quantile > 0 else { return fit.slope }
    var (inside, outside) = (0.0, Double.infinity)
    var distance = quantile * fit.slopeVariance.squareRoot()
    var intercept = best.intercept
    for _ in 0..<SlopeProfile.mostSteps {
      let slope = best.slope + side * distance
      intercept = self.intercept(at: slope, from: intercept)
      let drop = highest - points.logLikelihood(intercept: intercept, slope: slope)
      let root = (2 * max(drop, 0)).squareRoot()
      if root < quantile { inside = distance } else { outside = distance }
      let gradient = abs(points.derivatives(intercept: intercept, slope: slope).g1)
      var next = root > 0 && gradient > 0 ? distance + (quantile - root) * root / gradient : 2 * distance
      if next > 3 * distance { next = 3 * distance }
      if !(next > inside && next < outside) {
        next = outside.isFinite ? (inside + outside) / 2 : 2 * distance
      }
      if abs(next - distance) < 1e-10 * distance { return fit.slope + side * next }
      distance = next
    }
    return nil
  }

  /// The intercept that fits best at a slope.
  private func intercept(at slope: Double, from start: Double) -> Double {
    var intercept = start
    for _ in 0..<SlopeProfile.mostSteps {
      let d = points.derivatives(intercept: intercept, slope: slope)
      guard d.h00 > 0 else { return intercept }
      let step = max(-5, min(5, d.g0 / d.h00))
      intercept += step
      if abs(step) < 1e-11 * max(1, abs(intercept)) { return intercept }
    }
    return intercept
  }
}
