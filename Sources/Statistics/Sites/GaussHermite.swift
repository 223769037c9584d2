internal import RealModule

/// Nodes and weights with which sums over exp(−x²) integrate polynomials of degree 2n − 1 exactly; by Newton's method on
/// the orthonormal Hermite functions from the outermost root inwards.
struct GaussHermite: Sendable {
  let nodes: [Double]
  /// Times exp(x²): what a function is weighed with that holds the exp(−x²) itself.
  let weights: [Double]

  init(count n: Int) {
    precondition(n > 0)
    var roots: [Double] = []
    var weights: [Double] = []
    for i in 0..<n {
      // Roots lie farther apart than this.
      var x = i == 0 ? Double(2 * n + 1).squareRoot() : roots[i - 1] - 0.1 / Double(n).squareRoot()
      var slope = 1.0
      for _ in 0..<200 {
        let (value, before) = GaussHermite.function(n, at: x)
        slope = Double(2 * n).squareRoot() * before
        // Newton on the polynomial divided by the roots that are known.
        let known = roots.reduce(0.0) { $0 + 1 / (x - $1) }
        let step = value / (slope - value * known)
        x -= step
        if abs(step) <= 1e-15 * (1 + abs(x)) { break }
      }
      slope = Double(2 * n).squareRoot() * GaussHermite.function(n, at: x).before
      roots.append(x)
      weights.append(2 / (slope * slope))
    }
    nodes = roots.reversed()
    self.weights = weights.reversed()
  }

  /// The orthonormal function of degree n, exp(−x²/2) within, and that of degree n − 1.
  private static func function(_ n: Int, at x: Double) -> (value: Double, before: Double) {
    var (before, value) = (0.0, Double.exp(-x * x / 2) / Double.pi.squareRoot().squareRoot())
    for k in 0..<n {
      (before, value) = (
        value,
        (2 / Double(k + 1)).squareRoot() * x * value - (Double(k) / Double(k + 1)).squareRoot() * before
      )
    }
    return (value, before)
  }
}
