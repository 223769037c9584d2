internal import Statistics

/// One model's way through the cohort of one finding; the plan is as it stands for that finding.
struct ModelPass {
  let cohort: Cohort
  let plan: AnalysisPlan
  let finding: String?
  let definition: ModelDefinition
  let model: ModelOutputs
  let metrics: [Metric]

  /// What the model's pass found.
  struct Outcome {
    var lines: [Evaluation.Line] = []
    var curves = Curves()
    var heterogeneity: [Heterogeneity] = []
    var generalisability: [Generalisability] = []
    var fairness: [FairnessSummary] = []
    var recalibration: RecalibrationAdvice?
    var unknownBounds: [UnknownBounds] = []
    var joint: [JointGaps] = []
    var onRequest = OnRequest()
  }

  func run(
    _ dimensions: [(dimension: Dimension, compares: Bool)], _ workers: Workers
  ) -> Outcome {
    let order = OrderedCases.scoreOrder(of: model)
    let hasFailures = model.failed.contains(1)
    let others = hasFailures ? OutputRule.allCases.filter { $0 != plan.outputRule } : []
    var lines: [Evaluation.Line] = []
    var gaps: [Evaluation.Line] = []
    var heterogeneity: [Heterogeneity] = []
    var generalisability: [Generalisability] = []
    var curves: Curves?
    var fairness: [FairnessSummary] = []
    var recalibration: RecalibrationAdvice?
    var unknownBounds: [UnknownBounds] = []
    var compared: [Compared] = []
    var onRequest = OnRequest()
    for outputs in [Row.Outputs.primary] + others.map(Row.Outputs.rule) {
      let rule = if case .rule(let rule) = outputs { rule } else { plan.outputRule }
      let ordered = OrderedCases(
        cohort, model, operatingPoints: definition.decisionNames.count, rule: rule, scoreOrder: order)
      let everyone = self.evidence(of: ordered.everyone)
      if curves == nil {
        curves = Curves(ordered.everyone, definition: definition, finding: finding, plan: plan)
      }
      lines += rows(of: .everyone, everyone, outputs)
      let verification = VerificationPass(self, rule: rule, outputs: outputs)
      lines += verification?.lines(of: .everyone, everyone) ?? []
      if outputs == .primary, metrics.contains(where: { $0.id == "net_benefit" }) {
        addDecisions(to: &curves, ordered, dimensions.map(\.dimension))
      }
      if outputs == .primary { onRequest.resampled += resampled(.everyone, ordered.everyone, workers) }
      for (dimension, compares) in dimensions {
        let evidence = self.evidence(ofEveryGroupIn: dimension, ordered, workers)
        if outputs == .primary {
          onRequest.resampled += resampled(everyGroupIn: dimension, ordered, workers)
          onRequest.shrunken += shrunken(in: dimension, evidence)
        }
        for (group, evidence) in zip(dimension.groups, evidence) {
          lines += rows(of: group, evidence, outputs)
        }
        lines += verification?.lines(in: dimension, evidence) ?? []
        if outputs == .primary, dimension.attributes.count == 1 {
          unknownBounds += self.unknownBounds(in: dimension, evidence)
        }
        if compares, outputs == .primary {
          let found = self.gaps(in: dimension, evidence, ordered, workers)
          compared += found
          gaps += found.flatMap(\.lines)
          if dimension.attributes.count == 1 {
            fairness += self.fairness(in: dimension, evidence)
            heterogeneity += self.heterogeneity(in: dimension, evidence, everyone: everyone)
            generalisability += self.generalisability(
              in: dimension, evidence, everyone: everyone, ordered, without: found.complements, workers)
          }
        }
      }
      if outputs == .primary {
        gaps += adjustedGaps(dimensions, ordered, crude: gaps, workers)
        recalibration = self.recalibration(dimensions.map(\.dimension), ordered, workers)
      }
    }
    return Outcome(
      lines: lines + gaps, curves: curves ?? Curves(), heterogeneity: heterogeneity,
      generalisability: generalisability, fairness: fairness, recalibration: recalibration,
      unknownBounds: unknownBounds, joint: jointGaps(compared), onRequest: onRequest)
  }

  /// Decision curves of everyone and of the groups of each single attribute.
  private func addDecisions(
    to curves: inout Curves?, _ ordered: OrderedCases, _ dimensions: [Dimension]
  ) {
    func add(_ sample: Sample, _ group: Subgroup) {
      curves?.addDecision(
        sample.ranked, of: group, definition: definition, finding: finding, plan: plan)
    }
    add(ordered.everyone, .everyone)
    for dimension in dimensions where dimension.attributes.count == 1 && !dimension.overlaps {
      let samples = ordered.dealt(by: dimension.codes, groups: dimension.groups.count)
      for (group, sample) in zip(dimension.groups, samples) { add(sample, group) }
    }
  }

