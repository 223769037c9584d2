/// The difference of two shares of the same cases, several cases a patient.
///
/// The influence d − δ of a case, d in {−1, 0, 1}, is summed by patient: variance K/(K − 1) Σ (Σ (d − δ))² / n²
/// (Obuchowski 1998, doi:10.1002/(SICI)1097-0258(19980715)17:13<1495::AID-SIM863>3.0.CO;2-I). The interval is Tango's on as
/// many independent cases as would vary as much, with Student's t on patients − 1. Agrees with sums written out by hand.
public struct ClusteredPairs: Hashable, Sendable {
  public let counts: PairedCounts
  public let patients: Int
  /// Of the difference; nil where patients do not vary.
  public let variance: Double?
  /// Σ over patients of (Σ d)².
  private let squaredSums: Double

  /// - Parameters:
  ///   - first: Whether the first hits each case.
  ///   - patients: Their codes, in the order of the cases.
  /// - Throws: `noCases`; `tooFewPatients` below two.
  public init(first: [Bool], second: [Bool], patients codes: [UInt32]) throws(Undefined) {
    precondition(first.count == second.count && first.count == codes.count)
    guard !first.isEmpty else { throw .noCases }
    var cells = [0, 0, 0, 0]
    for (a, b) in zip(first, second) { cells[(a ? 2 : 0) + (b ? 1 : 0)] += 1 }
    let counts = PairedCounts(both: cells[3], firstOnly: cells[2], secondOnly: cells[1], neither: cells[0])
    let sums = PatientSums(by: ArraySlice(codes))
    let patients = sums.patients.count
    guard patients > 1 else { throw .tooFewPatients(found: patients) }
    func d(_ i: Int) -> Double { (first[i] ? 1 : 0) - (second[i] ? 1 : 0) }
    self.counts = counts
    self.patients = patients
    squaredSums = sums.sums(d).reduce(0) { $0 + $1 * $1 }
    let residuals = sums.sums { d($0) - counts.difference }
    let k = Double(patients)
    let variance =
      k / (k - 1) * residuals.reduce(0) { $0 + $1 * $1 } / (counts.cases * counts.cases)
    self.variance = variance > 1e-12 * ClusteredPairs.independentVariance(counts) ? variance : nil
  }

  public var value: Double { counts.difference }

  /// At most the cases there are; without variation between patients each patient counts once.
  public var effectiveCases: Double {
    variance.map { min(counts.cases, ClusteredPairs.independentVariance(counts) * counts.cases / $0) }
      ?? min(Double(patients), counts.cases)
  }

  public func interval(tail: Double) -> Interval {
    counts.scaled(by: effectiveCases / counts.cases).tango(
      tail: tail, reference: .student(Double(patients - 1)))
  }

  /// Two-sided p of no difference: Obuchowski's χ² on one degree of freedom, its variance under equality.
  ///
  /// - Throws: `zeroDenominator` where no patient has more hits of one than of the other.
  public func equality() throws(Undefined) -> (statistic: Double, p: Double) {
    guard squaredSums > 0 else { throw .zeroDenominator("no discordant patients") }
    let k = Double(patients)
    let net = counts.firstOnly - counts.secondOnly
    let statistic = net * net * (k - 1) / k / squaredSums
    return (statistic, ChiSquared.upperTail(statistic, degreesOfFreedom: 1))
  }

  private static func independentVariance(_ counts: PairedCounts) -> Double {
    (counts.discordant / counts.cases - counts.difference * counts.difference) / counts.cases
  }
}
