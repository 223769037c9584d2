internal import RealModule
internal import Statistics

/// Metrics that are functions of the four cells: each is one formula, whose gradient gives its variance.
extension Measure {
  /// A ratio on the log scale, undefined while a cell of its denominator is empty.
  static func ratio(
    _ scale: Scale, needs: KeyValuePairs<Evidence.Cell, String>,
    _ formula: @escaping @Sendable (DualTable) -> Dual
  ) -> Measure {
    let needed = needs.map { ($0.key, $0.value) }
    return Measure { (evidence, choices) throws(Undefined) -> Measurement in
      let table = try evidence.classTable(at: choices.operatingPoint)
      for (cell, reason) in needed where table[cell] == 0 { throw .zeroDenominator(reason) }
      return delta(
        formula(DualTable(evidence.weights(at: choices.operatingPoint))), scale, table, in: evidence, choices)
    }
  }

  /// weight · (sensitivity + specificity) + offset: from the limits of the two rates where these are independent.
  static func rateSum(weight: Double, offset: Double, scale: Scale) -> Measure {
    Measure { (evidence, choices) throws(Undefined) -> Measurement in
      let table = try evidence.classTable(at: choices.operatingPoint)
      let dual = DualTable(evidence.weights(at: choices.operatingPoint))
      let value = weight * (dual.sensitivity + dual.specificity) + offset
      guard evidence.clusters == nil else { return delta(value, scale, table, in: evidence, choices) }
      let sensitivity = Proportion(successes: table.truePositives, trials: table.positives)
      let falsePositiveRate = Proportion(successes: table.falsePositives, trials: table.negatives)
      return Measurement(
        value: value.value,
        limits: { tail in
          Difference.interval(
            sensitivity.value,
            sensitivity.interval(choices.proportionInterval, tail: tail, reference: .normal),
            minus: falsePositiveRate.value,
            falsePositiveRate.interval(choices.proportionInterval, tail: tail, reference: .normal)
          ).mapped { weight * ($0 + 1) + offset }
        }, method: "mover-\(choices.proportionInterval.rawValue)",
        variance: variance(value, table, in: evidence, choices),
        support: evidence.support(of: table), isSparse: isSparse(table))
    }
  }

  /// Matthews' correlation, on Fisher's z scale.
  static let correlation = Measure { (evidence, choices) throws(Undefined) -> Measurement in
    let table = try evidence.classTable(at: choices.operatingPoint)
    guard table.flagged > 0 else { throw .noFlagged }
    guard table.unflagged > 0 else { throw .noUnflagged }
    let t = DualTable(evidence.weights(at: choices.operatingPoint))
    let margins =
      (t.truePositives + t.falsePositives) * t.positives * t.negatives * (t.trueNegatives + t.falseNegatives)
    let value =
      (t.truePositives * t.trueNegatives - t.falsePositives * t.falseNegatives) / margins.squareRoot()
    return delta(value, .fisher, table, in: evidence, choices)
  }

  enum Predictive: Sendable { case positive, negative }

  /// PPV or NPV: a proportion of the (un)flagged at the cohort's own prevalence, else by Bayes' rule from sensitivity and
  /// specificity, on the logit scale (Mercaldo, Lau, Zhou 2007, doi:10.1002/sim.2677).
  static func predictiveValue(_ which: Predictive) -> Measure {
    let own: Measure =
      switch which {
      case .positive: .proportion([.truePositive], of: [.truePositive, .falsePositive])
      case .negative: .proportion([.trueNegative], of: [.trueNegative, .falseNegative])
      }
    return Measure { (evidence, choices) throws(Undefined) -> Measurement in
      guard let prevalence = choices.prevalence else { return try own.take(evidence, choices) }
      let table = try evidence.classTable(at: choices.operatingPoint)
      let t = DualTable(evidence.weights(at: choices.operatingPoint))
      let (right, wrong) =
        switch which {
        case .positive: (prevalence * t.sensitivity, (1 - prevalence) * (1 - t.specificity))
        case .negative: ((1 - prevalence) * t.specificity, prevalence * (1 - t.sensitivity))
        }
      guard right.value + wrong.value > 0 else { throw which == .positive ? .noFlagged : .noUnflagged }
      return delta(right / (right + wrong), .logit, table, in: evidence, choices)
    }
  }

