internal import RealModule

/// What was counted at one site: true positives of the positives, true negatives of the negatives.
public struct SiteCounts: Hashable, Sendable {
  public struct Outcomes: Hashable, Sendable {
    public let successes: Double
    /// May be 0: the site then says nothing of it.
    public let trials: Double

    /// - Precondition: `0 ≤ successes ≤ trials`.
    public init(_ successes: Int, of trials: Int) {
      precondition(0 <= successes && successes <= trials)
      (self.successes, self.trials) = (Double(successes), Double(trials))
    }
  }

  public let sensitivity, specificity: Outcomes

  public init(sensitivity: Outcomes, specificity: Outcomes) {
    self.sensitivity = sensitivity
    self.specificity = specificity
  }
}

/// Sensitivity and specificity of sites jointly: binomial counts whose logits are bivariate normal over the sites (Chu, Cole
/// 2006, doi:10.1016/j.jclinepi.2006.06.011; Reitsma 2005, doi:10.1016/j.jclinepi.2005.02.022), by maximum likelihood.
///
/// It needs no half added to a site without misses, and says how both move together. With one node (Laplace) it agrees with R
/// lme4 1.1 `glmer(nAGQ = 1)` to 1e-6 in deviance and 1e-4 in what both sides search; a likelihood with many nodes with
/// SciPy's `dblquad` to 1e-8.
public struct BivariateSites: Hashable, Sendable {
  /// One of the two, on the logit scale.
  public struct Part: Hashable, Sendable {
    /// That had cases of it.
    public let sites: Int
    public let mean: Double
    public let standardError: Double
    /// The standard deviation between sites; 0 where chance explains all.
    public let tau: Double

    /// Of the mean, by Student's t on sites − 1.
    public func interval(tail: Double) -> Interval { around(standardError, residual: sites - 1, tail) }

    /// Of a site not yet seen, by Student's t on sites − 2.
    public func prediction(tail: Double) -> Interval {
      around((tau * tau + standardError * standardError).squareRoot(), residual: sites - 2, tail)
    }

    private func around(_ error: Double, residual: Int, _ tail: Double) -> Interval {
      let reach = ReferenceDistribution.student(Double(residual)).upperQuantile(tail) * error
      return Interval(lower: mean - reach, upper: mean + reach, level: 1 - 2 * tail)
    }
  }

  public let sensitivity, specificity: Part
  /// Of both logits over sites; 1 or −1 at the edge, nil where one of them does not vary.
  public let correlation: Double?
  public let logLikelihood: Double
  let counts: [SiteCounts]
  let nodes: Int

  public static let defaultNodes = 7

  /// - Parameter nodes: Of the rule, in each direction; 1 is Laplace's approximation.
  /// - Throws: `notComputed` below five sites with positives or with negatives, or where all sites together have no success
  ///   or no failure; `didNotConverge`.
  public init(_ counts: [SiteCounts], nodes: Int = defaultNodes) throws(Undefined) {
    let parts = [counts.map(\.sensitivity), counts.map(\.specificity)]
    for (part, name) in zip(parts, ["positives", "negatives"]) {
      let sites = part.count { $0.trials > 0 }
      guard sites >= RandomEffects.fewestSites else {
        throw .notComputed("\(sites) with \(name), at least \(RandomEffects.fewestSites) needed")
      }
      let (right, all) = part.reduce((0, 0)) { ($0.0 + $1.successes, $0.1 + $1.trials) }
      guard right > 0 else { throw .notComputed("none of the \(name) is right at any site") }
      guard right < all else { throw .notComputed("all \(name) are right at every site") }
    }
    let means = parts.map { part in
      let (right, all) = part.reduce((0.5, 1.0)) { ($0.0 + $1.successes, $0.1 + $1.trials) }
      return Double.log(right / (all - right))
    }
    let likelihood = SiteLikelihood(counts, nodes: nodes)
    guard let inside = likelihood.summit(near: means),
      let (triangle, summit) = likelihood.settled(inside), let root = Cholesky(summit.information)
    else { throw .didNotConverge(iterations: Summit.mostSteps) }
    func part(_ index: Int, tau: Double) -> Part {
      let unit = summit.place.indices.map { $0 == index ? 1.0 : 0 }
      return Part(
        sites: parts[index].count { $0.trials > 0 }, mean: summit.place[index],
        standardError: root.solve(unit)[index].squareRoot(), tau: tau)
    }
    let tau = (triangle[1] * triangle[1] + triangle[2] * triangle[2]).squareRoot()
    sensitivity = part(0, tau: abs(triangle[0]))
    specificity = part(1, tau: tau)
    correlation = triangle[0] == 0 || tau == 0 ? nil : triangle[1] / tau * (triangle[0] < 0 ? -1 : 1)
    logLikelihood = summit.height
    self.counts = counts
    self.nodes = nodes
  }
}

extension SiteLikelihood {
  /// Laplace's approximation is climbed first, from either side of no correlation: there may be a summit at both edges.
  fileprivate func summit(near means: [Double]) -> Summit? {
    let quick = SiteLikelihood(counts, nodes: 1)
    let first = [-0.5, 0.5].compactMap { cross in
      Summit(from: means + [0.5, 0.5 * cross, 0.4], of: quick.logLikelihood)
    }.max { $0.height < $1.height }
    guard let first, nodes > 1 else { return first }
    // An edge is level in this rule too: off it.
    let start = first.place.prefix(2) + first.place.suffix(3).map { abs($0) < 0.05 ? 0.05 : $0 }
    return Summit(from: Array(start), of: logLikelihood)
  }

  /// The summit at the edge where it is as high there: no variance of one part, or a correlation of 1 or −1. Only what lies
  /// inside is then a parameter.
  fileprivate func settled(_ summit: Summit) -> (triangle: [Double], summit: Summit)? {
    let means = Array(summit.place.prefix(2))
    var triangle = Array(summit.place.suffix(3))
    func isAsHigh(_ other: [Double]) -> Bool { logLikelihood(means + other) > summit.height - 1e-7 }
    let spread = (triangle[1] * triangle[1] + triangle[2] * triangle[2]).squareRoot()
    if spread < 1e-3, isAsHigh([triangle[0], 0, 0]) {
      triangle = [triangle[0], 0, 0]
    } else if abs(triangle[2]) < 1e-3, isAsHigh([triangle[0], triangle[1], 0]) {
      triangle[2] = 0
    }
    if abs(triangle[0]) < 1e-3 {
      let rest = (triangle[1] * triangle[1] + triangle[2] * triangle[2]).squareRoot()
      if isAsHigh([0, 0, rest]) { triangle = [0, 0, rest] }
    }
    let free = triangle.indices.filter { triangle[$0] != 0 }
    func filled(_ place: [Double]) -> [Double] {
      var all = [0.0, 0, 0]
      for (index, value) in zip(free, place.dropFirst(2)) { all[index] = value }
      return all
    }
    return Summit(from: means + free.map { triangle[$0] }) {
      logLikelihood(Array($0.prefix(2)) + filled($0))
    }.map { (filled($0.place), $0) }
  }
}
