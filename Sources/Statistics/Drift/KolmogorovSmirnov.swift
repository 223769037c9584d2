internal import RealModule

/// p of the largest distance between two empirical distributions.
extension EmpiricalDistance {
  /// The share of all ways to deal the labels that lie as far apart or farther: exact with ties too (Hodges 1958,
  /// doi:10.1007/BF02589501; Schröer, Trenkler 1995, doi:10.1016/0167-9473(94)00040-P). Costs n × m.
  ///
  /// Agrees with SciPy's exact `ks_2samp` to 1e-12, with ties with a count of all ways.
  public func exactKolmogorovSmirnov() -> Double {
    let (n, m) = (referenceCases, currentCases)
    var isStep = [Bool](repeating: false, count: n + m + 1)
    var farthest = 0
    forEachStep { reference, current in
      isStep[reference + current] = true
      farthest = max(farthest, abs(reference * m - current * n))
    }
    guard farthest > 0 else { return 1 }
    // The chance that a way to (i, j) was ever as far out; the step before came from i − 1 with chance i / (i + j).
    var row = [Double](repeating: 0, count: m + 1)
    for i in 0...n {
      for j in 0...m where i + j > 0 {
        if isStep[i + j], abs(i * m - j * n) >= farthest {
          row[j] = 1
        } else {
          let fromReference = i > 0 ? row[j] * Double(i) : 0
          let fromCurrent = j > 0 ? row[j - 1] * Double(j) : 0
          row[j] = (fromReference + fromCurrent) / Double(i + j)
        }
      }
    }
    return min(1, row[m])
  }

  /// Kolmogorov's limit (1933), for large samples without ties; too large for small ones and with ties.
  /// Agrees with SciPy's `kstwobign` to 1e-12.
  public var asymptoticKolmogorovSmirnov: Double {
    let (n, m) = (Double(referenceCases), Double(currentCases))
    let x = kolmogorovSmirnov * (n * m / (n + m)).squareRoot()
    guard x > 0.05 else { return 1 }
    var sum = 0.0
    if x < 1 {
      let power = -Double.pi * Double.pi / (8 * x * x)
      for odd in stride(from: 1.0, through: 15, by: 2) { sum += .exp(power * odd * odd) }
      return 1 - (2 * Double.pi).squareRoot() / x * sum
    }
    for k in stride(from: 8.0, through: 1, by: -1) { sum = Double.exp(-2 * k * k * x * x) - sum }
    return min(1, max(0, 2 * sum))
  }
}
