internal import Statistics

/// Holds criteria against rows. Interval bounds decide, at full precision; point estimates decide nothing.
struct Judging {
  private let plan: AnalysisPlan
  /// One for each finding of the plan.
  private let cohorts: [CohortSummary]
  private let lines: [Row.Key: Evaluation.Line]
  private let order: [Row.Key]

  init(plan: AnalysisPlan, cohorts: [CohortSummary], evaluation: Evaluation) {
    self.plan = plan
    self.cohorts = cohorts
    order = evaluation.lines.map(\.row.key)
    lines = Dictionary(uniqueKeysWithValues: evaluation.lines.map { ($0.row.key, $0) })
  }

  private var tail: Double { (1 - plan.confidence) / 2 }

  /// For every criterion, finding and model: one judgement per row, then the one that sums up.
  func judgements() -> [Judgement] {
    var claims: [Claim] = []
    for criterion in plan.criteria {
      for (finding, cohort) in zip(plan.cohort.findings, cohorts)
      where criterion.finding == nil || criterion.finding == finding.id {
        for model in finding.models where criterion.model == nil || criterion.model == model.name {
          let keys = keys(of: criterion, model, finding: finding.id)
          let rows = keys.compactMap { lines[$0] }.map { judge($0, by: criterion, in: cohort) }
          claims.append(
            Claim(
              criterion: criterion, keys: keys, rows: rows,
              sum: sum(rows, criterion, model: model.name, finding: finding.id)))
        }
      }
    }
    let words = StudyVocabulary(of: plan)
    return adjusted(claims).flatMap { $0.rows + [$0.sum] }.map { $0.said(in: words) }
  }

  /// What every criterion that failed outputs could move would come to under the other rules; none for a model without any.
  func verdictsByRule() -> [RuleVerdict] {
    plan.criteria.flatMap { criterion -> [RuleVerdict] in
      guard Metric.named(criterion.metric)?.readsFailedOutputs == true else { return [] }
      return zip(plan.cohort.findings, cohorts).filter { finding, _ in
        criterion.finding == nil || criterion.finding == finding.id
      }.flatMap { finding, cohort in
        finding.models.filter { criterion.model == nil || criterion.model == $0.name }.flatMap { model in
          OutputRule.allCases.filter { $0 != plan.outputRule }.compactMap { rule -> RuleVerdict? in
            let keys = keys(of: criterion, model, finding: finding.id, outputs: .rule(rule))
            guard !keys.isEmpty else { return nil }
            let rows = keys.compactMap { lines[$0] }.map { judge($0, by: criterion, in: cohort) }
            let sum = sum(rows, criterion, model: model.name, finding: finding.id)
            return RuleVerdict(
              criterion: criterion.id, model: model.name, finding: finding.id, rule: rule,
              verdict: sum.verdict)
          }
        }
      }
    }
  }

  /// One criterion held against one model for one finding.
  private struct Claim {
    let criterion: Criterion
    /// Of the rows, in their order.
    let keys: [Row.Key]
    let rows: [Judgement]
    var sum: Judgement
  }

  // MARK: The rows that a criterion aims at

