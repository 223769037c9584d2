/// Murphy's decomposition of the Brier score (1973, doi:10.1175/1520-0450(1973)012<0595:ANVPOT>2.0.CO;2) over the ten
/// equal-width bins of the calibration error, with the two terms for probabilities that differ within a bin (Stephenson,
/// Coelho, Jolliffe 2008, doi:10.1175/2007WAF2006116.1), so that it adds up exactly:
///
///     Brier = reliability − resolution + uncertainty + within-bin variance − within-bin covariance
///
/// Agrees with a direct computation in R to 1e-12. Reliability and resolution of a sample are above those of its
/// population: noise within bins adds to both.
public struct BrierDecomposition: Hashable, Sendable {
  public struct Bin: Hashable, Sendable {
    /// The bin is [index / 10, (index + 1) / 10); 1 is in the last.
    public let index: Int
    public let cases: Int
    /// Weighted where cases are.
    public let meanPrediction: Double
    public let observed: Double
  }

  /// Mean (p̄ − ȳ)²: bins whose outcomes are not as predicted; 0 is best.
  public let reliability: Double
  /// Mean (ȳ − prevalence)²: how far outcomes differ between bins; more is better.
  public let resolution: Double
  /// prevalence · (1 − prevalence): not the model's doing.
  public let uncertainty: Double
  /// Mean (p − p̄)² within bins.
  public let withinVariance: Double
  /// Mean 2 (p − p̄)(y − ȳ) within bins.
  public let withinCovariance: Double
  public let bins: [Bin]

  public var brier: Double { reliability - resolution + uncertainty + withinVariance - withinCovariance }

  /// - Parameter scored: Cases with ascending probabilities in [0, 1].
  /// - Throws: `noCases`.
  public init(_ scored: ScoredCases) throws(Undefined) {
    guard scored.count > 0 else { throw .noCases }
    var bins: [(bin: Bin, weight: Double)] = []
    var variance = 0.0
    var covariance = 0.0
    scored.withBuffers { probabilities, bits in
      var start = 0
      while start < probabilities.count {
        let index = CalibrationError.bin(of: probabilities[start])
        var weight = 0.0
        var (predicted, positives, squares, products) = (0.0, 0.0, 0.0, 0.0)
        var end = start
        // Differences from the bin's middle, so that squares do not cancel.
        let middle = (Double(index) + 0.5) / Double(CalibrationError.binCount)
        while end < probabilities.count, CalibrationError.bin(of: probabilities[end]) == index {
          let w = scored.weight(end)
          let p = probabilities[end] - middle
          let y = Double(bits[end] & 1)
          weight += w
          predicted += w * p
          positives += w * y
          squares += w * p * p
          products += w * p * y
          end += 1
        }
        let (mean, observed) = (predicted / weight, positives / weight)
        variance += max(0, squares - weight * mean * mean)
        covariance += 2 * (products - weight * mean * observed)
        bins.append(
          (Bin(index: index, cases: end - start, meanPrediction: middle + mean, observed: observed), weight))
        start = end
      }
    }
    let total = bins.reduce(0) { $0 + $1.weight }
    let prevalence = bins.reduce(0) { $0 + $1.weight * $1.bin.observed } / total
    func mean(_ distance: (Bin) -> Double) -> Double {
      bins.reduce(0) { $0 + $1.weight * distance($1.bin) * distance($1.bin) } / total
    }
    reliability = mean { $0.meanPrediction - $0.observed }
    resolution = mean { $0.observed - prevalence }
    uncertainty = prevalence * (1 - prevalence)
    withinVariance = variance / total
    withinCovariance = covariance / total
    self.bins = bins.map(\.bin)
  }
}
