internal import Statistics

/// Between what the shares of an attribute's groups lie, whichever of them its unknown cases belong to. They bound the
/// estimates; sampling error comes on top.
public struct UnknownBounds: Hashable, Sendable {
  public let model: String
  public let finding: String?
  public let attribute: String
  public let metric: String
  /// Unknown cases of the metric's class.
  public let unknown: Int
  /// With cases of that class, in printed order.
  public let groups: [Group]
  /// As it stands among the known.
  public let gap: Double
  public let gapBounds: ClosedRange<Double>

  public struct Group: Hashable, Sendable {
    public let group: Subgroup
    public let value: Double
    public let bounds: ClosedRange<Double>
  }
}

extension ModelPass {
  /// - Parameter evidence: Of every group of a dimension of one attribute.
  func unknownBounds(in dimension: Dimension, _ evidence: [Evidence]) -> [UnknownBounds] {
    guard !definition.decisionNames.isEmpty,
      let unknown = dimension.groups.firstIndex(where: \.hasUnknown)
    else { return [] }
    let measures: [(String, success: Evidence.Cell, failure: Evidence.Cell)] = [
      ("sensitivity", .truePositive, .falseNegative), ("specificity", .trueNegative, .falsePositive),
    ]
    return measures.compactMap { metric, success, failure in
      guard metrics.contains(where: { $0.id == metric }) else { return nil }
      func count(_ group: Int) -> (count: UnknownGroup.Count, cases: Int) {
        let table = evidence[group].weights(at: 0)
        let (hits, all) = (table.weight(of: [success]), table.weight(of: [success, failure]))
        return (.init(successes: min(hits.sum, all.sum), trials: all.sum), all.count)
      }
      let known = dimension.groups.indices.filter { $0 != unknown && count($0).cases > 0 }
      let missing = count(unknown)
      let bounds = UnknownGroup(groups: known.map { count($0).count }, unknown: missing.count)
      guard missing.cases > 0, let gapBounds = bounds.largestGap else { return nil }
      let shares = bounds.groups.map(\.share)
      return UnknownBounds(
        model: model.name, finding: finding, attribute: dimension.attributes[0], metric: metric,
        unknown: missing.cases,
        groups: zip(known, shares.indices).map { group, place in
          .init(group: dimension.groups[group], value: shares[place], bounds: bounds.share(of: place))
        }, gap: (shares.max() ?? 0) - (shares.min() ?? 0), gapBounds: gapBounds)
    }
  }
}
