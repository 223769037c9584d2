internal import Statistics
internal import Validation

/// The figures of one model over all cases.
struct OverallFigures {
  let evidence: Evidence
  let model: ModelDefinition

  private var suffix: String { evidence.hasSeveralModels ? ": \(model.name)" : "" }

  /// ROC and calibration side by side; without calibration the scores stand beside the ROC curve.
  var blocks: [Block] {
    switch (roc, calibration) {
    case (let roc?, let calibration?):
      [.figures([roc, calibration])] + [scores(width: 784)].compactMap { $0 }.map { .figure($0) }
    case (let roc?, nil): [.figures([roc, scores(width: 352)].compactMap { $0 })]
    case (nil, let calibration): [calibration, scores(width: 784)].compactMap { $0 }.map { .figure($0) }
    }
  }

  private var roc: Figure? {
    guard let curve = evidence.curve(.roc, of: model.name), let row = evidence.row("auc", of: model.name),
      let metric = Metric.named("auc")
    else { return nil }
    let summary = "AUC \(metric.style.text(row.result))"
    return Figure(
      caption: "ROC curve\(suffix)" + (evidence.plan.cohort.weightColumn == nil ? "" : ". Weighted"),
      description:
        "Sensitivity against one minus specificity over all thresholds, with the operating points and the diagonal of chance. \(summary).",
      drawing: ROCPlot(curve: curve, summary: summary).drawing, data: points(of: curve))
  }

  /// Some forty points in even steps, and every operating point.
  private func points(of curve: Curve) -> Table {
    let step = max(1, (curve.points.count - 1) / 40)
    let kept = curve.points.enumerated().filter { index, point in
      index % step == 0 || index == curve.points.count - 1 || point.operatingPoint != nil
    }.map(\.element)
    let style = NumberStyle.percentage
    return Table(
      "Points of the ROC curve\(suffix): \(kept.count) of the \(curve.points.count) drawn",
      columns: [
        .text("Operating point"), .number("Threshold"), .number("1 − specificity"), .number("Sensitivity"),
      ],
      lines: kept.map { point in
        Table.Line(
          point.operatingPoint ?? "–",
          [
            Cell(point.threshold.map(thresholdText) ?? "–", numbers: .one(point.threshold, .threshold)),
            Cell(style.text(point.x), numbers: .one(point.x, style)),
            Cell(style.text(point.y), numbers: .one(point.y, style)),
          ])
      })
  }

  private var calibration: Figure? {
    guard model.isProbability, let curve = evidence.curve(.calibration, of: model.name), !curve.points.isEmpty
    else { return nil }
    let style = NumberStyle.percentage
    return Figure(
      caption: (["Calibration\(suffix)"] + remarks).joined(separator: ". "),
      description:
        "Share of positives observed against the mean predicted probability in \(counted(curve.points.count, "group")) of cases of like prediction, with intervals. On the diagonal, predictions are right on average.",
      drawing: CalibrationPlot(curve: curve).drawing,
      data: Table(
        "Observed positives by predicted probability\(suffix)",
        columns: [.text("Mean prediction"), .number("Cases"), .number("Observed"), .number("Interval")],
        lines: curve.points.map { point in
          let interval = point.lower.flatMap { lower in
            point.upper.map {
              Interval(lower: lower, upper: max(lower, $0), level: evidence.plan.confidence)
            }
          }
          return Table.Line(
            style.text(point.x),
            [
              .count(point.cases), Cell(style.text(point.y), numbers: .one(point.y, style)),
              Cell(interval.map(style.text) ?? "–", numbers: .limits(interval, .style(style))),
            ])
        }))
  }

  /// That the curve is of this test set only, and that its intervals allow for several cases of a patient.
  private var remarks: [String] {
    var remarks: [String] = []
    if evidence.plan.cohort.weightColumn != nil { remarks.append("Weighted") }
    if evidence.plan.cohort.hasOwnPrevalenceOnly {
      remarks.append("† Depends on how common the condition is: it holds only in this test set")
    }
    if let patients = evidence.cohort.patients, patients < evidence.cohort.cases {
      remarks.append("Intervals are by patient")
    }
    return remarks
  }

  private func scores(width: Double) -> Figure? {
    guard let histogram = evidence.distributions.scores.first(where: { $0.model == model.name }),
      histogram.edges.count > 1
    else { return nil }
    let bins = zip(
      zip(histogram.edges, histogram.edges.dropFirst()), zip(histogram.positives, histogram.negatives))
    return Figure(
      caption: "Scores by reference standard\(suffix)"
        + (evidence.plan.cohort.weightColumn == nil ? "" : ". Cases as sampled, not weighted"),
      description:
        "Histogram of the model's scores: reference-positive cases upwards, reference-negative cases downwards, each as a share of its class, with the thresholds of the operating points.",
      drawing: ScorePlot(histogram: histogram, thresholds: model.operatingPoints, width: width).drawing,
      data: Table(
        "Cases by score\(suffix)", columns: [.text("Score"), .number("Positive"), .number("Negative")],
        lines: bins.map { edges, counts in
          Table.Line(
            "\(thresholdText(edges.0)) to \(thresholdText(edges.1))",
            [.count(counts.0), .count(counts.1)])
        }))
  }
}
