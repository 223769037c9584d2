internal import Statistics
internal import Validation

extension Section {
  /// The study on one page, in words.
  static let summary = Section(anchor: "summary", title: "Summary") { evidence in
    let limitations = Limitations(evidence).sentences.prefix(5)
    return results(evidence) + [
      .paragraph(limitations.count == 1 ? "The main limitation:" : "The main limitations:"),
      .list(Array(limitations)),
    ]
  }

  /// What was tested and found, without what limits it.
  static func results(_ evidence: Evidence) -> [Block] {
    let summary = Summary(evidence: evidence)
    var blocks: [Block] = [.paragraph(summary.whatWasTested)]
    for model in evidence.models { blocks += summary.results(of: model) }
    let weakest = evidence.models.flatMap { summary.weakestGroups(of: $0) }
    if !weakest.isEmpty {
      blocks.append(
        .paragraph(
          "The weakest assessable groups, by lower limit (the lowest of many looks low partly by chance):"))
      blocks.append(.list(weakest))
    }
    for model in evidence.models { blocks += summary.gaps(of: model) }
    blocks += summary.unassessable
    return blocks
  }
}

private struct Summary {
  let evidence: Evidence

  var whatWasTested: String {
    let cohort = evidence.cohort
    let models = evidence.models.map(\.name)
    let patients = cohort.patients.map { " of \(counted($0, "patient"))" } ?? ""
    let sampling =
      evidence.plan.cohort.sampling.rawValue + " sample"
      + (evidence.plan.cohort.weightColumn == nil
        ? "" : ", weighted by “\(evidence.plan.cohort.weightColumn ?? "")”")
    return
      "\(models.enumeration) \(models.count == 1 ? "was" : "were") tested on \(counted(cohort.cases, "case"))\(patients) (\(sampling)): \(counted(cohort.positives, "case")) (\(share(cohort.positives, of: cohort.cases))) positive and \(NumberText.count(cohort.negatives)) negative by the reference standard."
  }

  func results(of model: ModelDefinition) -> [Block] {
    let estimates = evidence.headlines.compactMap { metric -> String? in
      guard let row = evidence.row(metric.id, of: model.name), evidence.missing(metric, of: model.name) == nil
      else { return nil }
      return "\(metric.name.sentenceCase) \(metric.style.text(row.result))"
    }
    guard !estimates.isEmpty else { return [] }
    let point = model.decision == nil ? model.operatingPoints.first.map { " at \($0.label)" } : nil
    let level = levelText(evidence.plan.confidence)
    let onlyHere = evidence.headlines.filter { evidence.holdsOnlyHere($0) }.map(\.name)
    let caution =
      onlyHere.isEmpty
      ? ""
      : " \(onlyHere.enumeration) \(onlyHere.count == 1 ? "holds" : "hold") only in this test set."
    let sentence =
      "\(model.name)\(point ?? ""): \(estimates.enumeration) (\(level) intervals in brackets).\(caution)"
    return ([sentence] + naturalFrequencies(of: model)).map { .paragraph($0) }
  }

