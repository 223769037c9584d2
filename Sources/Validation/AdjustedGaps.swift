internal import Statistics

extension ModelPass {
  /// The gaps in sensitivity and specificity of one-attribute dimensions, within the strata of each other such dimension.
  ///
  /// An unknown stratum is a stratum of its own, so that the cases are those of the crude gap. Exploratory: not tested.
  ///
  /// - Parameter crude: The gaps as they stand.
  func adjustedGaps(
    _ dimensions: [(dimension: Dimension, compares: Bool)], _ ordered: OrderedCases,
    crude: [Evaluation.Line], _ workers: Workers
  ) -> [Evaluation.Line] {
    let single = dimensions.filter { $0.dimension.attributes.count == 1 }
    let wanted = metrics.filter { ["sensitivity", "specificity"].contains($0.id) }
    guard single.count > 1, !crude.isEmpty, !wanted.isEmpty, !definition.decisionNames.isEmpty else {
      return []
    }
    let lines = Dictionary(
      crude.filter { $0.row.key.setting.isHeadline }.map { ($0.row.key, $0.row) },
      uniquingKeysWith: { a, _ in a })
    let bits = ordered.bitsByCase
    let byPatient = cohort.patients.map { RadixOrder.ascending($0[...]) } ?? []
    let skipped = plan.outputRule == .excluded ? Sample.failedBit : 0
    let pairs = single.indices.flatMap { i in
      single.indices.filter { $0 > i && (single[i].compares || single[$0].compares) }.map { (i, $0) }
    }
    let tables = workers.map(pairs.count) { place -> CellTable? in
      let (groups, strata) = (single[pairs[place].0].dimension, single[pairs[place].1].dimension)
      guard groups.cellCount * strata.cellCount <= CellTable.mostCells else { return nil }
      return CellTable(
        groups, by: strata, cases: byPatient, patients: cohort.patients ?? [], bits: bits,
        weights: cohort.weights ?? [], skipped: skipped)
    }
    let crossings = single.indices.flatMap { i in
      single.indices.filter { $0 != i && single[i].compares }.map { (i, $0) }
    }
    return workers.map(crossings.count) { place in
      let (i, j) = crossings[place]
      let pair = pairs.firstIndex { $0 == (min(i, j), max(i, j)) }
      let table = pair.flatMap { i < j ? tables[$0] : tables[$0]?.transposed }
      return wanted.flatMap { metric in
        comparisons(in: single[i].dimension, metric, lines).flatMap { crude, first, second in
          adjusted(crude, metric, first, minus: second, table, single[j].dimension)
        }
      }
    }.flatMap { $0 }
  }

  /// Of the gaps that have a row: the cells of either side.
  private func comparisons(
    in dimension: Dimension, _ metric: Metric, _ lines: [Row.Key: Row]
  ) -> [(crude: Row, first: [Int], second: [Int])] {
    let known = dimension.groups.indices.filter { !dimension.groups[$0].hasUnknown }
    let all = Set(known.flatMap { dimension.cells[$0] })
    let comparators: [(Comparator, [Int]?)] =
      [(.complement, nil)] + known.map { (.group(dimension.groups[$0]), dimension.cells[$0]) }
    return known.flatMap { group in
      comparators.compactMap { minus, cells in
        let key = Row.Key(
          model: model.name, finding: finding, subgroup: dimension.groups[group], subgroupMinus: minus,
          metric: metric.id)
        return lines[key].map {
          ($0, dimension.cells[group], cells ?? all.subtracting(dimension.cells[group]).sorted())
        }
      }
    }
  }

  /// By Mantel and Haenszel, and standardised.
  private func adjusted(
    _ crude: Row, _ metric: Metric, _ first: [Int], minus second: [Int], _ table: CellTable?,
    _ strata: Dimension
  ) -> [Evaluation.Line] {
    [StratifiedDifference.Method.mantelHaenszel, .standardised].map { method in
      let setting =
        method == .mantelHaenszel
        ? Setting(adjustedFor: strata.attributes) : Setting(standardisedOver: strata.attributes)
      let key = Row.Key(
        model: model.name, finding: finding, subgroup: crude.key.subgroup,
        subgroupMinus: crude.key.subgroupMinus, metric: metric.id, setting: setting)
      let measured = Result { () throws(Undefined) in
        guard let table else { throw .notComputed("more than \(CellTable.mostCells) cells") }
        if case .undefined(let reason) = crude.result { throw reason }
        return try measurement(
          AdjustedDifference(
            table, kind: metric.id == "sensitivity" ? 0 : 1, first, minus: second, method: method),
          method, sharing: !Set(first).isDisjoint(with: second), crude, strata)
      }
      return exploratory(key, measured, crude)
    }
  }

