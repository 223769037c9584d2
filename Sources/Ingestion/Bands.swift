package import Validation

extension Bands {
  package func band(of value: Double) -> Int { edges.partitioningIndex { $0 > value } }
}

extension NumericSummary {
  /// Of distinct values with how often each occurs; nil without any. Quantiles of type 7 (Hyndman and Fan 1996,
  /// doi:10.2307/2684934), as R and NumPy have them.
  package init?(_ counted: [(value: Double, count: Int)]) {
    let sorted = counted.filter { $0.count > 0 }.sorted { $0.value < $1.value }
    guard let least = sorted.first, let most = sorted.last else { return nil }
    let ends = sorted.reduce(into: [0]) { $0.append(($0.last ?? 0) + $1.count) }
    let total = ends.last ?? 0
    func ranked(_ rank: Int) -> Double { sorted[ends.partitioningIndex { $0 > rank } - 1].value }
    func quantile(_ share: Double) -> Double {
      let place = Double(total - 1) * share
      let below = Int(place)
      let (low, high) = (ranked(below), ranked(min(below + 1, total - 1)))
      return low + (place - Double(below)) * (high - low)
    }
    self.init(
      minimum: least.value, lowerQuartile: quantile(0.25), median: quantile(0.5),
      upperQuartile: quantile(0.75), maximum: most.value)
  }
}
