/// Influence summed by patient: images of one patient are not independent, patients are.
///
/// One place per distinct patient of a sample, in ascending order of code, so that two samples join by a merge.
public struct PatientSums: Sendable {
  public let patients: [UInt32]
  private let order: [UInt32]
  private let ends: [Int]

  public init(by codes: ArraySlice<UInt32>) {
    order = RadixOrder.ascending(codes)
    var patients: [UInt32] = []
    var ends: [Int] = []
    for (position, index) in order.enumerated() {
      let code = codes[codes.startIndex + Int(index)]
      if patients.last != code {
        patients.append(code)
        ends.append(position + 1)
      } else {
        ends[ends.count - 1] = position + 1
      }
    }
    self.patients = patients
    self.ends = ends
  }

  /// The sum over each patient's cases of `value(i)`, i the case's place in the sample.
  public func sums(_ value: (Int) -> Double) -> [Double] {
    var sums: [Double] = []
    sums.reserveCapacity(ends.count)
    var start = 0
    for end in ends {
      var sum = 0.0
      for position in start..<end { sum += value(Int(order[position])) }
      sums.append(sum)
      start = end
    }
    return sums
  }

  /// The same of weighted cases; without weights (none given) each counts once.
  public func sums(weightedBy weights: ArraySlice<Double>, _ value: (Int) -> Double) -> [Double] {
    weights.isEmpty ? sums(value) : sums { weights[weights.startIndex + $0] * value($0) }
  }

  /// Σ over the patients that stand in both samples of the product of their influences.
  public static func crossProduct(
    _ left: [UInt32], _ leftInfluence: [Double], _ right: [UInt32], _ rightInfluence: [Double]
  ) -> Double {
    var sum = 0.0
    var i = 0
    var j = 0
    while i < left.count && j < right.count {
      if left[i] == right[j] {
        sum += leftInfluence[i] * rightInfluence[j]
        i += 1
        j += 1
      } else if left[i] < right[j] {
        i += 1
      } else {
        j += 1
      }
    }
    return sum
  }
}
