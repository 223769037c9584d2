internal import Statistics

/// One model's way through the cohort of one finding; the plan is as it stands for that finding.
struct ModelPass {
  let cohort: Cohort
  let plan: AnalysisPlan
  let finding: String?
  let definition: ModelDefinition
  let model: ModelOutputs
  let metrics: [Metric]

  func run(
    _ dimensions: [(dimension: Dimension, compares: Bool)], _ workers: Workers
  ) -> (lines: [Evaluation.Line], curves: Curves) {
    let order = OrderedCases.scoreOrder(of: model)
    let hasFailures = model.failed.contains(1)
    let others = hasFailures ? OutputRule.allCases.filter { $0 != plan.outputRule } : []
    var lines: [Evaluation.Line] = []
    var gaps: [Evaluation.Line] = []
    var curves: Curves?
    for outputs in [Row.Outputs.primary] + others.map(Row.Outputs.rule) {
      let rule = if case .rule(let rule) = outputs { rule } else { plan.outputRule }
      let ordered = OrderedCases(
        cohort, model, operatingPoints: definition.decisionNames.count, rule: rule, scoreOrder: order)
      let everyone = Evidence(ordered.everyone, isProbability: definition.isProbability)
      if curves == nil {
        curves = Curves(ordered.everyone, definition: definition, finding: finding, plan: plan)
      }
      lines += rows(of: .everyone, everyone, outputs)
      for (dimension, compares) in dimensions {
        let samples = ordered.dealt(by: dimension.codes, groups: dimension.groups.count)
        let evidence = workers.map(samples.count) {
          Evidence(samples[$0], isProbability: definition.isProbability)
        }
        for (group, evidence) in zip(dimension.groups, evidence) {
          lines += rows(of: group, evidence, outputs)
        }
        if compares, outputs == .primary {
          gaps += self.gaps(in: dimension, evidence, ordered, workers)
        }
      }
    }
    return (lines + gaps, curves ?? Curves())
  }

  // MARK: Rows of one group

  private func rows(of group: Subgroup, _ evidence: Evidence, _ outputs: Row.Outputs) -> [Evaluation.Line] {
    metrics.flatMap { metric -> [Evaluation.Line] in
      // Failed outputs touch decisions and ranks; the rest is the same under every rule.
      guard outputs == .primary || metric.needs == .decision || metric.needs == .score else { return [] }
      return settings(of: metric).map { setting, choices in
        let key = Row.Key(
          model: model.name, finding: finding, subgroup: group, metric: metric.id, setting: setting,
          outputs: outputs)
        return line(
          key, measured(metric, evidence, choices), evidence, isAssessable: isAssessable(group, evidence))
      }
    }
  }

  /// The headline first; then the other operating points, then stated prevalences.
  private func settings(of metric: Metric) -> [(Setting, Measure.Choices)] {
    let headline = Measure.Choices(proportionInterval: plan.proportionInterval, aucInterval: plan.aucInterval)
    var settings = [(Setting.headline, headline)]
    if metric.needs == .decision {
      for (index, name) in definition.decisionNames.enumerated().dropFirst() {
        var choices = headline
        choices.operatingPoint = index
        settings.append((Setting(operatingPoint: name), choices))
      }
    }
    if metric.id == "ppv" || metric.id == "npv" {
      for prevalence in plan.prevalences {
        var choices = headline
        choices.prevalence = prevalence
        settings.append((Setting(prevalence: prevalence), choices))
      }
    }
    return settings
  }

  private func measured(
    _ metric: Metric, _ evidence: Evidence, _ choices: Measure.Choices
  ) -> Result<Measurement, Undefined> {
    Result { () throws(Undefined) in try metric.measure.take(evidence, choices) }
  }

  private func line(
    _ key: Row.Key, _ measured: Result<Measurement, Undefined>, _ evidence: Evidence, isAssessable: Bool,
    test: Row.Test? = nil
  ) -> Evaluation.Line {
    switch measured {
    case .success(let measurement):
      let nullTest = measurement.nullP.map { Row.Test(p: $0, pAdjusted: nil, family: "perfect calibration") }
      return Evaluation.Line(
        row: Row(
          key: key, result: .estimated(measurement.estimate(confidence: plan.confidence)),
          support: measurement.support, test: test ?? nullTest, isAssessable: isAssessable),
        limits: measurement.limits)
    case .failure(let reason):
      return Evaluation.Line(
        row: Row(
          key: key, result: .undefined(reason), support: evidence.support(), isAssessable: isAssessable),
        limits: nil)
    }
  }

