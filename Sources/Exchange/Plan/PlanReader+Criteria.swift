internal import Validation

extension PlanReader {
  mutating func criteria(_ node: YAML?, of plan: AnalysisPlan) -> [Criterion] {
    guard let node else { return [] }
    refuseRepeats(node.items.compactMap { $0["id"] })
    return node.items.compactMap { criterion($0, of: plan) }
  }

  private mutating func criterion(_ node: YAML, of plan: AnalysisPlan) -> Criterion? {
    let scope = self.scope(of: node, in: plan)
    let evidence = self.evidence(of: node)
    let model = node["model"]
    let modelNames = plan.cohort.modelNames
    if let model, let name = model.text, !modelNames.contains(name) {
      findings.note(
        "\"\(name)\" is no model\(Suggestion.hint(for: name, among: modelNames))", at: model.place)
    }
    let aimed = aim(of: node, in: plan)
    let models = aimed.flatMap(\.models).filter { model == nil || $0.name == model?.text }
    if let metric = node["metric"], let known = metric.text.flatMap(Metric.named) {
      check(known, at: metric.place, models: models, in: plan)
      checkOperatingPoint(node["at"], of: known, models: models)
      checkHasInterval(known, scope: scope, at: metric.place)
      if let goal = goal(of: node) { check(goal, for: known, scope: scope) }
    }
    guard let evidence else { return nil }
    checkDirection(evidence, of: node, scope: scope, in: plan)
    return Criterion(
      id: node["id"]?.text ?? "", metric: node["metric"]?.text ?? "", scope: scope, evidence: evidence,
      model: model?.text, finding: aimed.count == 1 ? aimed[0].id : nil,
      operatingPoint: node["at"]?.text,
      whenNotAssessable: node["when_not_assessable"]?.text.flatMap(Criterion.WhenNotAssessable.init)
        ?? .inconclusive)
  }

  // MARK: Aim

  /// The findings that a criterion judges.
  private mutating func aim(of node: YAML, in plan: AnalysisPlan) -> [FindingDefinition] {
    let all = plan.cohort.findings
    guard let finding = node["finding"], let id = finding.text, id != PlanReader.everyFinding else {
      return all
    }
    let aimed = all.filter { $0.id == id }
    if aimed.isEmpty, id != onlyFinding {
      let ids = all.compactMap(\.id)
      findings.note(
        ids.isEmpty
          ? "the plan has one finding: leave \"finding\" out"
          : "\"\(id)\" is no finding\(Suggestion.hint(for: id, among: ids))", at: finding.place)
    }
    return aimed.isEmpty ? all : aimed
  }

  /// Every model that is judged has an operating point of this name, and the metric depends on it.
  private mutating func checkOperatingPoint(_ at: YAML?, of metric: Metric, models: [ModelDefinition]) {
    guard let at, let name = at.text else { return }
    if metric.needs != .decision {
      findings.note("\(metric.id) is the same at every operating point: leave \"at\" out", at: at.place)
    }
    for model in models where !model.decisionNames.contains(name) {
      findings.note(
        "the model \"\(model.name)\" has no operating point \"\(name)\"\(Suggestion.hint(for: name, among: model.decisionNames))",
        at: at.place)
    }
  }

  /// What has no interval cannot be judged by one.
  private mutating func checkHasInterval(_ metric: Metric, scope: Criterion.Scope, at place: Place) {
    if !metric.hasInterval {
      findings.note("\(metric.id) has no interval, so that no bound can be held against a goal", at: place)
    } else if case .gap = scope, !metric.hasDifference {
      findings.note("\(metric.id) is a ratio: its difference between groups has no meaning", at: place)
    }
  }

  // MARK: Evidence

  private static let goalKeys = ["lower_bound": "at_least", "upper_bound": "at_most", "interval": "within"]

  private func goal(of node: YAML) -> YAML? {
    node["evidence"]?.text.flatMap { PlanReader.goalKeys[$0] }.flatMap { node[$0] }
  }

  private mutating func evidence(of node: YAML) -> Criterion.Evidence? {
    guard let kind = node["evidence"], let word = kind.text, let key = PlanReader.goalKeys[word] else {
      return nil
    }
    for entry in node.entries where entry.key != key && PlanReader.goalKeys.values.contains(entry.key) {
      findings.note(
        "\"\(entry.key)\" does not go with evidence \(word), which takes \"\(key)\"", at: entry.place)
    }
    guard let goal = node[key] else {
      findings.note("evidence \(word) needs \"\(key)\"", at: kind.place)
      return nil
    }
    guard let number = goal.number else { return nil }
    return switch word {
    case "lower_bound": .lowerBound(atLeast: number)
    case "upper_bound": .upperBound(atMost: number)
    default: .interval(within: number)
    }
  }

  /// A share is written as 0.8, not as 80.
  private mutating func check(_ goal: YAML, for metric: Metric, scope: Criterion.Scope) {
    guard let number = goal.number else { return }
    let isDifference = if case .gap = scope { true } else { false }
    let range = metric.goalRange(isDifference: isDifference)
    if !range.contains(number) {
      let expected = metric.style == .percentage ? "a share of 1 (0.8, not 80)" : range.inWords
      findings.note("the goal of \(metric.id) is \(goal.text ?? ""), expected \(expected)", at: goal.place)
    }
  }

