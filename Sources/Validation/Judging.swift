internal import Statistics

/// Holds criteria against rows. Interval bounds decide, at full precision; point estimates decide nothing.
struct Judging {
  private let plan: AnalysisPlan
  private let cohort: CohortSummary
  private let lines: [Row.Key: Evaluation.Line]
  private let order: [Row.Key]

  init(plan: AnalysisPlan, cohort: CohortSummary, evaluation: Evaluation) {
    self.plan = plan
    self.cohort = cohort
    order = evaluation.lines.map(\.row.key)
    lines = Dictionary(uniqueKeysWithValues: evaluation.lines.map { ($0.row.key, $0) })
  }

  private var tail: Double { (1 - plan.confidence) / 2 }

  /// For every criterion and model: one judgement per row, then the one that sums up.
  func judgements() -> [Judgement] {
    var judged: [(rows: [Judgement], sum: Judgement)] = []
    for criterion in plan.criteria {
      for model in plan.cohort.models where criterion.model == nil || criterion.model == model.name {
        let rows = lines(of: criterion, model: model.name).map { judge($0, by: criterion, tail: tail) }
        judged.append((rows, sum(rows, criterion, model: model.name)))
      }
    }
    return adjusted(judged).flatMap { $0.rows + [$0.sum] }
  }

  /// The study's verdict: not met comes before inconclusive comes before met.
  static func verdict(of judgements: [Judgement]) -> Verdict {
    let sums = judgements.filter { $0.subgroup == nil }.map(\.verdict)
    if sums.isEmpty { return .noCriteria }
    if sums.contains(.notMet) { return .notMet }
    if sums.contains(.inconclusive) { return .inconclusive }
    return sums.contains(.notAssessable) ? .notAssessable : .met
  }

  // MARK: The rows that a criterion aims at

  private func lines(of criterion: Criterion, model: String) -> [Evaluation.Line] {
    let headline = order.filter {
      $0.model == model && $0.metric == criterion.metric && $0.setting.isHeadline && $0.outputs == .primary
    }
    let keys = headline.filter { key in
      switch criterion.scope {
      case .overall:
        return key.subgroup.isEveryone
      case .everySubgroup(let named):
        guard key.subgroupMinus == nil, !key.subgroup.isEveryone, !key.subgroup.hasUnknown else {
          return false
        }
        let dimensions = named ?? plan.subgroups.filter { $0.count == 1 }
        return dimensions.contains { Set($0) == Set(key.subgroup.attributes) }
      case .gap(let attribute):
        return key.subgroupMinus != nil && key.subgroup.attributes == [attribute] && !key.subgroup.hasUnknown
      case .group(let group):
        return key.subgroupMinus == nil && Set(key.subgroup.terms) == Set(group.terms)
      }
    }
    return keys.compactMap { lines[$0] }
  }

  // MARK: One row

  private func judge(_ line: Evaluation.Line, by criterion: Criterion, tail: Double) -> Judgement {
    let row = line.row
    let text = JudgementText(criterion: criterion, row: row, confidence: plan.confidence)
    func judgement(
      _ verdict: Verdict, bound: Double? = nil, p: Double? = nil, _ sentence: String
    ) -> Judgement {
      Judgement(
        criterion: criterion.id, model: row.key.model, subgroup: row.key.subgroup,
        subgroupMinus: row.key.subgroupMinus, verdict: verdict, value: row.estimate?.value, bound: bound,
        goal: criterion.goal, p: p, sentence: sentence)
    }
    if case .undefined(let reason) = row.result {
      return judgement(.notAssessable, text.undefined(reason))
    }
    guard row.isAssessable else {
      return judgement(.notAssessable, text.tooFew(plan.smallestSubgroup))
    }
    if let shares = verificationShares(row.key.model, metric: criterion.metric) {
      return judgement(.notAssessable, text.unverified(shares))
    }
    guard let estimate = row.estimate, let limits = line.limits, let interval = limits(tail) else {
      return judgement(.notAssessable, text.noInterval)
    }
    let (verdict, bound) = criterion.evidence.verdict(on: interval)
    return judgement(
      verdict, bound: bound, p: criterion.evidence.p(value: estimate.value, limits: limits),
      text.judged(verdict, interval))
  }

  /// Where the share with a reference standard differs between flagged and unflagged by more than 5 points, rates
  /// conditional on truth are biased by verification (policy 14).
  private func verificationShares(_ model: String, metric: String) -> (flagged: Double, unflagged: Double)? {
    let spared: Set<String> = ["ppv", "flag_rate", "failure_rate"]
    guard let definition = Metric.named(metric), definition.needs == .decision, !spared.contains(metric),
      let table = cohort.models.first(where: { $0.name == model })?.twoByTwo,
      let unverified = cohort.flow.unverified.first(where: { $0.model == model }),
      table.flagged + unverified.flagged > 0, table.unflagged + unverified.unflagged > 0
    else { return nil }
    let flagged = Double(table.flagged) / Double(table.flagged + unverified.flagged)
    let unflagged = Double(table.unflagged) / Double(table.unflagged + unverified.unflagged)
    return abs(flagged - unflagged) > 0.05 ? (flagged, unflagged) : nil
  }

  // MARK: Summing up

