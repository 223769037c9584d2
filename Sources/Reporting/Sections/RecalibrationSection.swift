internal import Statistics
internal import Validation

extension Section {
  /// Whether probabilities would have to change here, how much, and what that would do to each group.
  static let recalibration = Section(anchor: "recalibration", title: "Recalibration") { evidence in
    let advised = evidence.models.compactMap { model in
      evidence.study.recalibration.first { $0.model == model.name && $0.finding == evidence.finding }
    }
    return advised.enumerated().flatMap { index, advice -> [Block] in
      let heading = Heading(level: 3, text: advice.model, anchor: "recalibration-\(index + 1)")
      return (evidence.hasSeveralModels ? [.heading(heading)] : [])
        + RecalibrationBlocks(evidence: evidence, model: advice.model, result: advice.advice).blocks
    }
  }
}

/// Of one model.
private struct RecalibrationBlocks {
  let evidence: Evidence
  let model: String
  let result: Result<RecalibrationAdvice.Advice, Undefined>

  private var suffix: String { evidence.hasSeveralModels ? ": \(model)" : "" }

  var blocks: [Block] {
    switch result {
    case .failure(let reason): return [.paragraph("No advice: \(reason).")]
    case .success(let advice):
      let rest: [Block] =
        switch advice.effects {
        case .failure(let reason): [.paragraph("Its effect was not computed: \(reason).")]
        case .success(let effects): effects.isEmpty ? [] : [.table(table(of: effects))]
        }
      return [.paragraph(sentence(advice)), .table(tests(advice))] + rest
    }
  }

  private func sentence(_ advice: RecalibrationAdvice.Advice) -> String {
    guard advice.update != .none else {
      return
        "No change of the probabilities is advised: that they need one was not shown. This does not show that they need none."
    }
    let effects = (try? advice.effects.get()) ?? []
    let groups = effects.filter { $0.isAssessable && !$0.group.isEveryone }
    let gain =
      switch effects.first(where: { $0.group.isEveryone })?.reading {
      case .better: " It makes the Brier score over all cases better."
      case .worse: " It makes the Brier score over all cases worse."
      case .notShown: " That it changes the Brier score over all cases was not shown."
      case nil: ""
      }
    let worse = groups.filter { $0.reading == .worse }
    let ofGroups =
      groups.isEmpty
      ? ""
      : worse.isEmpty
        ? " No assessable group was shown to be worse off by the Brier score."
        : " Worse off by the Brier score: \(worse.map(\.group.label).enumeration)."
    return
      "Advised by the tests: \(advice.update.words).\(gain)\(ofGroups) A change of what the device puts out needs its manufacturer, and a validation of its own on new cases."
  }

  private func tests(_ advice: RecalibrationAdvice.Advice) -> Table {
    Table(
      "How much of the calibration needs to change\(suffix)", standing: .exploratory,
      columns: [
        .text("Would it be enough?"), .number("Statistic"), .number("Degrees of freedom"), .number("p"),
        .text("Reading"),
      ],
      lines: advice.steps.map { step in
        let style = NumberStyle.number(decimals: 2)
        return Table.Line(
          step.update.words.prefix(1).uppercased() + step.update.words.dropFirst(),
          [
            Cell(style.text(step.statistic), numbers: .one(step.statistic, style)),
            .count(step.degreesOfFreedom),
            Cell(pText(step.p, against: advice.level), numbers: .one(step.p, .p)),
            Cell(
              step.p < advice.level
                ? "not enough" : step.update == advice.update ? "advised" : "not rejected"),
          ])
      },
      notes: [
        "Each change against a smooth calibration curve, the smallest first; the first that is not rejected is advised, else the curve itself (Vergouwe et al. 2017), at \(NumberText.percent(advice.level, decimals: 0)) for the whole. Many cases reject a change too small to matter: read the effect."
      ])
  }

  private func table(of effects: [RecalibrationAdvice.Effect]) -> Table {
    let isFlagging = effects.contains { $0.before.sensitivity != nil || $0.before.falsePositiveRate != nil }
    let pairs: [Table.Column] = ["O:E", "Sensitivity", "False-positive rate"].prefix(isFlagging ? 3 : 1)
      .flatMap { [Table.Column.number("before", under: $0), .number("after", under: $0)] }
    var lines: [Table.Line] = []
    var attributes: [String] = []
    for effect in effects {
      if effect.group.attributes != attributes {
        attributes = effect.group.attributes
        lines.append(.group("By \(attributes.joined(separator: " and "))"))
      }
      lines.append(line(effect, isFlagging: isFlagging))
    }
    return Table(
      "What the advised change would do\(suffix)", standing: .exploratory,
      columns: [.text("Group"), .number("Cases")] + pairs + [
        .number("Brier score, change"), .number("\(levelText(evidence.plan.confidence)) interval"),
      ], lines: lines,
      notes: [
        "Cross-validated: every case has its new probability from a fit on the patients of the other \(RecalibrationAdvice.folds - 1) of \(RecalibrationAdvice.folds) parts. Change: Brier score after less before; below zero is better. Flagged cases at the unchanged threshold of the primary operating point. Intervals are not adjusted for the number of groups, and take the fits as given.",
        "Depends on how common the condition is here: elsewhere another change may be needed.",
      ])
  }

  private func line(_ effect: RecalibrationAdvice.Effect, isFlagging: Bool) -> Table.Line {
    let ratio = NumberStyle.number(decimals: 2)
    let brier = NumberStyle.number(decimals: 4)
    func cell(_ value: Double?, _ style: NumberStyle) -> Cell {
      value.map { $0.isFinite ? Cell(style.plain($0), numbers: .one($0, style)) : "–" } ?? "–"
    }
    func pair(_ part: (RecalibrationAdvice.Calibrated) -> Double?, _ style: NumberStyle) -> [Cell] {
      [cell(part(effect.before), style), cell(part(effect.after), style)]
    }
    let flags =
      isFlagging ? pair(\.sensitivity, .percentage) + pair(\.falsePositiveRate, .percentage) : []
    let change: [Cell] = [
      Cell(
        brier.difference(effect.change.value), isStrong: effect.reading != .notShown,
        numbers: .one(effect.change.value, .difference(brier))),
      Cell(
        effect.change.interval.map(brier.difference) ?? "–",
        numbers: .limits(effect.change.interval, .difference(brier))),
    ]
    return Table.Line(
      effect.group.label,
      note: effect.isAssessable || effect.group.isEveryone ? nil : "not assessable",
      [.count(effect.cases)] + pair({ $0.ratio }, ratio) + flags + change,
      style: effect.isAssessable || effect.group.isEveryone ? .plain : .muted)
  }
}

extension RecalibrationTest.Update {
  fileprivate var words: String {
    switch self {
    case .none: "no change"
    case .intercept: "a shift of all probabilities (the intercept)"
    case .slope: "a shift and a stretch (intercept and slope)"
    case .flexible: "a flexible change (a smooth curve)"
    }
  }
}
