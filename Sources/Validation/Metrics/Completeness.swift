extension Metric {
  /// Whether the model answers at all.
  static let completeness: [Metric] = [
    Metric(
      id: "failure_rate", name: "Failure rate", family: .completeness, direction: .lowerIsBetter,
      style: .percentage, definition: "Share of cases for which the model gave no output.",
      formula: "failed / n",
      intervalText:
        "Wilson by default (Clopper-Pearson, Jeffreys and Agresti-Coull selectable). With patients: the same on the effective sample size of the ratio estimator, Student's t on patients − 1 degrees of freedom.",
      assumptions: "Failed outputs are named in the plan.",
      reference:
        "Wilson 1927, doi:10.1080/01621459.1927.10502953; Brown, Cai, DasGupta 2001, doi:10.1214/ss/1009213286; Rao, Scott 1992, doi:10.2307/2532311",
      isDefault: true, dependsOnPrevalence: false, needs: .nothing, measure: .share(of: .failed))
  ]
}
