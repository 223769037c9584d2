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
    smooth(
      "ici", "Integrated calibration index", "Mean distance",
      "mean |p − c(p)|, c the smooth calibration curve",
      \.ici),
    smooth("e50", "E50", "Median distance", "median |p − c(p)|", \.e50),
    smooth(
      "e90", "E90", "Distance that nine of ten cases do not exceed", "90th percentile of |p − c(p)|", \.e90),
    smooth("emax", "Emax", "Largest distance", "max |p − c(p)|", \.emax),
  ]

  private static func smooth(
    _ id: String, _ name: String, _ what: String, _ formula: String,
    _ value: @escaping @Sendable (SmoothErrors) -> Double
  ) -> Metric {
    Metric(
      id: id, name: name, family: .calibration, direction: .lowerIsBetter, style: .number(decimals: 4),
      definition:
        "\(what) between the predicted probability and a smooth calibration curve, over the cases. Above zero even for a perfectly calibrated model.",
      formula: formula,
      intervalText:
        "None: the value is biased upward by noise, and resampling adds the same bias again; read the curve with its band.",
      assumptions: Wording.ownProbabilities + Wording.ownPrevalence
        + " The curve is a logistic regression on a restricted cubic spline of logit(p) with Harrell's knots (five; four below 100 cases, three below 30), and needs ten of either class. Probabilities of exactly 0 or 1 are clipped to [1e-6, 1 − 1e-6], and above 1 % make it undefined.",
      reference: "Austin, Steyerberg 2019, doi:10.1002/sim.8281", isDefault: false,
      dependsOnPrevalence: true, needs: .probability,
      measure: Measure { (evidence, _) throws(Undefined) -> Measurement in
        let calibration = try evidence.calibration.get()
        return Measurement(
          value: value(try calibration.asked.smooth.get()), limits: nil, method: "none", variance: nil,
          support: evidence.support(of: calibration), caveat: "biased upward: read the curve's band")
      })
  }
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
