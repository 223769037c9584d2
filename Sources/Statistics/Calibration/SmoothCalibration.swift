internal import RealModule

/// A smooth calibration curve: logistic regression of outcomes on a restricted cubic spline of the logit of the predicted
/// probability (Austin, Steyerberg 2019, doi:10.1002/sim.8281).
///
/// Maximum likelihood (with sampling weights, pseudo-likelihood) by Newton's method, begun on a binned likelihood. Agrees
/// with R's `rms::lrm(y ~ rcs(qlogis(p), k))` to 1e-8.
public struct SmoothCalibration: Sendable {
  public let spline: RestrictedCubicSpline
  public let coefficients: [Double]
  let information: [[Double]]

  public static let fewestOfAClass = 10
  private static let mostIterations = 60
  private static let startingPoints = 4096

  /// - Throws: `tooFewCases` below ten of either class, `separated`, `didNotConverge`, `notComputed` without knots.
  public init(_ cases: LogitCases) throws(Undefined) {
    let count = cases.bits.count
    let positives = cases.bits.count { $0 & 1 == 1 }
    let smaller = min(positives, count - positives)
    guard smaller >= SmoothCalibration.fewestOfAClass else {
      throw .tooFewCases(
        found: smaller, needed: SmoothCalibration.fewestOfAClass, of: "of the smaller class")
    }
    if let above = cases.positives, let below = cases.negatives {
      guard below.upperBound > above.lowerBound, above.upperBound > below.lowerBound else { throw .separated }
    }
    let spline = try RestrictedCubicSpline(over: cases.logits, weights: cases.weights)
    var coefficients = [Double](repeating: 0, count: spline.parameters)
    coefficients[1] = 1
    let rounded = LogitPoints(cases, atMost: SmoothCalibration.startingPoints)
    try SmoothCalibration.maximise(&coefficients) { coefficients in
      var sums = Derivatives(parameters: coefficients.count)
      for point in rounded.logits.indices {
        sums.add(
          spline, at: coefficients, x: rounded.logits[point], weight: rounded.weights[point],
          positives: rounded.positives[point])
      }
      return sums
    }
    if rounded.logits.count < count {
      try SmoothCalibration.maximise(&coefficients) {
        SmoothCalibration.derivatives(of: cases, spline, at: $0)
      }
    }
    self.spline = spline
    self.coefficients = coefficients
    information = SmoothCalibration.derivatives(of: cases, spline, at: coefficients).information
  }

  private static func derivatives(
    of cases: LogitCases, _ spline: RestrictedCubicSpline, at coefficients: [Double]
  ) -> Derivatives {
    var sums = Derivatives(parameters: coefficients.count)
    for (place, bit) in cases.bits.enumerated() {
      let weight = cases.weight(place)
      sums.add(
        spline, at: coefficients, x: cases.logits[place], weight: weight, positives: weight * Double(bit & 1))
    }
    return sums
  }

  /// Newton's steps, halved while the likelihood falls.
  private static func maximise(
    _ coefficients: inout [Double], _ derivatives: ([Double]) -> Derivatives
  ) throws(Undefined) {
    var here = derivatives(coefficients)
    for _ in 0..<mostIterations {
      guard let factor = Cholesky(here.information) else { break }
      let step = factor.solve(here.gradient)
      let rise = zip(step, here.gradient).reduce(0) { $0 + $1.0 * $1.1 }
      let least = here.logLikelihood - 1e-9 * abs(here.logLikelihood)
      var share = 1.0
      var next = coefficients
      var there = here
      repeat {
        for index in step.indices { next[index] = coefficients[index] + share * step[index] }
        there = derivatives(next)
        share /= 2
      } while there.logLikelihood < least && share > 1e-6
      guard there.logLikelihood >= least else { break }
      (coefficients, here) = (next, there)
      // What the likelihood would rise is the square of the distance in standard errors; Newton squares it again.
      if rise < 1e-14 { return }
    }
    throw .didNotConverge(iterations: mostIterations)
  }

  /// Where the outcomes of cases with this logit lie, on the same scale.
  public func linear(at logit: Double) -> Double {
    zip(spline.basis(at: logit), coefficients).reduce(0) { $0 + $1.0 * $1.1 }
  }

  /// The share of positives among cases with this logit of the predicted probability.
  public func risk(at logit: Double) -> Double { SmoothCalibration.risk(linear(at: logit)) }

  public static func risk(_ linear: Double) -> Double { 1 / (1 + Double.exp(-linear)) }

  private struct Derivatives {
    private(set) var gradient: [Double]
    private(set) var information: [[Double]]
    private(set) var logLikelihood = 0.0
    private var basis: [Double]

    init(parameters: Int) {
      gradient = [Double](repeating: 0, count: parameters)
      basis = gradient
      information = Array(repeating: gradient, count: parameters)
    }

    mutating func add(
      _ spline: RestrictedCubicSpline, at coefficients: [Double], x: Double, weight: Double, positives: Double
    ) {
      basis.withUnsafeMutableBufferPointer { spline.fill($0, at: x) }
      var linear = 0.0
      for index in basis.indices { linear += basis[index] * coefficients[index] }
      let p = SmoothCalibration.risk(linear)
      let residual = positives - weight * p
      let curvature = weight * p * (1 - p)
      logLikelihood +=
        positives * linear - weight * (max(linear, 0) + Double.log(onePlus: .exp(-abs(linear))))
      for row in basis.indices {
        gradient[row] += residual * basis[row]
        for column in 0...row { information[row][column] += curvature * basis[row] * basis[column] }
      }
    }
  }
}
