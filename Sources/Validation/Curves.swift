internal import Statistics

/// The curves and distributions that a study keeps, so that its size does not grow with its cases.
struct Curves {
  private(set) var curves: [Curve]
  let scores: ScoreHistogram?
  /// Where the plan asks for the Brier score.
  let brier: BrierParts?

  private static let histogramBins = 40

  init(curves: [Curve] = [], scores: ScoreHistogram? = nil, brier: BrierParts? = nil) {
    self.curves = curves
    self.scores = scores
    self.brier = brier
  }

  /// - Parameter everyone: All cases under the plan's rule, in order of score.
  init(_ everyone: Sample, definition: ModelDefinition, finding: String?, plan: AnalysisPlan) {
    guard !everyone.scores.isEmpty else {
      self.init()
      return
    }
    let orientation: Double = definition.direction == .higherMeansPositive ? 1 : -1
    var curves: [Curve] = []
    // A delivered decision is what is judged, and need not lie on the curve.
    let operatingPoints = definition.decision == nil ? definition.operatingPoints : []
    let thresholds = operatingPoints.map { $0.threshold * orientation }
    let ranked = everyone.ranked
    if let roc = try? ROCCurve(ranked, exactAt: thresholds) {
      let band = ROCBand(roc, of: ranked, tail: (1 - plan.confidence) / 2)
      let points = zip(roc.points, band.limits).map { point, limits in
        Curve.Point(
          x: point.falsePositiveRate, y: point.sensitivity, lower: limits?.lower, upper: limits?.upper,
          threshold: point.threshold.isFinite ? point.threshold * orientation : nil,
          operatingPoint: operatingPoints.first { $0.threshold * orientation == point.threshold }?
            .name)
      }
      curves.append(
        Curve(kind: .roc, model: definition.name, finding: finding, subgroup: .everyone, points: points))
    }
    let scored = ScoredCases(of: everyone)
    var brier: BrierParts?
    if definition.isProbability, scored.count > 0 {
      if plan.metrics.contains("brier"), let parts = try? BrierDecomposition(scored) {
        brier = BrierParts(model: definition.name, finding: finding, parts: parts)
      }
      curves.append(
        Curve(
          kind: .calibration, model: definition.name, finding: finding, subgroup: .everyone,
          points: Curves.calibration(
            scored, patients: everyone.patients.dropFirst(everyone.scored.lowerBound), plan)))
    }
    if definition.isProbability, plan.metrics.contains(where: Metric.smooth.contains),
      let smooth = Curve(
        smoothing: scored,
        patients: everyone.patients.dropFirst(everyone.scored.lowerBound).prefix(scored.count),
        model: definition.name, finding: finding, confidence: plan.confidence)
    {
      curves.append(smooth)
    }
    self.init(
      curves: curves, scores: scored.count > 0 ? Curves.histogram(scored, definition, orientation) : nil,
      brier: brier)
  }

  private static let riskThresholds = (1...99).map { Double($0) / 100 }

  /// Net benefit of one group, where the plan asks for it; nothing without probabilities or cases.
  mutating func addDecision(
    _ ranked: Sample, of group: Subgroup, definition: ModelDefinition, finding: String?, plan: AnalysisPlan
  ) {
    guard definition.isProbability,
      let curve = try? DecisionCurve(ranked, at: Curves.riskThresholds, tail: (1 - plan.confidence) / 2)
    else { return }
    curves.append(
      Curve(
        kind: .decision, model: definition.name, finding: finding, subgroup: group,
        points: curve.points.map { point in
          Curve.Point(
            x: point.benefit.threshold, y: point.benefit.value, lower: point.interval?.lower,
            upper: point.interval?.upper, treatAll: point.benefit.treatAll)
        }))
  }