  // MARK: Rows of one group

  private func rows(of group: Subgroup, _ evidence: Evidence, _ outputs: Row.Outputs) -> [Evaluation.Line] {
    metrics.flatMap { metric -> [Evaluation.Line] in
      // Failed outputs touch decisions and ranks; the rest is the same under every rule.
      guard outputs == .primary || metric.readsFailedOutputs else { return [] }
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
  func settings(of metric: Metric) -> [(Setting, Measure.Choices)] {
    let headline = Measure.Choices(proportionInterval: plan.proportionInterval, aucInterval: plan.aucInterval)
    var settings = [(Setting.headline, headline)]
    if metric.needs == .decision {
      for (index, name) in definition.decisionNames.enumerated().dropFirst() {
        var choices = headline
        choices.operatingPoint = index
        settings.append((Setting(operatingPoint: name), choices))
      }
    }
    if Metric.atPrevalence.contains(metric.id) {
      for prevalence in plan.prevalences {
        var choices = headline
        choices.prevalence = prevalence
        settings.append((Setting(prevalence: prevalence), choices))
      }
    }
    if let (first, others) = readings(of: metric, headline) {
      settings = [(.headline, first)] + others
    }
    return settings
  }

  /// Where the plan has a metric of the whole curve taken, the headline first; nil for other metrics.
  private func readings(
    of metric: Metric, _ choices: Measure.Choices
  ) -> (headline: Measure.Choices, others: [(Setting, Measure.Choices)])? {
    func each(
      _ values: [Double], _ choice: WritableKeyPath<Measure.Choices, Double>, _ setting: (Double) -> Setting
    ) -> (Measure.Choices, [(Setting, Measure.Choices)])? {
      let all = values.map { value in
        var choices = choices
        choices[keyPath: choice] = value
        return (setting(value), choices)
      }
      return all.first.map { ($0.1, Array(all.dropFirst())) }
    }
    switch metric.id {
    case "sensitivity_at_specificity":
      return each(plan.readings.specificities, \.specificity) { .at(specificity: $0) }
    case "specificity_at_sensitivity":
      return each(plan.readings.sensitivities, \.sensitivity) { .at(sensitivity: $0) }
    case "net_benefit":
      return each(plan.riskThresholds(of: definition), \.riskThreshold) { .at(threshold: $0) }
    default: return nil
    }
  }

  func measured(
    _ metric: Metric, _ evidence: Evidence, _ choices: Measure.Choices
  ) -> Result<Measurement, Undefined> {
    Result { () throws(Undefined) in
      if plan.cohort.hasComparator, Metric.ofTruth.contains(metric.id) { throw .needsTruth }
      let measurement = try metric.measure.take(evidence, choices)
      // One minus a share that a heavy case has rounded to one.
      guard measurement.value.isFinite else { throw .weightsTooFarApart }
      return measurement
    }
  }

  func line(
    _ key: Row.Key, _ measured: Result<Measurement, Undefined>, _ evidence: Evidence, isAssessable: Bool,
    test: Row.Test? = nil
  ) -> Evaluation.Line {
    switch measured {
    case .success(let measured):
      let measurement =
        cohort.weights == nil ? measured : measured.weighted(byCase: cohort.patients == nil)
      let nullTest = measurement.nullP.map { Row.Test(p: $0, pAdjusted: nil, family: "perfect calibration") }
      return Evaluation.Line(
        row: Row(
          key: key, result: .estimated(measurement.estimate(confidence: plan.confidence)),
          support: measurement.support, test: test ?? nullTest, isAssessable: isAssessable),
        limits: measurement.limits)
    case .failure(let reason):
      return Evaluation.Line(
        row: Row(
          key: key, result: .undefined(reason),
          support: cohort.weights == nil
            ? evidence.support() : evidence.support().weighted(byCase: cohort.patients == nil),
          isAssessable: isAssessable),
        limits: nil)
    }
  }

  func isAssessable(_ group: Subgroup, _ evidence: Evidence) -> Bool {
    // Of weighted cases as many as they are worth.
    !group.hasUnknown
      && Double(evidence.positives) * evidence.weights.positives.evenness
        >= Double(plan.smallestSubgroup.positives)
      && Double(evidence.negatives) * evidence.weights.negatives.evenness
        >= Double(plan.smallestSubgroup.negatives)
  }

  // MARK: Gaps

  /// The gaps of one group, and what was measured over its complement.
  struct Compared: Sendable {
    let group: Int
    let lines: [Evaluation.Line]
    let complement: [String: Result<Measurement, Undefined>]?
    /// For max-T: by metric, as `jointInfluence` gives it.
    let influence: [String: [Double]]
  }

  func gaps(
    in dimension: Dimension, _ evidence: [Evidence], _ ordered: OrderedCases,
    everyGroup: Bool = false, only one: Subgroup? = nil, _ workers: Workers
  ) -> [Compared] {
    let reference =
      dimension.attributes.count == 1 && !everyGroup
      ? plan.referenceGroups[dimension.attributes[0]] : nil
    let comparisons = dimension.comparisons(
      sizes: evidence.map(\.cases), referenceGroup: reference == "complement" ? nil : reference,
      everyGroup: everyGroup
    ).filter { one == nil || dimension.groups[$0.group] == one }
    let each = plan.gapFamily == .maxT && cohort.patients == nil && cohort.weights == nil
    let ownPatients = each ? ordered.eachItsOwnPatient : ordered
    return workers.map(comparisons.count) { index in
      let (group, minus, cells) = comparisons[index]
      // Where a case stands on both sides and no patient is named, each case counts as one: what the two sides share is
      // then known from their influence.
      let isShared = !Set(dimension.cells[group]).isDisjoint(with: cells)
      let byCase = isShared && cohort.patients == nil && cohort.weights == nil
      let cases = byCase ? ordered.eachItsOwnPatient : ordered
      let first = byCase ? self.evidence(of: dimension.cells[group], in: dimension, cases) : evidence[group]
      let others = dimension.groups.indices.filter { cells.contains($0) && evidence[$0].cases > 0 }
      let second =
        !dimension.overlaps && others.count == 1
        ? evidence[others[0]] : self.evidence(of: cells, in: dimension, cases)
      let lines = metrics.filter(\.hasDifference).flatMap { metric in
        settings(ofGapsIn: metric, across: dimension.attributes).map { setting, choices in
          gap(
            of: metric, dimension.groups[group], first, minus: minus, second, setting, choices, byCase: byCase
          )
        }
      }
      let tested = metrics.filter { Metric.tested.contains($0.id) }
      let influence =
        plan.gapFamily != .maxT
        ? [:]
        : each
          ? jointInfluence(
            self.evidence(of: dimension.cells[group], in: dimension, ownPatients),
            minus: self.evidence(of: cells, in: dimension, ownPatients))
          : jointInfluence(first, minus: second)
      return Compared(
        group: group,
        lines: isShared ? lines : permuted(lines, group, minus: cells, in: dimension, ordered),
        complement: minus != .complement
          ? nil
          : Dictionary(
            uniqueKeysWithValues: tested.map { ($0.id, measured($0, second, settings(of: $0)[0].1)) }),
        influence: influence)
    }
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

  func evidence(
    ofEveryGroupIn dimension: Dimension, _ ordered: OrderedCases, _ workers: Workers
  ) -> [Evidence] {
    if dimension.overlaps {
      return workers.map(dimension.groups.count) {
        evidence(of: dimension.cells[$0], in: dimension, ordered)
      }
    }
    let samples = ordered.dealt(by: dimension.codes, groups: dimension.groups.count)
    return workers.map(samples.count) { evidence(of: samples[$0]) }
  }

  /// The evidence of several cells together.
  func evidence(of cells: [Int], in dimension: Dimension, _ ordered: OrderedCases) -> Evidence {
    var belongs = [UInt16](repeating: 1, count: Int(UInt16.max) + 1)
    for cell in cells { belongs[cell] = 0 }
    let codes = dimension.codes.map { belongs[Int($0)] }
    return evidence(of: ordered.dealt(by: codes, groups: 1)[0])
  }

  func evidence(of sample: Sample) -> Evidence {
    Evidence(
      sample, isProbability: definition.isProbability,
      asking: CurveQuestions(plan, metrics, of: definition))
  }

  private func gap(
    of metric: Metric, _ group: Subgroup, _ first: Evidence, minus: Comparator, _ second: Evidence,
    _ setting: Setting, _ choices: Measure.Choices, byCase: Bool
  ) -> Evaluation.Line {
    let key = Row.Key(
      model: model.name, finding: finding, subgroup: group, subgroupMinus: minus, metric: metric.id,
      setting: setting)
    let isAssessable =
      isAssessable(group, first) && second.positives >= plan.smallestSubgroup.positives
      && second.negatives >= plan.smallestSubgroup.negatives
    let gap = Result { () throws(Undefined) in
      let measuredFirst = try measured(metric, first, choices).get()
      let measuredSecond = try measured(metric, second, choices).mapError { Undefined.inComparator($0) }.get()
      return Gap(
        metric: metric, areaInterval: plan.aucInterval, proportionInterval: plan.gapInterval,
        first: (measuredFirst, first),
        second: (measuredSecond, second))
    }
    let difference = gap.map { byCase ? $0.measurement.ofCases : $0.measurement }
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

extension [ModelPass.Compared] {
  /// By group.
  var complements: [Int: [String: Result<Measurement, Undefined>]] {
    Dictionary(
      compactMap { one in one.complement.map { (one.group, $0) } }, uniquingKeysWith: { first, _ in first })
  }
}
