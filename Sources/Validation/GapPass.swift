internal import Statistics

extension ModelPass {
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
    outputs: Row.Outputs = .primary, everyGroup: Bool = false, only one: Subgroup? = nil, _ workers: Workers
  ) -> [Compared] {
    let reference =
      dimension.attributes.count == 1 && !everyGroup
      ? plan.referenceGroups[dimension.attributes[0]] : nil
    let comparisons = dimension.comparisons(
      sizes: evidence.map(\.cases), referenceGroup: reference == "complement" ? nil : reference,
      everyGroup: everyGroup
    ).filter { one == nil || dimension.groups[$0.group] == one }
    let each =
      outputs == .primary && plan.gapFamily == .maxT && cohort.patients == nil && cohort.weights == nil
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
        settings(ofGapsIn: metric, across: dimension.attributes, outputs).map { setting, choices in
          gap(
            of: metric, dimension.groups[group], first, minus: minus, second, setting, choices, outputs,
            byCase: byCase)
        }
      }
      let tested = metrics.filter { Metric.tested.contains($0.id) }
      let influence =
        plan.gapFamily != .maxT || outputs != .primary
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

  /// Whether a criterion judges a gap across the dimension that failed outputs could move.
  func judgesGapsOfFailedOutputs(across dimension: Dimension) -> Bool {
    metrics.contains {
      $0.readsFailedOutputs && !settings(judgedOfGapsIn: $0, across: dimension.attributes).isEmpty
    }
  }

  /// The headline, and the other operating points that a criterion aims at; under a rule that is not the plan's only what a
  /// criterion aims at.
  private func settings(
    ofGapsIn metric: Metric, across attributes: [String], _ outputs: Row.Outputs
  ) -> [(Setting, Measure.Choices)] {
    guard outputs == .primary || metric.readsFailedOutputs else { return [] }
    let judged = settings(judgedOfGapsIn: metric, across: attributes)
    return settings(of: metric).filter {
      (outputs == .primary && $0.0.isHeadline) || judged.contains($0.0)
    }
  }

  private func settings(judgedOfGapsIn metric: Metric, across attributes: [String]) -> [Setting] {
    plan.criteria.filter { criterion in
      guard case .gap(let across) = criterion.scope else { return false }
      return [across] == attributes && criterion.metric == metric.id
        && criterion.model.map { $0 == model.name } ?? true
    }.map { definition.setting(at: $0.operatingPoint) }
  }

  private func gap(
    of metric: Metric, _ group: Subgroup, _ first: Evidence, minus: Comparator, _ second: Evidence,
    _ setting: Setting, _ choices: Measure.Choices, _ outputs: Row.Outputs, byCase: Bool
  ) -> Evaluation.Line {
    let key = Row.Key(
      model: model.name, finding: finding, subgroup: group, subgroupMinus: minus, metric: metric.id,
      setting: setting, outputs: outputs)
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
    if isAssessable, setting.isHeadline, outputs == .primary, Metric.tested.contains(metric.id),
      case .success(let gap) = gap,
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