  /// Tenths of the cases in order of probability; equal probabilities stay together. Where patients have several cases,
  /// a tenth's interval is on its effective sample size.
  private static func calibration(
    _ scored: ScoredCases, patients: ArraySlice<UInt32>, _ plan: AnalysisPlan
  ) -> [Curve.Point] {
    RiskTenths.ranges(of: scored.probabilities).map { range in
      func part<Value>(_ values: ArraySlice<Value>) -> ArraySlice<Value> {
        values.dropFirst(range.lowerBound).prefix(range.count)
      }
      let weights = part(scored.weights)
      let (share, interval) = observed(
        part(scored.bits), part(patients), weights, tail: (1 - plan.confidence) / 2)
      return Curve.Point(
        x: mean(part(scored.probabilities), weights), y: share,
        lower: interval?.lower, upper: interval?.upper, cases: range.count)
    }
  }

  private static func mean(_ values: ArraySlice<Double>, _ weights: ArraySlice<Double>) -> Double {
    weights.isEmpty
      ? values.reduce(0, +) / Double(values.count)
      : zip(values, weights).reduce(0) { $0 + $1.0 * $1.1 } / weights.reduce(0, +)
  }

  /// The share of positives with its interval; none for the cases of a single patient.
  private static func observed(
    _ bits: ArraySlice<UInt16>, _ patients: ArraySlice<UInt32>, _ weights: ArraySlice<Double>, tail: Double
  ) -> (Double, Interval?) {
    var positives = CaseWeight(count: bits.reduce(0) { $0 + Int($1 & 1) })
    var all = CaseWeight(count: bits.count)
    if !weights.isEmpty {
      (positives, all) = (CaseWeight(count: 0), CaseWeight(count: 0))
      for (bit, weight) in zip(bits, weights) {
        all.add(weight)
        if bit & 1 == 1 { positives.add(weight) }
      }
    }
    let share = positives.sum / all.sum
    guard !patients.isEmpty else {
      return (share, Proportion(successes: positives.count, trials: all.count).wilson(tail: tail))
    }
    let sums = PatientSums(by: patients)
    guard sums.patients.count > 1 else { return (share, nil) }
    let residuals = sums.sums(weightedBy: weights) { Double(bits[bits.startIndex + $0] & 1) - share }
    let clustered = ClusteredProportion(
      successes: positives, trials: all, residualSquares: residuals.reduce(0) { $0 + $1 * $1 },
      patients: sums.patients.count)
    return (share, clustered.effective.wilson(tail: tail, reference: clustered.reference))
  }

  /// Equal bins: of [0, 1] for probabilities, else of the range of the scores, in the plan's own orientation.
  private static func histogram(
    _ scored: ScoredCases, _ definition: ModelDefinition, _ orientation: Double
  ) -> ScoreHistogram? {
    let ends = [scored.probabilities.first, scored.probabilities.last].compactMap { $0 }.map {
      $0 * orientation
    }.sorted()
    guard ends.count == 2 else { return nil }
    let low = definition.isProbability ? 0 : ends[0]
    let high = definition.isProbability ? 1 : ends[1] > ends[0] ? ends[1] : ends[0] + 1
    // Halves, so that the widest range of doubles does not overflow; a range too narrow to be cut is not drawn.
    let halfWidth = high / 2 - low / 2
    guard halfWidth.isNormal else { return nil }
    var positives = [Int](repeating: 0, count: histogramBins)
    var negatives = positives
    for (score, bit) in zip(scored.probabilities, scored.bits) {
      let place = (score * orientation / 2 - low / 2) / halfWidth * Double(histogramBins)
      let bin = max(0, min(histogramBins - 1, Int(place)))
      if bit & 1 == 1 { positives[bin] += 1 } else { negatives[bin] += 1 }
    }
    let edges = (0...histogramBins).map { edge in
      let share = Double(edge) / Double(histogramBins)
      return edge == histogramBins ? high : low * (1 - share) + high * share
    }
    return ScoreHistogram(model: definition.name, edges: edges, positives: positives, negatives: negatives)
  }
}
