internal import RealModule

/// Estimates of several sites as a sample of the sites that there are: their mean, how far sites lie apart, and where a
/// site not yet seen may lie.
///
/// On a scale without bounds (logit). τ² by restricted maximum likelihood from DerSimonian and Laird's start; the mean's
/// interval by Hartung and Knapp (2001, doi:10.1002/sim.791) on k − 1 degrees of freedom, never narrower than the ordinary
/// one (with Student's quantile on the ordinary variance it would hold 99.6 % of five equal sites); the prediction interval
/// on k − 2 (Higgins, Thompson, Spiegelhalter 2009, doi:10.1111/j.1467-985X.2008.00552.x) from the larger of both
/// variances. Agrees with R metafor 3.8 `rma(method="REML")` with `test` "knha", "z" and "adhoc", and `confint`, to 1e-8,
/// which both sides iterate.
public struct RandomEffects: Hashable, Sendable {
  public let sites: Int
  public let mean: Double
  /// Of the mean, the larger of both.
  public var standardError: Double { max(hartungKnapp, ordinary) }
  private let hartungKnapp: Double
  private let ordinary: Double
  /// The variance between sites.
  public let tauSquared: Double
  /// The share of the variation between estimates that chance does not explain, in [0, 1).
  public let iSquared: Double
  private let estimates: [Double]
  private let variances: [Double]
  private let typicalVariance: Double

  public static let fewestSites = 5

  /// - Throws: `notComputed` below five sites; `didNotConverge`.
  public init(_ estimates: [Double], variances: [Double]) throws(Undefined) {
    precondition(estimates.count == variances.count && variances.allSatisfy { $0 > 0 })
    let k = estimates.count
    guard k >= RandomEffects.fewestSites else {
      throw .notComputed("\(k) with an estimate, at least \(RandomEffects.fewestSites) needed")
    }
    sites = k
    self.estimates = estimates
    self.variances = variances
    let tauSquared = try RandomEffects.tauSquared(estimates, variances)
    self.tauSquared = tauSquared
    let weights = variances.map { 1 / ($0 + tauSquared) }
    let sum = weights.reduce(0, +)
    let mean = RandomEffects.mean(estimates, weights)
    self.mean = mean
    let spread = RandomEffects.squares(estimates, weights) / Double(k - 1)
    hartungKnapp = (spread / sum).squareRoot()
    ordinary = (1 / sum).squareRoot()
    let precisions = variances.map { 1 / $0 }
    let total = precisions.reduce(0, +)
    typicalVariance = Double(k - 1) * total / (total * total - precisions.reduce(0) { $0 + $1 * $1 })
    iSquared = tauSquared / (tauSquared + typicalVariance)
  }

  /// Of the mean.
  public func interval(tail: Double) -> Interval {
    let first = around(hartungKnapp, .student(Double(sites - 1)), tail)
    let second = around(ordinary, .normal, tail)
    return first.upper > second.upper ? first : second
  }

  /// Of a site not yet seen.
  public func prediction(tail: Double) -> Interval {
    around((tauSquared + standardError * standardError).squareRoot(), .student(Double(sites - 2)), tail)
  }

  private func around(_ error: Double, _ reference: ReferenceDistribution, _ tail: Double) -> Interval {
    let reach = reference.upperQuantile(tail) * error
    return Interval(lower: mean - reach, upper: mean + reach, level: 1 - 2 * tail)
  }

  /// Of τ², by Q-profile (Viechtbauer 2007, doi:10.1002/sim.2514): the values at which the spread of the sites is as
  /// likely as chance's quantiles.
  public func tauSquaredInterval(tail: Double) -> Interval {
    let k = Double(sites - 1)
    let lower = profile(at: ChiSquared.quantile(1 - tail, degreesOfFreedom: k))
    let upper = profile(at: ChiSquared.quantile(tail, degreesOfFreedom: k))
    return Interval(lower: lower, upper: max(lower, upper), level: 1 - 2 * tail)
  }

  public func iSquaredInterval(tail: Double) -> Interval {
    tauSquaredInterval(tail: tail).mapped { $0 / ($0 + typicalVariance) }
  }

  /// The τ² at which Q, which falls with it, is this; 0 where it is below at once.
  private func profile(at quantile: Double) -> Double {
    func q(_ tauSquared: Double) -> Double {
      RandomEffects.squares(estimates, variances.map { 1 / ($0 + tauSquared) })
    }
    guard q(0) > quantile else { return 0 }
    var high = 1.0
    while q(high) > quantile, high < 1e12 { high *= 2 }
    var low = 0.0
    for _ in 0..<100 {
      let middle = (low + high) / 2
      if q(middle) > quantile { low = middle } else { high = middle }
    }
    return (low + high) / 2
  }

  /// Fisher scoring of the restricted likelihood; a step below 0 is halved until it is none. Where the steps shrink too
  /// slowly, the root that they go towards is found by bisection.
  private static func tauSquared(_ y: [Double], _ v: [Double]) throws(Undefined) -> Double {
    let fixed = v.map { 1 / $0 }
    let sum = fixed.reduce(0, +)
    let scale = sum - fixed.reduce(0) { $0 + $1 * $1 } / sum
    var tauSquared = max(0, (squares(y, fixed) - Double(y.count - 1)) / scale)
    var step = 0.0
    for _ in 0..<100 {
      let (score, information) = restrictedScore(y, v, tauSquared)
      step = score / information
      while tauSquared + step < 0, abs(step) > 1e-14 { step /= 2 }
      let next = max(0, tauSquared + step)
      if abs(next - tauSquared) <= 1e-13 * (1 + tauSquared) { return next < 1e-12 ? 0 : next }
      tauSquared = next
    }
    var near = tauSquared
    var far = near
    var reach = step
    while (restrictedScore(y, v, far).score > 0) == (step > 0), far < 1e12 {
      guard far + reach > 0 else { return 0 }
      near = far
      far += reach
      reach *= 2
    }
    for _ in 0..<200 {
      let middle = (near + far) / 2
      if (restrictedScore(y, v, middle).score > 0) == (step > 0) { near = middle } else { far = middle }
    }
    guard far < 1e12 else { throw .didNotConverge(iterations: 100) }
    return near
  }

  private static func restrictedScore(
    _ y: [Double], _ v: [Double], _ tauSquared: Double
  ) -> (score: Double, information: Double) {
    let w = v.map { 1 / ($0 + tauSquared) }
    let (w1, w2, w3) = w.reduce((0, 0, 0)) { ($0.0 + $1, $0.1 + $1 * $1, $0.2 + $1 * $1 * $1) }
    let mean = mean(y, w)
    let residual = zip(w, y).reduce(0) { $0 + $1.0 * $1.0 * ($1.1 - mean) * ($1.1 - mean) }
    return (residual - (w1 - w2 / w1), w2 - 2 * w3 / w1 + (w2 / w1) * (w2 / w1))
  }

  private static func mean(_ y: [Double], _ w: [Double]) -> Double {
    zip(w, y).reduce(0) { $0 + $1.0 * $1.1 } / w.reduce(0, +)
  }

  private static func squares(_ y: [Double], _ w: [Double]) -> Double {
    let mean = mean(y, w)
    return zip(w, y).reduce(0) { $0 + $1.0 * ($1.1 - mean) * ($1.1 - mean) }
  }
}
