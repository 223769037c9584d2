internal import Statistics
internal import Validation

/// Sentences about what limits a study; each is empty where its limit does not apply.
struct LimitationDraft {
  let evidence: Evidence
  private var plan: AnalysisPlan { evidence.plan }
  private var cohort: CohortSummary { evidence.cohort }

  var openQuestions: [String] {
    let questions = evidence.provenance.openQuestions
    guard !questions.isEmpty else { return [] }
    return [
      "The plan is a draft: \(counted(questions.count, "question")) in it \(questions.count == 1 ? "is" : "are") still open, and the results may rest on a wrong answer: \(questions.map { "“\($0)”" }.joined(separator: " "))"
    ]
  }

  var reversals: [String] {
    evidence.models.flatMap { AdjustedGaps(of: $0, in: evidence).reversals }
  }

  var sampling: [String] {
    switch plan.cohort.sampling {
    case .consecutive, .random: []
    case .enriched where plan.cohort.weightColumn != nil:
      [
        "The sample is enriched; estimates are weighted back to the population it was drawn from (column “\(plan.cohort.weightColumn ?? "")”), and are as right as the weights."
      ]
    case .enriched:
      [
        "The sample is enriched: predictive values, accuracy and calibration in the large hold only in this test set and do not carry over to practice."
      ]
    case .convenience:
      ["The sample is one of convenience: who was left out is not known, and the results may not carry over."]
    }
  }

  var exclusions: [String] {
    cohort.flow.exclusions.filter { $0.dependsOnResult && !$0.isJoin }.map {
      "Rule \($0.id) left out \(counted($0.rows, "row")) by a model's output or by the reference standard (\($0.reason)): the results do not hold for them, and may look better or worse than the model is."
    }
  }

  var joins: [String] {
    cohort.flow.joins.filter { $0.onlyHere + $0.onlyThere > 0 }.map { join in
      "\(counted(join.onlyHere, "row")) of the cases found no row in \(join.file)\(leftOut(join)), and \(counted(join.onlyThere, "row")) of that file \(join.onlyThere == 1 ? "belongs" : "belong") to no case: whether they differ from the others is not known."
    }
  }

  /// That cases without a row in a file are gone, and what of the results goes with them.
  private func leftOut(_ join: JoinAccount) -> String {
    guard let left = cohort.flow.exclusions.first(where: { $0.isJoin && $0.id == join.file }), left.rows > 0
    else { return "" }
    return " and \(left.rows == 1 ? "was" : "were") left out"
      + (left.dependsOnResult
        ? ", although the file holds outputs of a model or the reference standard, so that the results may look better or worse than the model is"
        : "")
  }

  /// More than five points between the shares verified among flagged and unflagged cases is grave, and judged so too.
  var verification: [String] {
    let left = cohort.flow.noReference + cohort.flow.equivocal
    guard left > 0 else { return [] }
    let share = NumberText.percent(Double(left) / Double(max(cohort.flow.cases, 1)))
    let differing = cohort.flow.unverified.compactMap { outputs -> String? in
      guard let table = evidence.summary(of: outputs.model)?.twoByTwo,
        table.flagged + outputs.flagged > 0, table.unflagged + outputs.unflagged > 0
      else { return nil }
      let flagged = Double(table.flagged) / Double(table.flagged + outputs.flagged)
      let unflagged = Double(table.unflagged) / Double(table.unflagged + outputs.unflagged)
      guard abs(flagged - unflagged) > 0.05 else { return nil }
      return
        "Verification differed by the output of \(outputs.model): \(NumberText.percent(flagged)) of flagged but \(NumberText.percent(unflagged)) of unflagged cases have a reference standard. If cases were verified because of the output, sensitivity and specificity are distorted, whatever the number of cases.\(plan.verification == nil ? "" : " The corrected ones hold if, among cases with the same output, verification had nothing to do with the truth.")"
    }
    return differing + [
      "\(counted(left, "case")) (\(share)) \(left == 1 ? "was" : "were") left out for a missing or equivocal reference standard."
    ]
  }

