internal import Ingestion
internal import Statistics
internal import Validation

/// What a study of this size can show, as sentences and a table: from the plan's assumptions and from how many cases
/// there are, never from what any of them turned out to be.
struct PowerText {
  let plan: AnalysisPlan
  let planning: Planning
  let prevalence: Double
  let check: CohortCheck

  /// Nil where the plan assumes nothing.
  init?(_ check: CohortCheck, of plan: AnalysisPlan) {
    guard let planning = plan.planning, let prevalence = planning.prevalence else { return nil }
    self.plan = plan
    self.planning = planning
    self.prevalence = prevalence
    self.check = check
  }

  private var everyone: ClassSizes { ClassSizes(cases: check.cases, prevalence: prevalence) }
  private var groups: [(subgroup: Subgroup, sizes: ClassSizes)] {
    check.groups.map { ($0.subgroup, ClassSizes(cases: $0.cases, prevalence: prevalence)) }
  }
  private var metrics: [Metric] {
    Planning.metrics.filter { planning.assumed[$0] != nil }.compactMap(Metric.named)
  }

  var text: String {
    let sections = [
      ("Assumed", assumed), ("Criteria", criteria), ("Groups", table),
    ]
    return sections.filter { !$0.1.isEmpty }
      .map { "\($0.0)\n" + $0.1.map { "\($0.isEmpty ? "" : "  " + $0)\n" }.joined() }.joined(separator: "\n")
  }

  private var assumed: [String] {
    let values = metrics.map { metric in
      "\(metric.name.lowercased() == "auc" ? "AUC" : metric.name.lowercased()) \(metric.style.text(planning.assumed[metric.id] ?? 0))"
    }
    let effect =
      planning.designEffect == 1
      ? "" : ", design effect \(NumberText.fixed(planning.designEffect, decimals: 2))"
    return [
      "\(values.joined(separator: ", ")); prevalence \(NumberText.percent(prevalence))\(effect); power \(NumberText.percent(planning.power, decimals: 0)); intervals at \(NumberText.percent(plan.confidence, decimals: 0)).",
      "\(NumberText.count(check.cases)) cases, so about \(count(everyone.positives)) positives and \(count(everyone.negatives)) negatives. Their reference standard is not looked at.",
    ]
  }

  // MARK: Criteria

  private var criteria: [String] {
    plan.criteria.flatMap { criterion -> [String] in
      guard
        let need = CriterionNeed(
          criterion, groups: groups, everyone: everyone, following: plan, planning)
      else {
        return [
          "\(criterion.id): not planned: nothing is assumed of \(criterion.metric), or its size is not computed."
        ]
      }
      return [
        "\(criterion.id): \(goal(of: criterion)): \(needed(need))."
      ] + atHand(need).map { "    " + $0 }
    }
  }

  private func goal(of criterion: Criterion) -> String {
    let metric = Metric.named(criterion.metric)
    let style = metric?.style ?? .percentage
    let name = metric?.name ?? criterion.metric
    switch criterion.evidence {
    case .lowerBound(let goal): return "\(name), lower limit at least \(style.text(goal))"
    case .upperBound(let goal): return "\(name), upper limit at most \(style.text(goal))"
    case .interval(let margin):
      return "\(name), difference within ±\(style.plain(margin))\(style.differenceUnit)"
    }
  }

  private func needed(_ need: CriterionNeed) -> String {
    switch need.needed {
    case .failure(let reason): return "\(reason)"
    case .success(let needed):
      let share = need.unit == .positives ? prevalence : 1 - prevalence
      let cases = Int((Double(needed) / share).rounded(.up))
      let side: Bool
      if case .gap = need.criterion.scope { side = true } else { side = false }
      return
        "needs \(NumberText.count(needed)) \(need.unit.rawValue)\(side ? " on either side" : ""), \(NumberText.count(cases)) cases"
    }
  }

  /// Everyone, or the groups that fall short; the power of all the others is high enough.
  private func atHand(_ need: CriterionNeed) -> [String] {
    if let all = need.atHand.first, all.subgroup.isEveryone {
      return ["at hand about \(count(all.cases)): power \(power(all.power))"]
    }
    let short = need.atHand.filter { $0.power < planning.power }.sorted { $0.power < $1.power }
    guard !short.isEmpty else {
      return need.atHand.isEmpty
        ? ["no group to judge"] : ["at hand: enough in \(CheckText.count(need.atHand.count, "group"))"]
    }
    let shown = short.prefix(PowerText.mostGroups).map {
      "\($0.subgroup): about \(count($0.cases)), power \(power($0.power))"
    }
    return [
      "at hand: enough in \(need.atHand.count - short.count) of \(CheckText.count(need.atHand.count, "group")); not in"
    ]
      + shown.map { "  " + $0 }
      + (short.count > shown.count ? ["  and \(short.count - shown.count) more"] : [])
  }

  private static let mostGroups = 12

  // MARK: Groups

  private var table: [String] {
    let dimensions = check.groups.reduce(into: [[String]]()) { found, group in
      if !found.contains(group.subgroup.attributes) { found.append(group.subgroup.attributes) }
    }
    let precisions =
      [GroupPrecision(.everyone, everyone, complement: nil, following: plan, planning)]
      + dimensions.flatMap { names in
        GroupPrecision.of(
          groups.filter { $0.subgroup.attributes == names }, everyone: everyone, following: plan, planning)
      }
    let head =
      ["", "positives", "negatives"] + metrics.map { "\($0.name) ±" }
      + metrics.map { "gap in \($0.name == "AUC" ? "AUC" : $0.name.lowercased())" }
    let rows = precisions.map { group in
      [
        group.subgroup.isEveryone ? "all cases" : "\(group.subgroup)", count(group.sizes.positives),
        count(group.sizes.negatives),
      ]
        + metrics.map { cell(group.halfWidths[$0.id], $0) }
        + metrics.map { gap(group, $0) }
    }
    return Columns.aligned([head] + rows) + [
      "",
      "±: half the interval that is expected. Gap: the smallest that would be shown with this power if the group is the worse one,",
      "before adjustment for several comparisons; none: however large it is.",
    ]
  }

  private func cell(_ value: Double?, _ metric: Metric) -> String {
    value.map { metric.style.text($0) } ?? "–"
  }

  /// Groups below the plan's smallest are not tested.
  private func gap(_ group: GroupPrecision, _ metric: Metric) -> String {
    guard !group.subgroup.isEveryone else { return "" }
    guard group.sizes.positives >= Double(plan.smallestSubgroup.positives),
      group.sizes.negatives >= Double(plan.smallestSubgroup.negatives)
    else { return "not tested" }
    return group.smallestGaps[metric.id].map { metric.style.plain($0) + metric.style.differenceUnit }
      ?? "none"
  }

  private func count(_ cases: Double) -> String { NumberText.count(Int(cases.rounded())) }

  private func power(_ power: Double) -> String {
    power > 0.999 ? "> 99.9\u{202F}%" : NumberText.percent(power)
  }
}
