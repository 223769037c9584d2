internal import RealModule

extension RandomStream {
  /// Uniform in 0..<`bound`, the bias below bound / 2⁶⁴.
  public mutating func whole(below bound: Int) -> Int {
    precondition(bound > 0)
    return Int(next().multipliedFullWidth(by: UInt64(bound)).high)
  }

  /// How many of `drawn` cases, taken without putting back, are marked: by inversion outwards from the mode.
  ///
  /// - Precondition: `marked` and `drawn` lie in 0...`cases`.
  public mutating func hypergeometric(marked: Int, of cases: Int, drawn: Int) -> Int {
    precondition(0 <= marked && marked <= cases && 0 <= drawn && drawn <= cases)
    let lowest = max(0, drawn - (cases - marked))
    let highest = min(marked, drawn)
    guard lowest < highest else { return lowest }
    let mode = min(
      highest, max(lowest, Int(Double(drawn + 1) * Double(marked + 1) / Double(cases + 2))))
    func choose(_ n: Int, _ k: Int) -> Double {
      .logGamma(Double(n + 1)) - .logGamma(Double(k + 1)) - .logGamma(Double(n - k + 1))
    }
    // p(x + 1) / p(x)
    func step(_ x: Int) -> Double {
      Double(marked - x) * Double(drawn - x)
        / (Double(x + 1) * Double(cases - marked - drawn + x + 1))
    }
    let most = Double.exp(
      choose(marked, mode) + choose(cases - marked, drawn - mode) - choose(cases, drawn))
    var rest = uniform() - most
    var (low, high) = (mode, mode)
    var (below, above) = (most, most)
    while rest >= 0 && (low > lowest || high < highest) {
      if high < highest {
        above *= step(high)
        high += 1
        rest -= above
        if rest < 0 { return high }
      }
      if low > lowest {
        below /= step(low - 1)
        low -= 1
        rest -= below
        if rest < 0 { return low }
      }
    }
    return mode
  }
}
