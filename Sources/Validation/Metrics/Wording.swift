extension Metric {
  /// Sentences that several metrics of the catalogue share.
  enum Wording {
    static let proportion =
      "Wilson by default (Clopper-Pearson, Jeffreys and Agresti-Coull selectable). With patients: the same on the effective sample size of the ratio estimator, Student's t on patients − 1 degrees of freedom."
    static let atPrevalence =
      " At a stated prevalence: from sensitivity and specificity, on the logit scale (Mercaldo)."
    static let proportionPapers =
      "Wilson 1927, doi:10.1080/01621459.1927.10502953; Brown, Cai, DasGupta 2001, doi:10.1214/ss/1009213286; Rao, Scott 1992, doi:10.2307/2532311"
    static let reading =
      "Joins the intervals of the rate at a fixed threshold and of the threshold itself, which is the curve between the limits of the fixed rate (method of variance estimates recovery). With patients: both on the effective sample size."
    static let readingFromData =
      "The threshold that gives this rate is derived here: it describes the curve and is no operating point to be used."
    static let readingPapers =
      "Linnet 1987, doi:10.1002/sim.4780060206; Zou, Donner 2008, doi:10.1002/sim.3095"
    static let fixedPoint = "The operating point was fixed before the data were seen."
    static let ownProbabilities = "Probabilities are the model's own, not refitted here."
    static let ownPrevalence = " Its value holds at this cohort's prevalence only."
  }
}
