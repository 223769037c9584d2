/// Whether two sides that do not differ can be shown to be similar: the whole interval of their difference inside ±margin
/// (two one-sided tests, Schuirmann 1987, doi:10.1007/BF01068419), by the normal approximation.
public struct EquivalencePlan: Sendable {
  /// Above 0.
  public let margin: Double
  /// Of each one-sided test.
  public let tail: Double

  public init(margin: Double, tail: Double) {
    precondition(margin > 0 && tail > 0 && tail < 0.5)
    self.margin = margin
    self.tail = tail
  }

  /// The probability of the interval lying inside, where the true difference is none.
  public func power(variance: Double) -> Double {
    guard variance > 0 else { return 1 }
    return max(0, 2 * Normal.cumulative(margin / variance.squareRoot() - Normal.upperQuantile(tail)) - 1)
  }

  /// The fewest cases on each of two equal sides; `variance` of one side with so many.
  ///
  /// - Throws: `tooManyCases` beyond a hundred million.
  public func casesPerSide(power: Double, variance: (Double) -> Double) throws(Undefined) -> Int {
    try SampleSize.fewest { self.power(variance: 2 * variance(Double($0))) >= power }
  }
}
