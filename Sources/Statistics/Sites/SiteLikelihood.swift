internal import RealModule

/// The probability of what was counted at the sites when the logits of sensitivity and specificity are normal over them:
/// of a site, the integral over its two logits by Gauss and Hermite's rule about their mode (Liu, Pierce 1994,
/// doi:10.1093/biomet/81.3.624). One node is Laplace's approximation.
struct SiteLikelihood {
  let counts: [SiteCounts]
  /// Of the rule, in each direction.
  var nodes: Int { rule.nodes.count }
  private let rule: GaussHermite
  private let constant: Double

  init(_ counts: [SiteCounts], nodes: Int) {
    self.counts = counts
    rule = GaussHermite(count: nodes)
    constant = counts.reduce(0) { $0 + $1.sensitivity.logChoices + $1.specificity.logChoices }
  }

  /// - Parameter values: The mean logits of sensitivity and specificity; then the rows of L, the lower triangle of their
  ///   covariance L Lᵀ between sites.
  func logLikelihood(_ values: [Double]) -> Double {
    let parameters = Parameters(
      sensitivity: values[0], specificity: values[1], first: values[2], cross: values[3], second: values[4])
    return counts.reduce(constant) { $0 + log($1, parameters) }
  }

  private struct Parameters {
    let sensitivity, specificity: Double
    let first, cross, second: Double
  }

  /// Of a site, without the binomial coefficients; its logits are the means plus L z, z standard normal.
  private func log(_ site: SiteCounts, _ p: Parameters) -> Double {
    func height(_ z1: Double, _ z2: Double) -> Double {
      site.sensitivity.logProbability(p.sensitivity + p.first * z1)
        + site.specificity.logProbability(p.specificity + p.cross * z1 + p.second * z2) - (z1 * z1 + z2 * z2)
        / 2
    }
    var (z1, z2) = (0.0, 0.0)
    var top = height(0, 0)
    var curvature = (a: 1.0, b: 0.0, c: 1.0)
    for _ in 0..<100 {
      let (r1, w1) = site.sensitivity.residual(p.sensitivity + p.first * z1)
      let (r2, w2) = site.specificity.residual(p.specificity + p.cross * z1 + p.second * z2)
      curvature = (
        1 + p.first * p.first * w1 + p.cross * p.cross * w2, p.cross * p.second * w2,
        1 + p.second * p.second * w2
      )
      let (g1, g2) = (p.first * r1 + p.cross * r2 - z1, p.second * r2 - z2)
      let determinant = curvature.a * curvature.c - curvature.b * curvature.b
      var step1 = (curvature.c * g1 - curvature.b * g2) / determinant
      var step2 = (curvature.a * g2 - curvature.b * g1) / determinant
      if abs(step1) + abs(step2) < 1e-12 { break }
      // The height is concave: a step that overshoots is halved.
      var next = height(z1 + step1, z2 + step2)
      while next < top, abs(step1) + abs(step2) > 1e-8 {
        (step1, step2) = (step1 / 2, step2 / 2)
        next = height(z1 + step1, z2 + step2)
      }
      (z1, z2, top) = (z1 + step1, z2 + step2, next)
    }
    // Curvature = U Uᵀ, U upper: the first logit then moves with one node alone.
    let u22 = curvature.c.squareRoot()
    let u12 = curvature.b / u22
    let u11 = (curvature.a - u12 * u12).squareRoot()
    guard nodes > 1 else { return top - .log(u11 * u22) }
    let root = 2.0.squareRoot()
    var sum = 0.0
    for (x1, weight1) in zip(rule.nodes, rule.weights) {
      let first = root * x1 / u11
      let y1 = z1 + first
      let outer = site.sensitivity.logProbability(p.sensitivity + p.first * y1) - y1 * y1 / 2 - top
      for (x2, weight2) in zip(rule.nodes, rule.weights) {
        let y2 = z2 + (root * x2 - u12 * first) / u22
        sum +=
          weight1 * weight2
          * .exp(
            outer + site.specificity.logProbability(p.specificity + p.cross * y1 + p.second * y2) - y2 * y2
              / 2)
      }
    }
    return top + .log(sum / (.pi * u11 * u22))
  }
}

extension SiteCounts.Outcomes {
  fileprivate var logChoices: Double {
    .logGamma(trials + 1) - .logGamma(successes + 1) - .logGamma(trials - successes + 1)
  }

  /// At a logit, without the binomial coefficient.
  fileprivate func logProbability(_ logit: Double) -> Double {
    trials == 0 ? 0 : successes * logit - trials * (max(logit, 0) + .log(onePlus: .exp(-abs(logit))))
  }

  /// Successes beyond those expected at a logit, and the variance expected.
  fileprivate func residual(_ logit: Double) -> (Double, Double) {
    let share = 1 / (1 + .exp(-logit))
    return (successes - trials * share, trials * share * (1 - share))
  }
}
