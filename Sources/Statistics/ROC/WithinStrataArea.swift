/// The AUC over pairs of one stratum (site, scanner) beside the AUC over all pairs, with the influence of each case on both.
///
/// A score that knows only where an image was taken ranks pairs of different sites by how common the condition is there, and
/// pairs of one site by chance: pooled it looks useful, within sites it is worth 0.5. Strata count by their pairs. In one
/// pass over sorted scores. Agrees with counting every pair, and its influence with numerical derivatives, to 1e-9.
public struct WithinStrataArea: Sendable {
  public let pooled: Double
  public let within: Double
  /// Of all pairs, those within a stratum, by weight.
  public let shareOfPairs: Double
  /// Of each case in the sample's order, on the pooled and on the within-stratum area; each class sums to 0.
  public let influence: [(pooled: Double, within: Double)]
  private let positives: Int
  private let negatives: Int
  /// Where patients may have several cases.
  private let patients: (sums: PatientSums, all: Int, positives: Int, negatives: Int)?

  /// - Parameters:
  ///   - sample: Cases in ascending order of score.
  ///   - strata: Of each case, below `count`.
  /// - Throws: `needsScore`, `noPositives`, `noNegatives`, `notComputed` where no stratum has both classes.
  public init(_ sample: Sample, strata: [UInt16], count: Int) throws(Undefined) {
    guard !sample.scores.isEmpty else { throw sample.count == 0 ? .noCases : .needsScore }
    precondition(strata.count == sample.count)
    let scores = Array(sample.scores)
    let bits = Array(sample.bits)
    let weights = Array(sample.weights)
    func weight(_ index: Int) -> Double { weights.isEmpty ? 1 : weights[index] }
    positives = sample.positives
    negatives = sample.count - positives
    guard positives > 0 else { throw .noPositives }
    guard negatives > 0 else { throw .noNegatives }
    patients = sample.isClustered ? WithinStrataArea.patients(PatientSums(by: sample.patients), bits) : nil

    /// Weights of both classes: in a stratum or, in the last place, over all.
    var totals = [SIMD2<Double>](repeating: .zero, count: count + 1)
    for index in bits.indices {
      let mass: SIMD2<Double> = bits[index] & 1 == 1 ? [weight(index), 0] : [0, weight(index)]
      totals[Int(strata[index])] += mass
      totals[count] += mass
    }
    let pairs = totals.dropLast().reduce(0) { $0 + $1[0] * $1[1] }
    guard pairs > 0 else { throw .notComputed("no stratum has cases of both classes") }
    let allPairs = totals[count][0] * totals[count][1]

    // Of each case, the opposite class on its right side of it: below a positive, above a negative.
    var placements = [(pooled: Double, within: Double)](repeating: (0, 0), count: bits.count)
    var below = [SIMD2<Double>](repeating: .zero, count: count + 1)
    var tied = below
    var start = 0
    var sums = (pooled: 0.0, within: 0.0)
    while start < scores.count {
      var end = start
      while end < scores.count, scores[end] == scores[start] {
        let mass: SIMD2<Double> = bits[end] & 1 == 1 ? [weight(end), 0] : [0, weight(end)]
        tied[Int(strata[end])] += mass
        tied[count] += mass
        end += 1
      }
      for index in start..<end {
        func place(_ stratum: Int) -> Double {
          bits[index] & 1 == 1
            ? below[stratum][1] + tied[stratum][1] / 2
            : totals[stratum][0] - below[stratum][0] - tied[stratum][0] / 2
        }
        placements[index] = (place(count), place(Int(strata[index])))
        guard bits[index] & 1 == 1 else { continue }
        sums.pooled += weight(index) * placements[index].pooled
        sums.within += weight(index) * placements[index].within
      }
      for index in start..<end {
        let stratum = Int(strata[index])
        below[stratum] += tied[stratum]
        tied[stratum] = .zero
      }
      below[count] += tied[count]
      tied[count] = .zero
      start = end
    }
    let pooled = sums.pooled / allPairs
    let within = sums.within / pairs
    self.pooled = pooled
    self.within = within
    shareOfPairs = pairs / allPairs
    influence = placements.indices.map { index in
      let opposite = bits[index] & 1 == 1 ? 1 : 0
      let own = totals[Int(strata[index])][opposite]
      return (
        weight(index) * (placements[index].pooled - totals[count][opposite] * pooled) / allPairs,
        weight(index) * (placements[index].within - own * within) / pairs
      )
    }
  }

  /// The variance of `pooled`, `within` or their difference, by `part` of the influence; nil with fewer than two cases
  /// (patients) in a class. Of the pooled area it is DeLong's, and Obuchowski's by patient.
  public func variance(
    in sample: Sample, _ part: ((pooled: Double, within: Double)) -> Double
  ) -> Double? {
    let bits = Array(sample.bits)
    func factor(_ count: Int) -> Double { Double(count) / Double(count - 1) }
    guard let patients else {
      guard positives > 1, negatives > 1 else { return nil }
      var squares = (positives: 0.0, negatives: 0.0)
      for (bit, value) in zip(bits, influence) {
        let phi = part(value)
        if bit & 1 == 1 { squares.positives += phi * phi } else { squares.negatives += phi * phi }
      }
      return factor(positives) * squares.positives + factor(negatives) * squares.negatives
    }
    let ofPositives = patients.sums.sums { bits[$0] & 1 == 1 ? part(influence[$0]) : 0 }
    let ofNegatives = patients.sums.sums { bits[$0] & 1 == 0 ? part(influence[$0]) : 0 }
    guard patients.positives > 1, patients.negatives > 1 else { return nil }
    var total = 0.0
    for (a, b) in zip(ofPositives, ofNegatives) {
      total +=
        factor(patients.positives) * a * a + factor(patients.negatives) * b * b
        + 2 * factor(patients.all) * a * b
    }
    return total
  }

  /// Of the class that has fewer, cases or patients.
  public var smallerClass: Int {
    patients.map { min($0.positives, $0.negatives) } ?? min(positives, negatives)
  }

  private static func patients(
    _ sums: PatientSums, _ bits: [UInt16]
  ) -> (sums: PatientSums, all: Int, positives: Int, negatives: Int) {
    let positives = sums.sums { Double(bits[$0] & 1) }.count { $0 > 0 }
    let negatives = sums.sums { Double(~bits[$0] & 1) }.count { $0 > 0 }
    return (sums, sums.patients.count, positives, negatives)
  }
}
