/// Quantiles of a sample by linear interpolation, as R's `quantile` (type 7) and NumPy; with weights, values stand at the
/// cumulated weight between their middle and that of the first, so that equal weights of any size change nothing.
struct Quantiles {
  private let values: [Double]
  private let weights: [Double]

  /// - Parameters:
  ///   - values: At least one.
  ///   - weights: Empty, or one above 0 for each value.
  init(ofAscending values: [Double], weights: [Double]) {
    precondition(!values.isEmpty && (weights.isEmpty || weights.count == values.count))
    self.values = values
    self.weights = weights
  }

  /// - Parameter share: In [0, 1].
  func at(_ share: Double) -> Double {
    let last = values.count - 1
    guard last > 0, !weights.isEmpty else { return between(Double(last) * share) }
    let ends = weights[0] / 2 + weights[last] / 2
    let target = share * (weights.reduce(0, +) - ends)
    var passed = 0.0
    for index in 0..<last {
      let step = (weights[index] + weights[index + 1]) / 2
      if passed + step >= target { return between(Double(index) + (target - passed) / step) }
      passed += step
    }
    return values[last]
  }

  private func between(_ place: Double) -> Double {
    let low = min(Int(place), values.count - 1)
    let high = min(low + 1, values.count - 1)
    return values[low] + (place - Double(low)) * (values[high] - values[low])
  }
}