  /// One over what a flag adds to the chance of the condition: 1 / (PPV + NPV − 1).
  static let numberNeededToPredict = Measure { (evidence, choices) throws(Undefined) -> Measurement in
    let table = try evidence.classTable(at: choices.operatingPoint)
    guard table.flagged > 0 else { throw .noFlagged }
    guard table.unflagged > 0 else { throw .noUnflagged }
    let t = DualTable(evidence.weights(at: choices.operatingPoint))
    let (ppv, npv): (Dual, Dual)
    if let prevalence = choices.prevalence {
      let (found, alarms) = (prevalence * t.sensitivity, (1 - prevalence) * (1 - t.specificity))
      let (cleared, missed) = ((1 - prevalence) * t.specificity, prevalence * (1 - t.sensitivity))
      (ppv, npv) = (found / (found + alarms), cleared / (cleared + missed))
    } else {
      ppv = t.truePositives / (t.truePositives + t.falsePositives)
      npv = t.trueNegatives / (t.trueNegatives + t.falseNegatives)
    }
    let gain = ppv + npv - 1
    guard gain.value > 1e-12 else {
      throw .zeroDenominator("a flag does not raise the chance of the condition")
    }
    let measured = delta(Dual(1) / gain, .log, table, in: evidence, choices)
    // Where the gain is less than two standard errors above none, samples without a gain have no number at all, and of the
    // others' intervals 86 to 92 % hold (docs/coverage.md).
    let isFaint = measured.variance.map { $0.squareRoot() > measured.value / 2 } ?? false
    return isFaint ? measured.markedSparse : measured
  }

  /// An estimate whose variance is its gradient over the cells: Σ g² n for independent cases, by patient otherwise.
  private static func delta(
    _ dual: Dual, _ scale: Scale, _ table: TwoByTwo, in evidence: Evidence, _ choices: Choices
  ) -> Measurement {
    let least =
      evidence.classEvenness < 1
      ? independent(dual, evidence.weights(at: choices.operatingPoint)) / evidence.classEvenness : 0
    let variance = variance(dual, table, in: evidence, choices).map { max($0, least) }
    let reference = evidence.clusters?.counted.reference ?? .normal
    let limits = Measurement.wald(dual.value, scale, variance: variance ?? 0, reference: reference)
    let designEffect =
      evidence.clusters == nil
      ? nil : variance.map { $0 / independent(dual, evidence.weights(at: choices.operatingPoint)) }
    return Measurement(
      value: dual.value, limits: limits, method: "\(scale)-delta", variance: variance,
      influence: terms(dual, choices), support: evidence.support(of: table),
      designEffect: limits == nil ? nil : designEffect,
      caveat: limits == nil ? "no interval at the edge of the range" : nil,
      isSparse: isSparse(table, evenness: evidence.classEvenness))
  }

  private static func isSparse(_ table: TwoByTwo, evenness: Double = 1) -> Bool {
    Evidence.Cell.allCases.contains { Double(table[$0]) * evenness < Measurement.fewestEvents }
  }

  /// Of as many independent cases of each class, whatever they weigh.
  private static func independent(_ dual: Dual, _ table: WeightedTable) -> Double {
    let ofPositives = table.positives.sum / Double(max(table.positives.count, 1))
    let ofNegatives = table.negatives.sum / Double(max(table.negatives.count, 1))
    let counts = SIMD4(
      table.truePositives.sum * ofPositives, table.falsePositives.sum * ofNegatives,
      table.falseNegatives.sum * ofPositives, table.trueNegatives.sum * ofNegatives)
    return (dual.gradient * dual.gradient * counts).sum()
  }

  private static func variance(
    _ dual: Dual, _ table: TwoByTwo, in evidence: Evidence, _ choices: Choices
  ) -> Double? {
    guard let clusters = evidence.clusters else {
      return independent(dual, evidence.weights(at: choices.operatingPoint))
    }
    return evidence.clusteredVariance(terms(dual, choices), clusters, patients: clusters.counted.all)
  }

  private static func terms(_ dual: Dual, _ choices: Choices) -> [Evidence.Term] {
    Evidence.Cell.allCases.map { cell in
      Evidence.Term(
        column: .cell(cell, operatingPoint: choices.operatingPoint), weight: dual.gradient[cell.rawValue])
    }
  }
}

extension Evidence {
  /// The 2×2 table where both classes are present.
  func classTable(at operatingPoint: Int) throws(Undefined) -> TwoByTwo {
    let table = try table(at: operatingPoint)
    guard table.cases > 0 else { throw .noCases }
    guard table.positives > 0 else { throw .noPositives }
    guard table.negatives > 0 else { throw .noNegatives }
    return table
  }
}
