internal import Statistics

extension ModelPass {
  /// - Parameter without: Measurements over the known cases outside a group, where gaps have made them already.
  func generalisability(
    in dimension: Dimension, _ evidence: [Evidence], everyone: Evidence, _ ordered: OrderedCases,
    without: [Int: [String: Result<Measurement, Undefined>]], _ workers: Workers
  ) -> [Generalisability] {
    guard Generalisability.attributes.contains(dimension.attributes[0]), !dimension.overlaps else {
      return []
    }
    let wanted = metrics.filter { Metric.tested.contains($0.id) }
    let known = dimension.groups.indices.filter {
      !dimension.groups[$0].hasUnknown && evidence[$0].cases > 0
    }
    let rest = workers.map(known.count) { place in
      without[known[place]]
        ?? Dictionary(
          uniqueKeysWithValues: measuredTogether(
            known.filter { $0 != known[place] }, in: dimension, evidence, ordered, wanted))
    }
    let joint = jointSites(
      known.filter { isAssessable(dimension.groups[$0], evidence[$0]) }.map { evidence[$0] },
      everyone: everyone)
    return wanted.map { metric in
      var sites: [(site: Subgroup, logit: LogitEstimate)] = []
      var leftOut: [Heterogeneity.LeftOut] = []
      for index in known where isAssessable(dimension.groups[index], evidence[index]) {
        switch logit(of: metric, evidence[index]) {
        case .success(let (_, logit)): sites.append((dimension.groups[index], logit))
        case .failure(let reason): leftOut.append(.init(group: dimension.groups[index], reason: reason))
        }
      }
      return Generalisability(
        model: model.name, finding: finding, attribute: dimension.attributes[0], metric: metric.id,
        sites: sites.map(\.site), leftOut: leftOut,
        synthesis: Result { () throws(Undefined) in try synthesis(of: sites.map(\.logit)) },
        joint: joint[metric.id],
        without: zip(known, rest).map { index, measurements in
          .init(
            site: dimension.groups[index],
            result: result(measurements[metric.id] ?? .failure(.noCases)))
        },
        within: metric.id == "auc"
          ? Result { () throws(Undefined) in
            let isKnown = known.reduce(0) { $0 + evidence[$1].cases } == everyone.cases
            let pooled =
              isKnown
              ? measured(metric, everyone, settings(of: metric)[0].1)
              : measuredTogether(known, in: dimension, evidence, ordered, [metric])[0].1
            return try within(dimension, ordered, pooled: pooled)
          } : nil)
    }
  }

  private func measuredTogether(
    _ groups: [Int], in dimension: Dimension, _ evidence: [Evidence], _ ordered: OrderedCases,
    _ metrics: [Metric]
  ) -> [(String, Result<Measurement, Undefined>)] {
    guard let first = groups.first else { return metrics.map { ($0.id, .failure(.noCases)) } }
    let together =
      groups.count == 1
      ? evidence[first] : self.evidence(of: groups.flatMap { dimension.cells[$0] }, in: dimension, ordered)
    return metrics.map { ($0.id, measured($0, together, settings(of: $0)[0].1)) }
  }

  private func result(_ measured: Result<Measurement, Undefined>) -> Row.Result {
    switch measured {
    case .success(let measurement): .estimated(estimate(of: measurement))
    case .failure(let reason): .undefined(reason)
    }
  }

  private func estimate(of measurement: Measurement) -> Estimate {
    (cohort.weights == nil ? measurement : measurement.weighted(byCase: cohort.patients == nil)).estimate(
      confidence: plan.confidence)
  }

  private func synthesis(of logits: [LogitEstimate]) throws(Undefined) -> Generalisability.Synthesis {
    let effects = try RandomEffects(logits.map(\.value), variances: logits.map(\.variance))
    let tail = (1 - plan.confidence) / 2
    return Generalisability.Synthesis(
      sites: effects.sites, mean: LogitEstimate.share(effects.mean),
      interval: effects.interval(tail: tail).mapped(LogitEstimate.share),
      prediction: effects.prediction(tail: tail).mapped(LogitEstimate.share),
      tau: effects.tauSquared.squareRoot(),
      tauInterval: effects.tauSquaredInterval(tail: tail).mapped { $0.squareRoot() },
      iSquared: effects.iSquared, iSquaredInterval: effects.iSquaredInterval(tail: tail))
  }

  /// Over the cases whose site is known.
  private func within(
    _ dimension: Dimension, _ ordered: OrderedCases, pooled: Result<Measurement, Undefined>
  ) throws(Undefined) -> Generalisability.Within {
    let count = dimension.groups.count { !$0.hasUnknown }
    let (sample, strata) = ordered.ranked(by: dimension.codes, below: UInt16(count))
    let area = try WithinStrataArea(sample, strata: strata, count: count)
    guard area.shareOfPairs < 1 else { throw .notComputed("all cases are of one site") }
    let tail = (1 - plan.confidence) / 2
    let reference: ReferenceDistribution =
      sample.isClustered ? .student(Double(max(1, area.smallerClass - 1))) : .normal
    let suffix =
      cohort.weights == nil
      ? (sample.isClustered ? ", by patient" : "")
      : (cohort.patients == nil ? ", by case" : ", by patient") + ", weighted"
    func estimate(
      _ value: Double, _ scale: Scale, _ part: ((pooled: Double, within: Double)) -> Double
    ) -> Estimate {
      let interval = area.variance(in: sample, part).flatMap {
        Measurement.wald(value, scale, variance: $0, reference: reference)?(tail)
      }
      let name = scale == .logit ? "logit-delong" : "wald"
      return Estimate(
        value: value, interval: interval, method: interval == nil ? "none" : name + suffix,
        caveat: interval == nil ? "no variation to make an interval of" : nil)
    }
    var result = Generalisability.Within(
      pooled: self.estimate(of: try pooled.get()),
      within: estimate(area.within, .logit) { $0.within },
      difference: estimate(area.pooled - area.within, .identity) { $0.pooled - $0.within },
      shareOfPairs: area.shareOfPairs)
    if result.reading != .notShown, let curve = try? AdjustedROC(sample, strata: strata, count: count) {
      result.adjusted = Generalisability.Within.Adjusted(curve)
    }
    return result
  }
}

extension Generalisability.Within.Adjusted {
  private static let steps = 200

  fileprivate init(_ curve: AdjustedROC) {
    self.init(
      area: curve.area, coveredShare: curve.coveredShare,
      points: (0...Self.steps).map { step in
        let rate = Double(step) / Double(Self.steps)
        return Curve.Point(x: rate, y: curve.sensitivity(at: rate))
      })
  }
}
