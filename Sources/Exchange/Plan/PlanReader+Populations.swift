internal import Validation

extension PlanReader {
  mutating func populations(_ node: YAML?, of cohort: CohortDefinition) -> [Population] {
    Population.Kind.allCases.compactMap { kind in
      node?[kind.rawValue].map { population($0, kind, of: cohort) }
    }
  }

  private mutating func population(
    _ node: YAML, _ kind: Population.Kind, of cohort: CohortDefinition
  ) -> Population {
    var attributes: [Population.Shares] = []
    for entry in node["shares"]?.entries ?? [] {
      guard checkAttribute(entry.key, at: entry.place, of: cohort) else { continue }
      let levels = entry.value.entries.compactMap { level in
        level.value.number.map { Population.Share(level: level.key, share: $0) }
      }
      for level in entry.value.entries {
        checkLevel(level.key, ofAttribute: entry.key, at: level.place, of: cohort)
      }
      let sum = levels.reduce(0) { $0 + $1.share }
      let overlaps = cohort.attributes.first { $0.name == entry.key }?.severalAnswers != nil
      if !overlaps, abs(sum - 1) > Self.roundingOfShares {
        findings.note(
          "the shares of \(entry.key) add up to \(Double((sum * 1e6).rounded() / 1e6)), expected 1 (to \(Self.roundingOfShares), for rounding)",
          at: entry.place)
      }
      attributes.append(Population.Shares(attribute: entry.key, levels: levels))
    }
    let order = cohort.attributes.map(\.name)
    attributes.sort { order.firstIndex(of: $0.attribute) ?? 0 < order.firstIndex(of: $1.attribute) ?? 0 }
    return Population(
      kind: kind, name: node["name"]?.text ?? "", source: node["source"]?.text, attributes: attributes)
  }

  /// Published shares are rounded.
  private static let roundingOfShares = 0.01
}