  private func sum(_ rows: [Judgement], _ criterion: Criterion, model: String) -> Judgement {
    let decided = rows.filter { $0.verdict != .notAssessable }
    let verdict: Verdict
    if decided.contains(where: { $0.verdict == .notMet }) {
      verdict = .notMet
    } else if decided.contains(where: { $0.verdict == .inconclusive }) {
      verdict = .inconclusive
    } else if decided.isEmpty {
      verdict = .notAssessable
    } else if decided.count < rows.count, criterion.whenNotAssessable == .inconclusive {
      verdict = .inconclusive
    } else {
      verdict = .met
    }
    // Every row must hold: the largest p (intersection-union), of the row nearest to failing. What cannot be claimed,
    // because a row is missing from the evidence, has no p.
    let isComplete = decided.count == rows.count || criterion.whenNotAssessable == .report
    let p = isComplete ? decided.compactMap(\.p).max() : nil
    let worst = decided.max { ($0.p ?? 0) < ($1.p ?? 0) }
    return Judgement(
      criterion: criterion.id, model: model, subgroup: nil, verdict: verdict, value: worst?.value,
      bound: worst?.bound, goal: criterion.goal, p: p,
      sentence: JudgementText.summary(verdict, criterion, rows: rows))
  }

  // MARK: Several criteria

  /// Under Holm, Hochberg or a fixed sequence a criterion is met only if its adjusted p allows it too.
  private func adjusted(
    _ judged: [(rows: [Judgement], sum: Judgement)]
  ) -> [(rows: [Judgement], sum: Judgement)] {
    let adjust: ([Double]) -> [Double]
    switch plan.multiplicity {
    case .coPrimary: return judged
    case .holm: adjust = FamilyWise.holm
    case .hochberg: adjust = FamilyWise.hochberg
    case .fixedSequence: adjust = FamilyWise.fixedSequence
    }
    // A criterion without a p could not be assessed: it cannot be claimed, and holds its place in a sequence.
    let adjustedP = adjust(judged.map { $0.sum.p ?? 1 })
    return zip(judged, adjustedP).map { claim, adjusted in
      guard let p = claim.sum.p else { return claim }
      let sum = claim.sum
      let isAllowed = adjusted <= tail
      let level = p > 0 && plan.multiplicity != .fixedSequence ? min(0.5, tail * p / adjusted) : tail
      let verdict: Verdict = sum.verdict == .met && !isAllowed ? .inconclusive : sum.verdict
      let note =
        "; adjusted p \(NumberText.p(adjusted)) (\(plan.multiplicity.rawValue))"
        + (verdict == sum.verdict
          ? "" : ", not enough to claim it among \(judged.count) claims: \(verdict.words)") + "."
      return (
        claim.rows,
        Judgement(
          criterion: sum.criterion, model: sum.model, subgroup: nil, verdict: verdict, value: sum.value,
          bound: sum.bound, goal: sum.goal, p: p, pAdjusted: adjusted,
          adjustedBound: bound(of: sum, among: claim.rows, tail: level),
          sentence: (sum.sentence.hasSuffix(".") ? String(sum.sentence.dropLast()) : sum.sentence) + note)
      )
    }
  }

  /// The deciding row's limit at the adjusted tail.
  private func bound(of sum: Judgement, among rows: [Judgement], tail: Double) -> Double? {
    guard let row = rows.first(where: { $0.p == sum.p && $0.bound == sum.bound }),
      let criterion = plan.criteria.first(where: { $0.id == sum.criterion }),
      let key = order.first(where: {
        $0.model == row.model && $0.subgroup == row.subgroup && $0.subgroupMinus == row.subgroupMinus
          && $0.metric == criterion.metric && $0.setting.isHeadline && $0.outputs == .primary
      }), let interval = lines[key]?.limits?(tail)
    else { return nil }
    return criterion.evidence.verdict(on: interval).bound
  }
}

extension Criterion.Evidence {
  /// What an interval says of the goal, and which of its limits says it.
  func verdict(on interval: Interval) -> (verdict: Verdict, bound: Double) {
    switch self {
    case .lowerBound(let goal):
      return (
        interval.lower >= goal ? .met : interval.upper < goal ? .notMet : .inconclusive, interval.lower
      )
    case .upperBound(let goal):
      return (
        interval.upper <= goal ? .met : interval.lower > goal ? .notMet : .inconclusive, interval.upper
      )
    case .interval(let margin):
      let isInside = interval.lower > -margin && interval.upper < margin
      let isOutside = interval.lower >= margin || interval.upper <= -margin
      let farther = abs(interval.lower) > abs(interval.upper) ? interval.lower : interval.upper
      return (isInside ? .met : isOutside ? .notMet : .inconclusive, farther)
    }
  }

  /// One-sided p of the hypothesis that is to be rejected: for equivalence the larger of the two one-sided tests.
  func p(value: Double, limits: Measurement.Limits) -> Double {
    func p(_ direction: Inversion.Direction, _ goal: Double) -> Double {
      Inversion.p(showing: direction, goal: goal, value: value) {
        limits($0) ?? Interval(lower: -.infinity, upper: .infinity, level: 1 - 2 * $0)
      }
    }
    switch self {
    case .lowerBound(let goal): return p(.above, goal)
    case .upperBound(let goal): return p(.below, goal)
    case .interval(let margin): return max(p(.above, -margin), p(.below, margin))
    }
  }
}