  var failures: [String] {
    cohort.models.filter { $0.failed > 0 }.map { model in
      "\(model.name) gave no output for \(counted(model.failed, "case")) (\(NumberText.percent(Double(model.failed) / Double(max(cohort.cases, 1))))); in the main results a failed output \(plan.outputRule.words)."
    }
  }

  var independence: [String] {
    guard plan.cohort.patientColumn == nil else {
      let unnamed = cohort.flow.withoutPatient
      return unnamed == 0
        ? []
        : [
          "\(counted(unnamed, "case")) \(unnamed == 1 ? "has no patient id and counts" : "have no patient id, and each counts") as a patient of its own: where they share a patient with another case, the intervals are too narrow."
        ]
    }
    return [
      "The plan names no patient column: cases are taken as independent, and if patients have several, the intervals are too narrow."
    ]
  }

  var repeats: [String] {
    guard plan.cohort.caseColumn == nil, plan.cohort.unit == nil else { return [] }
    return ["The plan names no case column: rows that stand twice were not looked for, and count twice."]
  }

  var smallGroups: [String] {
    let groups = plan.subgroups.flatMap { evidence.groups(of: $0) }.filter { !$0.hasUnknown }
    let small = groups.filter { group in evidence.models.contains { evidence.isUnassessable(group, for: $0) }
    }
    guard !small.isEmpty else { return [] }
    let least = plan.smallestSubgroup
    return [
      "\(NumberText.count(small.count)) of \(counted(groups.count, "group")) \(small.count == 1 ? "is" : "are") not assessable (fewer than \(least.words)): nothing is claimed of them."
    ]
  }

  var missingAttributes: [String] {
    let missing = cohort.attributes.compactMap { attribute -> String? in
      guard let unknown = attribute.levels.first(where: { $0.level == .unknown }), unknown.cases > 0 else {
        return nil
      }
      return
        "\(attribute.name) (\(NumberText.percent(Double(unknown.cases) / Double(max(cohort.cases, 1)))) of cases)"
    }
    guard !missing.isEmpty else { return [] }
    return ["Unknown for some cases, which are then in no known group: \(missing.enumeration(atMost: 8))."]
  }

  /// What the engine says must stand beside a number, of the results over all cases.
  var notes: [String] {
    evidence.models.flatMap { model in
      plan.metrics.compactMap { id -> String? in
        guard let metric = Metric.named(id), let row = evidence.row(id, of: model.name) else { return nil }
        switch row.result {
        case .estimated(let estimate):
          guard let caveat = estimate.caveat, estimate.interval != nil else { return nil }
          return "\(metric.name) of \(model.name): \(caveat)."
        case .undefined(let reason):
          guard evidence.missing(metric, of: model.name) == nil else { return nil }
          return "\(metric.name) of \(model.name) is undefined: \(reason)."
        }
      }
    }
  }

  var noPlan: [String] {
    var sentences: [String] = []
    if plan.criteria.isEmpty {
      sentences.append(
        "The plan sets no acceptance criterion: the results describe and demonstrate nothing.")
    }
    if plan.subgroups.isEmpty {
      sentences.append("No subgroup was examined: the model may work less well in some of them.")
    }
    return sentences
  }

  var disagreements: [String] {
    cohort.models.compactMap { model in
      guard let count = model.disagreements, count > 0 else { return nil }
      return
        "For \(counted(count, "case")) the delivered decision of \(model.name) differs from its score at the threshold; the delivered decision was judged."
    }
  }

  var always: [String] {
    (plan.subgroups.isEmpty
      ? []
      : [
        evidence.models.contains { !AdjustedGaps(of: $0, in: evidence).isEmpty }
          ? "Differences between groups are judged as they stand in this cohort. The adjusted ones allow for one recorded attribute at a time, and for nothing that is not recorded: severity, equipment and image quality may still explain them."
          : "Differences between groups are shown as they stand in this cohort: nothing here corrects for a different mix of disease, site or equipment."
      ]) + ["The reference standard is taken as given; its own errors are not examined."]
  }
}
