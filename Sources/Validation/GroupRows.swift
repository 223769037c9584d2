internal import Statistics

/// What one model's pass says of one group: every metric of the plan, wherever the plan has it taken.
extension ModelPass {
  func rows(of group: Subgroup, _ evidence: Evidence, _ outputs: Row.Outputs) -> [Evaluation.Line] {
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
          support: measurement.support, test: test ?? nullTest, isAssessable: isAssessable,
          isPrespecified: key.outputs == .primary),
        limits: measurement.limits)
    case .failure(let reason):
      return Evaluation.Line(
        row: Row(
          key: key, result: .undefined(reason),
          support: cohort.weights == nil
            ? evidence.support() : evidence.support().weighted(byCase: cohort.patients == nil),
          isAssessable: isAssessable, isPrespecified: key.outputs == .primary),
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
}
