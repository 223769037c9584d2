internal import RealModule
internal import Statistics

extension Curve {
  private static let steps = 50

  /// A smooth calibration curve from the first to the ninety-ninth percentile of the predictions, in equal steps of
  /// probability and of cases.
  ///
  /// - Parameter patients: A code for each scored case; empty when each is a patient of its own.
  init?(
    smoothing scored: ScoredCases, patients: ArraySlice<UInt32>, model: String, finding: String?,
    confidence: Double
  ) {
    guard let cases = try? LogitCases(of: scored), let smooth = try? SmoothCalibration(cases) else {
      return nil
    }
    let shares = (0...Curve.steps).map { Double($0) / Double(Curve.steps) }
    let ofCases = shares.map {
      SmoothCalibration.risk(cases.logits[Int((0.01 + 0.98 * $0) * Double(scored.count - 1))])
    }
    let (low, high) = (ofCases[0], ofCases[Curve.steps])
    let risks = Set(ofCases + shares.map { low + (high - low) * $0 }).sorted()
    let logits = risks.map { Double.log($0 / (1 - $0)) }
    let limits = CalibrationBand(around: smooth, cases, patients: patients)?.limits(
      at: logits, level: confidence)
    self.init(
      kind: .smoothCalibration, model: model, finding: finding, subgroup: .everyone,
      points: risks.indices.map { index in
        Point(
          x: risks[index], y: smooth.risk(at: logits[index]), lower: limits?[index].lower,
          upper: limits?[index].upper)
      })
  }
}
