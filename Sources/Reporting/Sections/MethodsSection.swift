internal import Validation

extension Section {
  /// How every number was made: generated from the plan, naming what was used and nothing else.
  static let methods = Section(anchor: "methods", title: "Methods") { evidence in
    let methods = MethodWords(evidence: evidence)
    let metrics = evidence.plan.metrics.compactMap(Metric.named)
    return methods.paragraphs.map { .paragraph($0) }
      + (evidence.plan.cohort.findings.count > 1 ? [.table(methods.findings)] : [])
      + MethodsTables(metrics: metrics, isWeighted: evidence.plan.cohort.weightColumn != nil).tables.map {
        .table($0)
      }
  }
}

private struct MethodWords {
  let evidence: Evidence
  private var plan: AnalysisPlan { evidence.plan }

  var paragraphs: [String] {
    [
      design, weighting, operatingPoints, intervals, clustering, failures, subgroups, comparisons,
      heterogeneity, judgement,
    ]
    .filter { !$0.isEmpty }
  }

  /// Of a plan with several: what each is held against, and how each model flags it.
  var findings: Table {
    Table(
      "Reference standard and operating points of each finding",
      columns: [.text("Finding"), .text("Reference standard"), .text("Operating points")],
      lines: plan.cohort.findings.map { finding in
        Table.Line(
          finding.id ?? "",
          [Cell(words(of: finding.reference)), Cell(finding.models.map(words(of:)).joined(separator: " "))])
      })
  }

  private func words(of reference: ReferenceColumn) -> String {
    let positive = reference.positive.map { "“\($0)”" }.enumeration
    return reference.separator == nil
      ? "the column “\(reference.column)”, positive where it reads \(positive)"
      : "the column “\(reference.column)”, positive where \(positive) is among its labels"
  }

  private var design: String {
    let sample =
      "Cases form \(plan.cohort.sampling == .enriched ? "an" : "a") \(plan.cohort.sampling.rawValue) sample."
    guard plan.cohort.findings.count == 1 else {
      return
        "\(sample) Each finding has a reference standard of its own, which the table names, and leaves out the cases without one; they were counted, by output, and never taken as negative. Tests of differences and the claims of criteria are adjusted over findings and subgroups together."
    }
    let reference = plan.cohort.reference
    let equivocal =
      reference.equivocal.isEmpty ? "" : " Equivocal values were \(reference.equivocalRule.words)."
    return
      "\(sample) The reference standard is \(words(of: reference)).\(equivocal) Cases without a reference standard were counted, by output, and never taken as negative."
  }

  private var weighting: String {
    guard let column = plan.cohort.weightColumn else { return "" }
    let weights = evidence.cohort.weights.map { ", \($0.words)" } ?? ""
    let units = plan.cohort.patientColumn == nil ? "cases" : "patients"
    return
      "Every estimate is weighted by the sampling weights of the cases (column “\(column)”\(weights)): proportions are ratios of weights, a pair of cases counts in the AUC by the product of their weights, and calibration is fitted to the weighted cases. Variances are linearised: the influence of each case, times its weight, summed over \(units) taken as drawn independently (strata of the sampling are not used, which widens intervals if anything). Predictive values and prevalence have logit intervals where the weights follow the reference standard. No interval but those of calibration takes the sample for more than Kish's effective size of the class whose weights differ most. Counts of cases are not weighted; whether a group is assessable goes by the effective size of each class. The design effect is relative to as many independent cases of equal weight."
  }

  private var operatingPoints: String {
    (plan.cohort.findings.count > 1 ? "" : plan.cohort.models.map(words(of:)).joined(separator: " ") + " ")
      + "Operating points and the direction of scores stand in the plan."
  }

  private func words(of model: ModelDefinition) -> String {
    guard model.decision == nil else { return "\(model.name) was judged by its delivered decisions." }
    guard !model.operatingPoints.isEmpty else {
      return "\(model.name) has no operating point; its score was judged."
    }
    let sign = model.direction == .higherMeansPositive ? "≥" : "≤"
    let points = model.operatingPoints.map {
      ($0.name == "threshold" ? "" : $0.name + ": ") + "score \(sign) \($0.thresholdWords)"
    }
    return
      "\(model.name) flags a case at \(points.enumeration)\(points.count > 1 ? ", the first being primary" : "")."
  }

