public import Statistics

/// A cohort evaluated and judged by a plan: a pure function of the two, and all that a report needs.
public struct Study: Sendable {
  public let plan: AnalysisPlan
  /// One for each finding, in the order of the plan.
  public let cohorts: [CohortSummary]
  public let rows: [Row]
  public let judgements: [Judgement]
  public let verdict: Verdict
  public let curves: [Curve]
  /// For each finding, model and attribute that is compared.
  public let fairness: [FairnessSummary]
  /// For each finding and model with probabilities.
  public let brierParts: [BrierParts]
  /// For each finding and model with probabilities, where the plan asks.
  public let recalibration: [RecalibrationAdvice]
  /// For each finding, model, attribute and tested measure.
  public let heterogeneity: [Heterogeneity]
  /// For each finding, model and tested measure, over sites and scanners.
  public let generalisability: [Generalisability]
  public let onRequest: OnRequest
  /// One for each finding, in the order of the plan.
  public let distributions: [Distributions]
  /// What else the truth, or failed outputs taken otherwise, could have made of it.
  public package(set) var robustness = Robustness()

  /// A study of ready parts, for tests of what reads one.
  package init(
    plan: AnalysisPlan, cohorts: [CohortSummary], rows: [Row], judgements: [Judgement], verdict: Verdict,
    curves: [Curve], distributions: [Distributions], fairness: [FairnessSummary] = [],
    heterogeneity: [Heterogeneity] = [],
    generalisability: [Generalisability] = [], brierParts: [BrierParts] = [],
    recalibration: [RecalibrationAdvice] = [],
    onRequest: OnRequest = OnRequest()
  ) {
    self.plan = plan
    self.cohorts = cohorts
    self.rows = rows
    self.judgements = judgements
    self.verdict = verdict
    self.curves = curves
    self.fairness = fairness
    self.distributions = distributions
    self.heterogeneity = heterogeneity
    self.generalisability = generalisability
    self.brierParts = brierParts
    self.recalibration = recalibration
    self.onRequest = onRequest
  }

  /// Evaluates every row, then judges them: a pure function of the cohorts and the plan, the same on any number of workers.
  ///
  /// - Parameter cohorts: One for each finding of the plan, in its order.
  /// - Throws: `PlanError` when the plan names what a cohort does not have.
  public init(
    of cohorts: [Cohort], following plan: AnalysisPlan, using workers: Workers = .one
  ) throws(PlanError) {
    precondition(cohorts.count == plan.cohort.findings.count)
    let evaluation = try Evaluation(of: cohorts, following: plan, using: workers)
    let findings = plan.cohort.findings
    let summaries = zip(cohorts, findings).map { CohortSummary(of: $0, $1) }
    let judging = Judging(plan: plan, cohorts: summaries, evaluation: evaluation)
    let judgements = judging.judgements()
    self.init(
      plan: plan, cohorts: summaries, rows: evaluation.lines.map(\.row), judgements: judgements,
      verdict: Verdict(over: judgements), curves: evaluation.curves.flatMap { $0.flatMap(\.curves) },
      distributions: findings.indices.map { index in
        Distributions(
          finding: findings[index].id, scores: evaluation.curves[index].compactMap(\.scores),
          months: MonthCount.volume(of: cohorts[index]))
      }, fairness: evaluation.fairness, heterogeneity: evaluation.heterogeneity,
      generalisability: evaluation.generalisability,
      brierParts: evaluation.curves.flatMap { $0.compactMap(\.brier) },
      recalibration: evaluation.recalibration, onRequest: evaluation.onRequest)
    robustness.verdictsByRule = judging.verdictsByRule()
    robustness.unknownBounds = evaluation.unknownBounds
    robustness.populations = zip(cohorts, findings).flatMap {
      PopulationComparison.of($0, finding: $1.id, following: plan)
    }
    robustness.agreement = zip(cohorts, findings).flatMap {
      ReaderAgreement.of($0, $1, following: plan)
    }
    robustness.tippingPoints = TippingPoint.ofGaps(in: rows, following: plan)
  }

  /// Of a plan with one finding.
  public init(
    of cohort: Cohort, following plan: AnalysisPlan, using workers: Workers = .one
  ) throws(PlanError) {
    try self.init(of: [cohort], following: plan, using: workers)
  }
}
