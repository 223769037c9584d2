public import Statistics

/// A share in a group of several attributes, drawn towards the mean of all groups of its crossing: beside the raw one, and in
/// no verdict.
public struct ShrunkenGroup: Hashable, Sendable {
  public let model: String
  public let finding: String?
  public let metric: String
  public let subgroup: Subgroup
  /// Successes and trials as counted; with patients or weights, as many as they are worth.
  public let successes: Double
  public let trials: Double
  public let raw: Double
  /// Empirical Bayes.
  public let value: Double
  public let interval: Interval
  /// Of the value, what comes from the group itself.
  public let own: Double
  /// The mean of the groups' true shares as fitted.
  public let mean: Double

  static let metrics = ["sensitivity", "specificity"]
}

extension ModelPass {
  func shrunken(in dimension: Dimension, _ evidence: [Evidence]) -> [ShrunkenGroup] {
    guard dimension.attributes.count > 1, !dimension.overlaps, !definition.decisionNames.isEmpty else {
      return []
    }
    let wanted = metrics.filter { ShrunkenGroup.metrics.contains($0.id) }
    return wanted.flatMap { metric -> [ShrunkenGroup] in
      guard let choices = settings(of: metric).first?.1 else { return [] }
      let groups = zip(dimension.groups, evidence).compactMap {
        group, evidence -> (group: Subgroup, raw: Double, trials: Double)? in
        guard !group.hasUnknown, let one = try? measured(metric, evidence, choices).get(),
          let trials = one.trials ?? one.support.denominator.map(Double.init), trials > 0
        else { return nil }
        return (group, one.value, trials)
      }
      guard let fit = try? BetaBinomial(groups.map { ($0.raw * $0.trials, $0.trials) }) else { return [] }
      return groups.map { group, raw, trials in
        let estimate = fit.estimate(x: raw * trials, n: trials, tail: (1 - plan.confidence) / 2)
        return ShrunkenGroup(
          model: model.name, finding: finding, metric: metric.id, subgroup: group,
          successes: raw * trials, trials: trials, raw: raw, value: estimate.value,
          interval: estimate.interval, own: estimate.own, mean: fit.mean)
      }
    }
  }
}
