internal import Validation

/// What a study came to, for a terminal: one line per criterion, the groups behind a bad one, and a sentence.
struct VerdictTable {
  let study: Study

  var text: String {
    let lines = [heading, ""] + (rows.isEmpty ? [] : aligned(rows) + [""]) + [sentence]
    return lines.joined(separator: "\n")
  }

  private var heading: String {
    let cohort = study.cohort
    let patients = cohort.patients.map { " of \(NumberText.count($0)) patients" } ?? ""
    return Paint.bold(study.plan.title) + "\n"
      + "\(NumberText.count(cohort.cases)) cases\(patients): \(NumberText.count(cohort.positives)) positive, "
      + "\(NumberText.count(cohort.negatives)) negative"
  }

  /// The verdict in one plain sentence.
  private var sentence: String {
    let sums = study.judgements.filter { $0.subgroup == nil }
    func count(_ verdict: Verdict) -> Int { sums.count { $0.verdict == verdict } }
    func of(_ count: Int) -> String {
      "\(count) of \(sums.count) \(sums.count == 1 ? "criterion" : "criteria")"
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

  // MARK: Rows

  private var rows: [(verdict: Verdict, cells: [String])] {
    study.plan.criteria.flatMap { criterion in
      let mine = study.judgements.filter { $0.criterion == criterion.id }
      return mine.filter { $0.subgroup == nil }.flatMap { sum in
        [(sum.verdict, line(of: sum, criterion))]
          + worst(mine.filter { $0.subgroup != nil && $0.model == sum.model }, criterion)
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
        ["", "  " + name(of: judgement), "", judgement.verdict.words, numbers(judgement, criterion)]
      )
    }
    let rest = bad.count - shown.count
    return shown + (rest > 0 ? [(.met, ["", "  and \(rest) more in the report", "", "", ""])] : [])
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
    let model = study.plan.cohort.models.count > 1 ? (sum.model ?? "") : ""
    return [criterion.id, "\(metric), \(scope)", model, sum.verdict.words, numbers(sum, criterion)]
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

  private func aligned(_ rows: [(verdict: Verdict, cells: [String])]) -> [String] {
    let widths = (0..<5).map { column in rows.map { $0.cells[column].count }.max() ?? 0 }
    return rows.map { row in
      var text = " "
      for (column, cell) in row.cells.enumerated() where widths[column] > 0 {
        let padded = cell + String(repeating: " ", count: widths[column] - cell.count)
        text += " " + (column == 3 && !cell.isEmpty ? painted(row.verdict, padded) : padded) + " "
      }
      while text.last == " " { text.removeLast() }
      return text
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
