internal import Statistics

extension Metric {
  /// Measures of calibration that are computed where a plan asks for them.
  static let askedCalibration: [Metric] = [
    Metric(
      id: "spiegelhalter_z", name: "Spiegelhalter's z", family: .calibration, direction: .target(0),
      style: .number(decimals: 2),
      definition:
        "How far the Brier score is from what these probabilities lead to expect, in standard errors of perfect calibration.",
      formula: "Σ (y − p)(1 − 2p) / √(Σ (1 − 2p)² p (1 − p))",
      intervalText:
        "None: it is a test statistic (p against perfect calibration, two-sided normal). Undefined with several cases a patient and with weights, where its null does not hold.",
      assumptions: Wording.ownProbabilities + Wording.ownPrevalence
        + " Grows with the number of cases: it says whether, not by how much.",
      reference: "Spiegelhalter 1986, doi:10.1002/sim.4780050506", isDefault: false,
      dependsOnPrevalence: true, needs: .probability,
      measure: .test { calibration throws(Undefined) in
        let test = try calibration.spiegelhalter.get()
        return (test.z, test.p, nil)
      }),
    Metric(
      id: "hosmer_lemeshow", name: "Hosmer-Lemeshow χ²", family: .calibration, direction: .lowerIsBetter,
      style: .number(decimals: 2),
      definition:
        "Observed against predicted positives over tenths of risk, equal probabilities staying together. For the record: it depends on the groups, and grows with the number of cases.",
      formula: "Σ_g (O − E)² / (E (1 − E / n_g))",
      intervalText:
        "None: it is a test statistic (p from χ² on as many degrees of freedom as groups, as nothing was fitted here; none where few are expected, by Cochran's rule). Undefined with several cases a patient and with weights, where its null does not hold.",
      assumptions: Wording.ownProbabilities + Wording.ownPrevalence,
      reference:
        "Hosmer, Lemeshow 1980, doi:10.1080/03610928008827941; Cochran 1954, doi:10.2307/3001616",
      isDefault: false, dependsOnPrevalence: true, needs: .probability,
      measure: .test { calibration throws(Undefined) in
        let test = try calibration.hosmerLemeshow.get()
        let groups = "\(test.groups) \(test.groups == 1 ? "group" : "groups") of risk"
        return (test.statistic, test.p, test.p == nil ? "\(groups), too few expected for a p" : groups)
      }),
  ]
}

extension Measure {
  /// A statistic with its p against perfect calibration.
  fileprivate static func test(
    _ take:
      @escaping @Sendable (CalibrationEvidence) throws(Undefined) -> (
        value: Double, p: Double?, note: String?
      )
  ) -> Measure {
    Measure { (evidence, _) throws(Undefined) -> Measurement in
      let calibration = try evidence.calibration.get()
      let test = try take(calibration.asked)
      return Measurement(
        value: test.value, limits: nil, method: "none", variance: nil,
        support: evidence.support(of: calibration), caveat: test.note, nullP: test.p)
    }
  }
}
