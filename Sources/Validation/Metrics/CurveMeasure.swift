internal import RealModule
internal import Statistics

extension Measure {
  static let sensitivityAtSpecificity = reading { .specificity($0.specificity) }
  static let specificityAtSensitivity = reading { .sensitivity($0.sensitivity) }

  /// One rate where the curve fixes the other: from the intervals of both, on effective sample sizes with patients.
  private static func reading(_ fixed: @escaping @Sendable (Choices) -> CurveReading.Fixed) -> Measure {
    Measure { (evidence, choices) throws(Undefined) -> Measurement in
      guard let answer = evidence.curve.readings[fixed(choices)] else { throw .noCases }
      let reading = try answer.get()
      let method = choices.proportionInterval
      let support = evidence.rankedSupport(reading.positives.count, reading.negatives.count)
      guard let clusters = evidence.clusters else {
        let read = Proportion(reading.read)
        let held = Proportion(reading.held)
        return Measurement(
          value: reading.value,
          limits: { tail in
            reading.interval(
              read: read.interval(method, tail: tail, reference: .normal),
              held: held.interval(method, tail: tail, reference: .normal))
          }, method: "mover-\(method.rawValue)", variance: nil, support: support, trials: read.trials,
          isSparse: held.isSparse)
      }
      guard let sides = ClusteredReading(reading, clusters) else {
        return Measurement(
          value: reading.value, limits: nil, method: "none", variance: nil, support: support,
          caveat: Undefined.tooFewPatients(found: clusters.counted.smallerClass).description)
      }
      let (read, held) = (sides.read.effective, sides.held.effective)
      return Measurement(
        value: reading.value,
        limits: { tail in
          reading.interval(
            read: read.interval(method, tail: tail, reference: sides.read.reference),
            held: held.interval(method, tail: tail, reference: sides.held.reference),
            correlation: sides.correlation)
        }, method: "mover-\(method.rawValue), effective sample size", variance: sides.variance,
        influence: sides.influence, support: support, designEffect: sides.designEffect, trials: read.trials,
        isSparse: held.isSparse)
    }
  }
}

/// A reading's two classes by patient.
private struct ClusteredReading {
  let read: ClusteredProportion
  let held: ClusteredProportion
  let correlation: Double
  let influence: [Evidence.Term]
  /// With the curve's slope between the limits of the fixed rate: for gaps alone, the interval needs no slope.
  let variance: Double?
  let designEffect: Double?

  /// Nil with fewer than two patients in a class.
  init?(_ reading: CurveReading, _ clusters: Evidence.Clusters) {
    let patients = clusters.counted
    guard patients.smallerClass > 1 else { return nil }
    let ofRead = Evidence.Column.flagged(reading.fixed, isPositive: reading.isOfPositives)
    let ofHeld = Evidence.Column.flagged(reading.fixed, isPositive: !reading.isOfPositives)
    guard let readSums = clusters.columns[ofRead], let heldSums = clusters.columns[ofHeld] else { return nil }
    func side(_ side: (share: Double, cases: CaseWeight), _ sums: [Double], _ patients: Int)
      -> ClusteredProportion
    {
      var successes = side.cases
      successes.sum *= side.share
      return ClusteredProportion(
        successes: successes, trials: side.cases, residualSquares: sums.reduce(0) { $0 + $1 * $1 },
        patients: patients, evenness: side.cases.evenness)
    }
    let ofPositives = reading.isOfPositives
    read = side(reading.read, readSums, ofPositives ? patients.positives : patients.negatives)
    held = side(reading.held, heldSums, ofPositives ? patients.negatives : patients.positives)
    let products = zip(readSums, heldSums).reduce(0) { $0 + $1.0 * $1.1 }
    let squares = readSums.reduce(0) { $0 + $1 * $1 } * heldSums.reduce(0) { $0 + $1 * $1 }
    correlation = squares > 0 ? max(-1, min(1, products / squares.squareRoot())) : 0
    let slope = reading.slope(over: held.effective.wilson(tail: 0.025, reference: held.reference))
    let sign = reading.isOfPositives ? 1.0 : -1
    influence = [
      Evidence.Term(column: ofRead, weight: sign / reading.read.cases.sum),
      Evidence.Term(column: ofHeld, weight: -sign * slope / reading.held.cases.sum),
    ]
    let sum = clusters.influence(influence).reduce(0) { $0 + $1 * $1 }
    let variance = Double(patients.all) / Double(patients.all - 1) * sum
    self.variance = variance > 0 ? variance : nil
    func binomial(_ side: (share: Double, cases: CaseWeight)) -> Double {
      side.share * (1 - side.share) / Double(side.cases.count)
    }
    let independent = binomial(reading.read) + slope * slope * binomial(reading.held)
    designEffect = independent > 0 && variance > 1e-12 * independent ? variance / independent : nil
  }
}

extension Proportion {
  fileprivate init(_ side: (share: Double, cases: CaseWeight)) {
    let trials = Double(side.cases.count)
    self.init(successes: min(trials, max(0, side.share * trials)), trials: trials)
  }

  fileprivate var isSparse: Bool { min(value, 1 - value) * trials < Measurement.fewestEvents }
}

extension Evidence {
  /// Support of a metric of ranks.
  func rankedSupport(_ positives: Int, _ negatives: Int) -> Support {
    Support(
      cases: positives + negatives, positives: positives, negatives: negatives,
      patients: clusters?.counted.all)
  }
}
