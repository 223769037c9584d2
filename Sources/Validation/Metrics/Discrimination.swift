extension Metric {
  /// How well the score ranks positives above negatives.
  static let discrimination: [Metric] = [
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
      isDefault: true, dependsOnPrevalence: false, needs: .score, measure: .auc)
  ]
}
