public import Statistics

/// A cohort evaluated and judged by a plan: a pure function of the two, and all that a report needs.
public struct Study: Sendable {
  public let plan: AnalysisPlan
  public let cohort: CohortSummary
  public let rows: [Row]
  public let judgements: [Judgement]
  public let verdict: Verdict
  public let curves: [Curve]
  public let distributions: Distributions

  /// A study of ready parts, for tests of what reads one.
  package init(
    plan: AnalysisPlan, cohort: CohortSummary, rows: [Row], judgements: [Judgement], verdict: Verdict,
    curves: [Curve], distributions: Distributions
  ) {
    self.plan = plan
    self.cohort = cohort
    self.rows = rows
    self.judgements = judgements
    self.verdict = verdict
    self.curves = curves
    self.distributions = distributions
  }

  /// Evaluates every row, then judges them: a pure function of the cohort and the plan, the same on any number of workers.
  ///
  /// - Throws: `PlanError` when the plan names what the cohort does not have.
  public init(
    of cohort: Cohort, following plan: AnalysisPlan, using workers: Workers = .one
  ) throws(PlanError) {
    let evaluation = try Evaluation(of: cohort, following: plan, using: workers)
    let summary = CohortSummary(of: cohort, following: plan)
    let judgements = Judging(plan: plan, cohort: summary, evaluation: evaluation).judgements()
    self.init(
      plan: plan, cohort: summary, rows: evaluation.lines.map(\.row), judgements: judgements,
      verdict: Judging.verdict(of: judgements), curves: evaluation.curves.flatMap(\.curves),
      distributions: Distributions(
        scores: evaluation.curves.compactMap(\.scores), months: MonthCount.volume(of: cohort)))
  }
}
