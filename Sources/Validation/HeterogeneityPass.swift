internal import Statistics

/// One metric over the groups of one attribute.
struct HeterogeneityPass {
  struct Group {
    let subgroup: Subgroup
    let evidence: Evidence
    let measurement: Measurement
    let logit: LogitEstimate
  }

  let metric: Metric
  let groups: [Group]
  let areaInterval: AUCInterval
  let gapInterval: GapInterval
  let confidence: Double
  /// Some patients stand in several groups.
  let sharesPatients: Bool

  func tests() throws(Undefined) -> Heterogeneity.Tests {
    guard groups.count > 1 else { throw .tooFewGroups(found: groups.count) }
    return Heterogeneity.Tests(
      cochran: try cochran(), isByPatient: isByPatient,
      likelihoodRatio: counts.flatMap(likelihoodRatio), exactP: counts.flatMap(exact), largestGap: largestGap)
  }

  /// Some patient has several cases, or cases have weights.
  private var isByPatient: Bool {
    sharesPatients
      || groups.contains { group in
        guard let clusters = group.evidence.clusters else { return false }
        return group.evidence.isWeighted || clusters.patients.count < group.evidence.cases
      }
  }

  private func cochran() throws(Undefined) -> CochranQ {
    let values = groups.map(\.logit.value)
    let variances = groups.map(\.logit.variance)
    let residual = isByPatient ? groups.map { max(1, Double(patients(of: $0) - 1)) } : nil
    guard sharesPatients else { return CochranQ(values, variances: variances, residual: residual) }
    let covariance = groups.indices.map { i in
      groups.indices.map { j in i == j ? variances[i] : self.covariance(groups[i], groups[j]) }
    }
    return try CochranQ(values, covariance: covariance, residual: residual)
  }

  /// That decide how well a group's variance is known.
  private func patients(of group: Group) -> Int {
    guard let counted = group.evidence.clusters?.counted else { return 0 }
    return switch metric.id {
    case "sensitivity": counted.positives
    case "specificity": counted.negatives
    default: counted.smallerClass
    }
  }

  private func gap(_ a: Group, _ b: Group) -> Gap {
    Gap(
      metric: metric, areaInterval: areaInterval, proportionInterval: gapInterval,
      first: (a.measurement, a.evidence),
      second: (b.measurement, b.evidence))
  }

  /// On the logit scale; of shares at 0 or 1 nothing moves with anything.
  private func covariance(_ a: Group, _ b: Group) -> Double {
    func slope(_ group: Group) -> Double {
      let p = group.measurement.value
      return p > 0 && p < 1 ? 1 / (p * (1 - p)) : 0
    }
    return gap(a, b).covariance * slope(a) * slope(b)
  }

  private var counts: Result<GroupCounts, Undefined> {
    let supports = groups.compactMap { group -> (x: Int, n: Int)? in
      guard let x = group.measurement.support.numerator, let n = group.measurement.support.denominator
      else { return nil }
      return (x, n)
    }
    guard supports.count == groups.count else { return .failure(.notComputed("for proportions only")) }
    guard !isByPatient else {
      return .failure(.notComputed("for independent cases of equal weight only"))
    }
    return .success(GroupCounts(successes: supports.map(\.x), trials: supports.map(\.n)))
  }

  /// Of sparse groups it rejects too often (docs/coverage-tests.md).
  private func likelihoodRatio(
    _ counts: GroupCounts
  ) -> Result<Heterogeneity.Tests.LikelihoodRatio, Undefined> {
    guard !counts.isSparse else { return .failure(.notComputed("not for sparse groups")) }
    let (statistic, p) = counts.likelihoodRatio
    return .success(.init(statistic: statistic, p: p))
  }

  private func exact(_ counts: GroupCounts) -> Result<Double, Undefined> {
    guard counts.isSparse else {
      return .failure(.notComputed("for sparse groups only"))
    }
    return Result { () throws(Undefined) in try counts.exactP() }
  }

  private var largestGap: Heterogeneity.LargestGap? {
    // The last of the lowest, so that equal groups are not one group twice.
    guard groups.count > 2, let high = groups.max(by: { $0.measurement.value < $1.measurement.value }),
      let low = groups.reversed().min(by: { $0.measurement.value < $1.measurement.value })
    else { return nil }
    let difference = gap(high, low).measurement
    let tail = StudentizedRange.tailOfAPair(level: confidence, groups: groups.count)
    let pair = difference.estimate(confidence: 1 - 2 * tail)
    let interval = pair.interval.map { Interval(lower: $0.lower, upper: $0.upper, level: confidence) }
    return Heterogeneity.LargestGap(
      higher: high.subgroup, lower: low.subgroup,
      estimate: Estimate(
        value: pair.value, interval: interval,
        method: interval == nil ? "none" : pair.method + ", simultaneous (Tukey-Kramer)",
        caveat: pair.caveat, hasFewEvents: pair.hasFewEvents),
      p: difference.twoSidedP(of: 0).map { StudentizedRange.adjusted($0, groups: groups.count) })
  }
}

extension ModelPass {
  /// - Parameter evidence: Of every group of a dimension of one attribute.
  func heterogeneity(
    in dimension: Dimension, _ evidence: [Evidence], everyone: Evidence
  ) -> [Heterogeneity] {
    let patients = evidence.compactMap(\.clusters?.patients.count).reduce(0, +)
    let sharesPatients = everyone.clusters.map { patients > $0.patients.count } ?? false
    return metrics.filter { Metric.tested.contains($0.id) }.map { metric in
      var groups: [HeterogeneityPass.Group] = []
      var leftOut: [Heterogeneity.LeftOut] = []
      for (group, evidence) in zip(dimension.groups, evidence) where isAssessable(group, evidence) {
        switch logit(of: metric, evidence) {
        case .success(let (measurement, logit)):
          groups.append(
            .init(subgroup: group, evidence: evidence, measurement: measurement, logit: logit))
        case .failure(let reason): leftOut.append(.init(group: group, reason: reason))
        }
      }
      let pass = HeterogeneityPass(
        metric: metric, groups: groups, areaInterval: plan.aucInterval, gapInterval: plan.gapInterval,
        confidence: plan.confidence,
        sharesPatients: sharesPatients)
      let result = Result { () throws(Undefined) in
        guard !dimension.overlaps else { throw .groupsOverlap }
        return try pass.tests()
      }
      return Heterogeneity(
        model: model.name, finding: finding, attribute: dimension.attributes[0], metric: metric.id,
        groups: groups.map(\.subgroup), leftOut: leftOut, result: result)
    }
  }

  /// A tested metric at its headline on the scale on which groups are put together, with the variance of its interval.
  func logit(
    of metric: Metric, _ evidence: Evidence
  ) -> Result<(Measurement, LogitEstimate), Undefined> {
    measured(metric, evidence, settings(of: metric)[0].1).flatMap { measurement in
      if metric.id == "auc" {
        guard let variance = measurement.variance else {
          return .failure(.notComputed(measurement.caveat ?? "no variance"))
        }
        return .success((measurement, LogitEstimate(measurement.value, variance: variance)))
      }
      guard let trials = measurement.trials else {
        return .failure(.notComputed(measurement.caveat ?? "no variance"))
      }
      return .success(
        (
          measurement,
          LogitEstimate(Proportion(successes: min(trials, measurement.value * trials), trials: trials))
        ))
    }
  }
}
