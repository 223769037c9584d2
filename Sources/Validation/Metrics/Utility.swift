extension Metric {
  /// What acting on the model is worth.
  static let utility: [Metric] = [
    Metric(
      id: "net_benefit", name: "Net benefit", family: .utility, direction: .higherIsBetter,
      style: .number(decimals: 4),
      definition:
        "True positives per case, less false ones at the odds of a risk threshold (analysis.at.threshold, the first being the headline; without any, that of the primary operating point).",
      formula: "TP / n − FP / n · t / (1 − t), flagged at p ≥ t",
      intervalText:
        "Joins the intervals of the two shares with their correlation (method of variance estimates recovery). With patients: both on the effective sample size.",
      assumptions: Wording.ownProbabilities
        + " Whoever acts at this risk weighs one true positive as (1 − t) / t false ones."
        + Wording.ownPrevalence,
      reference:
        "Vickers, Elkin 2006, doi:10.1177/0272989X06295361; Vickers et al. 2008, doi:10.1186/1472-6947-8-53; Zou, Donner 2008, doi:10.1002/sim.3095",
      isDefault: false, dependsOnPrevalence: true, needs: .probability, measure: .netBenefit)
  ]
}
