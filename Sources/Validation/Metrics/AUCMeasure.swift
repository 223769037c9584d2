internal import Statistics

extension Measure {
  /// The area with DeLong's variance, or Obuchowski's where patients have several cases
  /// (1997, doi:10.2307/2533958; agrees with a brute-force sum over placements to 1e-12).
  static let auc = Measure { (evidence, choices) throws(Undefined) -> Measurement in
    let deLong = try evidence.discrimination.get()
    let support = Support(
      cases: deLong.positives + deLong.negatives, positives: deLong.positives, negatives: deLong.negatives,
      patients: evidence.clusters?.counted.all)
    let smallerClass =
      evidence.clusters?.counted.smallerClass ?? min(deLong.positives, deLong.negatives)
    let effective = evidence.effectiveSmallerClass ?? Double(smallerClass)
    let influence: [Evidence.Term] =
      evidence.clusters == nil
      ? []
      : [Evidence.Term(column: .aucPositives, weight: 1), Evidence.Term(column: .aucNegatives, weight: 1)]
    let auc = deLong.auc
    guard auc > 0, auc < 1 else {
      return Measurement(
        value: auc, limits: { AUCLimits.perfect(auc: auc, smallerClass: effective, tail: $0) },
        method: "exact-type bound", variance: nil, influence: influence, support: support,
        caveat: auc == 1
          ? "every positive scored above every negative" : "every positive scored below every negative",
        isSparse: choices.aucInterval == .deLong)
    }
    // A few heavy cases say too little of their own variance: Kish's size bounds it.
    let least = evidence.classEvenness < 1 ? (deLong.variance ?? 0) / evidence.classEvenness : 0
    let variance =
      evidence.clusters.map { obuchowski($0, .aucPositives, .aucNegatives).map { max($0, least) } }
      ?? deLong.variance
    // Placements that cancel within each patient leave a variance of rounding size: nothing to make an interval of.
    guard let variance, variance > 1e-12 * (deLong.variance ?? 0) else {
      return Measurement(
        value: auc, limits: nil, method: "none", variance: nil, influence: influence, support: support,
        caveat: Undefined.tooFewCases(found: smallerClass, needed: 2, of: "of the smaller class")
          .description)
    }
    let reference: ReferenceDistribution =
      evidence.clusters == nil
      ? deLong.degreesOfFreedom.map { .student(max(1, $0)) } ?? .normal : .student(max(1, effective - 1))
    let sizes = evidence.effectiveClasses ?? (Double(deLong.positives), Double(deLong.negatives))
    let isSparse = min(auc, 1 - auc) * effective < Measurement.fewestEvents
    let name = evidence.clusters == nil ? "delong" : "obuchowski"
    return Measurement(
      value: auc,
      limits: { tail in
        guard choices.aucInterval == .logitDeLong else {
          return AUCLimits.plain(
            auc: auc, variance: variance, tail: tail,
            reference: evidence.clusters == nil ? .normal : reference)
        }
        let limits = AUCLimits.logit(auc: auc, variance: variance, tail: tail, reference: reference)
        guard isSparse, let limits else { return limits }
        // Few cases out of order say too little of the variance: the limit away from the edge leans on none.
        let newcombe = AUCLimits.newcombe(
          auc: auc, positives: sizes.positives, negatives: sizes.negatives, tail: tail)
        return Interval(
          lower: auc > 0.5 ? min(limits.lower, newcombe.lower) : limits.lower,
          upper: auc < 0.5 ? max(limits.upper, newcombe.upper) : limits.upper, level: limits.level)
      }, method: choices.aucInterval == .logitDeLong ? "logit-\(name)" : name, variance: variance,
      influence: influence, support: support,
      designEffect: evidence.clusters == nil ? nil : deLong.variance.map { variance / $0 },
      trials: effective, keepsLevelWithFew: choices.aucInterval == .logitDeLong)
  }

  /// Sums of placements by patient, each class with its own number of patients; nil with fewer than two in a class.
  static func obuchowski(
    _ clusters: Evidence.Clusters, _ ofPositives: Evidence.Column, _ ofNegatives: Evidence.Column
  ) -> Double? {
    let patients = clusters.counted
    guard patients.positives > 1, patients.negatives > 1,
      let positive = clusters.columns[ofPositives], let negative = clusters.columns[ofNegatives]
    else { return nil }
    func factor(_ count: Int) -> Double { Double(count) / Double(count - 1) }
    var squares10 = 0.0
    var squares01 = 0.0
    var products = 0.0
    for index in positive.indices {
      squares10 += positive[index] * positive[index]
      squares01 += negative[index] * negative[index]
      products += positive[index] * negative[index]
    }
    return factor(patients.positives) * squares10 + factor(patients.negatives) * squares01
      + 2 * factor(patients.all) * products
  }
}

extension Evidence {
  /// Patients of each class; a few heavy cases say less than as many equal ones, by Kish's rule. Nil for independent cases.
  var effectiveClasses: (positives: Double, negatives: Double)? {
    guard let patients = clusters?.counted else { return nil }
    return (
      Double(patients.positives) * (isWeighted ? weights.positives.evenness : 1),
      Double(patients.negatives) * (isWeighted ? weights.negatives.evenness : 1)
    )
  }

  /// Of the class that says less. Nil without weights.
  var effectiveSmallerClass: Double? {
    isWeighted ? effectiveClasses.map { min($0.positives, $0.negatives) } : nil
  }
}