  /// At the cohort's own prevalence, unless its sampling says that this is no one's; else at those the plan states.
  private func naturalFrequencies(of model: ModelDefinition) -> [String] {
    let cohort = evidence.cohort
    let isWeighted = evidence.plan.cohort.weightColumn != nil
    let raw = cohort.cases > 0 ? Double(cohort.positives) / Double(cohort.cases) : nil
    let own = isWeighted ? evidence.row("prevalence", of: model.name)?.estimate?.value : raw
    let isRepresentative = !evidence.plan.cohort.hasOwnPrevalenceOnly
    let prevalence = isRepresentative ? own : evidence.plan.prevalences.first ?? own
    guard !evidence.plan.cohort.hasComparator, let prevalence,
      let sensitivity = evidence.row("sensitivity", of: model.name)?.estimate,
      let specificity = evidence.row("specificity", of: model.name)?.estimate
    else { return [] }
    let people = evidence.casesOrPeople
    let frequencies = NaturalFrequencies(
      prevalence: prevalence, sensitivity: sensitivity.value, specificity: specificity.value)
    let place =
      prevalence == own
      ? (isWeighted ? "the weighted prevalence" : "this cohort's prevalence") : "a prevalence"
    let caution =
      prevalence == own && !isRepresentative
      ? " This holds in this test set only: it was not sampled as patients come." : ""
    let failed = evidence.summary(of: model.name)?.failed ?? 0
    let failures =
      failed > 0 && evidence.plan.outputRule != .excluded
      ? " In this a case without an output (\(NumberText.count(failed)) of \(NumberText.count(cohort.cases))) \(evidence.plan.outputRule.words)."
      : ""
    return [
      "Of \(NumberText.count(frequencies.total)) \(people) scanned at \(place) of \(NumberText.percent(prevalence)), \(NumberText.count(frequencies.withCondition)) have the condition: the model flags \(NumberText.count(frequencies.flaggedWithCondition)) of them and misses \(NumberText.count(frequencies.missed)). Of the \(NumberText.count(frequencies.withoutCondition)) without it, \(NumberText.count(frequencies.flaggedWithoutCondition)) are flagged all the same and \(NumberText.count(frequencies.clearedWithoutCondition)) are not.\(failures)\(caution)"
    ]
  }

  /// By the lower limit, among groups with enough cases.
  func weakestGroups(of model: ModelDefinition) -> [String] {
    evidence.headlines.compactMap { metric in
      guard metric.direction == .higherIsBetter else { return nil }
      let rows = evidence.plan.subgroups.flatMap { evidence.groups(of: $0) }
        .compactMap { evidence.row(metric.id, of: model.name, in: $0) }
        .filter { $0.isAssessable && $0.estimate?.interval != nil }
      let weakest = rows.min { lowerLimit(of: $0) < lowerLimit(of: $1) }
      guard rows.count > 1, let weakest else { return nil }
      let attribute = weakest.key.subgroup.attributes.joined(separator: " × ")
      return
        "\(prefix(model))\(metric.name), lowest of \(rows.count) groups: \(weakest.key.subgroup.label) (\(attribute)), \(metric.style.text(weakest.result))."
    }
  }

  private func lowerLimit(of row: Row) -> Double { row.estimate?.interval?.lower ?? row.estimate?.value ?? 0 }

  /// Differences shown after adjustment, the first few in words.
  func gaps(of model: ModelDefinition) -> [Block] {
    let comparisons = Comparisons(of: model, in: evidence)
    guard !comparisons.rows.isEmpty else { return [] }
    let shown = comparisons.shown
    let sentence = prefix(model) + comparisons.sentence
    guard !shown.isEmpty else { return [.paragraph(sentence + ".")] }
    let sentences = shown.prefix(evidence.hasSeveralModels ? 2 : 4).compactMap { row in
      Metric.named(row.key.metric).map {
        GapSentence(row: row, metric: $0, reading: evidence.reading(of: row), alpha: evidence.alpha).text
      }
    }
    let more = shown.count - sentences.count
    let rest = more > 0 ? ["\(counted(more, "further difference")) shown: see the section on gaps."] : []
    return [.paragraph(sentence + ":"), .list(sentences + rest)]
  }

  var unassessable: [Block] {
    let groups = evidence.dimensions.flatMap { evidence.groups(of: $0) }.filter { group in
      evidence.models.contains { evidence.isUnassessable(group, for: $0) } && !group.hasUnknown
    }
    guard !groups.isEmpty else { return [] }
    let names = groups.map { "\($0.label) (\($0.attributes.joined(separator: ", ")))" }
    return [.paragraph("Not assessable, for too few cases: \(names.enumeration(atMost: 8)).")]
  }

  private func prefix(_ model: ModelDefinition) -> String {
    evidence.hasSeveralModels ? "\(model.name): " : ""
  }

  private func share(_ part: Int, of whole: Int) -> String {
    NumberText.percent(whole == 0 ? 0 : Double(part) / Double(whole))
  }
}
