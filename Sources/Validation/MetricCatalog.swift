extension Metric {
  /// In the order of every table.
  public static let catalog: [Metric] = [
    Metric(
      id: "sensitivity", name: "Sensitivity", family: .operatingPoint, direction: .higherIsBetter,
      style: .percentage, definition: "Share of positives that the model flags.", formula: "TP / (TP + FN)",
      intervalText:
        "Wilson by default (Clopper-Pearson, Jeffreys and Agresti-Coull selectable). With patients: the same on the effective sample size of the ratio estimator, Student's t on patients − 1 degrees of freedom.",
      assumptions: "The operating point was fixed before the data were seen.",
      reference:
        "Wilson 1927, doi:10.1080/01621459.1927.10502953; Brown, Cai, DasGupta 2001, doi:10.1214/ss/1009213286; Rao, Scott 1992, doi:10.2307/2532311",
      isDefault: true, dependsOnPrevalence: false, needs: .decision),
    Metric(
      id: "specificity", name: "Specificity", family: .operatingPoint, direction: .higherIsBetter,
      style: .percentage, definition: "Share of negatives that the model does not flag.",
      formula: "TN / (TN + FP)",
      intervalText:
        "Wilson by default (Clopper-Pearson, Jeffreys and Agresti-Coull selectable). With patients: the same on the effective sample size of the ratio estimator, Student's t on patients − 1 degrees of freedom.",
      assumptions: "The operating point was fixed before the data were seen.",
      reference:
        "Wilson 1927, doi:10.1080/01621459.1927.10502953; Brown, Cai, DasGupta 2001, doi:10.1214/ss/1009213286; Rao, Scott 1992, doi:10.2307/2532311",
      isDefault: true, dependsOnPrevalence: false, needs: .decision),
    Metric(
      id: "false_positive_rate", name: "False-positive rate", family: .operatingPoint,
      direction: .lowerIsBetter, style: .percentage,
      definition: "Share of negatives that the model flags: one minus specificity.",
      formula: "FP / (TN + FP)",
      intervalText:
        "Wilson by default (Clopper-Pearson, Jeffreys and Agresti-Coull selectable). With patients: the same on the effective sample size of the ratio estimator, Student's t on patients − 1 degrees of freedom.",
      assumptions: "The operating point was fixed before the data were seen.",
      reference:
        "Wilson 1927, doi:10.1080/01621459.1927.10502953; Brown, Cai, DasGupta 2001, doi:10.1214/ss/1009213286; Rao, Scott 1992, doi:10.2307/2532311",
      isDefault: false, dependsOnPrevalence: false, needs: .decision),
    Metric(
      id: "false_negative_rate", name: "False-negative rate", family: .operatingPoint,
      direction: .lowerIsBetter, style: .percentage,
      definition: "Share of positives that the model does not flag: one minus sensitivity.",
      formula: "FN / (TP + FN)",
      intervalText:
        "Wilson by default (Clopper-Pearson, Jeffreys and Agresti-Coull selectable). With patients: the same on the effective sample size of the ratio estimator, Student's t on patients − 1 degrees of freedom.",
      assumptions: "The operating point was fixed before the data were seen.",
      reference:
        "Wilson 1927, doi:10.1080/01621459.1927.10502953; Brown, Cai, DasGupta 2001, doi:10.1214/ss/1009213286; Rao, Scott 1992, doi:10.2307/2532311",
      isDefault: false, dependsOnPrevalence: false, needs: .decision),
    Metric(
      id: "ppv", name: "Positive predictive value", family: .operatingPoint, direction: .higherIsBetter,
      style: .percentage, definition: "Share of flagged cases that are positive.", formula: "TP / (TP + FP)",
      intervalText:
        "Wilson by default (Clopper-Pearson, Jeffreys and Agresti-Coull selectable). With patients: the same on the effective sample size of the ratio estimator, Student's t on patients − 1 degrees of freedom. At a stated prevalence: from sensitivity and specificity, on the logit scale (Mercaldo).",
      assumptions:
        "The operating point was fixed before the data were seen. Its value holds at this cohort's prevalence only.",
      reference:
        "Wilson 1927, doi:10.1080/01621459.1927.10502953; Brown, Cai, DasGupta 2001, doi:10.1214/ss/1009213286; Rao, Scott 1992, doi:10.2307/2532311; Mercaldo, Lau, Zhou 2007, doi:10.1002/sim.2677",
      isDefault: true, dependsOnPrevalence: true, needs: .decision),
    Metric(
      id: "npv", name: "Negative predictive value", family: .operatingPoint, direction: .higherIsBetter,
      style: .percentage, definition: "Share of unflagged cases that are negative.",
      formula: "TN / (TN + FN)",
      intervalText:
        "Wilson by default (Clopper-Pearson, Jeffreys and Agresti-Coull selectable). With patients: the same on the effective sample size of the ratio estimator, Student's t on patients − 1 degrees of freedom. At a stated prevalence: from sensitivity and specificity, on the logit scale (Mercaldo).",
      assumptions:
        "The operating point was fixed before the data were seen. Its value holds at this cohort's prevalence only.",
      reference:
        "Wilson 1927, doi:10.1080/01621459.1927.10502953; Brown, Cai, DasGupta 2001, doi:10.1214/ss/1009213286; Rao, Scott 1992, doi:10.2307/2532311; Mercaldo, Lau, Zhou 2007, doi:10.1002/sim.2677",
      isDefault: true, dependsOnPrevalence: true, needs: .decision),
    Metric(
      id: "accuracy", name: "Accuracy", family: .operatingPoint, direction: .higherIsBetter,
      style: .percentage,
      definition: "Share of cases in which the decision agrees with the reference standard.",
      formula: "(TP + TN) / n",
      intervalText:
        "Wilson by default (Clopper-Pearson, Jeffreys and Agresti-Coull selectable). With patients: the same on the effective sample size of the ratio estimator, Student's t on patients − 1 degrees of freedom.",
      assumptions:
        "The operating point was fixed before the data were seen. Its value holds at this cohort's prevalence only.",
      reference:
        "Wilson 1927, doi:10.1080/01621459.1927.10502953; Brown, Cai, DasGupta 2001, doi:10.1214/ss/1009213286; Rao, Scott 1992, doi:10.2307/2532311",
      isDefault: false, dependsOnPrevalence: true, needs: .decision),
    Metric(
      id: "balanced_accuracy", name: "Balanced accuracy", family: .operatingPoint, direction: .higherIsBetter,
      style: .percentage, definition: "Mean of sensitivity and specificity.",
      formula: "(sensitivity + specificity) / 2",
      intervalText:
        "Sum of two independent proportions from their Wilson limits (method of variance estimates recovery). With patients: influence by patient, logit scale.",
      assumptions: "The operating point was fixed before the data were seen.",
      reference: "Zou, Donner 2008, doi:10.1002/sim.3095", isDefault: false, dependsOnPrevalence: false,
      needs: .decision),
    Metric(
      id: "prevalence", name: "Prevalence", family: .operatingPoint, direction: .descriptive,
      style: .percentage, definition: "Share of cases that are positive by the reference standard.",
      formula: "(TP + FN) / n",
      intervalText:
        "Wilson by default (Clopper-Pearson, Jeffreys and Agresti-Coull selectable). With patients: the same on the effective sample size of the ratio estimator, Student's t on patients − 1 degrees of freedom.",
      assumptions: "Cases were sampled without regard to the reference standard.",
      reference:
        "Wilson 1927, doi:10.1080/01621459.1927.10502953; Brown, Cai, DasGupta 2001, doi:10.1214/ss/1009213286; Rao, Scott 1992, doi:10.2307/2532311",
      isDefault: true, dependsOnPrevalence: true, needs: .nothing),
    Metric(
      id: "flag_rate", name: "Flag rate", family: .operatingPoint, direction: .descriptive,
      style: .percentage, definition: "Share of cases that the model flags.", formula: "(TP + FP) / n",
      intervalText:
        "Wilson by default (Clopper-Pearson, Jeffreys and Agresti-Coull selectable). With patients: the same on the effective sample size of the ratio estimator, Student's t on patients − 1 degrees of freedom.",
      assumptions:
        "The operating point was fixed before the data were seen. Its value holds at this cohort's prevalence only.",
      reference:
        "Wilson 1927, doi:10.1080/01621459.1927.10502953; Brown, Cai, DasGupta 2001, doi:10.1214/ss/1009213286; Rao, Scott 1992, doi:10.2307/2532311",
      isDefault: true, dependsOnPrevalence: true, needs: .decision),
    Metric(
      id: "lr_positive", name: "Positive likelihood ratio", family: .operatingPoint,
      direction: .higherIsBetter, style: .number(decimals: 2),
      definition: "How many times likelier a flag is in a positive than in a negative.",
      formula: "sensitivity / (1 − specificity)",
      intervalText:
        "Normal on the log scale (Simel). With patients: influence by patient on the log scale. Undefined without false positives; no interval without true positives.",
      assumptions: "The operating point was fixed before the data were seen.",
      reference: "Simel, Samsa, Matchar 1991, doi:10.1016/0895-4356(91)90128-V", isDefault: false,
      dependsOnPrevalence: false, needs: .decision),
    Metric(
      id: "lr_negative", name: "Negative likelihood ratio", family: .operatingPoint,
      direction: .lowerIsBetter, style: .number(decimals: 3),
      definition: "How many times likelier no flag is in a positive than in a negative.",
      formula: "(1 − sensitivity) / specificity",
      intervalText:
        "Normal on the log scale (Simel). With patients: influence by patient on the log scale. Undefined without true negatives; no interval without false negatives.",
      assumptions: "The operating point was fixed before the data were seen.",
      reference: "Simel, Samsa, Matchar 1991, doi:10.1016/0895-4356(91)90128-V", isDefault: false,
      dependsOnPrevalence: false, needs: .decision),
    Metric(
      id: "diagnostic_odds_ratio", name: "Diagnostic odds ratio", family: .operatingPoint,
      direction: .higherIsBetter, style: .number(decimals: 2),
      definition: "Odds of a flag in positives over the odds in negatives.", formula: "TP · TN / (FP · FN)",
      intervalText:
        "Normal on the log scale (Woolf). With patients: influence by patient on the log scale. Undefined when FP or FN is zero.",
      assumptions: "The operating point was fixed before the data were seen.",
      reference: "Glas et al. 2003, doi:10.1016/S0895-4356(03)00177-X", isDefault: false,
      dependsOnPrevalence: false, needs: .decision),
    Metric(
      id: "youden", name: "Youden index", family: .operatingPoint, direction: .higherIsBetter,
      style: .number(decimals: 3), definition: "Sensitivity plus specificity minus one.",
      formula: "sensitivity + specificity − 1",
      intervalText:
        "Sum of two independent proportions from their Wilson limits (method of variance estimates recovery). With patients: influence by patient, Fisher z scale.",
      assumptions: "The operating point was fixed before the data were seen.",
      reference:
        "Youden 1950, doi:10.1002/1097-0142(1950)3:1<32::AID-CNCR2820030106>3.0.CO;2-3; Zou, Donner 2008, doi:10.1002/sim.3095",
      isDefault: false, dependsOnPrevalence: false, needs: .decision),
    Metric(
      id: "f1", name: "F1 score", family: .operatingPoint, direction: .higherIsBetter,
      style: .number(decimals: 3), definition: "Harmonic mean of sensitivity and positive predictive value.",
      formula: "2 TP / (2 TP + FP + FN)",
      intervalText:
        "F1 is an increasing function, 2J / (1 + J), of the proportion J = TP / (TP + FP + FN): the interval of J, carried over.",
      assumptions:
        "The operating point was fixed before the data were seen. Its value holds at this cohort's prevalence only.",
      reference:
        "Takahashi et al. 2022, doi:10.1007/s10489-021-02635-5; Wilson 1927, doi:10.1080/01621459.1927.10502953; Brown, Cai, DasGupta 2001, doi:10.1214/ss/1009213286; Rao, Scott 1992, doi:10.2307/2532311",
      isDefault: false, dependsOnPrevalence: true, needs: .decision),
    Metric(
      id: "mcc", name: "Matthews correlation coefficient", family: .operatingPoint,
      direction: .higherIsBetter, style: .number(decimals: 3),
      definition: "Correlation between decision and reference standard.",
      formula: "(TP · TN − FP · FN) / √((TP+FP)(TP+FN)(TN+FP)(TN+FN))",
      intervalText:
        "Delta method over the four cells on the Fisher z scale; with patients, from patient sums of the cells.",
      assumptions:
        "The operating point was fixed before the data were seen. Its value holds at this cohort's prevalence only.",
      reference: "Matthews 1975, doi:10.1016/0005-2795(75)90109-9", isDefault: false,
      dependsOnPrevalence: true, needs: .decision),
    Metric(
      id: "auc", name: "AUC", family: .discrimination, direction: .higherIsBetter,
      style: .number(decimals: 3),
      definition: "Probability that a positive scores above a negative, ties counting one half.",
      formula: "Mann-Whitney U / (n⁺ n⁻), midranks",
      intervalText:
        "DeLong's variance on the logit scale (plain DeLong selectable); with patients Obuchowski's. At AUC 1 the lower limit is (α/2)^(1/m), m the smaller class in patients; at 0 mirrored.",
      assumptions: "The score's direction was declared, not chosen from the data.",
      reference:
        "DeLong, DeLong, Clarke-Pearson 1988, doi:10.2307/2531595; Sun, Xu 2014, doi:10.1109/LSP.2014.2337313; Obuchowski 1997, doi:10.2307/2533958",
      isDefault: true, dependsOnPrevalence: false, needs: .score),
    Metric(
      id: "brier", name: "Brier score", family: .calibration, direction: .lowerIsBetter,
      style: .number(decimals: 4),
      definition: "Mean squared difference between predicted probability and outcome.",
      formula: "Σ (p − y)² / n", intervalText: "Influence of each case (or patient) on the logit scale.",
      assumptions:
        "Probabilities are the model's own, not refitted here. Its value holds at this cohort's prevalence only.",
      reference:
        "Brier 1950, doi:10.1175/1520-0493(1950)078<0001:VOFEIT>2.0.CO;2; Steyerberg et al. 2010, doi:10.1097/EDE.0b013e3181c30fb2",
      isDefault: true, dependsOnPrevalence: true, needs: .probability),
    Metric(
      id: "brier_scaled", name: "Scaled Brier score", family: .calibration, direction: .higherIsBetter,
      style: .number(decimals: 3),
      definition: "Share of the Brier score of an uninformative model that this one saves.",
      formula: "1 − Brier / (o (1 − o)), o the prevalence",
      intervalText: "Influence of each case (or patient) on the scale of log(1 − value).",
      assumptions:
        "Probabilities are the model's own, not refitted here. Its value holds at this cohort's prevalence only.",
      reference: "Steyerberg et al. 2010, doi:10.1097/EDE.0b013e3181c30fb2", isDefault: false,
      dependsOnPrevalence: true, needs: .probability),
    Metric(
      id: "calibration_intercept", name: "Calibration intercept", family: .calibration, direction: .target(0),
      style: .number(decimals: 3),
      definition: "Log odds by which outcomes exceed predictions on average (calibration in the large).",
      formula: "a in logit P(y = 1) = a + logit(p)",
      intervalText: "Wald from the logistic model; with patients the sandwich variance by patient.",
      assumptions:
        "Probabilities are the model's own, not refitted here. Its value holds at this cohort's prevalence only. Probabilities of exactly 0 or 1 are clipped to [1e-6, 1 − 1e-6], counted, and above 1 % make it undefined.",
      reference:
        "Cox 1958, doi:10.1093/biomet/45.3-4.562; Van Calster et al. 2016, doi:10.1016/j.jclinepi.2015.12.005",
      isDefault: true, dependsOnPrevalence: true, needs: .probability),
    Metric(
      id: "calibration_slope", name: "Calibration slope", family: .calibration, direction: .target(1),
      style: .number(decimals: 3),
      definition:
        "Slope of outcomes on predictions, on the logit scale: below 1, predictions are too extreme.",
      formula: "b in logit P(y = 1) = a + b logit(p)",
      intervalText: "Wald from the logistic model; with patients the sandwich variance by patient.",
      assumptions:
        "Probabilities are the model's own, not refitted here. Probabilities of exactly 0 or 1 are clipped to [1e-6, 1 − 1e-6], counted, and above 1 % make it undefined.",
      reference:
        "Cox 1958, doi:10.1093/biomet/45.3-4.562; Van Calster et al. 2016, doi:10.1016/j.jclinepi.2015.12.005",
      isDefault: true, dependsOnPrevalence: false, needs: .probability),
    Metric(
      id: "observed_expected", name: "Observed to expected ratio", family: .calibration,
      direction: .target(1), style: .number(decimals: 3),
      definition: "Positives observed over positives predicted.", formula: "Σ y / Σ p",
      intervalText: "Influence of each case (or patient) on the log scale.",
      assumptions:
        "Probabilities are the model's own, not refitted here. Its value holds at this cohort's prevalence only.",
      reference: "Debray et al. 2017, doi:10.1136/bmj.i6460", isDefault: true, dependsOnPrevalence: true,
      needs: .probability),
    Metric(
      id: "ece", name: "Expected calibration error", family: .calibration, direction: .lowerIsBetter,
      style: .number(decimals: 4),
      definition:
        "Mean distance between predicted and observed over ten equal-width bins. Above zero even for a perfectly calibrated model.",
      formula: "Σ_b |Σ y − Σ p| / n",
      intervalText: "None: the value is biased upward by noise; read the excess over its null expectation.",
      assumptions:
        "Probabilities are the model's own, not refitted here. Its value holds at this cohort's prevalence only.",
      reference: "Bröcker 2012, doi:10.1007/s00382-011-1191-1", isDefault: true, dependsOnPrevalence: true,
      needs: .probability),
    Metric(
      id: "ece_excess", name: "Excess calibration error", family: .calibration, direction: .lowerIsBetter,
      style: .number(decimals: 4),
      definition:
        "Expected calibration error minus what a perfectly calibrated model with these scores would show.",
      formula: "ECE − E₀[ECE], exact by bin",
      intervalText:
        "None; judged by its null test (p against perfect calibration, gamma with the null's mean and variance). With patients the expectation is from patient sums and no test is made.",
      assumptions:
        "Probabilities are the model's own, not refitted here. Its value holds at this cohort's prevalence only.",
      reference: "Bröcker 2012, doi:10.1007/s00382-011-1191-1", isDefault: true, dependsOnPrevalence: true,
      needs: .probability),
    Metric(
      id: "failure_rate", name: "Failure rate", family: .completeness, direction: .lowerIsBetter,
      style: .percentage, definition: "Share of cases for which the model gave no output.",
      formula: "failed / n",
      intervalText:
        "Wilson by default (Clopper-Pearson, Jeffreys and Agresti-Coull selectable). With patients: the same on the effective sample size of the ratio estimator, Student's t on patients − 1 degrees of freedom.",
      assumptions: "Failed outputs are named in the plan.",
      reference:
        "Wilson 1927, doi:10.1080/01621459.1927.10502953; Brown, Cai, DasGupta 2001, doi:10.1214/ss/1009213286; Rao, Scott 1992, doi:10.2307/2532311",
      isDefault: true, dependsOnPrevalence: false, needs: .nothing),
  ]
}
