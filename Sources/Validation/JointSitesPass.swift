internal import Statistics

extension ModelPass {
  /// Of every assessable site that is known, where sensitivity and specificity are both asked for; by metric.
  func jointSites(_ evidence: [Evidence], everyone: Evidence) -> [String: Result<JointSites, Undefined>] {
    let pair = ["sensitivity", "specificity"].compactMap { id in metrics.first { $0.id == id } }
    guard pair.count == 2 else { return [:] }
    let parts = Result { () throws(Undefined) in
      // With patients or weights counts are no binomial ones.
      guard !everyone.isWeighted, everyone.clusters.map({ $0.patients.count == everyone.cases }) ?? true
      else { throw .notComputed("for independent cases of equal weight only") }
      let counts = evidence.map { site in
        let both = pair.map { outcomes(of: $0, site) }
        return SiteCounts(sensitivity: both[0], specificity: both[1])
      }
      return try JointSites.parts(of: counts, tail: (1 - plan.confidence) / 2)
    }
    return Dictionary(
      uniqueKeysWithValues: pair.enumerated().map { place, metric in
        (metric.id, parts.map { [$0.sensitivity, $0.specificity][place] })
      })
  }

  private func outcomes(of metric: Metric, _ evidence: Evidence) -> SiteCounts.Outcomes {
    guard let support = (try? measured(metric, evidence, settings(of: metric)[0].1).get())?.support,
      let numerator = support.numerator, let denominator = support.denominator
    else { return .init(0, of: 0) }
    return .init(numerator, of: denominator)
  }
}

extension JointSites {
  /// Beyond so many sites Laplace's approximation does, whose cost grows less.
  private static let mostForNodes = 50

  fileprivate static func parts(
    of counts: [SiteCounts], tail: Double
  ) throws(Undefined) -> (sensitivity: JointSites, specificity: JointSites) {
    let nodes = counts.count > mostForNodes ? 1 : BivariateSites.defaultNodes
    let model = try BivariateSites(counts, nodes: nodes)
    let correlation = Correlation(
      value: model.correlation,
      interval: Result { () throws(Undefined) in try model.correlationInterval(tail: tail) })
    func part(_ part: BivariateSites.Part) -> JointSites {
      JointSites(
        sites: part.sites, mean: LogitEstimate.share(part.mean), tau: part.tau,
        prediction: part.prediction(tail: tail).mapped(LogitEstimate.share), correlation: correlation,
        nodes: nodes)
    }
    return (part(model.sensitivity), part(model.specificity))
  }
}
