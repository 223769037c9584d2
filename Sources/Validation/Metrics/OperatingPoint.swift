internal import Statistics

extension Metric {
  /// Decisions at an operating point against the reference standard.
  static let operatingPoint: [Metric] = [
    Metric(
      id: "sensitivity", name: "Sensitivity", family: .operatingPoint, direction: .higherIsBetter,
      style: .percentage, definition: "Share of positives that the model flags.", formula: "TP / (TP + FN)",
      intervalText: Wording.proportion,
      assumptions: Wording.fixedPoint,
      reference: Wording.proportionPapers,
      isDefault: true, dependsOnPrevalence: false, needs: .decision,
      measure: .proportion([.truePositive], of: [.truePositive, .falseNegative])),
    Metric(
      id: "specificity", name: "Specificity", family: .operatingPoint, direction: .higherIsBetter,
      style: .percentage, definition: "Share of negatives that the model does not flag.",
      formula: "TN / (TN + FP)",
      intervalText: Wording.proportion,
      assumptions: Wording.fixedPoint,
      reference: Wording.proportionPapers,
      isDefault: true, dependsOnPrevalence: false, needs: .decision,
      measure: .proportion([.trueNegative], of: [.falsePositive, .trueNegative])),
    Metric(
      id: "false_positive_rate", name: "False-positive rate", family: .operatingPoint,
      direction: .lowerIsBetter, style: .percentage,
      definition: "Share of negatives that the model flags: one minus specificity.",
      formula: "FP / (TN + FP)",
      intervalText: Wording.proportion,
      assumptions: Wording.fixedPoint,
      reference: Wording.proportionPapers,
      isDefault: false, dependsOnPrevalence: false, needs: .decision,
      measure: .proportion([.falsePositive], of: [.falsePositive, .trueNegative])),
    Metric(
      id: "false_negative_rate", name: "False-negative rate", family: .operatingPoint,
      direction: .lowerIsBetter, style: .percentage,
      definition: "Share of positives that the model does not flag: one minus sensitivity.",
      formula: "FN / (TP + FN)",
      intervalText: Wording.proportion,
      assumptions: Wording.fixedPoint,
      reference: Wording.proportionPapers,
      isDefault: false, dependsOnPrevalence: false, needs: .decision,
      measure: .proportion([.falseNegative], of: [.truePositive, .falseNegative])),
    Metric(
      id: "ppv", name: "Positive predictive value", family: .operatingPoint, direction: .higherIsBetter,
      style: .percentage, definition: "Share of flagged cases that are positive.", formula: "TP / (TP + FP)",
      intervalText: Wording.proportion + Wording.atPrevalence,
      assumptions: Wording.fixedPoint + Wording.ownPrevalence,
      reference: Wording.proportionPapers + "; Mercaldo, Lau, Zhou 2007, doi:10.1002/sim.2677",
      isDefault: true, dependsOnPrevalence: true, needs: .decision, measure: .predictiveValue(.positive)),
    Metric(
      id: "npv", name: "Negative predictive value", family: .operatingPoint, direction: .higherIsBetter,
      style: .percentage, definition: "Share of unflagged cases that are negative.",
      formula: "TN / (TN + FN)",
      intervalText: Wording.proportion + Wording.atPrevalence,
      assumptions: Wording.fixedPoint + Wording.ownPrevalence,
      reference: Wording.proportionPapers + "; Mercaldo, Lau, Zhou 2007, doi:10.1002/sim.2677",
      isDefault: true, dependsOnPrevalence: true, needs: .decision, measure: .predictiveValue(.negative)),
    Metric(
      id: "number_needed_to_predict", name: "Number needed to predict", family: .operatingPoint,
      direction: .lowerIsBetter, style: .number(decimals: 2),
      definition:
        "How many flagged cases (each beside an unflagged one) it takes for one more positive among the flagged.",
      formula: "1 / (PPV + NPV − 1)",
      intervalText:
        "Delta method over the four cells on the log scale, at the cohort's own or a stated prevalence; with patients, from patient sums of the cells. Undefined where a flag does not raise the chance of the condition.",
      assumptions: Wording.fixedPoint + Wording.ownPrevalence,
      reference: "Linn, Grunau 2006, doi:10.1186/1742-5573-3-11", isDefault: false,
      dependsOnPrevalence: true, needs: .decision, measure: .numberNeededToPredict),
    Metric(
      id: "accuracy", name: "Accuracy", family: .operatingPoint, direction: .higherIsBetter,
      style: .percentage,
      definition: "Share of cases in which the decision agrees with the reference standard.",
      formula: "(TP + TN) / n",
      intervalText: Wording.proportion,
      assumptions: Wording.fixedPoint + Wording.ownPrevalence,
      reference: Wording.proportionPapers,
      isDefault: false, dependsOnPrevalence: true, needs: .decision,
      measure: .proportion([.truePositive, .trueNegative], of: Evidence.Cell.allCases)),
    Metric(
      id: "balanced_accuracy", name: "Balanced accuracy", family: .operatingPoint, direction: .higherIsBetter,
      style: .percentage, definition: "Mean of sensitivity and specificity.",
      formula: "(sensitivity + specificity) / 2",
      intervalText:
        "Sum of two independent proportions from their Wilson limits (method of variance estimates recovery). With patients: influence by patient, logit scale.",
      assumptions: Wording.fixedPoint,
      reference: "Zou, Donner 2008, doi:10.1002/sim.3095", isDefault: false, dependsOnPrevalence: false,
      needs: .decision, measure: .rateSum(weight: 0.5, offset: 0, scale: .logit)),
    Metric(
      id: "prevalence", name: "Prevalence", family: .operatingPoint, direction: .descriptive,
      style: .percentage, definition: "Share of cases that are positive by the reference standard.",
      formula: "(TP + FN) / n",
      intervalText: Wording.proportion,
      assumptions: "Cases were sampled without regard to the reference standard.",
      reference: Wording.proportionPapers,
      isDefault: true, dependsOnPrevalence: true, needs: .nothing, measure: .share(of: .positives)),
    Metric(
      id: "flag_rate", name: "Flag rate", family: .operatingPoint, direction: .descriptive,
      style: .percentage, definition: "Share of cases that the model flags.", formula: "(TP + FP) / n",
      intervalText: Wording.proportion,
      assumptions: Wording.fixedPoint + Wording.ownPrevalence,
      reference: Wording.proportionPapers,
      isDefault: true, dependsOnPrevalence: true, needs: .decision,
      measure: .proportion([.truePositive, .falsePositive], of: Evidence.Cell.allCases)),
    Metric(
      id: "lr_positive", name: "Positive likelihood ratio", family: .operatingPoint,
      direction: .higherIsBetter, style: .number(decimals: 2),
      definition: "How many times likelier a flag is in a positive than in a negative.",
      formula: "sensitivity / (1 − specificity)",
      intervalText:
        "Normal on the log scale (Simel). With patients: influence by patient on the log scale. Undefined without false positives; no interval without true positives.",
      assumptions: Wording.fixedPoint,
      reference: "Simel, Samsa, Matchar 1991, doi:10.1016/0895-4356(91)90128-V", isDefault: false,
      dependsOnPrevalence: false, needs: .decision,
      measure: .ratio(.log, needs: [.falsePositive: "no false positives"]) {
        $0.sensitivity / (1 - $0.specificity)
      }),
    Metric(
      id: "lr_negative", name: "Negative likelihood ratio", family: .operatingPoint,
      direction: .lowerIsBetter, style: .number(decimals: 3),
      definition: "How many times likelier no flag is in a positive than in a negative.",
      formula: "(1 − sensitivity) / specificity",
      intervalText:
        "Normal on the log scale (Simel). With patients: influence by patient on the log scale. Undefined without true negatives; no interval without false negatives.",
      assumptions: Wording.fixedPoint,
      reference: "Simel, Samsa, Matchar 1991, doi:10.1016/0895-4356(91)90128-V", isDefault: false,
      dependsOnPrevalence: false, needs: .decision,
      measure: .ratio(.log, needs: [.trueNegative: "no true negatives"]) {
        (1 - $0.sensitivity) / $0.specificity
      }),
    Metric(
      id: "diagnostic_odds_ratio", name: "Diagnostic odds ratio", family: .operatingPoint,
      direction: .higherIsBetter, style: .number(decimals: 2),
      definition: "Odds of a flag in positives over the odds in negatives.", formula: "TP · TN / (FP · FN)",
      intervalText:
        "Normal on the log scale (Woolf). With patients: influence by patient on the log scale. Undefined when FP or FN is zero.",
      assumptions: Wording.fixedPoint,
      reference: "Glas et al. 2003, doi:10.1016/S0895-4356(03)00177-X", isDefault: false,
      dependsOnPrevalence: false, needs: .decision,
      measure: .ratio(
        .log, needs: [.falsePositive: "no false positives", .falseNegative: "no false negatives"]
      ) {
        $0.truePositives * $0.trueNegatives / ($0.falsePositives * $0.falseNegatives)
      }),
    Metric(
      id: "youden", name: "Youden index", family: .operatingPoint, direction: .higherIsBetter,
      style: .number(decimals: 3), definition: "Sensitivity plus specificity minus one.",
      formula: "sensitivity + specificity − 1",
      intervalText:
        "Sum of two independent proportions from their Wilson limits (method of variance estimates recovery). With patients: influence by patient, Fisher z scale.",
      assumptions: Wording.fixedPoint,
      reference:
        "Youden 1950, doi:10.1002/1097-0142(1950)3:1<32::AID-CNCR2820030106>3.0.CO;2-3; Zou, Donner 2008, doi:10.1002/sim.3095",
      isDefault: false, dependsOnPrevalence: false, needs: .decision,
      measure: .rateSum(weight: 1, offset: -1, scale: .fisher)),
    Metric(
      id: "f1", name: "F1 score", family: .operatingPoint, direction: .higherIsBetter,
      style: .number(decimals: 3), definition: "Harmonic mean of sensitivity and positive predictive value.",
      formula: "2 TP / (2 TP + FP + FN)",
      intervalText:
        "F1 is an increasing function, 2J / (1 + J), of the proportion J = TP / (TP + FP + FN): the interval of J, carried over.",
      assumptions: Wording.fixedPoint + Wording.ownPrevalence,
      reference: "Takahashi et al. 2022, doi:10.1007/s10489-021-02635-5; " + Wording.proportionPapers,
      isDefault: false, dependsOnPrevalence: true, needs: .decision, measure: .f1),
    Metric(
      id: "mcc", name: "Matthews correlation coefficient", family: .operatingPoint,
      direction: .higherIsBetter, style: .number(decimals: 3),
      definition: "Correlation between decision and reference standard.",
      formula: "(TP · TN − FP · FN) / √((TP+FP)(TP+FN)(TN+FP)(TN+FN))",
      intervalText:
        "Delta method over the four cells on the Fisher z scale; with patients, from patient sums of the cells.",
      assumptions: Wording.fixedPoint + Wording.ownPrevalence,
      reference: "Matthews 1975, doi:10.1016/0005-2795(75)90109-9", isDefault: false,
      dependsOnPrevalence: true, needs: .decision, measure: .correlation),
  ]
}
