internal import Validation

/// What a study came to, for a terminal: one line per criterion, the groups behind a bad one, and a sentence.
struct VerdictTable {
  let study: Study

  var text: String {
    let lines =
      [heading, ""] + (isOfSeveral || study.plan.criteria.isEmpty ? aligned(headlines) + [""] : [])
      + (rows.isEmpty ? [] : aligned(rows, painting: 4) + [""]) + [sentence]
    return lines.joined(separator: "\n")
  }

  private var isOfSeveral: Bool { study.cohorts.count > 1 }
  private var hasSeveralModels: Bool { study.plan.cohort.modelNames.count > 1 }

  private var heading: String {
    let cohort = study.cohorts[0]
    guard !isOfSeveral else {
      return Paint.bold(study.plan.title) + "\n"
        + "\(NumberText.count(cohort.flow.cases)) cases, \(study.cohorts.count) findings"
    }
    let patients = cohort.patients.map { " of \(NumberText.count($0)) patients" } ?? ""
    let lines = [
      Paint.bold(study.plan.title),
      "\(NumberText.count(cohort.cases)) cases\(patients): \(NumberText.count(cohort.positives)) positive, \(NumberText.count(cohort.negatives)) negative",
      leftOut(cohort.flow), withoutOutput(cohort), withoutThreshold(cohort),
    ]
    return lines.compactMap(\.self).joined(separator: "\n")
  }

  /// How the rows that were read became the cases; nil where every row is one.
  private func leftOut(_ flow: Flow) -> String? {
    guard flow.read != flow.analysed else { return nil }
    let rules = flow.exclusions.filter { $0.rows > 0 }.map {
      "\(NumberText.count($0.rows)) \($0.isJoin ? "without a row in" : "by rule") \($0.id)"
    }
    let reference = [
      (flow.noReference, "without a reference standard"),
      (flow.equivocal, "with an equivocal reference standard"),
    ].filter { $0.0 > 0 }.map { "\(NumberText.count($0)) \($1)" }
    func leftOut(_ counts: [String]) -> String? {
      counts.isEmpty ? nil : "left out: " + counts.joined(separator: ", ")
    }
    let steps =
      flow.isCombined
      ? [leftOut(rules), "combined into \(NumberText.count(flow.cases)) cases", leftOut(reference)]
      : [leftOut(rules + reference)]
    return (["\(NumberText.count(flow.read)) rows were read"] + steps.compactMap(\.self))
      .joined(separator: "; ")
  }

  private func areaWithoutFailures(_ model: String) -> String? {
    let key = Row.Key(
      model: model, finding: study.plan.cohort.findings[0].id, subgroup: .everyone, metric: "auc",
      outputs: .rule(.excluded))
    guard study.plan.outputRule != .excluded, let metric = Metric.named("auc"),
      let estimate = study.rows.first(where: { $0.key == key })?.estimate
    else { return nil }
    return metric.style.text(estimate.value)
  }

  private func withoutThreshold(_ cohort: CohortSummary) -> String? {
    let names = cohort.models.filter { $0.twoByTwo == nil }.map(\.name)
    return names.isEmpty
      ? nil : "Without a threshold, so that nothing is flagged: \(names.joined(separator: ", "))"
  }

  private func withoutOutput(_ cohort: CohortSummary) -> String? {
    let failed = cohort.models.filter { $0.failed > 0 }
    guard !failed.isEmpty else { return nil }
    let counts = failed.map { model in
      NumberText.count(model.failed) + (hasSeveralModels ? " (\(model.name))" : "")
        + (areaWithoutFailures(model.name).map { ", AUC without them \($0)" } ?? "")
    }
    return "Without an output (each \(study.plan.outputRule.words)): \(counts.joined(separator: "; "))"
  }

  /// The verdict in one plain sentence.
  private var sentence: String {
    let sums = study.judgements.filter { $0.subgroup == nil }
    func count(_ verdict: Verdict) -> Int { sums.count { $0.verdict == verdict } }
    func of(_ count: Int) -> String {
      let isRepeated = sums.count > study.plan.criteria.count
      let what = isRepeated ? "verdicts" : sums.count == 1 ? "criterion" : "criteria"
      return "\(count) of \(sums.count) \(what)"
    }
    return switch study.verdict {
    case .met: painted(.met, "Met:") + " the evidence reaches the goal of every criterion."
    case .notMet:
      painted(.notMet, "Not met:")
        + " the evidence lies on the wrong side of the goal in \(of(count(.notMet)))."
    case .inconclusive:
      painted(.inconclusive, "Inconclusive:")
        + " the goal was not shown in \(of(count(.inconclusive))), and none is contradicted."
    case .notAssessable:
      painted(.notAssessable, "Not assessable:")
        + " \(of(count(.notAssessable))) cannot be judged (see the report)."
    case .noCriteria: "The plan has no criteria: the results are described, not judged."
    }
  }

  // MARK: First measures

  private static let headlines = ["sensitivity", "specificity", "auc"]

