/// How far predicted probabilities are from a smooth calibration curve, over the cases (Austin, Steyerberg 2019,
/// doi:10.1002/sim.8281): the mean (ICI), median (E50), 90th percentile (E90) and largest distance.
public struct SmoothErrors: Hashable, Sendable {
  public let ici, e50, e90, emax: Double

  /// - Parameter cases: Those that the curve was fitted to; probabilities as they were clipped for it.
  public init(of curve: SmoothCalibration, over cases: LogitCases) {
    let distances = cases.logits.map { abs(SmoothCalibration.risk($0) - curve.risk(at: $0)) }
    let order = RadixOrder.ascending(distances)
    let sorted = order.map { distances[Int($0)] }
    let weights = cases.weights.isEmpty ? [] : order.map { cases.weights[Int($0)] }
    let quantiles = Quantiles(ofAscending: sorted, weights: weights)
    ici =
      weights.isEmpty
      ? sorted.reduce(0, +) / Double(sorted.count)
      : zip(sorted, weights).reduce(0) { $0 + $1.0 * $1.1 } / weights.reduce(0, +)
    e50 = quantiles.at(0.5)
    e90 = quantiles.at(0.9)
    emax = sorted.last ?? 0
  }
}
