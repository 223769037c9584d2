internal import Statistics

extension Measure {
  /// The share of cells among cells: sensitivity is true positives among true positives and false negatives.
  static func proportion(_ successes: [Evidence.Cell], of cells: [Evidence.Cell]) -> Measure {
    Measure { (evidence, choices) throws(Undefined) -> Measurement in
      let table = try evidence.table(at: choices.operatingPoint)
      let weights = evidence.weights(at: choices.operatingPoint)
      let x = weights.weight(of: successes)
      let n = weights.weight(of: cells)
      guard n.count > 0 else { throw absence(of: cells) }
      return measurement(
        successes: successes.map { .cell($0, operatingPoint: choices.operatingPoint) }, x,
        trials: cells.map { .cell($0, operatingPoint: choices.operatingPoint) }, n,
        evenness: weights.evenness(of: cells), in: evidence, choices.proportionInterval,
        support: evidence.support(of: table, numerator: x.count, denominator: n.count))
    }
  }

  /// The share of all cases that a count makes up: positives, failed outputs.
  static func share(of column: Evidence.Column) -> Measure {
    Measure { (evidence, choices) throws(Undefined) -> Measurement in
      guard evidence.cases > 0 else { throw .noCases }
      let weights = evidence.weights
      let x = column == .failed ? weights.failed : weights.positives
      return measurement(
        successes: [column], x, trials: [.positives, .negatives], weights.positives + weights.negatives,
        evenness: evidence.classEvenness, in: evidence, choices.proportionInterval,
        support: evidence.support(numerator: x.count, denominator: evidence.cases))
    }
  }

  /// F1 is an increasing function of J = TP / (TP + FP + FN), a proportion: its interval is carried over.
  static let f1 = Measure { (evidence, choices) throws(Undefined) -> Measurement in
    let overlap = try Measure.proportion(
      [.truePositive], of: [.truePositive, .falsePositive, .falseNegative]
    )
    .take(evidence, choices)
    let f1 = { @Sendable (j: Double) in 2 * j / (1 + j) }
    let slope = 2 / ((1 + overlap.value) * (1 + overlap.value))
    let inner = overlap.limits
    let limits: Measurement.Limits = { inner?($0)?.mapped(f1) }
    return Measurement(
      value: f1(overlap.value), limits: inner == nil ? nil : limits,
      method: overlap.method, variance: overlap.variance.map { $0 * slope * slope },
      influence: overlap.influence.map { Evidence.Term(column: $0.column, weight: $0.weight * slope) },
      support: overlap.support, designEffect: overlap.designEffect, caveat: overlap.caveat,
      trials: overlap.trials)
  }

  /// A proportion with its interval: on the cases where they are independent, else on their effective sample size.
  private static func measurement(
    successes: [Evidence.Column], _ x: CaseWeight, trials: [Evidence.Column], _ n: CaseWeight,
    evenness: Double, in evidence: Evidence, _ method: ProportionInterval, support: Support
  ) -> Measurement {
    let p = x.sum / n.sum
    let binomial = p * (1 - p) / Double(n.count)
    guard let clusters = evidence.clusters else {
      let proportion = Proportion(successes: x.count, trials: n.count)
      return Measurement(
        value: p, limits: { proportion.interval(method, tail: $0, reference: .normal) },
        method: method.rawValue,
        variance: binomial, support: support, trials: Double(n.count))
    }
    let patients = clusters.count(withAny: trials)
    let terms =
      successes.map { Evidence.Term(column: $0, weight: 1 / n.sum) }
      + trials.map { Evidence.Term(column: $0, weight: -p / n.sum) }
    guard patients > 1 else {
      return Measurement(
        value: p, limits: nil, method: "none", variance: nil, support: support,
        caveat: Undefined.tooFewPatients(found: patients).description)
    }
    let clustered = ClusteredProportion(
      successes: x, trials: n,
      residualSquares: clusters.influence(terms).reduce(0) { $0 + $1 * $1 } * (n.sum * n.sum),
      patients: patients, evenness: evenness)
    let (proportion, reference) = (clustered.effective, clustered.reference)
    let isSparse = evidence.isWeighted && clusters.hasFewEvents(successes, of: trials)
    if evidence.weightsFollowTruth, isOfTruth(successes, trials), let variance = clustered.variance,
      let limits = Measurement.wald(p, .logit, variance: variance, reference: reference)
    {
      return Measurement(
        value: p, limits: limits, method: "logit-wald", variance: variance, influence: terms,
        support: support, designEffect: clustered.designEffect, isSparse: isSparse)
    }
    return Measurement(
      value: p, limits: { proportion.interval(method, tail: $0, reference: reference) },
      method: "\(method.rawValue), effective sample size",
      variance: clustered.variance.map { max($0, binomial) },
      influence: terms, support: support, designEffect: clustered.designEffect,
      caveat: clustered.variance == nil ? "design effect not estimable" : nil,
      trials: clustered.effectiveTrials,
      isSparse: isSparse)
  }

