/// The cases of a sample that have a probability, ascending: what calibration is measured on.
public struct ScoredCases: Sendable {
  public let probabilities: ArraySlice<Double>
  /// Bit 0: positive by the reference standard.
  public let bits: ArraySlice<UInt16>
  /// Sampling weights; empty when every case counts alike.
  public let weights: ArraySlice<Double>

  public init(of sample: Sample) {
    let range = sample.scored
    probabilities =
      sample.scores[
        sample.scores.startIndex + range.lowerBound..<sample.scores.startIndex + range.upperBound]
    weights =
      sample.weights.isEmpty
      ? []
      : sample.weights[
        sample.weights.startIndex + range.lowerBound..<sample.weights.startIndex + range.upperBound]
    bits = sample.bits[sample.bits.startIndex + range.lowerBound..<sample.bits.startIndex + range.upperBound]
  }

  private init(probabilities: [Double], bits: [UInt16], weights: [Double]) {
    self.probabilities = probabilities[...]
    self.bits = bits[...]
    self.weights = weights[...]
  }

  /// Those at some places only.
  ///
  /// - Parameter isKept: Of a place in `0..<count`.
  public func filtered(_ isKept: (Int) -> Bool) -> ScoredCases {
    let places = (0..<count).filter(isKept)
    return ScoredCases(
      probabilities: places.map { probabilities[probabilities.startIndex + $0] },
      bits: places.map { bits[bits.startIndex + $0] },
      weights: weights.isEmpty ? [] : places.map { weights[weights.startIndex + $0] })
  }

  public var count: Int { probabilities.count }

  /// Of the case at this place.
  public func weight(_ place: Int) -> Double { weights.isEmpty ? 1 : weights[weights.startIndex + place] }

  /// Of all cases.
  var weight: Double { weights.isEmpty ? Double(count) : weights.reduce(0, +) }

  func withBuffers<Result>(
    _ body: (UnsafeBufferPointer<Double>, UnsafeBufferPointer<UInt16>) -> Result
  ) -> Result {
    probabilities.withUnsafeBufferPointer { probabilities in
      bits.withUnsafeBufferPointer { body(probabilities, $0) }
    }
  }

  /// Lowest and highest probability of each class; nil without cases in it.
  func extremes() -> (positives: ClosedRange<Double>?, negatives: ClosedRange<Double>?) {
    withBuffers { probabilities, bits in
      func range(_ truth: UInt16) -> ClosedRange<Double>? {
        guard let first = bits.firstIndex(where: { $0 & 1 == truth }),
          let last = bits.lastIndex(where: { $0 & 1 == truth })
        else { return nil }
        return probabilities[first]...probabilities[last]
      }
      return (range(1), range(0))
    }
  }
}
