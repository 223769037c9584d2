/// The cases of one group as one model saw them, in ascending order of score: what every estimator reads.
///
/// Slices share the storage of a whole dimension, so that a hundred groups cost one copy of the cohort.
public struct Sample: Sendable {
  /// Ascending; failed outputs stand at ±∞ by the rule that takes them. Empty for a model with decisions only.
  public let scores: ArraySlice<Double>
  /// Bit 0: positive by the reference standard; bit i + 1: flagged at operating point i; bit 15: the output failed.
  public let bits: ArraySlice<UInt16>
  /// Patient codes; empty when every case is a patient of its own.
  public let patients: ArraySlice<UInt32>
  /// Sampling weights, above 0; empty when every case counts alike.
  public let weights: ArraySlice<Double>
  /// How many operating points the bits hold; at most 14.
  public let operatingPoints: Int
  /// Failed outputs stay out of decisions and ranks (they still count as failures).
  public let excludesFailed: Bool

  public static let failedBit: UInt16 = 1 << 15
  /// Between the bit of the reference standard and that of failure.
  public static let mostOperatingPoints = 14

  public init(
    scores: ArraySlice<Double>, bits: ArraySlice<UInt16>, patients: ArraySlice<UInt32> = [],
    weights: ArraySlice<Double> = [], operatingPoints: Int, excludesFailed: Bool = false
  ) {
    precondition(scores.isEmpty || scores.count == bits.count)
    precondition(patients.isEmpty || patients.count == bits.count)
    precondition(weights.isEmpty || weights.count == bits.count)
    precondition(operatingPoints <= Sample.mostOperatingPoints)
    self.scores = scores
    self.bits = bits
    self.patients = patients
    self.weights = weights
    self.operatingPoints = operatingPoints
    self.excludesFailed = excludesFailed
  }

  /// A sample of loose arrays, sorted here: for tests, simulations and small data.
  public init(
    scores: [Double], isPositive: [Bool], threshold: Double? = nil, patients: [UInt32] = [],
    weights: [Double] = []
  ) {
    let order = RadixOrder.ascending(scores)
    self.init(
      scores: ArraySlice(order.map { scores[Int($0)] }),
      bits: ArraySlice(
        order.map { index -> UInt16 in
          let i = Int(index)
          return (isPositive[i] ? 1 : 0) | (threshold.map { scores[i] >= $0 } == true ? 2 : 0)
        }),
      patients: patients.isEmpty ? [] : ArraySlice(order.map { patients[Int($0)] }),
      weights: weights.isEmpty ? [] : ArraySlice(order.map { weights[Int($0)] }),
      operatingPoints: threshold == nil ? 0 : 1)
  }

  public var count: Int { bits.count }
  public var isClustered: Bool { !patients.isEmpty }
  public var isWeighted: Bool { !weights.isEmpty }

  public var positives: Int { count { $0 & 1 == 1 } }
  public var failed: Int { count { $0 & Sample.failedBit != 0 } }

  private func count(_ condition: (UInt16) -> Bool) -> Int {
    bits.withUnsafeBufferPointer { bits in
      var sum = 0
      for bit in bits { sum += condition(bit) ? 1 : 0 }
      return sum
    }
  }

  /// The cases whose ranks count: all, or without the failed ones when they are excluded.
  public var ranked: Sample {
    guard excludesFailed, !scores.isEmpty else { return self }
    let range = scored
    func cut<Element>(_ slice: ArraySlice<Element>) -> ArraySlice<Element> {
      slice.isEmpty ? slice : slice[slice.startIndex + range.lowerBound..<slice.startIndex + range.upperBound]
    }
    return Sample(
      scores: cut(scores), bits: cut(bits), patients: cut(patients), weights: cut(weights),
      operatingPoints: operatingPoints)
  }

  /// The cases that have a score: failed outputs stand outside, at ±∞.
  public var scored: Range<Int> {
    var low = scores.startIndex
    var high = scores.endIndex
    while low < high, scores[low] == -.infinity { low += 1 }
    while high > low, scores[high - 1] == .infinity { high -= 1 }
    return low - scores.startIndex..<high - scores.startIndex
  }

  public func twoByTwo(at operatingPoint: Int) -> TwoByTwo {
    let shift = UInt16(operatingPoint)
    var counts = SIMD4<Int>()
    let skipped = excludesFailed ? Sample.failedBit : 0
    bits.withUnsafeBufferPointer { bits in
      for bit in bits where bit & skipped == 0 {
        // Cell index: reference standard + 2 · flagged.
        counts[Int((bit & 1) | ((bit >> shift) & 2))] += 1
      }
    }
    return TwoByTwo(
      truePositives: counts[3], falsePositives: counts[2], falseNegatives: counts[1], trueNegatives: counts[0]
    )
  }
}