  /// One limit of a difference says something only if it is known which group is subtracted; a margin around zero,
  /// only of what should be zero.
  private mutating func checkDirection(
    _ evidence: Criterion.Evidence, of node: YAML, scope: Criterion.Scope, in plan: AnalysisPlan
  ) {
    guard let place = node["evidence"]?.place else { return }
    switch (evidence, scope) {
    case (.lowerBound, .gap(let attribute)), (.upperBound, .gap(let attribute)):
      guard plan.cohort.attributes.contains(where: { $0.name == attribute }),
        plan.referenceGroups[attribute] == nil
      else { return }
      findings.note(
        "one-sided evidence on a gap needs a direction: name the comparison group under analysis.reference_groups, or use evidence interval with within",
        at: place)
    case (.interval, .overall), (.interval, .everySubgroup), (.interval, .group):
      guard let metric = node["metric"]?.text.flatMap(Metric.named), metric.direction != .target(0) else {
        return
      }
      findings.note(
        "evidence interval holds a margin around 0, which is not where \(metric.id) should be: use lower_bound with at_least, upper_bound with at_most, or scope gap",
        at: place)
    default: break
    }
  }

  // MARK: Scope

  private mutating func scope(of node: YAML, in plan: AnalysisPlan) -> Criterion.Scope {
    let scope = node["scope"]
    let word = scope.map { $0.text ?? "" } ?? "overall"
    if let of = node["of"], word != "every_subgroup" {
      findings.note("\"of\" goes with scope every_subgroup only", at: of.place)
    }
    if let across = node["across"], word != "gap" {
      findings.note("\"across\" goes with scope gap only", at: across.place)
    }
    switch word {
    case "every_subgroup": return everySubgroup(node, in: plan)
    case "gap": return gap(node, in: plan)
    case "overall": return .overall
    default: return scope.map { group($0, in: plan) } ?? .overall
    }
  }

  private mutating func everySubgroup(_ node: YAML, in plan: AnalysisPlan) -> Criterion.Scope {
    guard let of = node["of"] else {
      if !plan.subgroups.contains(where: { $0.count == 1 }) {
        findings.note(
          "every_subgroup needs a dimension of one attribute among the plan's subgroups",
          at: node["scope"]?.place ?? node.place)
      }
      return .everySubgroup(of: nil)
    }
    let dimensions = of.items.map { item in
      let dimension = self.dimension(item, of: plan.cohort)
      checkStratified(dimension, at: item.place, in: plan)
      return dimension
    }
    return .everySubgroup(of: dimensions)
  }

  private mutating func gap(_ node: YAML, in plan: AnalysisPlan) -> Criterion.Scope {
    guard let across = node["across"], let attribute = across.text else {
      findings.note("scope gap needs \"across\": the attribute", at: node["scope"]?.place ?? node.place)
      return .gap(across: "")
    }
    if checkAttribute(attribute, at: across.place, of: plan.cohort) {
      checkStratified([attribute], at: across.place, in: plan)
    }
    return .gap(across: attribute)
  }

  private mutating func group(_ node: YAML, in plan: AnalysisPlan) -> Criterion.Scope {
    var levels: [String: String] = [:]
    for entry in node.entries {
      guard checkAttribute(entry.key, at: entry.place, of: plan.cohort), let level = entry.value.text else {
        continue
      }
      checkLevel(level, ofAttribute: entry.key, at: entry.value.place, of: plan.cohort)
      levels[entry.key] = level
    }
    let dimension = plan.cohort.attributes.map(\.name).filter { levels[$0] != nil }
    if dimension.isEmpty {
      findings.note("a group needs at least one attribute with its level", at: node.place)
    } else {
      checkStratified(dimension, at: node.place, in: plan)
    }
    return .group(Subgroup(dimension.map { .init($0, .named(levels[$0] ?? "")) }))
  }

  private mutating func checkStratified(_ dimension: [String], at place: Place, in plan: AnalysisPlan) {
    if !dimension.isEmpty, !plan.subgroups.contains(dimension) {
      let list = dimension.joined(separator: ", ")
      findings.note("[\(list)] is not among the plan's subgroups: add \"- [\(list)]\" there", at: place)
    }
  }

  // MARK: Metric

  /// Refuses a criterion that could never be judged.
  private mutating func check(
    _ metric: Metric, at place: Place, models: [ModelDefinition], in plan: AnalysisPlan
  ) {
    if metric.dependsOnPrevalence, plan.cohort.sampling == .enriched, plan.cohort.weightColumn == nil {
      findings.note(
        "\(metric.id) depends on prevalence and says nothing beyond an enriched cohort (cohort.sampling) without sampling weights (cohort.weight)",
        at: place)
    }
    for candidate in models {
      guard let reason = candidate.lacks(metric.needs) else { continue }
      findings.note("the model \"\(candidate.name)\" has no \(metric.id): \(reason)", at: place)
    }
  }
}

extension ModelDefinition {
  fileprivate func lacks(_ needs: Metric.Needs) -> String? {
    switch needs {
    case .nothing: nil
    case .decision: decisionNames.isEmpty ? "it has neither a threshold nor a decision" : nil
    case .score: score == nil ? "it gives decisions, not scores" : nil
    case .probability: isProbability ? nil : "its score is not declared a probability"
    }
  }
}
