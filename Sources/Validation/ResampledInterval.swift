public import Statistics

/// An interval by resampling beside that of the table: of all cases, or of one group.
public struct ResampledInterval: Hashable, Sendable {
  public let model: String
  public let finding: String?
  public let subgroup: Subgroup
  public let metric: String
  public let value: Double
  /// That of the row.
  public let interval: Interval?
  public let limits: Result<Limits, Undefined>
  public let replicates: Int
  /// Resamples in which it has no value.
  public let undefined: Int
  /// Positives and negatives were drawn apart.
  public let isByTruth: Bool

  public struct Limits: Hashable, Sendable {
    public let percentile: Interval
    public let bca: Interval
    public let acceleration: Double
  }

  /// With more resamples than this share without a value, the others are no picture of the sampling.
  static let mostUndefined = 0.01
}

extension ModelPass {
  func resampled(
    everyGroupIn dimension: Dimension, _ ordered: OrderedCases, _ workers: Workers
  ) -> [ResampledInterval] {
    guard plan.bootstrap?.groups == true, dimension.attributes.count == 1, !dimension.overlaps else {
      return []
    }
    let samples = ordered.dealt(by: dimension.codes, groups: dimension.groups.count)
    return zip(dimension.groups, samples).flatMap { resampled($0, $1, workers) }
  }

  /// Metrics that depend on the prevalence are resampled with it, unless the plan fixed it by how cases were sampled.
  func resampled(_ group: Subgroup, _ sample: Sample, _ workers: Workers) -> [ResampledInterval] {
    guard let bootstrap = plan.bootstrap, sample.count > 0 else { return [] }
    let asked = metrics.filter { $0.hasInterval && bootstrap.metrics?.contains($0.id) ?? true }
    let isEnriched = plan.cohort.sampling == .enriched
    let schemes = [true, false].map { byTruth in
      Resampled(
        pass: self, metrics: asked.filter { (!$0.dependsOnPrevalence || isEnriched) == byTruth },
        sample: sample, byTruth: byTruth, replicates: bootstrap.replicates)
    }
    let found = schemes.flatMap { $0.metrics.isEmpty ? [] : $0.intervals(of: group, workers) }
    return asked.compactMap { metric in found.first { $0.metric == metric.id } }
  }
}

/// Several metrics over the same resamples.
private struct Resampled {
  let pass: ModelPass
  let metrics: [Metric]
  let sample: Sample
  let byTruth: Bool
  let replicates: Int

  init(pass: ModelPass, metrics: [Metric], sample: Sample, byTruth: Bool, replicates: Int) {
    self.pass = pass.measuring(metrics)
    self.metrics = metrics
    self.sample = sample
    self.byTruth = byTruth
    self.replicates = replicates
  }

  func intervals(of group: Subgroup, _ workers: Workers) -> [ResampledInterval] {
    let measured = measurements(of: sample)
    let units = ResamplingUnits(sample, byTruth: byTruth)
    let seed = pass.plan.seed
    let draws = workers.map(replicates) { replicate in
      values(of: units.resample(sample, seed: seed, replicate: replicate))
    }
    let parts = units.withoutParts()
    let without = workers.map(parts.count) { values(of: units.leavingOut(parts[$0], of: sample)) }
    let tail = (1 - pass.plan.confidence) / 2
    return metrics.indices.compactMap { index in
      guard case .success(let measurement) = measured[index] else { return nil }
      let defined = draws.compactMap { $0[index] }
      let undefined = replicates - defined.count
      let influence = zip(parts, without).compactMap { part, values in
        values[index].map { part.factor * (measurement.value - $0) }
      }
      return ResampledInterval(
        model: pass.model.name, finding: pass.finding, subgroup: group, metric: metrics[index].id,
        value: measurement.value, interval: measurement.limits?(tail),
        limits: Result { () throws(Undefined) in
          guard Double(undefined) <= ResampledInterval.mostUndefined * Double(replicates) else {
            throw .notComputed("no value in \(undefined) of \(replicates) resamples")
          }
          let distribution = BootstrapDistribution(value: measurement.value, replicates: defined)
          let acceleration = BootstrapDistribution.acceleration(ofInfluence: influence)
          return ResampledInterval.Limits(
            percentile: try distribution.percentile(tail: tail),
            bca: try distribution.bca(tail: tail, acceleration: acceleration), acceleration: acceleration)
        }, replicates: replicates, undefined: undefined, isByTruth: byTruth)
    }
  }

  private func measurements(of sample: Sample) -> [Result<Measurement, Undefined>] {
    let evidence = pass.evidence(of: sample)
    return metrics.map { metric in
      guard let choices = pass.settings(of: metric).first?.1 else { return .failure(.noCases) }
      return pass.measured(metric, evidence, choices)
    }
  }

  private func values(of sample: Sample) -> [Double?] {
    measurements(of: sample).map { try? $0.get().value }
  }
}

extension ModelPass {
  /// Of the same model, for these metrics alone: what no metric needs is not made.
  func measuring(_ metrics: [Metric], in cohort: Cohort? = nil) -> ModelPass {
    var definition = definition
    if !metrics.contains(where: { $0.needs == .probability }) { definition.isProbability = false }
    let cohort = cohort ?? self.cohort
    return ModelPass(
      cohort: cohort, plan: plan, finding: finding, definition: definition,
      model: cohort.models.first { $0.name == model.name } ?? model, metrics: metrics)
  }
}
