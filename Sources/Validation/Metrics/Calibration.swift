extension Metric {
  /// Whether predicted probabilities come true.
  static let calibration: [Metric] = [
    Metric(
      id: "brier", name: "Brier score", family: .calibration, direction: .lowerIsBetter,
      style: .number(decimals: 4),
      definition: "Mean squared difference between predicted probability and outcome.",
      formula: "Σ (p − y)² / n",
      intervalText:
        "Hall's transformation for skewness (Hall 1992, doi:10.1111/j.2517-6161.1992.tb01876.x), held inside Clopper-Pearson's; with patients their influence on the logit scale.",
      assumptions: Wording.ownProbabilities + Wording.ownPrevalence,
      reference:
        "Brier 1950, doi:10.1175/1520-0493(1950)078<0001:VOFEIT>2.0.CO;2; Steyerberg et al. 2010, doi:10.1097/EDE.0b013e3181c30fb2",
      isDefault: true, dependsOnPrevalence: true, needs: .probability, measure: .brier),
    Metric(
      id: "brier_scaled", name: "Scaled Brier score", family: .calibration, direction: .higherIsBetter,
      style: .number(decimals: 3),
      definition: "Share of the Brier score of an uninformative model that this one saves.",
      formula: "1 − Brier / (o (1 − o)), o the prevalence",
      intervalText:
        "Hall's transformation for skewness (Hall 1992, doi:10.1111/j.2517-6161.1992.tb01876.x) on 1 − value; with patients their influence on the scale of log(1 − value).",
      assumptions: Wording.ownProbabilities + Wording.ownPrevalence,
      reference: "Steyerberg et al. 2010, doi:10.1097/EDE.0b013e3181c30fb2", isDefault: false,
      dependsOnPrevalence: true, needs: .probability, measure: .scaledBrier),
    Metric(
      id: "calibration_intercept", name: "Calibration intercept", family: .calibration, direction: .target(0),
      style: .number(decimals: 3),
      definition: "Log odds by which outcomes exceed predictions on average (calibration in the large).",
      formula: "a in logit P(y = 1) = a + logit(p)",
      intervalText: "Wald from the logistic model; with patients the sandwich variance by patient.",
      assumptions: Wording.ownProbabilities + Wording.ownPrevalence
        + " Probabilities of exactly 0 or 1 are clipped to [1e-6, 1 − 1e-6], counted, and above 1 % make it undefined.",
      reference:
        "Cox 1958, doi:10.1093/biomet/45.3-4.562; Van Calster et al. 2016, doi:10.1016/j.jclinepi.2015.12.005",
      isDefault: true, dependsOnPrevalence: true, needs: .probability, measure: .intercept),
    Metric(
      id: "calibration_slope", name: "Calibration slope", family: .calibration, direction: .target(1),
      style: .number(decimals: 3),
      definition:
        "Slope of outcomes on predictions, on the logit scale: below 1, predictions are too extreme.",
      formula: "b in logit P(y = 1) = a + b logit(p)",
      intervalText:
        "Profile likelihood of the logistic model (Venzon and Moolgavkar 1988, doi:10.2307/2347496); with patients Wald from the sandwich variance by patient. Gaps: \(Int(Gap.fewestForSlopes)) positives and as many negatives on either side, or no interval.",
      assumptions: Wording.ownProbabilities
        + " Probabilities of exactly 0 or 1 are clipped to [1e-6, 1 − 1e-6], counted, and above 1 % make it undefined.",
      reference:
        "Cox 1958, doi:10.1093/biomet/45.3-4.562; Van Calster et al. 2016, doi:10.1016/j.jclinepi.2015.12.005",
      isDefault: true, dependsOnPrevalence: false, needs: .probability, measure: .slope),
    Metric(
      id: "observed_expected", name: "Observed to expected ratio", family: .calibration,
      direction: .target(1), style: .number(decimals: 3),
      definition: "Positives observed over positives predicted.", formula: "Σ y / Σ p",
      intervalText:
        "Influence of each case (or patient) on the cube-root scale (Wilson and Hilferty 1931, doi:10.1073/pnas.17.12.684).",
      assumptions: Wording.ownProbabilities + Wording.ownPrevalence,
      reference: "Debray et al. 2017, doi:10.1136/bmj.i6460", isDefault: true, dependsOnPrevalence: true,
      needs: .probability, measure: .observedExpected),
    Metric(
      id: "ece", name: "Expected calibration error", family: .calibration, direction: .lowerIsBetter,
      style: .number(decimals: 4),
      definition:
        "Mean distance between predicted and observed over ten equal-width bins. Above zero even for a perfectly calibrated model.",
      formula: "Σ_b |Σ y − Σ p| / n",
      intervalText: "None: the value is biased upward by noise; read the excess over its null expectation.",
      assumptions: Wording.ownProbabilities + Wording.ownPrevalence,
      reference: "Bröcker 2012, doi:10.1007/s00382-011-1191-1", isDefault: true, dependsOnPrevalence: true,
      needs: .probability, measure: .calibrationError(excess: false)),
    Metric(
      id: "ece_excess", name: "Excess calibration error", family: .calibration, direction: .lowerIsBetter,
      style: .number(decimals: 4),
      definition:
        "Expected calibration error minus what a perfectly calibrated model with these scores would show.",
      formula: "ECE − E₀[ECE], exact by bin",
      intervalText:
        "None; judged by its null test (p against perfect calibration, gamma with the null's mean and variance). With patients the expectation is from patient sums and no test is made.",
      assumptions: Wording.ownProbabilities + Wording.ownPrevalence,
      reference: "Bröcker 2012, doi:10.1007/s00382-011-1191-1", isDefault: true, dependsOnPrevalence: true,
      needs: .probability, measure: .calibrationError(excess: true)),
  ]
}
