internal import Statistics

/// The curves and distributions that a study keeps, so that its size does not grow with its cases.
struct Curves {
  let curves: [Curve]
  let scores: ScoreHistogram?

  private static let tenths = 10
  private static let histogramBins = 40

  init(curves: [Curve] = [], scores: ScoreHistogram? = nil) {
    self.curves = curves
    self.scores = scores
  }

  /// - Parameter everyone: All cases under the plan's rule, in order of score.
  init(_ everyone: Sample, definition: ModelDefinition, plan: AnalysisPlan) {
    guard !everyone.scores.isEmpty else {
      self.init()
      return
    }
    let orientation: Double = definition.direction == .higherMeansPositive ? 1 : -1
    var curves: [Curve] = []
    let thresholds = definition.operatingPoints.map { $0.threshold * orientation }
    if let roc = try? ROCCurve(everyone.ranked, exactAt: thresholds) {
      let points = roc.points.map { point in
        Curve.Point(
          x: point.falsePositiveRate, y: point.sensitivity,
          threshold: point.threshold.isFinite ? point.threshold * orientation : nil,
          operatingPoint: definition.operatingPoints.first { $0.threshold * orientation == point.threshold }?
            .name)
      }
      curves.append(Curve(kind: .roc, model: definition.name, subgroup: .everyone, points: points))
    }
    let scored = ScoredCases(of: everyone)
    if definition.isProbability, scored.count > 0 {
      curves.append(
        Curve(
          kind: .calibration, model: definition.name, subgroup: .everyone,
          points: Curves.calibration(scored, plan)))
    }
    self.init(
      curves: curves, scores: scored.count > 0 ? Curves.histogram(scored, definition, orientation) : nil)
  }

  /// Tenths of the cases in order of probability; equal probabilities stay together.
  private static func calibration(_ scored: ScoredCases, _ plan: AnalysisPlan) -> [Curve.Point] {
    let probabilities = Array(scored.probabilities)
    let bits = Array(scored.bits)
    var points: [Curve.Point] = []
    var start = 0
    for tenth in 1...tenths {
      var end = max(start, probabilities.count * tenth / tenths)
      while end > start, end < probabilities.count, probabilities[end] == probabilities[end - 1] { end += 1 }
      guard end > start else { continue }
      let positives = bits[start..<end].reduce(0) { $0 + Int($1 & 1) }
      let share = Proportion(successes: positives, trials: end - start)
      let interval = share.wilson(tail: (1 - plan.confidence) / 2)
      points.append(
        Curve.Point(
          x: probabilities[start..<end].reduce(0, +) / Double(end - start), y: share.value,
          lower: interval.lower, upper: interval.upper, cases: end - start))
      start = end
    }
    return points
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
    let width = (high - low) / Double(histogramBins)
    var positives = [Int](repeating: 0, count: histogramBins)
    var negatives = positives
    for (score, bit) in zip(scored.probabilities, scored.bits) {
      let bin = max(0, min(histogramBins - 1, Int((score * orientation - low) / width)))
      if bit & 1 == 1 { positives[bin] += 1 } else { negatives[bin] += 1 }
    }
    let edges = (0...histogramBins).map { $0 == histogramBins ? high : low + Double($0) * width }
    return ScoreHistogram(model: definition.name, edges: edges, positives: positives, negatives: negatives)
  }
}
