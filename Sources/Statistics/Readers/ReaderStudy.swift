/// Whether treatments (with and without the AI, or two models) differ in the mean area under the curve of readers, for
/// readers and cases like these: Obuchowski and Rockette (1995, doi:10.1080/03610919508813243) with Hillis' degrees of
/// freedom (2007, doi:10.1002/sim.2532). Every reader reads every case under every treatment.
///
/// Agrees with RJafroc's published output for the VanDyke data to all digits given, and with areas counted pair by pair and
/// cases left out one by one in NumPy to 1e-9.
public struct ReaderStudy: Hashable, Sendable {
  /// By treatment and reader.
  public let areas: [[Double]]
  /// Mean covariances of two areas: the same reader under two treatments, two readers under one, both different; and the
  /// mean variance.
  public let sameReader, sameTreatment, bothDiffer, variance: Double
  /// Mean squares of treatments and of treatments by readers.
  public let treatmentSquare, interactionSquare: Double

  public static let fewestReaders = 3

  /// - Parameters:
  ///   - areas: Two treatments or more, each with one area for each reader.
  ///   - covariance: Between areas due to cases; rows and columns by treatment, then reader.
  /// - Throws: `notComputed` below three readers.
  public init(areas: [[Double]], covariance: [[Double]]) throws(Undefined) {
    let (treatments, readers) = (areas.count, areas.first?.count ?? 0)
    precondition(treatments > 1 && areas.allSatisfy { $0.count == readers })
    precondition(covariance.count == treatments * readers)
    guard readers >= ReaderStudy.fewestReaders else {
      throw .notComputed(
        "\(readers) \(readers == 1 ? "reader" : "readers"), at least \(ReaderStudy.fewestReaders) needed: "
          + "what is found holds for these readers only")
    }
    self.areas = areas
    var sums = [0.0, 0, 0, 0]
    var pairs = [0.0, 0, 0, 0]
    for a in covariance.indices {
      for b in covariance.indices {
        let kind = (a / readers == b / readers ? 1 : 0) + (a % readers == b % readers ? 2 : 0)
        sums[kind] += covariance[a][b]
        pairs[kind] += 1
      }
    }
    bothDiffer = sums[0] / pairs[0]
    sameTreatment = sums[1] / pairs[1]
    sameReader = sums[2] / pairs[2]
    variance = sums[3] / pairs[3]

    let (t, r) = (Double(treatments), Double(readers))
    let ofTreatment = areas.map { $0.reduce(0, +) / r }
    let ofReader = (0..<readers).map { reader in areas.reduce(0) { $0 + $1[reader] } / t }
    let mean = ofReader.reduce(0, +) / r
    treatmentSquare = r / (t - 1) * ofTreatment.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    var interaction = 0.0
    for (row, treatment) in zip(areas, ofTreatment) {
      for (area, reader) in zip(row, ofReader) {
        let rest = area - treatment - reader + mean
        interaction += rest * rest
      }
    }
    interactionSquare = interaction / ((t - 1) * (r - 1))
  }

  /// Of scores: covariances by leaving out one case at a time (Quenouille, Tukey 1958, doi:10.1214/aoms/1177706647), in
  /// closed form from placements.
  ///
  /// - Parameter scores: By treatment, reader and case; higher means positive.
  /// - Throws: As `CorrelatedAreas`.
  public init(scores: [[[Double]]], isPositive: [Bool]) throws(Undefined) {
    precondition(scores.allSatisfy { $0.allSatisfy { $0.count == isPositive.count } })
    let positives = isPositive.count { $0 }
    let fewer = min(positives, isPositive.count - positives)
    let (m, n) = (Double(positives), Double(isPositive.count - positives))
    let cases = m + n
    var areas: [[Double]] = []
    var deviations: [[Double]] = []
    for readers in scores {
      var row: [Double] = []
      for scores in readers {
        let sample = Sample(scores: scores, isPositive: isPositive)
        let deLong = try DeLong(sample)
        guard fewer > 1 else { throw .tooFewCases(found: fewer, needed: 2, of: "of the smaller class") }
        row.append(deLong.auc)
        // How far the area moves when the case is left out.
        var moves = [Double](repeating: 0, count: isPositive.count)
        for (place, influence) in zip(RadixOrder.ascending(scores), deLong.influence(in: sample)) {
          let size = isPositive[Int(place)] ? m : n
          moves[Int(place)] = -influence * size / (size - 1)
        }
        deviations.append(moves)
      }
      areas.append(row)
    }
    let factor = (cases - 1) / cases
    try self.init(
      areas: areas,
      covariance: deviations.map { a in
        deviations.map { b in factor * zip(a, b).reduce(0) { $0 + $1.0 * $1.1 } }
      })
  }

  private var readers: Double { Double(areas[0].count) }
  private var treatments: Double { Double(areas.count) }
  private var casesPart: Double { max(0, readers * (sameTreatment - bothDiffer)) }
  /// What differences between treatments are measured by.
  private var errorSquare: Double { interactionSquare + casesPart }

  /// Hillis' denominator degrees of freedom; infinite where readers and treatments do not interact.
  public var degreesOfFreedom: Double {
    let interaction = (treatments - 1) * (readers - 1)
    guard casesPart > 0 else { return interaction }
    return interactionSquare > 0
      ? errorSquare * errorSquare / (interactionSquare * interactionSquare / interaction) : .infinity
  }

  /// F of equal mean areas, on treatments − 1 and `degreesOfFreedom`, with its p.
  ///
  /// - Throws: `zeroDenominator` where neither readers nor cases vary.
  public func equality() throws(Undefined) -> (statistic: Double, p: Double) {
    guard errorSquare > 0 else { throw .zeroDenominator("no variation among readers or cases") }
    let f = treatmentSquare / errorSquare
    let p =
      degreesOfFreedom < 1e9
      ? FisherF.upperTail(f, treatments - 1, degreesOfFreedom)
      : ChiSquared.upperTail(f * (treatments - 1), degreesOfFreedom: treatments - 1)
    return (f, p)
  }

  /// Mean area under treatment `a` minus that under `b`, with its standard error and limits.
  ///
  /// - Throws: As `equality`.
  public func difference(
    _ a: Int, minus b: Int, tail: Double
  ) throws(Undefined) -> (value: Double, standardError: Double, interval: Interval) {
    guard errorSquare > 0 else { throw .zeroDenominator("no variation among readers or cases") }
    let value = zip(areas[a], areas[b]).reduce(0) { $0 + ($1.0 - $1.1) } / readers
    let error = (2 / readers * errorSquare).squareRoot()
    let reference: ReferenceDistribution =
      degreesOfFreedom < 1e9 ? .student(degreesOfFreedom) : .normal
    let reach = reference.upperQuantile(tail) * error
    return (value, error, Interval(lower: value - reach, upper: value + reach, level: 1 - 2 * tail))
  }
}
