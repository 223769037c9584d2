internal import Validation

extension PlanReader {
  /// Of `analysis`: resampling, permutation, and the search for slices.
  mutating func readResampling(_ node: YAML, into plan: inout AnalysisPlan) {
    if let family = node["gap_family"]?.text.flatMap(GapFamily.init) { plan.gapFamily = family }
    plan.permutations = node["permutations"]?.integer
    plan.bootstrap = node["bootstrap"].map { bootstrap($0) }
    plan.metrics += (plan.bootstrap?.metrics ?? []).filter { !plan.metrics.contains($0) }
    plan.slices = node["slices"].map { slices($0, of: plan.cohort) }
  }

  private mutating func bootstrap(_ node: YAML) -> BootstrapPlan {
    var bootstrap = BootstrapPlan()
    if let replicates = node["replicates"]?.integer { bootstrap.replicates = replicates }
    if let groups = node["groups"]?.flag { bootstrap.groups = groups }
    guard let metrics = node["metrics"] else { return bootstrap }
    refuseRepeats(metrics.items)
    for item in metrics.items {
      guard let metric = item.text.flatMap(Metric.named), !metric.hasInterval else { continue }
      findings.note(
        "noise pushes \(metric.id) up, and resampling would push it up again: it has no interval",
        at: item.place)
    }
    bootstrap.metrics = metrics.items.compactMap(\.text)
    return bootstrap
  }

  private mutating func slices(_ node: YAML, of cohort: CohortDefinition) -> SlicePlan {
    var slices = SlicePlan()
    if let metric = node["metric"]?.text { slices.metric = metric }
    if let attributes = node["attributes"] {
      refuseRepeats(attributes.items)
      for item in attributes.items {
        if let name = item.text { checkAttribute(name, at: item.place, of: cohort) }
      }
      slices.attributes = attributes.items.compactMap(\.text)
    }
    if let depth = node["depth"]?.integer { slices.depth = depth }
    if let keep = node["keep"]?.integer { slices.keep = keep }
    return slices
  }
}
