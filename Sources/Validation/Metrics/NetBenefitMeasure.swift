internal import Statistics

extension Measure {
  /// From the shares of true and of false positives: on effective sample sizes with patients.
  static let netBenefit = Measure { (evidence, choices) throws(Undefined) -> Measurement in
    _ = try evidence.calibration.get()
    guard choices.riskThreshold > 0 else {
      throw .zeroDenominator("no risk threshold: state some under analysis.at.threshold")
    }
    guard
      let benefit = try evidence.curve.netBenefits.get().first(where: {
        $0.threshold == choices.riskThreshold
      })
    else { throw .noCases }
    return measurement(of: benefit, evidence, choices.proportionInterval)
  }

  static func measurement(
    of benefit: NetBenefit, _ evidence: Evidence, _ method: ProportionInterval
  ) -> Measurement {
    let all = evidence.curve.weight
    let positives = evidence.curve.positives
    let support = evidence.rankedSupport(positives, all.count - positives)
    guard let clusters = evidence.clusters else {
      let (right, wrong) = (
        Proportion(benefit.truePositives, of: all.count), Proportion(benefit.falsePositives, of: all.count)
      )
      return Measurement(
        value: benefit.value,
        limits: { tail in
          benefit.interval(
            truePositives: right.interval(method, tail: tail, reference: .normal),
            falsePositives: wrong.interval(method, tail: tail, reference: .normal),
            correlation: benefit.correlation)
        }, method: "mover-\(method.rawValue)", variance: nil, support: support,
        isSparse: right.successes < Measurement.fewestEvents)
    }
    let patients = clusters.counted.all
    guard patients > 1 else {
      return Measurement(
        value: benefit.value, limits: nil, method: "none", variance: nil, support: support,
        caveat: Undefined.tooFewPatients(found: patients).description)
    }
    let columns = [true, false].map { isPositive in
      Evidence.Column.benefit(threshold: benefit.threshold, isPositive: isPositive)
    }
    let sums = columns.map { clusters.columns[$0] ?? [] }
    func proportion(_ share: Double, _ residuals: [Double]) -> ClusteredProportion {
      var successes = all
      successes.sum *= share
      return ClusteredProportion(
        successes: successes, trials: all, residualSquares: residuals.reduce(0) { $0 + $1 * $1 },
        patients: patients, evenness: evidence.classEvenness)
    }
    let right = proportion(benefit.truePositives, sums[0])
    let wrong = proportion(benefit.falsePositives, sums[1])
    let squares = sums.map { $0.reduce(0) { $0 + $1 * $1 } }
    let products = zip(sums[0], sums[1]).reduce(0) { $0 + $1.0 * $1.1 }
    let correlation =
      squares[0] * squares[1] > 0
      ? max(-1, min(1, products / (squares[0] * squares[1]).squareRoot())) : 0
    let terms = [
      Evidence.Term(column: columns[0], weight: 1 / all.sum),
      Evidence.Term(column: columns[1], weight: -benefit.odds / all.sum),
    ]
    let variance = evidence.clusteredVariance(terms, clusters, patients: patients)
    let mean = benefit.truePositives + benefit.odds * benefit.odds * benefit.falsePositives
    let independent = (mean - benefit.value * benefit.value) / Double(all.count)
    let (effectiveRight, effectiveWrong) = (right.effective, wrong.effective)
    return Measurement(
      value: benefit.value,
      limits: { tail in
        benefit.interval(
          truePositives: effectiveRight.interval(method, tail: tail, reference: right.reference),
          falsePositives: effectiveWrong.interval(method, tail: tail, reference: wrong.reference),
          correlation: correlation)
      }, method: "mover-\(method.rawValue), effective sample size", variance: variance, influence: terms,
      support: support,
      designEffect: independent > 0
        ? variance.flatMap { $0 > 1e-12 * independent ? $0 / independent : nil } : nil,
      isSparse: effectiveRight.successes < Measurement.fewestEvents)
  }
}

extension Proportion {
  fileprivate init(_ share: Double, of trials: Int) {
    self.init(successes: min(Double(trials), share * Double(trials)), trials: Double(trials))
  }
}
