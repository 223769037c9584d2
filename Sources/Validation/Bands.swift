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

  private func text(_ edge: Double) -> String {
    edge == edge.rounded() && edge.magnitude < 1e15 ? String(Int(edge)) : "\(edge)"
  }
}
