/// What is flagged at each of several thresholds, with the sums by patient from which clustered variances follow: one pass
/// over the sorted scores, however many thresholds there are.
struct FlaggedMoments {
  struct Snapshot {
    /// Weights of flagged cases.
    let positives: Double
    let negatives: Double
    /// Σ over patients of products of flagged weights (x) and all weights (m), by class; zero without patients.
    let moments: Moments
  }

  struct Moments {
    var xx = (positives: 0.0, negatives: 0.0, both: 0.0)
    /// x of the class that names the tuple, m of each class.
    var xmPositives = (positives: 0.0, negatives: 0.0)
    var xmNegatives = (positives: 0.0, negatives: 0.0)
  }

  let positives: CaseWeight
  let negatives: CaseWeight
  /// Patients with a case of each class, and all; nil where every case is a patient of its own.
  let patients: (positives: Int, negatives: Int, all: Int)?
  /// Σ over patients of m m.
  let mm: (positives: Double, negatives: Double, both: Double)
  let snapshots: [Snapshot]

  /// - Parameter thresholds: In descending order; cases at or above are flagged.
  init(_ sample: Sample, at thresholds: [Double]) {
    positives = sample.weight { $0 & 1 == 1 }
    negatives = sample.weight { $0 & 1 == 0 }
    let (scores, bits, codes) = (Array(sample.scores), Array(sample.bits), Array(sample.patients))
    let weights = Array(sample.weights)
    var all = [SIMD2<Double>](repeating: .zero, count: codes.max().map { Int($0) + 1 } ?? 0)
    for (place, code) in codes.enumerated() {
      all[Int(code)][Int(~bits[place] & 1)] += weights.isEmpty ? 1 : weights[place]
    }
    var mm = (positives: 0.0, negatives: 0.0, both: 0.0)
    var patients = (positives: 0, negatives: 0, all: 0)
    for m in all {
      mm.positives += m[0] * m[0]
      mm.negatives += m[1] * m[1]
      mm.both += m[0] * m[1]
      patients.positives += m[0] > 0 ? 1 : 0
      patients.negatives += m[1] > 0 ? 1 : 0
      patients.all += m[0] + m[1] > 0 ? 1 : 0
    }
    self.mm = mm
    self.patients = codes.isEmpty ? nil : patients
    var flagged = SIMD2<Double>.zero
    var flaggedBy = [SIMD2<Double>](repeating: .zero, count: all.count)
    var moments = Moments()
    var place = scores.count
    snapshots = thresholds.map { threshold in
      while place > 0, scores[place - 1] >= threshold {
        place -= 1
        let weight = weights.isEmpty ? 1 : weights[place]
        let isPositive = bits[place] & 1 == 1
        flagged[isPositive ? 0 : 1] += weight
        guard !codes.isEmpty else { continue }
        let (x, m) = (flaggedBy[Int(codes[place])], all[Int(codes[place])])
        if isPositive {
          moments.xx.positives += weight * (2 * x[0] + weight)
          moments.xx.both += weight * x[1]
          moments.xmPositives.positives += weight * m[0]
          moments.xmPositives.negatives += weight * m[1]
        } else {
          moments.xx.negatives += weight * (2 * x[1] + weight)
          moments.xx.both += weight * x[0]
          moments.xmNegatives.positives += weight * m[0]
          moments.xmNegatives.negatives += weight * m[1]
        }
        flaggedBy[Int(codes[place])][isPositive ? 0 : 1] += weight
      }
      return Snapshot(positives: flagged[0], negatives: flagged[1], moments: moments)
    }
  }
}

extension CaseWeight {
  /// Of the same cases, as many as make up this share.
  func share(_ share: Double) -> CaseWeight {
    var part = self
    part.sum *= share
    return part
  }
}

/// A proportion's interval at any tail, of independent trials or of patients.
struct SharedInterval {
  let proportion: Proportion
  let reference: ReferenceDistribution

  init(independent share: Double, of trials: CaseWeight) {
    proportion = Proportion(
      successes: min(1, max(0, share)) * Double(trials.count), trials: Double(trials.count))
    reference = .normal
  }

  /// - Precondition: At least two patients.
  init(_ share: Double, of trials: CaseWeight, residualSquares: Double, patients: Int, evenness: Double) {
    let clustered = ClusteredProportion(
      successes: trials.share(min(1, max(0, share))), trials: trials,
      residualSquares: max(0, residualSquares), patients: patients, evenness: evenness)
    (proportion, reference) = (clustered.effective, clustered.reference)
  }

  func wilson(tail: Double) -> Interval { proportion.wilson(tail: tail, reference: reference) }
}
