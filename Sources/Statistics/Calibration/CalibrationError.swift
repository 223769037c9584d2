internal import RealModule

/// Expected calibration error over ten equal-width bins `[i/10, (i+1)/10)`, 1 in the last, against its null expectation.
///
/// The plain value is above zero even for a perfectly calibrated model, the more so the smaller the sample; what counts is
/// the excess (Bröcker 2012, doi:10.1007/s00382-011-1191-1). Under the null the label of a case is an independent draw
/// with its predicted probability, so a bin's count of positives is Poisson-binomial. The value agrees with a NumPy
/// reimplementation to 1e-12, the null expectation with simulation.
public struct CalibrationError: Hashable, Sendable {
  public let value: Double
  /// What a perfectly calibrated model with these scores would show on average.
  public let nullExpectation: Double
  /// Variance of the value under the null; nil when labels are clustered by patient.
  public let nullVariance: Double?

  public var excess: Double { value - nullExpectation }

  public static let binCount = 10

  public static func bin(of probability: Double) -> Int { min(Int(probability * 10), binCount - 1) }

  /// - Parameters:
  ///   - scored: Cases with ascending probabilities in [0, 1], at least one.
  ///   - clusteredVariance: By bin, Σ over patients of (Σ w (y − p))²: replaces the variance of independent labels, and
  ///     must be given for weighted cases.
  public init(_ scored: ScoredCases, clusteredVariance: [Double]? = nil) {
    var error = 0.0
    var expectation = 0.0
    var variance = 0.0
    let weights = Array(scored.weights)
    let isWeighted = !weights.isEmpty
    scored.withBuffers { probabilities, bits in
      var start = 0
      for bin in 0..<CalibrationError.binCount {
        var end = start
        var residual = 0.0
        var binVariance = 0.0
        while end < probabilities.count, CalibrationError.bin(of: probabilities[end]) == bin {
          let p = probabilities[end]
          let difference = Double(bits[end] & 1) - p
          residual += isWeighted ? weights[end] * difference : difference
          binVariance += p * (1 - p)
          end += 1
        }
        guard end > start else { continue }
        error += abs(residual)
        if let clustered = clusteredVariance?[bin] { binVariance = clustered }
        let meanDeviation =
          clusteredVariance == nil && end - start <= CalibrationError.largestExactBin
          ? CalibrationError.meanAbsoluteDeviation(UnsafeBufferPointer(rebasing: probabilities[start..<end]))
          : (2 * binVariance / Double.pi).squareRoot()
        expectation += meanDeviation
        variance += max(0, binVariance - meanDeviation * meanDeviation)
        start = end
      }
    }
    let n = scored.weight
    value = error / n
    nullExpectation = expectation / n
    nullVariance = clusteredVariance == nil ? variance / (n * n) : nil
  }

  /// One-sided p of perfect calibration: a gamma distribution with the null's mean and variance.
  public var nullP: Double? {
    guard let nullVariance, nullVariance > 0, nullExpectation > 0 else { return nil }
    return Gamma.upperTail(
      value, shape: nullExpectation * nullExpectation / nullVariance, scale: nullVariance / nullExpectation)
  }

  /// Up to here the distribution of a bin's count is summed exactly; above, it is normal to three digits.
  private static let largestExactBin = 128

  /// E|Σ y − Σ p| for independent labels, by convolving the labels one by one.
  private static func meanAbsoluteDeviation(_ probabilities: UnsafeBufferPointer<Double>) -> Double {
    var mass = [Double](repeating: 0, count: probabilities.count + 1)
    mass[0] = 1
    var mean = 0.0
    for (index, p) in probabilities.enumerated() {
      mean += p
      for count in stride(from: index + 1, to: 0, by: -1) {
        mass[count] = mass[count] * (1 - p) + mass[count - 1] * p
      }
      mass[0] *= 1 - p
    }
    var deviation = 0.0
    for (count, probability) in mass.enumerated() { deviation += probability * abs(Double(count) - mean) }
    return deviation
  }
}