  /// A share of positives or of negatives: predictive values and the prevalence.
  private static func isOfTruth(_ successes: [Evidence.Column], _ trials: [Evidence.Column]) -> Bool {
    let failures = trials.filter { !successes.contains($0) }
    return successes.allSatisfy(\.isOfPositives) && failures.allSatisfy(\.isOfNegatives)
      || successes.allSatisfy(\.isOfNegatives) && failures.allSatisfy(\.isOfPositives)
  }

  private static func absence(of cells: [Evidence.Cell]) -> Undefined {
    switch Set(cells) {
    case [.truePositive, .falseNegative]: .noPositives
    case [.falsePositive, .trueNegative]: .noNegatives
    case [.truePositive, .falsePositive]: .noFlagged
    case [.falseNegative, .trueNegative]: .noUnflagged
    case Set(Evidence.Cell.allCases): .noCases
    default: .zeroDenominator("neither positives nor flagged cases")
    }
  }
}

extension Proportion {
  func interval(_ method: ProportionInterval, tail: Double, reference: ReferenceDistribution) -> Interval {
    guard reference != .normal, method != .wilson else {
      return switch method {
      case .wilson: wilson(tail: tail, reference: reference)
      case .clopperPearson: clopperPearson(tail: tail)
      case .jeffreys: jeffreys(tail: tail)
      case .agrestiCoull: agrestiCoull(tail: tail)
      }
    }
    // Korn, Graubard 1998: the effective sample size is scaled by the squared ratio of the quantiles.
    let ratio = ReferenceDistribution.normal.upperQuantile(tail) / reference.upperQuantile(tail)
    let scaled = Proportion(successes: successes * ratio * ratio, trials: trials * ratio * ratio)
    return scaled.interval(method, tail: tail, reference: .normal)
  }
}

extension Evidence.Clusters {
  /// Fewer patients with a success, or with a failure, than an interval needs. Of a few heavy cases the effective sample
  /// alone would say too much.
  fileprivate func hasFewEvents(_ successes: [Evidence.Column], of trials: [Evidence.Column]) -> Bool {
    let failures = trials.filter { !successes.contains($0) }
    return Double(min(count(withAny: successes), count(withAny: failures))) < Measurement.fewestEvents
  }
}

extension Evidence.Column {
  fileprivate var isOfPositives: Bool {
    switch self {
    case .positives, .cell(.truePositive, _), .cell(.falseNegative, _): true
    default: false
    }
  }

  fileprivate var isOfNegatives: Bool {
    switch self {
    case .negatives, .cell(.trueNegative, _), .cell(.falsePositive, _): true
    default: false
    }
  }
}

extension WeightedTable {
  /// Of the class whose weights differ most: differences between the classes are the sampling's doing.
  fileprivate func evenness(of cells: [Evidence.Cell]) -> Double {
    let classes = [Set([Evidence.Cell.truePositive, .falseNegative]), [.falsePositive, .trueNegative]]
    return classes.map { members in weight(of: cells.filter(members.contains)) }.filter { $0.count > 0 }
      .map(\.evenness).min() ?? 1
  }

  func weight(of cells: [Evidence.Cell]) -> CaseWeight {
    cells.reduce(CaseWeight(count: 0)) { $0 + self[$1] }
  }

  subscript(cell: Evidence.Cell) -> CaseWeight {
    switch cell {
    case .truePositive: truePositives
    case .falsePositive: falsePositives
    case .falseNegative: falseNegatives
    case .trueNegative: trueNegatives
    }
  }
}

extension TwoByTwo {
  subscript(cell: Evidence.Cell) -> Int {
    switch cell {
    case .truePositive: truePositives
    case .falsePositive: falsePositives
    case .falseNegative: falseNegatives
    case .trueNegative: trueNegatives
    }
  }
}

extension Evidence {
  func table(at operatingPoint: Int) throws(Undefined) -> TwoByTwo {
    guard tables.indices.contains(operatingPoint) else { throw .needsDecision }
    return tables[operatingPoint]
  }

  /// All positives weigh the same and all negatives another: an enriched sample. What it says of the truth may then be
  /// more precise than as many independent cases would make it, which an effective sample size, never above their number,
  /// would hide.
  var weightsFollowTruth: Bool {
    func isEven(_ cases: CaseWeight) -> Bool { cases.count > 0 && abs(cases.evenness - 1) < 1e-9 }
    return isWeighted && isEven(weights.positives) && isEven(weights.negatives)
      && !isEven(weights.positives + weights.negatives)
  }

  /// By weight; without weights by number.
  func weights(at operatingPoint: Int) -> WeightedTable {
    isWeighted ? weightedTables[operatingPoint] : WeightedTable(tables[operatingPoint])
  }
}
