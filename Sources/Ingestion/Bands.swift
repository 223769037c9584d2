internal import Validation

/// Numbers cut at ascending edges; a value on an edge belongs to the band above it.
package struct Bands {
  package let edges: [Double]

  package init(edges: [Double]) { self.edges = edges }

  /// Whole-number edges: `<18`, `18–44`, `45+`. Others: `<0.5`, `0.5–<1.5`, `1.5+`.
  package var names: [String] {
    guard let first = edges.first, let last = edges.last else { return ["all"] }
    let isWhole = edges.allSatisfy { $0 == $0.rounded() && $0.magnitude < 1e15 }
    let between = zip(edges, edges.dropFirst()).map { lower, upper in
      guard isWhole else { return "\(text(lower))–<\(text(upper))" }
      return upper - 1 == lower ? text(lower) : "\(text(lower))–\(text(upper - 1))"
    }
    return ["<\(text(first))"] + between + ["\(text(last))+"]
  }

  package func band(of value: Double) -> Int { edges.partitioningIndex { $0 > value } }

  private func text(_ edge: Double) -> String {
    edge == edge.rounded() && edge.magnitude < 1e15 ? String(Int(edge)) : "\(edge)"
  }
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
