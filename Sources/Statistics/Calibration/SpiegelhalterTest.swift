/// Whether the Brier score is what these probabilities lead to expect: z is standard normal for a perfectly calibrated
/// model on independent cases (Spiegelhalter 1986, doi:10.1002/sim.4780050506). Agrees with calzone to 1e-12.
public struct SpiegelhalterTest: Hashable, Sendable {
  /// Above 0: predictions are too extreme, or wrong; below 0: not extreme enough.
  public let z: Double

  /// Two-sided.
  public var p: Double { min(1, 2 * Normal.upperTail(abs(z))) }

  /// - Parameter scored: Independent cases; weights are not read.
  /// - Throws: `noCases`, `zeroDenominator` where every probability is 0, ½ or 1.
  public init(_ scored: ScoredCases) throws(Undefined) {
    guard scored.count > 0 else { throw .noCases }
    let (difference, variance) = scored.withBuffers { probabilities, bits in
      var difference = 0.0
      var variance = 0.0
      for index in probabilities.indices {
        let p = probabilities[index]
        let slope = 1 - 2 * p
        difference += (Double(bits[index] & 1) - p) * slope
        variance += slope * slope * p * (1 - p)
      }
      return (difference, variance)
    }
    guard variance > 0 else { throw .zeroDenominator("every predicted probability is 0, 0.5 or 1") }
    z = difference / variance.squareRoot()
  }
}