  /// Every finding and model with its first measures: for several findings, and where nothing is judged.
  private var headlines: [(verdict: Verdict, cells: [String])] {
    let metrics = Self.headlines.filter(study.plan.metrics.contains).compactMap(Metric.named)
    let title = (
      Verdict.noCriteria,
      [isOfSeveral ? "finding" : "", hasSeveralModels ? "model" : "", "n⁺", "n⁻"]
        + metrics.map { $0.name.lowercased() }
    )
    return [title]
      + zip(study.plan.cohort.findings, study.cohorts).flatMap { finding, cohort in
        finding.models.map { model in
          let counts = [cohort.positives, cohort.negatives].map(NumberText.count)
          return (
            Verdict.noCriteria,
            [finding.id ?? "", hasSeveralModels ? model.name : ""] + counts
              + metrics.map { value(of: $0, model.name, finding.id) }
          )
        }
      }
  }

  private func value(of metric: Metric, _ model: String, _ finding: String?) -> String {
    let key = Row.Key(model: model, finding: finding, subgroup: .everyone, metric: metric.id)
    guard let estimate = study.rows.first(where: { $0.key == key })?.estimate else { return "–" }
    return metric.style.text(estimate.value)
      + (estimate.interval.map { " (\(metric.style.text($0)))" } ?? "")
  }

  // MARK: Rows

  private var rows: [(verdict: Verdict, cells: [String])] {
    study.plan.criteria.flatMap { criterion in
      let mine = study.judgements.filter { $0.criterion == criterion.id }
      return mine.filter { $0.subgroup == nil }.flatMap { sum in
        [(sum.verdict, line(of: sum, criterion))]
          + worst(
            mine.filter { $0.subgroup != nil && $0.model == sum.model && $0.finding == sum.finding },
            criterion)
      }
    }
  }

  /// Of a criterion over several groups: those that keep it from being met, at most five.
  private func worst(_ groups: [Judgement], _ criterion: Criterion) -> [(verdict: Verdict, cells: [String])] {
    guard groups.count > 1 else { return [] }
    let order: [Verdict] = [.notMet, .inconclusive]
    let bad = order.flatMap { verdict in groups.filter { $0.verdict == verdict } }
    let shown = bad.prefix(5).map { judgement in
      (
        judgement.verdict,
        ["", "  " + name(of: judgement), "", "", judgement.verdict.words, numbers(judgement, criterion)]
      )
    }
    let rest = bad.count - shown.count
    return shown + (rest > 0 ? [(.met, ["", "  and \(rest) more in the report", "", "", "", ""])] : [])
  }

  private func name(of judgement: Judgement) -> String {
    let group = judgement.subgroup?.label ?? ""
    switch judgement.subgroupMinus {
    case nil: return group
    case .complement: return group + " − all others"
    case .group(let other): return group + " − \(other.label)"
    }
  }

  private func line(of sum: Judgement, _ criterion: Criterion) -> [String] {
    let metric = Metric.named(criterion.metric)?.name ?? criterion.metric
    let scope =
      switch criterion.scope {
      case .overall: "overall"
      case .everySubgroup: "every subgroup"
      case .gap(let attribute): "gap across \(attribute)"
      case .group(let group): group.label
      }
    let model = hasSeveralModels ? (sum.model ?? "") : ""
    let place = criterion.operatingPoint.map { " at \($0)" } ?? ""
    return [
      criterion.id, "\(metric)\(place), \(scope)", sum.finding ?? "", model, sum.verdict.words,
      numbers(sum, criterion),
    ]
  }

  private func numbers(_ judgement: Judgement, _ criterion: Criterion) -> String {
    let style = Metric.named(criterion.metric)?.style ?? .number(decimals: 3)
    let isDifference = if case .gap = criterion.scope { true } else { false }
    func text(_ value: Double) -> String {
      isDifference ? style.difference(value) + style.differenceUnit : style.text(value)
    }
    let goal = text(criterion.goal)
    let (limit, demand) =
      switch criterion.evidence {
      case .lowerBound: ("lower limit", "goal ≥ \(goal)")
      case .upperBound: ("upper limit", "goal ≤ \(goal)")
      case .interval: ("limit", "goal within ±\(style.plain(criterion.goal))\(style.differenceUnit)")
      }
    let bound = judgement.bound.map { "\(limit) \(text($0)), " } ?? ""
    let adjusted = judgement.adjustedBound.map { "adjusted limit \(text($0)), " } ?? ""
    return bound + adjusted + demand
  }

  // MARK: Layout

  /// - Parameter painting: The column that takes its verdict's colour.
  private func aligned(
    _ rows: [(verdict: Verdict, cells: [String])], painting: Int? = nil
  ) -> [String] {
    Columns.aligned(rows.map(\.cells)) { line, column, cell in
      column == painting && cell.contains { $0 != " " } ? painted(rows[line].verdict, cell) : cell
    }
  }

  private func painted(_ verdict: Verdict, _ text: String) -> String {
    switch verdict {
    case .met: Paint.green(text)
    case .notMet: Paint.orange(text)
    case .inconclusive, .notAssessable: Paint.blue(text)
    case .noCriteria: text
    }
  }
}
