internal import Statistics

/// The summaries of one attribute, over its assessable groups.
struct FairnessPass {
  typealias Measured = (group: Subgroup, measurement: Measurement, evidence: Evidence)

  let confidence: Double
  let gapInterval: GapInterval
  let aucInterval: AUCInterval
  let groups: [(group: Subgroup, evidence: Evidence)]
  let measured: (Metric, Evidence) -> Result<Measurement, Undefined>

  func finding(_ definition: FairnessSummary.Definition) throws(Undefined) -> FairnessSummary.Finding {
    var farthest: FairnessSummary.Finding?
    for id in definition.metrics {
      guard let metric = Metric.named(id) else { continue }
      let finding = try finding(definition, in: metric)
      if finding.estimate.value > farthest?.estimate.value ?? -1 { farthest = finding }
    }
    guard let farthest else { throw .noCases }
    return farthest
  }

  private func finding(
    _ definition: FairnessSummary.Definition, in metric: Metric
  ) throws(Undefined) -> FairnessSummary.Finding {
    let all = groups.compactMap { group, evidence -> Measured? in
      (try? measured(metric, evidence).get()).map { (group, $0, evidence) }
    }
    guard all.count > 1, let high = all.max(by: { $0.measurement.value < $1.measurement.value }),
      let low = all.min(by: { $0.measurement.value < $1.measurement.value })
    else {
      throw .tooFewGroups(found: all.count)
    }
    // Every pair could have been the farthest.
    let pairs = Double(all.count * (all.count - 1) / 2)
    let tail = (1 - confidence) / 2 / pairs
    let gap = Gap(
      metric: metric, areaInterval: aucInterval, proportionInterval: gapInterval,
      first: (high.measurement, high.evidence), second: (low.measurement, low.evidence))
    var estimate: Estimate
    if definition == .selectionRateRatio {
      estimate = try ratio(low, high, gap, tail: tail)
    } else {
      estimate = gap.measurement.estimate(confidence: 1 - 2 * tail)
    }
    if pairs > 1, let interval = estimate.interval {
      estimate = Estimate(
        value: estimate.value,
        interval: Interval(lower: interval.lower, upper: interval.upper, level: confidence),
        method: estimate.method + ", every pair (Bonferroni)", caveat: estimate.caveat,
        hasFewEvents: estimate.hasFewEvents)
    }
    return FairnessSummary.Finding(
      metric: metric.id, higher: high.group, lower: low.group, groups: all.count, estimate: estimate)
  }

  /// Koopman's interval of independent cases; of patients Wald's on the log scale, from both sides jointly.
  private func ratio(
    _ low: Measured, _ high: Measured, _ gap: Gap, tail: Double
  ) throws(Undefined) -> Estimate {
    let (a, b) = (low.measurement.value, high.measurement.value)
    guard b > 0 else { throw .noFlagged }
    if let lowShare = low.measurement.support.proportion, let highShare = high.measurement.support.proportion,
      low.evidence.clusters == nil, high.evidence.clusters == nil
    {
      return Estimate(
        value: a / b, interval: try ScoreComparison(lowShare, highShare).ratio(tail: tail), method: "koopman",
        hasFewEvents: low.measurement.isSparse || high.measurement.isSparse)
    }
    guard a > 0, let ofLow = low.measurement.variance, let ofHigh = high.measurement.variance else {
      return Estimate(
        value: a / b, interval: nil, method: "none", caveat: "no interval at the edge of the range")
    }
    let logVariance = ofLow / (a * a) + ofHigh / (b * b) - 2 * gap.covariance / (a * b)
    let patients = [low, high].compactMap(\.evidence.clusters?.counted.all).min() ?? 2
    let limits = Measurement.wald(
      a / b, .log, variance: logVariance * (a / b) * (a / b),
      reference: .student(Double(max(1, patients - 1))))
    return Estimate(
      value: a / b, interval: limits?(tail), method: limits == nil ? "none" : "log-wald, by patient",
      caveat: limits == nil ? "no interval at the edge of the range" : nil,
      hasFewEvents: low.measurement.isSparse || high.measurement.isSparse)
  }
}

extension ModelPass {
  /// - Parameter evidence: Of every group of a dimension of one attribute.
  func fairness(in dimension: Dimension, _ evidence: [Evidence]) -> [FairnessSummary] {
    guard !definition.decisionNames.isEmpty else { return [] }
    let pass = FairnessPass(
      confidence: plan.confidence, gapInterval: plan.gapInterval, aucInterval: plan.aucInterval,
      groups: zip(dimension.groups, evidence).filter { isAssessable($0, $1) }.map { ($0, $1) },
      measured: { metric, evidence in self.measured(metric, evidence, self.settings(of: metric)[0].1) })
    return FairnessSummary.Definition.allCases.map { definition in
      FairnessSummary(
        model: model.name, finding: finding, attribute: dimension.attributes[0], definition: definition,
        result: Result { () throws(Undefined) in
          guard !dimension.overlaps else { throw .groupsOverlap }
          return try pass.finding(definition)
        })
    }
  }
}
