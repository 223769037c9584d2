internal import RealModule

/// Logistic recalibration of outcomes on the logit of predicted probabilities (Cox 1958, doi:10.1093/biomet/45.3-4.562;
/// Van Calster et al. 2016, doi:10.1016/j.jclinepi.2015.12.005).
///
/// Maximum likelihood by Newton's method, begun on a binned likelihood. Agrees with R's `glm(binomial)` and
/// `rms::val.prob` to 1e-9.
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
  /// Below, a pass over the cases is as cheap as one over the bins.
  private static let fewestBinned = 20_000

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
    let bins = Bins(logits: logits, labels: labels)
    fit = try LogisticRecalibration.newton(from: fit, form: form, tolerance: 1e-8) {
      bins.derivatives(at: $0)
    }
    fit = try LogisticRecalibration.newton(from: fit, form: form, tolerance: 1e-11) { fit in
      logits.withUnsafeBufferPointer { x in
        labels.withUnsafeBufferPointer { labels in
          var sums = Derivatives()
          for index in x.indices {
            sums.add(x: x[index], weight: 1, positives: Double(labels[index] & 1), at: fit)
          }
          return sums
        }
      }
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
    zip(cases.logits, cases.bits).map { x, label in
      let residual = Double(label & 1) - LogisticRecalibration.probability(intercept + slope * x)
      return form == .intercept
        ? interceptVariance * residual : (covariance + slopeVariance * x) * residual
    }
  }

  // MARK: Newton

  private struct Fit {
    var intercept: Double
    var slope: Double
    var derivatives = Derivatives()
  }

  /// Gradient and information of the log likelihood.
  private struct Derivatives {
    var g0 = 0.0, g1 = 0.0, h00 = 0.0, h01 = 0.0, h11 = 0.0

    mutating func add(x: Double, weight: Double, positives: Double, at fit: Fit) {
      let p = LogisticRecalibration.probability(fit.intercept + fit.slope * x)
      let residual = positives - weight * p
      let information = weight * p * (1 - p)
      g0 += residual
      g1 += residual * x
      h00 += information
      h01 += information * x
      h11 += information * x * x
    }
  }

  private static func newton(
    from start: Fit, form: Form, tolerance: Double, _ derivatives: (Fit) -> Derivatives
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

  /// The likelihood with logits rounded to bin means: a starting point a few digits away from the maximum, at the price
  /// of one pass.
  private struct Bins {
    private static let count = 4096
    private var weight = [Double](repeating: 0, count: count)
    private var positives = [Double](repeating: 0, count: count)
    private var sum = [Double](repeating: 0, count: count)

    init(logits: [Double], labels: ArraySlice<UInt16>) {
      let low = logits.first ?? 0
      let width = max((logits.last ?? 0) - low, 1e-300)
      let scale = Double(Bins.count - 1) / width
      logits.withUnsafeBufferPointer { logits in
        labels.withUnsafeBufferPointer { labels in
          for index in logits.indices {
            let bin = Int((logits[index] - low) * scale)
            weight[bin] += 1
            positives[bin] += Double(labels[index] & 1)
            sum[bin] += logits[index]
          }
        }
      }
    }

    func derivatives(at fit: Fit) -> Derivatives {
      var sums = Derivatives()
      for bin in weight.indices where weight[bin] > 0 {
        sums.add(x: sum[bin] / weight[bin], weight: weight[bin], positives: positives[bin], at: fit)
      }
      return sums
    }
  }

  private static func probability(_ logit: Double) -> Double { 1 / (1 + Double.exp(-logit)) }
}
