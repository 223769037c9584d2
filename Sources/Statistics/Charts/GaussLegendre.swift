internal import RealModule

/// Nodes and weights on [lower, upper] that integrate polynomials of degree 2n − 1 exactly; by Newton's method on Legendre's
/// polynomials.
struct GaussLegendre: Sendable {
  let nodes: [Double]
  let weights: [Double]

  init(count n: Int, lower: Double, upper: Double) {
    var nodes = [Double](repeating: 0, count: n)
    var weights = nodes
    let (centre, half) = ((lower + upper) / 2, (upper - lower) / 2)
    for i in 0..<n {
      var x = Double.cos(.pi * (Double(i) + 0.75) / (Double(n) + 0.5))
      var slope = 1.0
      for _ in 0..<100 {
        var (before, value) = (0.0, 1.0)
        for k in 1...n {
          (before, value) = (value, (Double(2 * k - 1) * x * value - Double(k - 1) * before) / Double(k))
        }
        slope = Double(n) * (x * value - before) / (x * x - 1)
        let step = value / slope
        x -= step
        if abs(step) < 1e-15 { break }
      }
      nodes[n - 1 - i] = centre + half * x
      weights[n - 1 - i] = 2 * half / ((1 - x * x) * slope * slope)
    }
    self.nodes = nodes
    self.weights = weights
  }
}