  private var intervals: String {
    let proportion =
      switch plan.proportionInterval {
      case .wilson: "Wilson's score method"
      case .clopperPearson: "the exact method of Clopper and Pearson"
      case .jeffreys: "Jeffreys' method"
      case .agrestiCoull: "the method of Agresti and Coull"
      }
    let auc =
      switch plan.aucInterval {
      case .logitDeLong: "DeLong's variance on the logit scale"
      case .deLong: "DeLong's variance"
      }
    let hasAUC = plan.metrics.contains("auc") ? ", those of AUC from \(auc)" : ""
    return
      "All intervals are two-sided at \(levelText(plan.confidence)). Those of proportions follow \(proportion)\(hasAUC); the table below names every other. What cannot be computed is called undefined with its reason and is never replaced by a number. The seed of the study is \(plan.seed)."
  }

  private var clustering: String {
    guard let column = plan.cohort.patientColumn else {
      return "The plan names no patient column; cases were taken as independent."
    }
    return
      "Intervals and tests allow for several cases of one patient (column “\(column)”): proportions through the effective sample size, AUC by Obuchowski's variance, the rest by sums of influence within patients.\(plan.cohort.missingPatients == .separate ? " A case without an id counts as a patient of its own." : "")"
  }

  private var failures: String {
    "In the main results a failed or indeterminate output \(plan.outputRule.words); where there are any, the results under the other rules stand beside it."
  }

  private var subgroups: String {
    guard !plan.subgroups.isEmpty else { return "" }
    let dimensions = plan.subgroups.map { $0.joined(separator: " × ") }
    return
      "Results are given by \(dimensions.enumeration). Groups below \(plan.smallestSubgroup.words) are marked not assessable. Cases with a missing attribute form a row of their own."
  }

  private var comparisons: String {
    guard !plan.subgroups.isEmpty, plan.gaps != .none else { return "" }
    let references = plan.subgroups.filter { $0.count == 1 }.compactMap { dimension -> String? in
      guard let attribute = dimension.first, let group = plan.referenceGroups[attribute],
        group != "complement"
      else { return nil }
      return "\(attribute): \(group)"
    }
    let against =
      references.isEmpty
      ? "with the known cases outside it"
      : "with the reference group of the plan (\(references.joined(separator: "; "))), otherwise with the known cases outside it"
    let scope = plan.gaps == .all ? "Every group, intersections included," : "Every group of one attribute"
    let interval =
      plan.gapInterval == .newcombe
      ? ""
      : " Differences of proportions of independent cases have the score interval of Miettinen and Nurminen (1985, doi:10.1002/sim.4780040211)."
    return
      "\(scope) is compared \(against), never with a total that contains it. The p of a difference is two-sided and belongs to the test that its interval inverts; it is adjusted within its family, which the table of gaps names.\(interval) A claim of likeness needs a margin of the plan; a large p is none."
  }

  private var heterogeneity: String {
    guard !evidence.study.heterogeneity.isEmpty else { return "" }
    return
      "Whether sensitivity, specificity and AUC differ over the groups of an attribute at all is tested by the likelihood ratio of the group in a logistic model, exactly where groups are sparse, and by Cochran's Q on the logit scale for the AUC and for clustered or weighted cases, adjusted by Holm's method over all attributes and measures of a model. Gaps are taken again within the groups of each other attribute, by Mantel and Haenszel's weights (Sato's variance, or influence by patient) and standardised; these are exploratory."
  }

  private var judgement: String {
    guard !plan.criteria.isEmpty else { return "" }
    let claim =
      switch plan.multiplicity {
      case .coPrimary: "Success needs every criterion, each at the full level"
      case .holm: "Criteria are claimed one by one, with Holm's adjustment"
      case .hochberg: "Criteria are claimed one by one, with Hochberg's adjustment"
      case .fixedSequence: "Criteria are claimed in the plan's order, up to the first that is not met"
      }
    return
      "A criterion is met if the deciding limit of its interval reaches the goal, not met if the whole interval lies on the wrong side, and inconclusive otherwise. \(claim)."
  }
}

extension EquivocalRule {
  /// Follows "were".
  fileprivate var words: String {
    switch self {
    case .excluded: "counted and left out of the analysis"
    case .positive: "taken as positive"
    case .negative: "taken as negative"
    }
  }
}
