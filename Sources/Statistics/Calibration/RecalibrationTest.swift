internal import RealModule

/// How much of a model's calibration needs to change, by the closed testing procedure of Vergouwe et al. (2017,
/// doi:10.1002/sim.7179): each smaller update is tested against the most flexible one, the smallest first, and the first
/// that is not rejected is advised. The level is kept for the whole, whichever update is enough.
///
/// The most flexible update is a smooth calibration curve. Of independent cases the tests are likelihood ratios; with
/// patients or weights Wald's, by the jackknife variance, on Hotelling's distribution. Agrees with R's `rms::lrm` to 1e-8.
public struct RecalibrationTest: Sendable {
  /// From the least to the most that is changed.
  public enum Update: Int, Hashable, Sendable, CaseIterable {
    case none, intercept, slope, flexible
  }

  /// Of an update against the flexible one.
  public struct Step: Hashable, Sendable {
    public let update: Update
    /// χ², or Hotelling's T² where cases depend on one another.
    public let statistic: Double
    public let degreesOfFreedom: Int
    public let p: Double
  }

  /// Of the three smaller updates, the smallest first.
  public let steps: [Step]

  /// Below so many of either class a calibrated model is changed too often: at 40 cases in 7 % of samples, at 20 in 16 %; at 60
  /// patients in 7 %.
  public static let fewestOfAClass = (cases: 50, patients: 100)

  /// - Parameter patients: A code for each case; empty when each is a patient of its own.
  /// - Throws: `tooFewCases`; what a smooth curve or logistic recalibration throws; `notComputed` with too few patients for the curve.
  public init(_ cases: LogitCases, patients: ArraySlice<UInt32>) throws(Undefined) {
    let smaller = RecalibrationTest.smallerClass(cases, patients)
    let fewest = RecalibrationTest.fewestOfAClass
    let needed = patients.isEmpty ? fewest.cases : fewest.patients
    guard smaller >= needed else {
      throw .tooFewCases(found: smaller, needed: needed, of: "of the smaller class")
    }
    let curve = try SmoothCalibration(cases)
    guard patients.isEmpty else {
      guard let band = CalibrationBand(around: curve, cases, patients: patients) else {
        throw .notComputed("too few patients for the tests")
      }
      steps = try RecalibrationTest.wald(curve, band)
      return
    }
    let intercept = try LogisticRecalibration(cases, form: .intercept)
    let slope = try LogisticRecalibration(cases, form: .slope)
    let full = cases.logLikelihood { curve.linear(at: $0) }
    func step(_ update: Update, _ linear: (Double) -> Double) -> Step {
      let statistic = max(0, 2 * (full - cases.logLikelihood(linear)))
      let freedom = curve.spline.parameters - update.rawValue
      return Step(
        update: update, statistic: statistic, degreesOfFreedom: freedom,
        p: ChiSquared.upperTail(statistic, degreesOfFreedom: Double(freedom)))
    }
    steps = [
      step(.none) { $0 }, step(.intercept) { intercept.intercept + $0 },
      step(.slope) { slope.intercept + slope.slope * $0 },
    ]
  }

  /// Patients where they are named.
  private static func smallerClass(_ cases: LogitCases, _ patients: ArraySlice<UInt32>) -> Int {
    func count(of truth: UInt16) -> Int {
      guard !patients.isEmpty else { return cases.bits.count { $0 & 1 == truth } }
      return Set(zip(patients, cases.bits).lazy.filter { $0.1 & 1 == truth }.map(\.0)).count
    }
    return min(count(of: 1), count(of: 0))
  }

  /// That the coefficients from the update's on are what they are without it: (0, 1, 0, 0 …).
  private static func wald(_ curve: SmoothCalibration, _ band: CalibrationBand) throws(Undefined) -> [Step] {
    let covariance = band.covariance
    var distance = curve.coefficients
    distance[1] -= 1
    var steps: [Step] = []
    for update in [Update.none, .intercept, .slope] {
      let tested = Array(distance[update.rawValue...])
      let block = covariance[update.rawValue...].map { Array($0[update.rawValue...]) }
      guard let factor = Cholesky(block), let freedom = band.freedom, freedom >= Double(tested.count) else {
        throw .notComputed("too few patients for the tests")
      }
      let statistic = zip(tested, factor.solve(tested)).reduce(0) { $0 + $1.0 * $1.1 }
      steps.append(
        Step(
          update: update, statistic: statistic, degreesOfFreedom: tested.count,
          p: CalibrationBand.hotelling(statistic, parameters: tested.count, freedom: freedom)))
    }
    return steps
  }

  /// The smallest update that is not rejected.
  public func advice(level: Double) -> Update {
    steps.first { $0.p >= level }?.update ?? .flexible
  }
}

/// A change of predicted probabilities, fitted on some cases and applied to others.
public struct Recalibration: Sendable {
  private let linear: @Sendable (Double) -> Double

  /// - Throws: What the fit throws.
  public init(_ update: RecalibrationTest.Update, to cases: LogitCases) throws(Undefined) {
    switch update {
    case .none: linear = { $0 }
    case .intercept:
      let fit = try LogisticRecalibration(cases, form: .intercept)
      linear = { fit.intercept + $0 }
    case .slope:
      let fit = try LogisticRecalibration(cases, form: .slope)
      linear = { fit.intercept + fit.slope * $0 }
    case .flexible:
      let curve = try SmoothCalibration(cases)
      linear = { curve.linear(at: $0) }
    }
  }

  /// The new probability of a case with this logit of the old one.
  public func probability(atLogit logit: Double) -> Double { SmoothCalibration.risk(linear(logit)) }
}
