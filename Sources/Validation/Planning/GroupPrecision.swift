internal import Statistics

/// What a group of cases can show of a metric, under the plan's assumptions.
public struct GroupPrecision: Hashable, Sendable {
  public let subgroup: Subgroup
  /// As they are, before the design effect.
  public let sizes: ClassSizes
  /// Half the width of the interval that is expected, by metric; none with fewer than one effective case of a class that
  /// the metric needs.
  public let halfWidths: [String: Double]
  /// The smallest gap to the complement that would be shown with the plan's power, the group being the worse; by metric.
  /// A metric without an entry would show none, however large, or has no complement.
  public let smallestGaps: [String: Double]

  public init(
    _ subgroup: Subgroup, _ sizes: ClassSizes, complement: ClassSizes?, following plan: AnalysisPlan,
    _ planning: Planning
  ) {
    self.subgroup = subgroup
    self.sizes = sizes
    let own = sizes.divided(by: planning.designEffect)
    let others = complement?.divided(by: planning.designEffect)
    let tail = (1 - plan.confidence) / 2
    let gaps = GapPlan(alpha: 1 - plan.confidence, power: planning.power)
    var halfWidths: [String: Double] = [:]
    var smallestGaps: [String: Double] = [:]
    for metric in Planning.metrics {
      guard let assumed = planning.assumed[metric] else { continue }
      if metric == "auc" {
        guard own.positives >= 1, own.negatives >= 1 else { continue }
        halfWidths[metric] = AreaPlan(assumed: assumed, tail: tail).halfWidth(
          positives: own.positives, negatives: own.negatives)
        guard let others, others.positives >= 1, others.negatives >= 1 else { continue }
        smallestGaps[metric] = gaps.smallestGap(
          assumedArea: assumed, group: (own.positives, own.negatives),
          complement: (others.positives, others.negatives))
      } else {
        let trials = metric == "sensitivity" ? own.positives : own.negatives
        guard trials >= 1 else { continue }
        halfWidths[metric] = plan.proportionPlan(assumed).halfWidth(trials: trials)
        guard let others else { continue }
        let complement = metric == "sensitivity" ? others.positives : others.negatives
        guard complement >= 1 else { continue }
        smallestGaps[metric] = gaps.smallestGap(assumed: assumed, group: trials, complement: complement)
      }
    }
    self.halfWidths = halfWidths
    self.smallestGaps = smallestGaps
  }

  /// Of groups of one dimension with their sizes, each beside the others; unknown ones stand aside.
  public static func of(
    _ groups: [(subgroup: Subgroup, sizes: ClassSizes)], everyone: ClassSizes, following plan: AnalysisPlan,
    _ planning: Planning
  ) -> [GroupPrecision] {
    let known = groups.filter { $0.subgroup.hasUnknown }.reduce(everyone) { $0 - $1.sizes }
    return groups.filter { !$0.subgroup.hasUnknown }.map {
      GroupPrecision($0.subgroup, $0.sizes, complement: known - $0.sizes, following: plan, planning)
    }
  }
}

extension AnalysisPlan {
  /// With the plan's interval at its confidence.
  func proportionPlan(_ assumed: Double) -> ProportionPlan {
    let method = proportionInterval
    return ProportionPlan(assumed: assumed, tail: (1 - confidence) / 2) {
      $0.interval(method, tail: $1, reference: .normal)
    }
  }
}
