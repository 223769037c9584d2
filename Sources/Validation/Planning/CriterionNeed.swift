public import Statistics

/// How many cases a criterion needs to be met with the plan's power, under its assumptions, and what is at hand.
public struct CriterionNeed: Sendable {
  public let criterion: Criterion
  /// What is counted: positives of a sensitivity, negatives of a specificity, positives (and as many negatives as the
  /// prevalence gives) of an area; for a gap, of each side.
  public let unit: Unit
  public let needed: Result<Int, Undefined>
  /// The probability of meeting it with the cases at hand: everyone, or group by group.
  public let atHand: [(subgroup: Subgroup, cases: Double, power: Double)]

  public enum Unit: String, Sendable { case positives, negatives }

  /// Nil where the metric or the scope cannot be planned, or nothing is assumed of it.
  ///
  /// - Parameters:
  ///   - groups: with their sizes, of every dimension.
  public init?(
    _ criterion: Criterion, groups: [(subgroup: Subgroup, sizes: ClassSizes)], everyone: ClassSizes,
    following plan: AnalysisPlan, _ planning: Planning
  ) {
    guard let assumed = planning.assumed(criterion.metric), let prevalence = planning.prevalence else {
      return nil
    }
    self.criterion = criterion
    let isArea = criterion.metric == "auc"
    let ofPositives = isArea || ["sensitivity", "false_negative_rate"].contains(criterion.metric)
    unit = ofPositives ? .positives : .negatives
    let effect = planning.designEffect
    func count(_ sizes: ClassSizes) -> Double { ofPositives ? sizes.positives : sizes.negatives }
    let tail = (1 - plan.confidence) / 2
    let known = groups.filter { !$0.subgroup.hasUnknown }

    if case .gap(let across) = criterion.scope, case .interval(let margin) = criterion.evidence {
      let sides = known.filter { $0.subgroup.attributes == [across] }
      let equivalence = EquivalencePlan(margin: margin, tail: tail)
      let variance =
        isArea
        ? { (sizes: ClassSizes) in
          AreaPlan(assumed: assumed, tail: tail).variance(
            positives: max(1, sizes.positives), negatives: max(1, sizes.negatives))
        } : { (sizes: ClassSizes) in assumed * (1 - assumed) / max(1, count(sizes)) }
      let ratio = (1 - prevalence) / prevalence
      needed = Result { () throws(Undefined) in
        try equivalence.casesPerSide(power: planning.power) { side in
          variance(
            isArea
              ? ClassSizes(positives: side, negatives: side * ratio)
              : ClassSizes(positives: side, negatives: side))
        }
      }.map { Int((Double($0) * effect).rounded(.up)) }
      let all = groups.filter { $0.subgroup.attributes == [across] && $0.subgroup.hasUnknown }
        .reduce(everyone) { $0 - $1.sizes }
      atHand = sides.map { side in
        let (own, others) = (side.sizes.divided(by: effect), (all - side.sizes).divided(by: effect))
        return (
          side.subgroup, count(side.sizes), equivalence.power(variance: variance(own) + variance(others))
        )
      }
      return
    }

    let isUpper: Bool
    let goal: Double
    switch criterion.evidence {
    case .lowerBound(let atLeast): (isUpper, goal) = (false, atLeast)
    case .upperBound(let atMost): (isUpper, goal) = (true, 1 - atMost)
    case .interval: return nil
    }
    if isArea && isUpper { return nil }
    let judged: [(subgroup: Subgroup, sizes: ClassSizes)]
    switch criterion.scope {
    case .overall: judged = [(.everyone, everyone)]
    case .everySubgroup(of: let named):
      judged = known.filter { group in
        named?.contains { Set($0) == Set(group.subgroup.attributes) }
          ?? (group.subgroup.attributes.count == 1)
      }
    case .group(let subgroup): judged = known.filter { Set($0.subgroup.terms) == Set(subgroup.terms) }
    case .gap: return nil
    }
    let proportion = isUpper ? plan.proportionPlan(assumed).mirrored : plan.proportionPlan(assumed)
    let area = isArea ? AreaPlan(assumed: assumed, tail: tail) : nil
    needed = Result { () throws(Undefined) -> Int in
      guard let area else { return try proportion.trials(power: planning.power, lowerAtLeast: goal) }
      return try area.positives(
        power: planning.power, lowerAtLeast: goal, negativesPerPositive: (1 - prevalence) / prevalence)
    }.map { Int((Double($0) * effect).rounded(.up)) }
    atHand = judged.map { group in
      let sizes = group.sizes.divided(by: effect)
      let power: Double
      if let area {
        power =
          min(sizes.positives, sizes.negatives) < 1
          ? 0
          : area.power(positives: sizes.positives, negatives: sizes.negatives, lowerAtLeast: goal)
      } else {
        power = proportion.power(trials: Int(count(sizes)), lowerAtLeast: goal)
      }
      return (group.subgroup, count(group.sizes), power)
    }
  }
}
