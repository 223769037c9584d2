internal import Validation

/// A study as the sections read it, for one of its findings: rows found by key through one index, groups in printed
/// order.
struct Evidence: Sendable {
  let study: Study
  /// As it stands for the finding.
  private(set) var plan: AnalysisPlan
  let cohort: CohortSummary
  let distributions: Distributions
  private(set) var judgements: [Judgement]
  let provenance: Provenance
  /// Looked up, never iterated: its order is no one's business.
  private let positions: [Row.Key: Int]
  private let groupsByDimension: [[String]: [Subgroup]]
  private let gapsByMetric: [GapKey: [Row]]

  private struct GapKey: Hashable {
    let model: String
    let metric: String
  }

  /// - Parameter finding: Its place among the plan's findings.
  init(_ study: Study, _ provenance: Provenance, finding: Int = 0) {
    self.study = study
    let definition = study.plan.cohort.findings[finding]
    plan = study.plan.only(definition)
    cohort = study.cohorts[finding]
    distributions = study.distributions[finding]
    judgements = study.judgements.filter { $0.finding == definition.id }
    self.provenance = provenance
    var positions: [Row.Key: Int] = [:]
    positions.reserveCapacity(study.rows.count)
    var seen: Set<Subgroup> = []
    var groups: [[String]: [Subgroup]] = [:]
    var gaps: [GapKey: [Row]] = [:]
    for (index, row) in study.rows.enumerated() where row.key.finding == definition.id {
      positions[row.key] = index
      if row.key.subgroupMinus != nil {
        guard row.key.setting.isHeadline, row.key.outputs == .primary else { continue }
        gaps[GapKey(model: row.key.model, metric: row.key.metric), default: []].append(row)
      } else if !row.key.subgroup.isEveryone, seen.insert(row.key.subgroup).inserted {
        groups[row.key.subgroup.attributes, default: []].append(row.key.subgroup)
      }
    }
    self.positions = positions
    groupsByDimension = groups
    gapsByMetric = gaps
  }

  /// Nil in a study of one.
  var finding: String? { cohort.finding }
  var models: [ModelDefinition] { plan.cohort.models }
  /// Models are named beside their results only where there are several.
  var hasSeveralModels: Bool { plan.cohort.modelNames.count > 1 }

  /// With the whole plan and every judgement, for what is said of all findings together.
  var ofEveryFinding: Evidence {
    var copy = self
    copy.plan = study.plan
    copy.judgements = study.judgements
    return copy
  }

  /// What a judgement is of, as far as it must be told apart: `RBBB, Vendor B`.
  func aim(of judgement: Judgement) -> String? {
    let names = [judgement.finding, hasSeveralModels ? judgement.model : nil].compactMap { $0 }
    return names.isEmpty ? nil : names.joined(separator: ", ")
  }

  func row(_ key: Row.Key) -> Row? { positions[key].map { study.rows[$0] } }

  func row(
    _ metric: String, of model: String, in subgroup: Subgroup = .everyone, at setting: Setting = .headline,
    outputs: Row.Outputs = .primary
  ) -> Row? {
    row(
      Row.Key(
        model: model, finding: finding, subgroup: subgroup, metric: metric, setting: setting, outputs: outputs
      )
    )
  }

  /// The groups of a dimension, in the order of the study's rows.
  func groups(of dimension: [String]) -> [Subgroup] { groupsByDimension[dimension] ?? [] }

  /// The differences between groups in one metric at its headline setting, in the order of the study's rows.
  func gaps(in metric: String, of model: String) -> [Row] {
    gapsByMetric[GapKey(model: model, metric: metric)] ?? []
  }

  func generalisability(of model: String, over attribute: String) -> [Generalisability] {
    study.generalisability.filter {
      $0.model == model && $0.finding == finding && $0.attribute == attribute
    }
  }

  func heterogeneity(of model: String, by dimension: [String]) -> [Heterogeneity] {
    study.heterogeneity.filter {
      $0.model == model && $0.finding == finding && [$0.attribute] == dimension
    }
  }

  /// Whom counts are of: people only where the plan names patients and each has one case.
  var casesOrPeople: String { cohort.patients == cohort.cases ? "people" : "cases" }

  func summary(of model: String) -> ModelSummary? { cohort.models.first { $0.name == model } }

  func curve(_ kind: Curve.Kind, of model: String) -> Curve? {
    study.curves.first {
      $0.kind == kind && $0.model == model && $0.finding == finding && $0.subgroup.isEveryone
    }
  }

  /// Said where the groups of a dimension share cases.
  func overlap(of dimension: [String]) -> String? {
    let several = cohort.attributes.filter { $0.overlaps && dimension.contains($0.name) }.map(\.name)
    guard !several.isEmpty else { return nil }
    return
      "Groups by \(several.enumeration) overlap: a case is in every group that it names, alone or in combination, so that the groups add up to more than all cases."
  }

  var dimensions: [[String]] { plan.subgroups.filter { $0.count == 1 } }
  var intersections: [[String]] { plan.subgroups.filter { $0.count > 1 } }

  /// Of protocol, mapping and data, so that different evidence has a different id.
  var reportID: String {
    ([provenance.protocolHash, provenance.mappingHash] + provenance.inputs.prefix(1).map(\.sha256))
      .map { String($0.prefix(8)) }.joined(separator: "-")
  }
}
