extension Metric {
  /// How well the score ranks positives above negatives.
  static let discrimination: [Metric] = [
    Metric(
      id: "auc", name: "AUC", family: .discrimination, direction: .higherIsBetter,
      style: .number(decimals: 3),
      definition: "Probability that a positive scores above a negative, ties counting one half.",
      formula: "Mann-Whitney U / (n⁺ n⁻), midranks",
      intervalText:
        "DeLong's variance on the logit scale, Student's t with Satterthwaite's degrees of freedom (plain DeLong selectable); with patients Obuchowski's. Where the smaller class has fewer than five expected out of order (m · (1 − AUC)), the limit away from the edge is also that of Newcombe's method 5, if it is wider. At AUC 1 the lower limit is (α/2)^(1/m), m the smaller class in patients; at 0 mirrored.",
      assumptions: "The score's direction was declared, not chosen from the data.",
      reference:
        "DeLong, DeLong, Clarke-Pearson 1988, doi:10.2307/2531595; Sun, Xu 2014, doi:10.1109/LSP.2014.2337313; Obuchowski 1997, doi:10.2307/2533958; Newcombe 2006, doi:10.1002/sim.2324",
      isDefault: true, dependsOnPrevalence: false, needs: .score, measure: .auc),
    Metric(
      id: "partial_auc", name: "Partial AUC", family: .discrimination, direction: .higherIsBetter,
      style: .number(decimals: 3),
      definition:
        "Area under the ROC curve over a range of high specificity (analysis.at.partial_auc, default 0.9 to 1), scaled so that chance is ½ and perfection 1.",
      formula: "(1 + (A − A₀) / (A₁ − A₀)) / 2, A the area over the range, A₀ of chance, A₁ of perfection",
      intervalText:
        "From the mean sensitivity over the range, on the logit scale, with the variance of partial placements; with patients summed by patient. Where it is 1 or 0 the bound of a perfect AUC.",
      assumptions:
        "The score's direction and the range were declared, not chosen from the data. Failed outputs stand at the end of the ranks that the rule gives them.",
      reference:
        "McClish 1989, doi:10.1177/0272989X8900900307; He, Escobar 2008, doi:10.1002/sim.3290; Obuchowski 1997, doi:10.2307/2533958",
      isDefault: false, dependsOnPrevalence: false, needs: .score, measure: .partialArea),
    Metric(
      id: "sensitivity_at_specificity", name: "Sensitivity at a specificity", family: .discrimination,
      direction: .higherIsBetter, style: .percentage,
      definition:
        "Sensitivity that the ROC curve reaches at a stated specificity (analysis.at.specificity, default 0.9; the first is the headline).",
      formula: "highest sensitivity at that specificity, straight lines between corners",
      intervalText: Wording.reading,
      assumptions: Wording.readingFromData,
      reference: Wording.readingPapers, isDefault: false, dependsOnPrevalence: false, needs: .score,
      measure: .sensitivityAtSpecificity),
    Metric(
      id: "specificity_at_sensitivity", name: "Specificity at a sensitivity", family: .discrimination,
      direction: .higherIsBetter, style: .percentage,
      definition:
        "Specificity that the ROC curve reaches at a stated sensitivity (analysis.at.sensitivity, default 0.9; the first is the headline).",
      formula: "highest specificity at that sensitivity, straight lines between corners",
      intervalText: Wording.reading,
      assumptions: Wording.readingFromData,
      reference: Wording.readingPapers, isDefault: false, dependsOnPrevalence: false, needs: .score,
      measure: .specificityAtSensitivity),
    Metric(
      id: "average_precision", name: "Average precision", family: .discrimination,
      direction: .higherIsBetter, style: .number(decimals: 3),
      definition:
        "Mean over the positives of the precision at each one's score: the area under the stepwise precision-recall curve.",
      formula: "Σ (Rₖ − Rₖ₋₁) Pₖ over distinct scores",
      intervalText:
        "Wald on the logit scale (Boyd), with the variance of each case's (or patient's) influence.",
      assumptions: "The score's direction was declared, not chosen from the data." + Wording.ownPrevalence,
      reference:
        "Davis, Goadrich 2006, doi:10.1145/1143844.1143874; Boyd, Eng, Page 2013, doi:10.1007/978-3-642-40994-3_29",
      isDefault: false, dependsOnPrevalence: true, needs: .score, measure: .averagePrecision),
  ]
}
