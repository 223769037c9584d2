internal import Statistics
internal import Validation

/// Which metrics a report puts first, and which of them a model can have.
extension Evidence {
  /// Sensitivity, specificity and AUC as far as the plan has them, and then what its criteria judge.
  var headlines: [Metric] {
    let first = ["sensitivity", "specificity", "auc"].filter(plan.metrics.contains)
    let judged = plan.criteria.map(\.metric).filter { !first.contains($0) }
    let ids = first + Metric.catalog.map(\.id).filter(judged.contains)
    return (ids.isEmpty ? Array(plan.metrics.prefix(3)) : ids).compactMap(Metric.named)
  }

  /// What is shown by subgroup: the headlines, and calibration where the model gives probabilities.
  func subgroupMetrics(of model: ModelDefinition) -> [Metric] {
    let calibration = ["calibration_slope"].filter { plan.metrics.contains($0) && model.isProbability }
    let shown = headlines + calibration.compactMap(Metric.named)
    var ids: Set<String> = []
    return shown.filter { ids.insert($0.id).inserted && missing($0, of: model.name) == nil }
  }

  /// Why a model cannot have a metric at all: it gives no score, no decision or no probability.
  func missing(_ metric: Metric, of model: String) -> Undefined? {
    guard case .undefined(let reason)? = row(metric.id, of: model)?.result else { return nil }
    switch reason {
    case .needsScore, .needsDecision, .needsProbability, .needsTruth: return reason
    default: return nil
    }
  }

  /// The goals that the plan sets for a metric in these groups, each once.
  func goals(for metric: Metric, of model: String, across dimension: [String]) -> [Criterion] {
    var seen: Set<Criterion.Evidence> = []
    return plan.criteria.filter { criterion in
      guard criterion.metric == metric.id, judges(criterion, model) else { return false }
      let applies =
        switch criterion.scope {
        case .overall, .gap: false
        case .everySubgroup(let of): of.map { $0.contains(dimension) } ?? (dimension.count == 1)
        case .group(let group): group.attributes == dimension
        }
      return applies && seen.insert(criterion.evidence).inserted
    }
  }

  /// Whether a criterion is aimed at this model and its primary operating point.
  private func judges(_ criterion: Criterion, _ model: String) -> Bool {
    guard let definition = models.first(where: { $0.name == model }) else { return false }
    return criterion.model.map { $0 == model } ?? true
      && definition.setting(at: criterion.operatingPoint).isHeadline
  }

  /// The margin of equivalence that the plan sets for differences of a metric across an attribute.
  func margin(for metric: String, of model: String, across dimension: [String]) -> Double? {
    for criterion in plan.criteria where criterion.metric == metric {
      guard judges(criterion, model), case .gap(let across) = criterion.scope,
        [across] == dimension, case .interval(let within) = criterion.evidence
      else { continue }
      return within
    }
    return nil
  }

  /// What an adjusted p of a difference is held against.
  var alpha: Double { 1 - plan.confidence }

  /// How a row is read as a gap, with the margin of its criterion.
  func reading(of row: Row) -> GapReading {
    GapReading(
      of: row,
      margin: margin(for: row.key.metric, of: row.key.model, across: row.key.subgroup.attributes),
      confidence: plan.confidence)
  }

  /// By the plan unless any of the rows is exploratory.
  func standing(of rows: some Sequence<Row>) -> Table.Standing {
    rows.allSatisfy(\.isPrespecified) ? .planned : .exploratory
  }
}
