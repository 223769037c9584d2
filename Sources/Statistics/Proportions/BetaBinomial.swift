internal import RealModule

/// Empirical Bayes for shares of many groups, most of them small: the groups' true shares are taken for draws from one Beta
/// distribution, which is fitted to all of them by maximum likelihood; each estimate is drawn towards its mean.
///
/// Interval from the Beta distribution with that mean and a variance that allows for the fit (Kass, Steffey 1989,
/// doi:10.1080/01621459.1989.10478825): for the error of the mean, and for how far groups may spread, integrated over its likelihood
/// with a uniform prior of the correlation within groups. The fit agrees with R's `optim` of the likelihood to 1e-5.
public struct BetaBinomial: Sendable {
  /// Of the groups' true shares.
  public let mean: Double
  /// As many cases as the fitted distribution counts for; at the upper bound no spread beyond chance is seen.
  public let size: Double
  /// Other sizes with their means, and how likely they are.
  private let fits: [Fit]

  private struct Fit {
    let mean: Double
    let size: Double
    let weight: Double
    /// Of the mean, from correlated trials.
    let meanVariance: Double

    init(_ groups: [(x: Double, n: Double)], mean: Double, size: Double, weight: Double) {
      self.mean = mean
      self.size = size
      self.weight = weight
      meanVariance =
        mean * (1 - mean) / groups.reduce(0) { $0 + $1.n * (1 + size) / ($1.n + size) }
    }

    /// Of one group's share, around a value.
    func squaredError(around value: Double, x: Double, n: Double) -> Double {
      let own = (x + mean * size) / (n + size)
      let drawn = size / (n + size)
      return own * (1 - own) / (n + size + 1) + drawn * drawn * meanVariance + (own - value) * (own - value)
    }
  }

  public static let sizes = 0.5...1e4

  /// - Parameter groups: Successes x ≤ trials n, not necessarily whole; those with n = 0 say nothing.
  /// - Throws: `tooFewGroups` below three.
  public init(_ groups: [(x: Double, n: Double)]) throws(Undefined) {
    let groups = groups.filter { $0.n > 0 }
    guard groups.count > 2 else { throw .notComputed("fewer than 3 groups to learn from") }
    let successes = groups.reduce(0) { $0 + $1.x }
    let trials = groups.reduce(0) { $0 + $1.n }
    guard successes > 0, successes < trials else {
      throw .notComputed(successes > 0 ? "no failure in any group" : "no success in any group")
    }
    func best(_ size: Double) -> (mean: Double, likelihood: Double) {
      let logit = BetaBinomial.maximum(-12...12) {
        BetaBinomial.logLikelihood(groups, mean: 1 / (1 + .exp(-$0)), size: size)
      }
      let mean = 1 / (1 + Double.exp(-logit))
      return (mean, BetaBinomial.logLikelihood(groups, mean: mean, size: size))
    }
    let range = Double.log(BetaBinomial.sizes.lowerBound)...Double.log(BetaBinomial.sizes.upperBound)
    let size = Double.exp(BetaBinomial.maximum(range) { best(.exp($0)).likelihood })
    let summit = best(size)
    self.size = size
    mean = summit.mean
    let steps = 24
    let grid = (0...steps).map { step in
      Double.exp(range.lowerBound + (range.upperBound - range.lowerBound) * Double(step) / Double(steps))
    }
    fits = grid.map { size in
      let (mean, likelihood) = best(size)
      // A uniform correlation 1 / (1 + size), on the logarithmic grid of sizes.
      let prior = size / ((1 + size) * (1 + size))
      return Fit(groups, mean: mean, size: size, weight: prior * .exp(likelihood - summit.likelihood))
    }
  }

  /// - Returns: The posterior mean, its interval, and the share of it that comes from the group itself.
  public func estimate(x: Double, n: Double, tail: Double) -> (value: Double, interval: Interval, own: Double)
  {
    let value = (x + mean * size) / (n + size)
    let (sum, weights) = fits.reduce((0.0, 0.0)) { sum, fit in
      (sum.0 + fit.weight * fit.squaredError(around: value, x: x, n: n), sum.1 + fit.weight)
    }
    let variance = sum / weights
    // Below that of any Beta distribution with this mean.
    let strength = max(1e-3, value * (1 - value) / variance - 1)
    func quantile(_ probability: Double) -> Double {
      Beta.quantile(probability, a: value * strength, b: (1 - value) * strength)
    }
    return (
      value, Interval(lower: quantile(tail), upper: quantile(1 - tail), level: 1 - 2 * tail), n / (n + size)
    )
  }

  /// Up to a constant.
  static func logLikelihood(_ groups: [(x: Double, n: Double)], mean: Double, size: Double) -> Double {
    let (a, b) = (mean * size, (1 - mean) * size)
    let common = Double.logGamma(a + b) - Double.logGamma(a) - Double.logGamma(b)
    return groups.reduce(0) { sum, group in
      sum + common + Double.logGamma(group.x + a) + Double.logGamma(group.n - group.x + b)
        - Double.logGamma(group.n + a + b)
    }
  }

  /// Golden section, of a function with one summit.
  private static func maximum(_ range: ClosedRange<Double>, _ height: (Double) -> Double) -> Double {
    let ratio = (5.0.squareRoot() - 1) / 2
    var (low, high) = (range.lowerBound, range.upperBound)
    var left = high - ratio * (high - low)
    var right = low + ratio * (high - low)
    var (ofLeft, ofRight) = (height(left), height(right))
    while high - low > 1e-6 {
      if ofLeft > ofRight {
        (high, right, ofRight) = (right, left, ofLeft)
        left = high - ratio * (high - low)
        ofLeft = height(left)
      } else {
        (low, left, ofLeft) = (left, right, ofRight)
        right = low + ratio * (high - low)
        ofRight = height(right)
      }
    }
    return (low + high) / 2
  }
}
