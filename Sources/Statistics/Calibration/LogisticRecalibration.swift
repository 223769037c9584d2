internal import RealModule

/// Logistic recalibration of outcomes on the logit of predicted probabilities (Cox 1958, doi:10.1093/biomet/45.3-4.562;
/// Van Calster et al. 2016, doi:10.1016/j.jclinepi.2015.12.005).
///
/// Maximum likelihood (with sampling weights, pseudo-likelihood) by Newton's method, begun on a binned likelihood. Agrees with R's `glm(binomial)` and
/// `rms::val.prob` to 1e-9, with weights with `survey::svyglm(quasibinomial)`.
public struct LogisticRecalibration: Hashable, Sendable {
  public enum Form: Hashable, Sendable {
    /// logit P(y = 1) = a + logit(p): calibration in the large, slope held at 1.
    case intercept
    /// logit P(y = 1) = a + b · logit(p).
    case slope
  }

  public let form: Form
  public let intercept: Double
  public let slope: Double
  /// Inverse of the information: variances of (intercept, slope) and their covariance; the slope's are 0 when it is held.
  public let interceptVariance: Double
  public let slopeVariance: Double
  public let covariance: Double

  private static let mostIterations = 60
  private static let startingPoints = 4096

  /// - Throws: `noPositives`, `noNegatives`, `didNotConverge`; for the slope also `constantScore` and `separated`.
  public init(_ cases: LogitCases, form: Form) throws(Undefined) {
    guard let positives = cases.positives else { throw .noPositives }
    guard let negatives = cases.negatives else { throw .noNegatives }
    if form == .slope {
      guard cases.logits.first != cases.logits.last else { throw .constantScore }
      guard negatives.upperBound > positives.lowerBound, positives.upperBound > negatives.lowerBound else {
        throw .separated
      }
    }
    self.form = form
    let logits = cases.logits
    let labels = cases.bits
    var fit = Fit(intercept: 0, slope: 1)
    // Rounded cases give a starting point a few digits away from the maximum, at the price of one pass.
    let rounded = LogitPoints(cases, atMost: LogisticRecalibration.startingPoints)
    fit = try LogisticRecalibration.newton(from: fit, form: form, tolerance: 1e-8) {
      rounded.derivatives(intercept: $0.intercept, slope: $0.slope)
    }
    fit = try LogisticRecalibration.newton(from: fit, form: form, tolerance: 1e-11) { fit in
      cases.weights.isEmpty
        ? LogisticRecalibration.derivatives(logits, labels, at: fit) { _ in 1 }
        : LogisticRecalibration.derivatives(logits, labels, at: fit) { cases.weights[$0] }
    }
    intercept = fit.intercept
    slope = fit.slope
    let d = fit.derivatives
    switch form {
    case .intercept:
      interceptVariance = 1 / d.h00
      slopeVariance = 0
      covariance = 0
    case .slope:
      let determinant = d.h00 * d.h11 - d.h01 * d.h01
      guard determinant > 0 else { throw .didNotConverge(iterations: LogisticRecalibration.mostIterations) }
      interceptVariance = d.h11 / determinant
      slopeVariance = d.h00 / determinant
      covariance = -d.h01 / determinant
    }
  }

  /// How much each case moves the fit: H⁻¹ times its score contribution; the estimate of interest is the intercept for
  /// the intercept form, the slope for the slope form.
  public func influence(in cases: LogitCases) -> [Double] {
    zip(cases.logits, cases.bits).enumerated().map { place, point in
      let (x, label) = point
      let residual =
        cases.weight(place)
        * (Double(label & 1) - LogisticRecalibration.probability(intercept + slope * x))
      return form == .intercept
        ? interceptVariance * residual : (covariance + slopeVariance * x) * residual
    }
  }

  // Inlined, so that a weight of 1 costs nothing.
  @inline(__always)
  private static func derivatives(
    _ logits: [Double], _ labels: ArraySlice<UInt16>, at fit: Fit, weight: (Int) -> Double
  ) -> LogisticDerivatives {
    logits.withUnsafeBufferPointer { x in
      labels.withUnsafeBufferPointer { labels in
        var sums = LogisticDerivatives()
        for index in x.indices {
          let weight = weight(index)
          sums.add(
            x: x[index], weight: weight, positives: weight * Double(labels[index] & 1),
            intercept: fit.intercept, slope: fit.slope)
        }
        return sums
      }
    }
  }

  // MARK: Newton

  private struct Fit {
    var intercept: Double
    var slope: Double
    var derivatives = LogisticDerivatives()
  }

  private static func newton(
    from start: Fit, form: Form, tolerance: Double, _ derivatives: (Fit) -> LogisticDerivatives
  ) throws(Undefined) -> Fit {
    var fit = start
    for _ in 0..<mostIterations {
      let d = derivatives(fit)
      fit.derivatives = d
      var step = (intercept: 0.0, slope: 0.0)
      switch form {
      case .intercept:
        guard d.h00 > 0 else { throw .didNotConverge(iterations: mostIterations) }
        step.intercept = d.g0 / d.h00
      case .slope:
        let determinant = d.h00 * d.h11 - d.h01 * d.h01
        guard determinant > 0 else { throw .didNotConverge(iterations: mostIterations) }
        step.intercept = (d.h11 * d.g0 - d.h01 * d.g1) / determinant
        step.slope = (d.h00 * d.g1 - d.h01 * d.g0) / determinant
      }
      // A long first step overshoots where predictions are far off; half a unit of slope and five of logit are safe.
      let reach = max(abs(step.intercept) / 5, abs(step.slope) / 0.5, 1)
      fit.intercept += step.intercept / reach
      fit.slope += step.slope / reach
      if max(abs(step.intercept), abs(step.slope)) < tolerance { return fit }
    }
    throw .didNotConverge(iterations: mostIterations)
  }

  private static func probability(_ logit: Double) -> Double { 1 / (1 + Double.exp(-logit)) }
}