  private func measurement(
    _ adjusted: AdjustedDifference, _ method: StratifiedDifference.Method, sharing: Bool, _ crude: Row,
    _ strata: Dimension
  ) throws(Undefined) -> Measurement {
    let difference = adjusted.difference
    let name = method == .mantelHaenszel ? "mantel-haenszel" : "standardised"
    let isPlain = cohort.patients == nil && cohort.weights == nil
    var notes: [String] = []
    if difference.share < 1 {
      notes.append(
        "\(NumberText.percent(1 - difference.share)) of the cases lie in strata that hold one side only, and are left out"
      )
    }
    let variance: Double
    var reference = ReferenceDistribution.normal
    if isPlain, !sharing {
      variance = method == .mantelHaenszel ? difference.satoVariance : difference.variance
    } else if let clustered = adjusted.clustered {
      variance = clustered.variance
      if cohort.patients != nil { reference = .student(Double(clustered.patients - 1)) }
    } else {
      throw .tooFewPatients(found: 1)
    }
    let limits = Measurement.wald(difference.value, .identity, variance: variance, reference: reference)
    if limits == nil { notes.append("no variation within the strata") }
    if let reversal = SignReversal(
      crude: crude.estimate, adjusted: difference.value, limits?((1 - plan.confidence) / 2))
    {
      notes.append(reversal.words)
    }
    return Measurement(
      value: difference.value, limits: limits,
      method: isPlain && !sharing
        ? name + (method == .mantelHaenszel ? ", sato" : ", wald")
        : name + (cohort.patients == nil ? ", by case" : ", by patient"),
      variance: variance,
      support: Support(
        cases: crude.support.cases, positives: crude.support.positives, negatives: crude.support.negatives,
        patients: crude.support.patients), caveat: notes.isEmpty ? nil : notes.joined(separator: "; "),
      isSparse: adjusted.fewestEvents < Measurement.fewestEvents)
  }

  private func exploratory(
    _ key: Row.Key, _ measured: Result<Measurement, Undefined>, _ crude: Row
  ) -> Evaluation.Line {
    let weighted = measured.map { cohort.weights == nil ? $0 : $0.weighted(byCase: cohort.patients == nil) }
    let result: Row.Result =
      switch weighted {
      case .success(let measurement): .estimated(measurement.estimate(confidence: plan.confidence))
      case .failure(let reason): .undefined(reason)
      }
    return Evaluation.Line(
      row: Row(
        key: key, result: result, support: (try? weighted.get())?.support ?? crude.support,
        isAssessable: crude.isAssessable, isPrespecified: false),
      limits: (try? weighted.get())?.limits)
  }
}

/// A gap whose sign changes once its sides are compared within strata: Simpson's paradox where both are shown.
public enum SignReversal: Hashable, Sendable {
  /// Both intervals exclude 0.
  case shown
  /// The points have different signs; one of the intervals or both hold 0.
  case ofPoints

  init?(crude: Estimate?, adjusted value: Double, _ interval: Interval?) {
    guard let crude, crude.value * value < 0 else { return nil }
    func excludes(_ interval: Interval?) -> Bool { interval.map { !$0.contains(0) } ?? false }
    self = excludes(crude.interval) && excludes(interval) ? .shown : .ofPoints
  }

  /// Of a crude gap and the same gap adjusted; nil where the signs agree.
  public init?(crude: Row, adjusted: Row) {
    guard let estimate = adjusted.estimate else { return nil }
    self.init(crude: crude.estimate, adjusted: estimate.value, estimate.interval)
  }

  var words: String {
    switch self {
    case .shown: "the crude gap has the other sign, and both intervals exclude 0"
    case .ofPoints: "the crude gap has the other sign"
    }
  }
}
