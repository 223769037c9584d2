internal import Statistics

extension Measure {
  /// The standardised partial area: on the mean sensitivity over the range, which lies in [0, 1].
  static let partialArea = Measure { (evidence, _) throws(Undefined) -> Measurement in
    guard let answer = evidence.curve.partialArea else { throw .noCases }
    let area = try answer.get()
    let support = evidence.rankedSupport(area.positives, area.negatives)
    let smallerClass = evidence.clusters?.counted.smallerClass ?? min(area.positives, area.negatives)
    let effective = evidence.effectiveSmallerClass ?? Double(smallerClass)
    let influence: [Evidence.Term] =
      evidence.clusters == nil
      ? []
      : [Evidence.Column.partialPositives, .partialNegatives].map {
        Evidence.Term(column: $0, weight: area.slope)
      }
    let mean = area.meanSensitivity
    guard mean > 0, mean < 1 else {
      return Measurement(
        value: area.value,
        limits: {
          AUCLimits.perfect(auc: mean, smallerClass: effective, tail: $0).mapped(area.standardised)
        }, method: "exact-type bound", variance: nil, influence: influence, support: support,
        caveat: mean == 1
          ? "every positive is flagged over the whole range" : "no positive is flagged over the range",
        isSparse: true)
    }
    // A few heavy cases say too little of their own variance: Kish's size bounds it.
    let least = evidence.classEvenness < 1 ? (area.variance ?? 0) / evidence.classEvenness : 0
    let variance =
      evidence.clusters.map { clusters in
        obuchowski(clusters, .partialPositives, .partialNegatives).map { max($0, least) }
      } ?? area.variance
    guard let variance, variance > 1e-12 * (area.variance ?? 0) else {
      return Measurement(
        value: area.value, limits: nil, method: "none", variance: nil, influence: influence,
        support: support,
        caveat: Undefined.tooFewCases(found: smallerClass, needed: 2, of: "of the smaller class").description)
    }
    let reference: ReferenceDistribution =
      evidence.clusters == nil ? .normal : .student(max(1, effective - 1))
    return Measurement(
      value: area.value,
      limits: { tail in
        AUCLimits.logit(auc: mean, variance: variance, tail: tail, reference: reference)?
          .mapped(area.standardised)
      }, method: "logit-partial-placements", variance: variance * area.slope * area.slope,
      influence: influence, support: support,
      designEffect: evidence.clusters == nil ? nil : area.variance.map { variance / $0 },
      isSparse: min(mean, 1 - mean) * effective < Measurement.fewestEvents
        || area.negativesInRange < fewestInRange)
  }

  /// Of negatives: with five expected in the range 91.5 % of intervals hold (docs/coverage.md).
  private static let fewestInRange = 10.0

  /// Average precision on the logit scale, from the influence of each case or patient.
  static let averagePrecision = Measure { (evidence, _) throws(Undefined) -> Measurement in
    guard let answer = evidence.curve.averagePrecision else { throw .noCases }
    let precision = try answer.get()
    let terms = evidence.clusters == nil ? [] : [Evidence.Term(column: .precision, weight: 1)]
    let clustered = evidence.clusters.map { clusters in
      evidence.clusteredVariance(terms, clusters, patients: clusters.counted.all).map {
        max($0, evidence.classEvenness < 1 ? (precision.variance ?? 0) / evidence.classEvenness : 0)
      }
    }
    let variance = clustered ?? precision.variance
    let smallerClass = min(precision.positives, precision.negatives)
    let reference =
      evidence.clusters?.counted.reference ?? .student(Double(max(1, smallerClass - 1)))
    let limits = Measurement.wald(precision.value, .logit, variance: variance ?? 0, reference: reference)
    let positives = evidence.clusters?.counted.positives ?? precision.positives
    return Measurement(
      value: precision.value, limits: limits,
      method: evidence.clusters == nil ? "logit-wald" : "logit-wald, by patient",
      variance: limits == nil ? nil : variance, influence: terms,
      support: evidence.rankedSupport(precision.positives, precision.negatives),
      designEffect: clustered == nil || limits == nil
        ? nil : precision.variance.flatMap { own in variance.map { $0 / own } },
      caveat: limits == nil ? "no interval at the edge of the range" : nil,
      isSparse: min(precision.value, 1 - precision.value) * Double(positives) * evidence.classEvenness
        < Measurement.fewestEvents)
  }
}
