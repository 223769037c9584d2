internal import Validation

/// Reads a plan whose shape has been checked, and notes what no shape can say: names that do not exist, values that
/// contradict each other.
///
/// It goes on where something is absent or wrong; as soon as anything was noted, the plan that comes out is thrown away.
struct PlanReader {
  var findings: Findings
  /// The id under `cohort.findings` where it stands there alone: a criterion may name it, results do not.
  var onlyFinding: String?

  init(findings: Findings) { self.findings = findings }

  mutating func plan(_ root: YAML) -> AnalysisPlan {
    let id = root["study"]?["id"]
    if let id { checkStudyID(id) }
    let cohort = self.cohort(root["cohort"])
    var plan = AnalysisPlan(
      id: id?.text ?? "", title: root["study"]?["title"]?.text, device: root["device"].map(device),
      cohort: cohort, subgroups: subgroups(root["subgroups"], of: cohort))
    readAnalysis(root["analysis"], into: &plan)
    plan.criteria = criteria(root["criteria"], of: plan)
    plan.planning = planning(root["planning"])
    plan.populations = populations(root["populations"], of: cohort)
    let measured = Set(plan.metrics + plan.criteria.map(\.metric))
    plan.metrics = Metric.catalog.map(\.id).filter(measured.contains)
    return plan
  }

