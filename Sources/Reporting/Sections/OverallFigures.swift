internal import Statistics
internal import Validation

/// The figures of one model over all cases.
struct OverallFigures {
  let evidence: Evidence
  let model: ModelDefinition

  private var suffix: String { evidence.hasSeveralModels ? ": \(model.name)" : "" }

  /// ROC and calibration side by side; without calibration the scores stand beside the ROC curve.
  var blocks: [Block] { curves + [decision].compactMap { $0 }.map { .figure($0) } }

  private var curves: [Block] {
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
    let band =
      curve.points.contains { $0.lower != nil }
      ? ", with a pointwise \(levelText(evidence.plan.confidence)) band" : ""
    let summary = "AUC \(metric.style.text(row.result))"
    return Figure(
      caption: "ROC curve\(suffix)\(band)" + (evidence.plan.cohort.weightColumn == nil ? "" : ". Weighted"),
      description:
        "Sensitivity against one minus specificity over all thresholds\(band), with the operating points and the diagonal of chance. \(summary).",
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
        .number("Band"),
      ],
      lines: kept.map { point in
        Table.Line(
          point.operatingPoint ?? "–",
          [
            Cell(point.threshold.map(thresholdText) ?? "–", numbers: .one(point.threshold, .threshold)),
            Cell(style.text(point.x), numbers: .one(point.x, style)),
            Cell(style.text(point.y), numbers: .one(point.y, style)), limits(of: point, style),
          ])
      })
  }

  private func limits(of point: Curve.Point, _ style: NumberStyle) -> Cell {
    guard let lower = point.lower, let upper = point.upper else { return "–" }
    let interval = Interval(lower: lower, upper: max(lower, upper), level: evidence.plan.confidence)
    return Cell(style.text(interval), numbers: .limits(interval, .style(style)))
  }

  /// Where the plan asks for net benefit.
  private var decision: Figure? {
    guard let curve = evidence.curve(.decision, of: model.name), let first = curve.points.first,
      let atFirst = first.treatAll
    else { return nil }
    // What acting on all is worth at a threshold gives the prevalence.
    let prevalence = atFirst * (1 - first.x) + first.x
    let plot = DecisionPlot(
      curve: curve, prevalence: prevalence, thresholds: evidence.plan.riskThresholds(of: model))
    let style = NumberStyle.number(decimals: 4)
    let shown = curve.points.filter { $0.x <= plot.reach + 1e-9 }
    let step = max(1, shown.count / 25)
    let unit = evidence.casesOrPeople == "people" ? "person" : "case"
    return Figure(
      caption: ([
        "Decision curve\(suffix), with a pointwise \(levelText(evidence.plan.confidence)) band: net benefit in true positives per \(unit)",
        plot.isMarked ? "Short lines on the axis: risk thresholds of the plan" : nil,
      ].compactMap { $0 } + remarks).joined(separator: ". "),
      description:
        "Net benefit of the model, of acting on every case and of acting on none, over risk thresholds up to \(style.text(plot.reach)). The model is worth using where its curve lies above both others.",
      drawing: plot.drawing,
      data: Table(
        "Net benefit by risk threshold\(suffix)",
        columns: [.text("Threshold"), .number("Model"), .number("Band"), .number("Act on all")],
        lines: shown.enumerated().filter { $0.offset % step == 0 }.map { _, point in
          Table.Line(
            NumberStyle.percentage.text(point.x),
            [
              Cell(style.text(point.y), numbers: .one(point.y, style)), limits(of: point, style),
              Cell(point.treatAll.map(style.text) ?? "–", numbers: .one(point.treatAll, style)),
            ])
        }))
  }

  private var calibration: Figure? {
    guard model.isProbability, let curve = evidence.curve(.calibration, of: model.name), !curve.points.isEmpty
    else { return nil }
    let style = NumberStyle.percentage
    return Figure(
      caption: (["Calibration\(suffix)"] + remarks).joined(separator: ". "),
      description:
        "Share of positives observed against the mean predicted probability in \(counted(curve.points.count, "group")) of cases of like prediction, with intervals. On the diagonal, predictions are right on average.",
      drawing: CalibrationPlot(curve: curve, smooth: evidence.curve(.smoothCalibration, of: model.name))
        .drawing,
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
    if let smooth = evidence.curve(.smoothCalibration, of: model.name) {
      remarks.append(
        smooth.points.first?.lower == nil
          ? "The smooth curve has no band: too few patients" : "The band holds the whole smooth curve at once"
      )
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
