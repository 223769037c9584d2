internal import Statistics

/// Every row of a study, before any criterion is held against it.
///
/// For each finding, model and rule for its failed outputs the cases are sorted once and dealt out to the groups of each
/// dimension; each group's evidence is gathered by itself, so that threads never meet and bytes never depend on them.
struct Evaluation {
  /// A row with the road to its interval at any level, which judging needs.
  struct Line: Sendable {
    var row: Row
    let limits: Measurement.Limits?

    /// An assessable difference in one of the measures that are tested, at the headline.
    var isOfFamily: Bool {
      row.key.subgroupMinus != nil && row.isAssessable && row.key.setting.isHeadline
        && row.key.outputs == .primary && Metric.tested.contains(row.key.metric)
    }
  }

  var lines: [Line] = []
  /// For each finding, one for each of its models.
  private(set) var curves: [[Curves]] = []
  private(set) var fairness: [FairnessSummary] = []
  private(set) var heterogeneity: [Heterogeneity] = []
  private(set) var generalisability: [Generalisability] = []
  private(set) var recalibration: [RecalibrationAdvice] = []
  private(set) var unknownBounds: [UnknownBounds] = []
  private(set) var joint: [JointGaps] = []
  var onRequest = OnRequest()

  /// - Parameter cohorts: One for each finding of the plan.
  init(of cohorts: [Cohort], following plan: AnalysisPlan, using workers: Workers) throws(PlanError) {
    let metrics = try Evaluation.metrics(of: plan)
    for (finding, cohort) in zip(plan.cohort.findings, cohorts) {
      if plan.cohort.sampling == .enriched, let weights = cohort.weights, weights.min() == weights.max() {
        throw .evenWeights
      }
      let plan = plan.only(finding)
      let dimensions = try Evaluation.dimensions(of: plan, in: cohort)
      var curves: [Curves] = []
      for definition in finding.models {
        guard let model = cohort.models.first(where: { $0.name == definition.name }) else {
          throw .unknownModel(definition.name, known: cohort.models.map(\.name))
        }
        let pass = ModelPass(
          cohort: cohort, plan: plan, finding: finding.id, definition: definition, model: model,
          metrics: metrics)
        let result = pass.run(dimensions, workers)
        lines += result.lines
        heterogeneity += result.heterogeneity
        generalisability += result.generalisability
        if let advice = result.recalibration { recalibration.append(advice) }
        curves.append(result.curves)
        fairness += result.fairness
        unknownBounds += result.unknownBounds
        joint += result.joint
        onRequest += result.onRequest
        onRequest.slices += pass.slices(workers)
      }
      self.curves.append(curves)
    }
    for model in plan.cohort.modelNames {
      adjust(model, by: plan.gapFamily)
      if plan.gapFamily == .maxT { adjustTogether(model, plan, using: workers) }
    }
  }

  /// Holm over a model's family of gaps, through all findings and subgroups, and over its tests of heterogeneity. Gaps with
  /// too few events to test stay in the family, as if p were 1: which groups have few events is seen only in the data.
  private mutating func adjust(_ model: String, by choice: GapFamily) {
    let family = lines.indices.filter { lines[$0].isOfFamily && lines[$0].row.key.model == model }
    let p = family.map { lines[$0].row.test?.p ?? 1 }
    let screens = choice == .benjaminiHochberg
    for (index, adjusted) in zip(
      family, screens ? FalseDiscovery.benjaminiHochberg(p) : FamilyWise.holm(p))
    {
      lines[index].row.test = lines[index].row.test.map {
        $0.adjusted(adjusted, in: screens ? Metric.screeningName : $0.family)
      }
    }
    let tests = heterogeneity.indices.filter {
      heterogeneity[$0].model == model && heterogeneity[$0].tests != nil
    }
    let pOfTests = FamilyWise.holm(tests.compactMap { heterogeneity[$0].tests?.p })
    for (index, adjusted) in zip(tests, pOfTests) {
      heterogeneity[index].result = heterogeneity[index].result.map { tests in
        var tests = tests
        tests.pAdjusted = adjusted
        return tests
      }
    }
  }

  /// The plan's metrics and those that its criteria ask for, in catalogue order.
  private static func metrics(of plan: AnalysisPlan) throws(PlanError) -> [Metric] {
    let wanted = Set(plan.metrics + plan.criteria.map(\.metric))
    for id in plan.metrics + plan.criteria.map(\.metric) where Metric.named(id) == nil {
      throw .unknownMetric(id)
    }
    return Metric.catalog.filter { wanted.contains($0.id) }
  }

  private static func check(_ term: Subgroup.Term, in cohort: Cohort) throws(PlanError) {
    guard let attribute = cohort.attribute(term.attribute) else {
      throw .unknownAttribute(term.attribute, known: cohort.attributes.map(\.name))
    }
    guard case .named(let level) = term.level, !attribute.levels.contains(level) else { return }
    throw .unknownGroup(attribute: term.attribute, level: level, known: attribute.levels)
  }

  /// The plan's dimensions, then those that only a criterion names.
  private static func dimensions(
    of plan: AnalysisPlan, in cohort: Cohort
  ) throws(PlanError) -> [(dimension: Dimension, compares: Bool)] {
    var wanted = plan.subgroups
    func want(_ names: [String]) {
      if !wanted.contains(where: { Set($0) == Set(names) }) { wanted.append(names) }
    }
    var compared: Set<String> = []
    for criterion in plan.criteria {
      switch criterion.scope {
      case .overall, .everySubgroup(of: nil): break
      case .everySubgroup(of: .some(let named)): named.forEach(want)
      case .gap(let attribute):
        want([attribute])
        compared.insert(attribute)
      case .group(let subgroup):
        want(subgroup.attributes)
        for term in subgroup.terms { try check(term, in: cohort) }
      }
    }
    var dimensions: [(Dimension, Bool)] = []
    for names in wanted {
      let dimension = try Dimension(names, in: cohort)
      if names.count == 1, let reference = plan.referenceGroups[names[0]], reference != "complement" {
        guard dimension.groups.contains(where: { $0.terms[0].level == .named(reference) }) else {
          throw .unknownGroup(
            attribute: names[0], level: reference, known: dimension.groups.map { $0.terms[0].level.label })
        }
      }
      let compares =
        switch plan.gaps {
        case .all: true
        case .marginal: names.count == 1
        case .none: false
        }
      dimensions.append((dimension, compares || (names.count == 1 && compared.contains(names[0]))))
    }
    return dimensions
  }
}