  /// The id becomes the name of a folder.
  private mutating func checkStudyID(_ node: YAML) {
    let id = node.text ?? ""
    let isSafe = id.utf8.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"):
        true
      default: "._-".utf8.contains(byte)
      }
    }
    if !isSafe || id.isEmpty || id.hasPrefix(".") || id.utf8.count > 100 {
      findings.note(
        "study.id is \"\(id.prefix(40))\", expected 1 to 100 letters, digits, dots, dashes and underscores (it names a folder)",
        at: node.place)
    }
  }

  private func device(_ node: YAML) -> Device {
    Device(
      name: node["name"]?.text, version: node["version"]?.text, manufacturer: node["manufacturer"]?.text,
      kind: node["kind"]?.text, intendedUse: node["intended_use"]?.text)
  }

  private mutating func planning(_ node: YAML?) -> Planning? {
    guard let node else { return nil }
    var planning = Planning(prevalence: node["prevalence"]?.number)
    for metric in Planning.metrics { planning.assumed[metric] = node["assumed"]?[metric]?.number }
    if planning.assumed.isEmpty, let assumed = node["assumed"] {
      findings.note("nothing is assumed: name \(Planning.metrics.joined(separator: ", "))", at: assumed.place)
    }
    if let area = node["assumed"]?["auc"], let value = area.number, value < 0.5 {
      findings.note("an area below 0.5 cannot be planned for", at: area.place)
    }
    if let power = node["power"]?.number { planning.power = power }
    if let effect = node["design_effect"]?.number { planning.designEffect = effect }
    return planning
  }

  private mutating func subgroups(_ node: YAML?, of cohort: CohortDefinition) -> [[String]] {
    guard let node else { return cohort.attributes.map { [$0.name] } }
    var dimensions: [[String]] = []
    for item in node.items {
      let dimension = self.dimension(item, of: cohort)
      if !dimension.isEmpty, dimensions.contains(dimension) {
        findings.note("this dimension stands here twice", at: item.place)
      }
      dimensions.append(dimension)
    }
    return dimensions
  }

  /// The attributes of a dimension, in the order in which the plan defines them.
  mutating func dimension(_ node: YAML, of cohort: CohortDefinition) -> [String] {
    var named: Set<String> = []
    for item in node.items {
      guard let name = item.text else { continue }
      checkAttribute(name, at: item.place, of: cohort)
      if !named.insert(name).inserted { findings.note("\"\(name)\" stands here twice", at: item.place) }
    }
    if named.isEmpty { findings.note("a dimension needs at least one attribute", at: node.place) }
    return cohort.attributes.map(\.name).filter(named.contains)
  }

  @discardableResult
  mutating func checkAttribute(_ name: String, at place: Place, of cohort: CohortDefinition) -> Bool {
    let names = cohort.attributes.map(\.name)
    if names.contains(name) { return true }
    findings.note("\"\(name)\" is no attribute\(Suggestion.hint(for: name, among: names))", at: place)
    return false
  }

  private mutating func readAnalysis(_ node: YAML?, into plan: inout AnalysisPlan) {
    guard let node else { return }
    if let confidence = node["confidence"]?.number { plan.confidence = confidence }
    if let interval = node["intervals"]?["proportion"]?.text.flatMap(ProportionInterval.init) {
      plan.proportionInterval = interval
    }
    if let interval = node["intervals"]?["auc"]?.text.flatMap(AUCInterval.init) {
      plan.aucInterval = interval
    }
    if let interval = node["intervals"]?["gap"]?.text.flatMap(GapInterval.init) {
      plan.gapInterval = interval
    }
    if let at = node["at"] { readReadings(at, into: &plan.readings) }
    if case .list(let metrics)? = node["metrics"]?.content {
      refuseRepeats(metrics)
      plan.metrics = metrics.compactMap(\.text)
    }
    plan.referenceGroups = referenceGroups(node["reference_groups"], of: plan.cohort)
    let smallest = node["smallest_subgroup"]
    if let positives = smallest?["positives"]?.integer { plan.smallestSubgroup.positives = positives }
    if let negatives = smallest?["negatives"]?.integer { plan.smallestSubgroup.negatives = negatives }
    if let rule = node["indeterminate"]?.text.flatMap(OutputRule.init) { plan.outputRule = rule }
    plan.verification = node["verification"]?.text.flatMap(VerificationCorrection.init)
    if let prevalence = node["prevalence"] {
      refuseRepeats(prevalence.items)
      plan.prevalences = prevalence.items.compactMap(\.number)
    }
    readResampling(node, into: &plan)
    if let gaps = node["gaps"]?.text.flatMap(GapChoice.init) { plan.gaps = gaps }
    if let multiplicity = node["multiplicity"]?.text.flatMap(Multiplicity.init) {
      plan.multiplicity = multiplicity
    }
    if let advises = node["recalibration"]?.flag { plan.advisesRecalibration = advises }
    if let seed = node["seed"]?.integer, seed >= 0 { plan.seed = UInt64(seed) }
  }

  private mutating func readReadings(_ node: YAML, into readings: inout CurveReadings) {
    func list(_ key: String) -> [Double]? {
      guard let values = node[key] else { return nil }
      refuseRepeats(values.items)
      return values.items.compactMap(\.number)
    }
    readings.specificities = list("specificity") ?? readings.specificities
    readings.sensitivities = list("sensitivity") ?? readings.sensitivities
    readings.thresholds = list("threshold") ?? readings.thresholds
    guard let range = node["partial_auc"] else { return }
    let ends = range.items.compactMap(\.number)
    guard ends.count == 2, ends[0] < ends[1] else {
      return findings.note(
        "partial_auc is \(ends.map { "\($0)" }.joined(separator: ", ")), expected a range of specificity: two numbers in ascending order, such as [0.9, 1]",
        at: range.place)
    }
    readings.partialArea = ends[0]...ends[1]
  }

  private mutating func referenceGroups(_ node: YAML?, of cohort: CohortDefinition) -> [String: String] {
    var groups: [String: String] = [:]
    for entry in node?.entries ?? [] {
      guard checkAttribute(entry.key, at: entry.place, of: cohort), let level = entry.value.text else {
        continue
      }
      if level == "complement" { continue }
      checkLevel(level, ofAttribute: entry.key, at: entry.value.place, of: cohort)
      groups[entry.key] = level
    }
    return groups
  }

  /// Levels that the plan itself defines are known before the data are.
  mutating func checkLevel(
    _ level: String, ofAttribute name: String, at place: Place, of cohort: CohortDefinition
  ) {
    guard let names = cohort.attributes.first(where: { $0.name == name })?.namedLevels else { return }
    if !names.contains(level) {
      findings.note(
        "\"\(level)\" is no level of \(name)\(Suggestion.hint(for: level, among: names))", at: place)
    }
  }

  mutating func refuseRepeats(_ nodes: [YAML]) {
    var seen: Set<String> = []
    for node in nodes {
      guard let text = node.text else { continue }
      if !seen.insert(node.number.map { "\($0)" } ?? text).inserted {
        findings.note("\"\(text)\" stands here twice", at: node.place)
      }
    }
  }
}