  private func isAssessable(_ group: Subgroup, _ evidence: Evidence) -> Bool {
    !group.hasUnknown && evidence.positives >= plan.smallestSubgroup.positives
      && evidence.negatives >= plan.smallestSubgroup.negatives
  }

  // MARK: Gaps

  private func gaps(
    in dimension: Dimension, _ evidence: [Evidence], _ ordered: OrderedCases, _ workers: Workers
  ) -> [Evaluation.Line] {
    let reference = dimension.attributes.count == 1 ? plan.referenceGroups[dimension.attributes[0]] : nil
    let comparisons = dimension.comparisons(
      sizes: evidence.map(\.cases), referenceGroup: reference == "complement" ? nil : reference)
    return workers.map(comparisons.count) { index in
      let (group, minus, comparator) = comparisons[index]
      let second = self.evidence(of: comparator, in: dimension, evidence, ordered)
      return metrics.filter(\.hasDifference).flatMap { metric in
        settings(ofGapsIn: metric, across: dimension.attributes).map { setting, choices in
          gap(of: metric, dimension.groups[group], evidence[group], minus: minus, second, setting, choices)
        }
      }
    }.flatMap { $0 }
  }

  /// The headline, and the other operating points that a criterion aims at.
  private func settings(
    ofGapsIn metric: Metric, across attributes: [String]
  ) -> [(Setting, Measure.Choices)] {
    let aimed = plan.criteria.filter { criterion in
      guard case .gap(let across) = criterion.scope else { return false }
      return [across] == attributes && criterion.metric == metric.id
        && criterion.model.map { $0 == model.name } ?? true
    }.map { definition.setting(at: $0.operatingPoint) }
    return settings(of: metric).filter { $0.0.isHeadline || aimed.contains($0.0) }
  }

  /// The evidence of several groups together; of one that has all the cases, its own.
  private func evidence(
    of groups: [Int], in dimension: Dimension, _ evidence: [Evidence], _ ordered: OrderedCases
  ) -> Evidence {
    let present = groups.filter { evidence[$0].cases > 0 }
    if present.count == 1 { return evidence[present[0]] }
    let members = Set(groups)
    let belongs = dimension.groups.indices.map { members.contains($0) ? UInt16(0) : 1 }
    let codes = dimension.codes.map { belongs[Int($0)] }
    return Evidence(ordered.dealt(by: codes, groups: 1)[0], isProbability: definition.isProbability)
  }

  private func gap(
    of metric: Metric, _ group: Subgroup, _ first: Evidence, minus: Comparator, _ second: Evidence,
    _ setting: Setting, _ choices: Measure.Choices
  ) -> Evaluation.Line {
    let key = Row.Key(
      model: model.name, finding: finding, subgroup: group, subgroupMinus: minus, metric: metric.id,
      setting: setting)
    let isAssessable =
      isAssessable(group, first) && second.positives >= plan.smallestSubgroup.positives
      && second.negatives >= plan.smallestSubgroup.negatives
    let gap = Result { () throws(Undefined) in
      let measuredFirst = try metric.measure.take(first, choices)
      let measuredSecond = try Result { () throws(Undefined) in try metric.measure.take(second, choices) }
        .mapError { Undefined.inComparator($0) }.get()
      return Gap(
        metric: metric, areaInterval: plan.aucInterval, first: (measuredFirst, first),
        second: (measuredSecond, second))
    }
    let difference = gap.map(\.measurement)
    var test: Row.Test?
    if isAssessable, setting.isHeadline, Metric.tested.contains(metric.id), case .success(let gap) = gap,
      gap.isTestable,
      let p = gap.measurement.twoSidedP(of: 0)
    {
      test = Row.Test(p: p, pAdjusted: nil, family: Metric.familyName)
    }
    return line(key, difference, first, isAssessable: isAssessable, test: test)
  }
}
