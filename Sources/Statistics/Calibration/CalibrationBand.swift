/// A band that holds a whole smooth calibration curve at once, by Scheffé's principle (1953, doi:10.1093/biomet/40.1-2.87):
/// of independent cases from the inverse information and χ², with patients from the sandwich of their scores and
/// Hotelling's T². It allows for chance, not for a curve that no spline of these knots has.
public struct CalibrationBand: Sendable {
  private let curve: SmoothCalibration
  private let bread: Cholesky
  /// Of the scores: nil for independent cases, whose information it is.
  private let meat: [[Double]]?
  /// Patients (or weighted cases) of the class with fewer.
  private let smallerClass: Int

  /// - Parameter patients: A code for each case; empty when each is a patient of its own.
  /// - Returns: Nil where a variance cannot be had.
  public init?(around curve: SmoothCalibration, _ cases: LogitCases, patients: ArraySlice<UInt32>) {
    guard let bread = Cholesky(curve.information) else { return nil }
    self.curve = curve
    self.bread = bread
    guard !patients.isEmpty else {
      meat = nil
      smallerClass = 0
      return
    }
    let sums = PatientSums(by: patients)
    let base = cases.bits.startIndex
    func count(of truth: UInt16) -> Int {
      sums.sums { cases.bits[base + $0] & 1 == truth ? 1 : 0 }.count { $0 > 0 }
    }
    smallerClass = min(count(of: 1), count(of: 0))
    guard smallerClass > 1 else { return nil }
    let residuals = cases.logits.indices.map {
      cases.weight($0) * (Double(cases.bits[base + $0] & 1) - curve.risk(at: cases.logits[$0]))
    }
    let scores = (0..<curve.spline.parameters).map { parameter in
      sums.sums { residuals[$0] * curve.spline.basis(at: cases.logits[$0])[parameter] }
    }
    let patientCount = Double(sums.patients.count)
    let factor = patientCount / (patientCount - 1)
    meat = scores.map { row in scores.map { column in factor * CalibrationBand.product(row, column) } }
  }

  private static func product(_ a: [Double], _ b: [Double]) -> Double {
    zip(a, b).reduce(0) { $0 + $1.0 * $1.1 }
  }

  /// Of the curve at this logit, on the logit scale.
  public func standardError(at logit: Double) -> Double { max(0, variance(at: logit)).squareRoot() }

  private func variance(at logit: Double) -> Double {
    let basis = curve.spline.basis(at: logit)
    let direction = bread.solve(basis)
    guard let meat else { return CalibrationBand.product(direction, basis) }
    return CalibrationBand.product(direction, meat.map { CalibrationBand.product(direction, $0) })
  }

  /// Standard errors on either side at which the whole curve is held; nil with too few patients for its parameters.
  private func reach(level: Double) -> Double? {
    let parameters = Double(curve.spline.parameters)
    guard meat != nil else {
      return ChiSquared.quantile(level, degreesOfFreedom: parameters).squareRoot()
    }
    let freedom = Double(smallerClass - 1)
    let left = freedom - parameters + 1
    guard left >= 1 else { return nil }
    let share = Beta.quantile(level, a: parameters / 2, b: left / 2)
    return (freedom * share / (1 - share)).squareRoot()
  }

  /// At these logits; nil where there is no band.
  public func limits(at logits: [Double], level: Double) -> [Interval]? {
    guard let reach = reach(level: level) else { return nil }
    return logits.map { logit in
      let distance = reach * standardError(at: logit)
      let linear = curve.linear(at: logit)
      return Interval(
        lower: SmoothCalibration.risk(linear - distance), upper: SmoothCalibration.risk(linear + distance),
        level: level)
    }
  }
}