  private func keys(
    of criterion: Criterion, _ model: ModelDefinition, finding: String?,
    outputs: Row.Outputs = .primary
  ) -> [Row.Key] {
    let setting = model.setting(at: criterion.operatingPoint)
    let aimed = order.filter {
      $0.model == model.name && $0.finding == finding && $0.metric == criterion.metric
        && $0.setting == setting && $0.outputs == outputs
    }
    return aimed.filter { key in
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
  }

  // MARK: One row

  private func judge(
    _ found: Evaluation.Line, by criterion: Criterion, in cohort: CohortSummary
  ) -> Judgement {
    let line = corrected(found) ?? found
    let row = line.row
    let text = JudgementText(criterion: criterion, row: row, confidence: plan.confidence)
    func judgement(
      _ verdict: Verdict, bound: Double? = nil, p: Double? = nil, _ sentence: String
    ) -> Judgement {
      Judgement(
        criterion: criterion.id, model: row.key.model, finding: row.key.finding, subgroup: row.key.subgroup,
        subgroupMinus: row.key.subgroupMinus, verdict: verdict, value: row.estimate?.value, bound: bound,
        goal: criterion.goal, p: p, sentence: sentence)
    }
    if case .undefined(let reason) = row.result {
      return judgement(.notAssessable, text.undefined(reason))
    }
    guard row.isAssessable else {
      return judgement(.notAssessable, text.tooFew(plan.smallestSubgroup))
    }
    if row.key.setting.verification == nil,
      let shares = verificationShares(row.key.model, metric: criterion.metric, in: cohort)
    {
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

  /// Of the same row, corrected for cases without a reference standard; nil where the plan or the study has no such row.
  private func corrected(_ line: Evaluation.Line) -> Evaluation.Line? {
    guard let verification = plan.verification else { return nil }
    let key = line.row.key
    var setting = key.setting
    setting.verification = verification
    return lines[
      Row.Key(
        model: key.model, finding: key.finding, subgroup: key.subgroup, subgroupMinus: key.subgroupMinus,
        metric: key.metric, setting: setting, outputs: key.outputs)]
  }

  /// Where the share with a reference standard differs between flagged and unflagged by more than 5 points, rates
  /// conditional on truth are biased by verification (policy 14).
  private func verificationShares(
    _ model: String, metric: String, in cohort: CohortSummary
  ) -> (flagged: Double, unflagged: Double)? {
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

  private func sum(
    _ rows: [Judgement], _ criterion: Criterion, model: String, finding: String?
  ) -> Judgement {
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
      criterion: criterion.id, model: model, finding: finding, subgroup: nil, verdict: verdict,
      value: worst?.value,
      bound: worst?.bound, goal: criterion.goal, p: p,
      sentence: JudgementText.summary(verdict, criterion, rows: rows))
  }

  // MARK: Several criteria

  /// Under Holm, Hochberg or a fixed sequence a criterion is met only if its adjusted p allows it too.
  private func adjusted(_ claims: [Claim]) -> [Claim] {
    let adjust: ([Double]) -> [Double]
    switch plan.multiplicity {
    case .coPrimary: return claims
    case .holm: adjust = FamilyWise.holm
    case .hochberg: adjust = FamilyWise.hochberg
    case .fixedSequence: adjust = FamilyWise.fixedSequence
    }
    // A criterion without a p could not be assessed: it cannot be claimed, and holds its place in a sequence.
    let adjustedP = adjust(claims.map { $0.sum.p ?? 1 })
    return zip(claims, adjustedP).map { claim, adjusted in
      guard let p = claim.sum.p else { return claim }
      var claim = claim
      let sum = claim.sum
      let isAllowed = adjusted <= tail
      let level = p > 0 && plan.multiplicity != .fixedSequence ? min(0.5, tail * p / adjusted) : tail
      let verdict: Verdict = sum.verdict == .met && !isAllowed ? .inconclusive : sum.verdict
      let note =
        "; adjusted p \(NumberText.p(adjusted)) (\(plan.multiplicity.rawValue))"
        + (verdict == sum.verdict
          ? "" : ", not enough to claim it among \(claims.count) claims: \(verdict.words)") + "."
      claim.sum = Judgement(
        criterion: sum.criterion, model: sum.model, finding: sum.finding, subgroup: nil, verdict: verdict,
        value: sum.value, bound: sum.bound, goal: sum.goal, p: p, pAdjusted: adjusted,
        adjustedBound: decidingBound(of: claim, tail: level),
        sentence: (sum.sentence.hasSuffix(".") ? String(sum.sentence.dropLast()) : sum.sentence) + note)
      return claim
    }
  }

  /// The deciding row's limit at the adjusted tail.
  private func decidingBound(of claim: Claim, tail: Double) -> Double? {
    let sum = claim.sum
    guard let row = claim.rows.firstIndex(where: { $0.p == sum.p && $0.bound == sum.bound }),
      let line = lines[claim.keys[row]], let interval = (corrected(line) ?? line).limits?(tail)
    else { return nil }
    return claim.criterion.evidence.verdict(on: interval).bound
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
