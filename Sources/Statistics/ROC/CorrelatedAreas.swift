/// The areas of several scores on the same cases, with their full covariance, and the test that all are equal
/// (DeLong, DeLong, Clarke-Pearson 1988, doi:10.2307/2531595).
///
/// The covariances agree with R's pROC `cov` of each pair to 1e-12.
public struct CorrelatedAreas: Sendable {
  public let areas: [Double]
  /// One row for each score.
  public let covariance: [[Double]]

  /// - Parameter scores: At least one list, each with a score for every case; higher means positive.
  /// - Throws: As `DeLong`; `tooFewCases` with fewer than two cases in a class.
  public init(scores: [[Double]], isPositive: [Bool]) throws(Undefined) {
    precondition(!scores.isEmpty && scores.allSatisfy { $0.count == isPositive.count })
    var areas: [Double] = []
    var influences: [[Double]] = []
    for scores in scores {
      let sample = Sample(scores: scores, isPositive: isPositive)
      let deLong = try DeLong(sample)
      guard deLong.variance != nil else {
        throw .tooFewCases(
          found: min(deLong.positives, deLong.negatives), needed: 2, of: "of the smaller class")
      }
      areas.append(deLong.auc)
      var influence = scores
      for (place, value) in zip(RadixOrder.ascending(scores), deLong.influence(in: sample)) {
        influence[Int(place)] = value
      }
      influences.append(influence)
    }
    let positives = Double(isPositive.count { $0 })
    let negatives = Double(isPositive.count) - positives
    let factors = (positives / (positives - 1), negatives / (negatives - 1))
    self.areas = areas
    covariance = influences.map { a in
      influences.map { b in
        isPositive.indices.reduce(0) {
          $0 + (isPositive[$1] ? factors.0 : factors.1) * a[$1] * b[$1]
        }
      }
    }
  }

  /// χ² of the hypothesis that all areas are equal, its degrees of freedom, and p: differences from the first, without
  /// those that the others already say.
  ///
  /// - Throws: `zeroDenominator` where no two areas can differ.
  public func equality() throws(Undefined) -> (statistic: Double, degreesOfFreedom: Int, p: Double) {
    // Cholesky's factor L of the covariance of the differences, with L y = d solved along the way: χ² = Σ y².
    func difference(_ i: Int, _ j: Int) -> Double {
      covariance[i][j] - covariance[i][0] - covariance[0][j] + covariance[0][0]
    }
    var rows: [(score: Int, entries: [Double], solved: Double)] = []
    for i in areas.indices.dropFirst() {
      var entries: [Double] = []
      for (k, other) in rows.enumerated() {
        let known = zip(entries, other.entries).reduce(0) { $0 + $1.0 * $1.1 }
        entries.append((difference(i, other.score) - known) / other.entries[k])
      }
      let rest = difference(i, i) - entries.reduce(0) { $0 + $1 * $1 }
      guard rest > 1e-12 * (covariance[i][i] + covariance[0][0]) else { continue }
      let known = zip(entries, rows).reduce(0) { $0 + $1.0 * $1.1.solved }
      let root = rest.squareRoot()
      rows.append((i, entries + [root], (areas[i] - areas[0] - known) / root))
    }
    guard !rows.isEmpty else { throw .zeroDenominator("no two areas can differ") }
    let statistic = rows.reduce(0) { $0 + $1.solved * $1.solved }
    return (statistic, rows.count, Gamma.upperTail(statistic, shape: Double(rows.count) / 2, scale: 2))
  }
}
