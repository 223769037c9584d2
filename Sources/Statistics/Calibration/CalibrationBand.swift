/// A band that holds a whole smooth calibration curve at once, by Scheffé's principle (1953, doi:10.1093/biomet/40.1-2.87):
/// of independent cases from the inverse information and χ², with patients from the jackknife over them, in one step, and
/// Hotelling's T². It allows for chance, not for a curve that no spline of these knots has.
public struct CalibrationBand: Sendable {
  private let curve: SmoothCalibration
  /// Of the coefficients.
  let covariance: [[Double]]
  /// Of the jackknife: patients (or weighted cases) of the class with fewer, less one; nil for independent cases.
  let freedom: Double?

  /// - Parameter patients: A code for each case; empty when each is a patient of its own.
  /// - Returns: Nil where a variance cannot be had.
  public init?(around curve: SmoothCalibration, _ cases: LogitCases, patients: ArraySlice<UInt32>) {
    guard let bread = Cholesky(curve.information) else { return nil }
    self.curve = curve
    let parameters = curve.spline.parameters
    let inverse = (0..<parameters).map { row in
      bread.solve((0..<parameters).map { $0 == row ? 1 : 0 })
    }
    guard !patients.isEmpty else {
      covariance = inverse
      freedom = nil
      return
    }
    let sums = PatientSums(by: patients)
    let base = cases.bits.startIndex
    func count(of truth: UInt16) -> Int {
      sums.sums { cases.bits[base + $0] & 1 == truth ? 1 : 0 }.count { $0 > 0 }
    }
    let smallerClass = min(count(of: 1), count(of: 0))
    guard smallerClass > 1 else { return nil }
    freedom = Double(smallerClass - 1)
    let basis = curve.spline.columns(at: cases.logits)
    let weights = cases.logits.indices.map { cases.weight($0) }
    let risks = cases.logits.map { curve.risk(at: $0) }
    let scores = basis.map { column in
      sums.sums { weights[$0] * (Double(cases.bits[base + $0] & 1) - risks[$0]) * column[$0] }
    }
    let information = (0..<parameters).map { row in
      (0...row).map { column in
        sums.sums { weights[$0] * risks[$0] * (1 - risks[$0]) * basis[row][$0] * basis[column][$0] }
      }
    }
    // How far the coefficients move, in one step, without the patient.
    var moves = [[Double]](repeating: [], count: parameters)
    for patient in sums.patients.indices {
      let rest = curve.information.indices.map { row in
        curve.information[row].indices.map { column in
          curve.information[row][column] - (column <= row ? information[row][column][patient] : 0)
        }
      }
      guard let factor = Cholesky(rest) else { return nil }
      for (row, move) in factor.solve(scores.map { $0[patient] }).enumerated() { moves[row].append(move) }
    }
    let patientCount = Double(sums.patients.count)
    let factor = (patientCount - 1) / patientCount
    covariance = moves.map { row in moves.map { factor * CalibrationBand.product(row, $0) } }
  }

  private static func product(_ a: [Double], _ b: [Double]) -> Double {
    zip(a, b).reduce(0) { $0 + $1.0 * $1.1 }
  }

  /// Of the curve at this logit, on the logit scale.
  public func standardError(at logit: Double) -> Double { max(0, variance(at: logit)).squareRoot() }

  private func variance(at logit: Double) -> Double {
    let basis = curve.spline.basis(at: logit)
    return CalibrationBand.product(basis, covariance.map { CalibrationBand.product($0, basis) })
  }

  /// Standard errors on either side at which the whole curve is held; nil with too few patients for its parameters.
  private func reach(level: Double) -> Double? {
    let parameters = Double(curve.spline.parameters)
    guard let freedom else {
      return ChiSquared.quantile(level, degreesOfFreedom: parameters).squareRoot()
    }
    let left = freedom - parameters + 1
    guard left >= 1 else { return nil }
    let share = Beta.quantile(level, a: parameters / 2, b: left / 2)
    return (freedom * share / (1 - share)).squareRoot()
  }

  /// P(T² > statistic) of as many parameters (Hotelling 1931, doi:10.1214/aoms/1177732979).
  static func hotelling(_ statistic: Double, parameters: Int, freedom: Double) -> Double {
    let left = freedom - Double(parameters) + 1
    return FisherF.upperTail(statistic * left / (freedom * Double(parameters)), Double(parameters), left)
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
