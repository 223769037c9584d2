internal import Statistics

/// What only some plans ask of the scores: each question costs a pass over the cases.
struct CurveQuestions: Hashable, Sendable {
  var readings: [CurveReading.Fixed] = []
  var partialArea: ClosedRange<Double>?
  var averagePrecision = false
  var thresholds: [Double] = []
  var calibration: CalibrationEvidence.Questions = []

  init() {}

  init(_ plan: AnalysisPlan, _ metrics: [Metric], of model: ModelDefinition) {
    let asked = Set(metrics.map(\.id))
    if asked.contains("sensitivity_at_specificity") {
      readings += plan.readings.specificities.map { .specificity($0) }
    }
    if asked.contains("specificity_at_sensitivity") {
      readings += plan.readings.sensitivities.map { .sensitivity($0) }
    }
    if asked.contains("partial_auc") { partialArea = plan.readings.partialArea }
    averagePrecision = asked.contains("average_precision")
    if asked.contains("net_benefit"), model.isProbability { thresholds = plan.riskThresholds(of: model) }
    calibration = CalibrationEvidence.Questions(metrics)
  }
}

/// The answers, from which the metrics of the whole curve follow.
struct CurveEvidence: Sendable {
  let readings: [CurveReading.Fixed: Result<CurveReading, Undefined>]
  private(set) var partialArea: Result<PartialArea, Undefined>?
  private(set) var averagePrecision: Result<AveragePrecision, Undefined>?
  let netBenefits: Result<[NetBenefit], Undefined>
  /// Of all ranked cases.
  let weight: CaseWeight
  let positives: Int

  /// - Parameter ranked: The cases whose ranks count.
  init(of ranked: Sample, asking questions: CurveQuestions) {
    readings = Dictionary(
      uniqueKeysWithValues: Set(questions.readings).map { fixed in
        (fixed, Result { () throws(Undefined) in try CurveReading(ranked, at: fixed) })
      })
    partialArea = questions.partialArea.map { range in
      Result { () throws(Undefined) in try PartialArea(ranked, specificity: range) }
    }
    averagePrecision =
      questions.averagePrecision ? Result { () throws(Undefined) in try AveragePrecision(ranked) } : nil
    netBenefits =
      questions.thresholds.isEmpty
      ? .success([])
      : Result { () throws(Undefined) in try NetBenefit.all(ranked, at: questions.thresholds) }
    weight = questions.thresholds.isEmpty ? CaseWeight(count: 0) : ranked.weight { _ in true }
    positives = questions.thresholds.isEmpty ? 0 : ranked.positives
  }

  /// Once it is summed by patient, or is not needed.
  mutating func dropInfluence() {
    partialArea = partialArea?.map { area in
      var area = area
      area.influence = []
      return area
    }
    averagePrecision = averagePrecision?.map { precision in
      var precision = precision
      precision.influence = []
      return precision
    }
  }

  /// Influence, or weighted residuals, by patient.
  ///
  /// - Parameter start: The place of the first ranked case in the sample that `sums` is of.
  func columns(of ranked: Sample, from start: Int, _ sums: PatientSums) -> [Evidence.Column: [Double]] {
    var columns: [Evidence.Column: [Double]] = [:]
    let bits = ranked.bits
    func isPositive(_ place: Int) -> Bool { bits[bits.startIndex + place] & 1 == 1 }
    func weight(_ place: Int) -> Double {
      ranked.weights.isEmpty ? 1 : ranked.weights[ranked.weights.startIndex + place]
    }
    func sum(_ value: (Int) -> Double) -> [Double] {
      sums.sums { index in bits.indices.contains(bits.startIndex + index - start) ? value(index - start) : 0 }
    }
    if case .success(let area)? = partialArea {
      columns[.partialPositives] = sum { isPositive($0) ? area.influence[$0] : 0 }
      columns[.partialNegatives] = sum { isPositive($0) ? 0 : area.influence[$0] }
    }
    if case .success(let precision)? = averagePrecision {
      columns[.precision] = sum { precision.influence[$0] }
    }
    for (fixed, reading) in readings {
      guard let reading = try? reading.get() else { continue }
      for (isOfPositives, share) in [
        (reading.isOfPositives, reading.read.share), (!reading.isOfPositives, reading.held.share),
      ] {
        columns[.flagged(fixed, isPositive: isOfPositives)] = sum {
          isPositive($0) == isOfPositives ? weight($0) * (reading.isFlagged($0) - share) : 0
        }
      }
    }
    let scores = ranked.scores
    for benefit in (try? netBenefits.get()) ?? [] {
      for (isOfPositives, share) in [(true, benefit.truePositives), (false, benefit.falsePositives)] {
        columns[.benefit(threshold: benefit.threshold, isPositive: isOfPositives)] = sum { place in
          let isFlagged = scores[scores.startIndex + place] >= benefit.threshold
          return weight(place) * ((isFlagged && isPositive(place) == isOfPositives ? 1 : 0) - share)
        }
      }
    }
    return columns
  }
}
