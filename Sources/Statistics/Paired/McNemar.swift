/// Whether two shares of the same cases differ, from the cases on which the two disagree.
///
/// `firstOnly` and `secondOnly` are counts of cases; of equal shares each discordant case is a fair coin. Without any
/// discordant case nothing speaks against equality, and p is 1.
public enum McNemar {
  /// Two-sided, the conditional binomial test (McNemar 1947, doi:10.1007/BF02295996): its size never exceeds the level and
  /// stays far below it where few cases are discordant. Agrees with statsmodels `mcnemar(exact=True)` to 1e-12.
  public static func exact(firstOnly: Int, secondOnly: Int) -> Double {
    let fewer = min(firstOnly, secondOnly)
    return min(1, 2 * Binomial.cumulative(fewer, trials: firstOnly + secondOnly, probability: 0.5))
  }

  /// Two-sided mid-p: half of what was observed counts (Fagerland, Lydersen, Laake 2013, doi:10.1186/1471-2288-13-91), which
  /// keeps the level in practice without that loss. Agrees with sums of SciPy's `binom` to 1e-12 and with the printed example.
  public static func midP(firstOnly: Int, secondOnly: Int) -> Double {
    let discordant = firstOnly + secondOnly
    guard discordant > 0 else { return 1 }
    let fewer = min(firstOnly, secondOnly)
    let mass = Binomial.mass(fewer, trials: discordant, probability: 0.5)
    guard firstOnly != secondOnly else { return 1 - mass / 2 }
    return 2 * Binomial.cumulative(fewer, trials: discordant, probability: 0.5) - mass
  }
}
