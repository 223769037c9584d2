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
        if outputs != .primary, judgesGapsOfFailedOutputs(across: dimension) {
          gaps += self.gaps(in: dimension, evidence, ordered, outputs: outputs, workers).flatMap(\.lines)
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
}
