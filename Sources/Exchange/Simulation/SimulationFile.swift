public import Validation

/// The recipe of a simulated cohort as its author writes it: YAML, read into a `SimulationSpec`, or refused with every
/// problem and its place.
public enum SimulationFile {
  /// `file` names the document in messages.
  public static func read(_ text: String, file: String) throws(DocumentErrors) -> SimulationSpec {
    let root = try YAML(parsing: text, file: file)
    var check = ShapeCheck()
    check.check(root, is: .section(.simulation), named: "simulation")
    var reader = SimulationReader(findings: check.findings)
    let spec = reader.spec(root)
    try reader.findings.refuse()
    return spec
  }

  /// The JSON Schema of a recipe.
  public static var schema: String {
    JSONSchema.text(of: .simulation, title: "A recipe of equipoise simulate", id: "equipoise.simulation/1")
  }
}

/// Reads a recipe whose shape has been checked, and notes what no shape can say.
private struct SimulationReader {
  var findings: Findings

  mutating func spec(_ root: YAML) -> SimulationSpec {
    let size = root["simulation"]
    let attributes = (root["attributes"]?.entries ?? []).map { attribute($0) }
    return SimulationSpec(
      id: size?["id"]?.text ?? "", seed: UInt64(max(0, size?["seed"]?.integer ?? 0)),
      patients: size?["patients"]?.integer ?? 0, imagesPerPatient: size?["images_per_patient"]?.integer ?? 1,
      intraclassCorrelation: size?["intraclass_correlation"]?.number ?? 0,
      firstMonth: root["months"]?["from"].map { month($0) } ?? 2025 * 12,
      months: root["months"]?["count"]?.integer ?? 12, attributes: attributes,
      prevalence: root["condition"]?["prevalence"]?.number ?? 0,
      positiveImageShare: size?["positive_image_share"]?.number ?? 1,
      separation: root["model"]?["separation"]?.number ?? 0,
      failureRate: root["model"]?["failure_rate"]?.number ?? 0,
      effects: (root["effects"]?.items ?? []).map { effect($0, of: attributes) })
  }

  /// `2025-01` as `year * 12 + (month - 1)`.
  private mutating func month(_ node: YAML) -> Int {
    let parts = (node.text ?? "").split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 2, parts[0].utf8.count == 4, parts[1].utf8.count == 2, let year = Int(parts[0]),
      let month = Int(parts[1]), (1...12).contains(month)
    else {
      findings.note("months.from is \"\(node.text ?? "")\", expected yyyy-MM", at: node.place)
      return 0
    }
    return year * 12 + month - 1
  }

  private mutating func attribute(_ entry: YAML.Entry) -> SimulatedAttribute {
    SimulatedAttribute(
      name: entry.key, values: values(of: entry.value), missing: entry.value["missing"]?.number ?? 0)
  }

  private mutating func values(of node: YAML) -> SimulatedAttribute.Values {
    switch (node["levels"], node["normal"]) {
    case (let levels?, nil):
      if let range = node["range"] { findings.note("\"range\" goes with \"normal\"", at: range.place) }
      let shares = levels.entries.map { SimulatedLevel(name: $0.key, share: $0.value.number ?? 0) }
      let sum = shares.reduce(0) { $0 + $1.share }
      if (sum - 1).magnitude > 1e-9 {
        findings.note("the shares sum to \(NumberText.fixed(sum, decimals: 6)), expected 1", at: levels.place)
      }
      return .levels(shares)
    case (nil, let normal?):
      let limits = node["range"]?.items.compactMap(\.integer) ?? []
      guard limits.count == 2, limits[0] <= limits[1] else {
        findings.note("\"normal\" needs \"range\": [least, most]", at: (node["range"] ?? normal).place)
        return .normal(mean: 0, standardDeviation: 1, range: 0...0)
      }
      return .normal(
        mean: normal["mean"]?.number ?? 0, standardDeviation: normal["sd"]?.number ?? 1,
        range: limits[0]...limits[1])
    default:
      findings.note("an attribute has either \"levels\" or \"normal\"", at: node.place)
      return .levels([])
    }
  }

  // MARK: Effects

  private mutating func effect(_ node: YAML, of attributes: [SimulatedAttribute]) -> SimulatedEffect {
    let when = (node["when"]?.entries ?? []).compactMap { condition($0, of: attributes) }
    return SimulatedEffect(
      when: when, prevalence: node["prevalence"]?.number, separation: node["separation"]?.number,
      logitShift: node["logit_shift"]?.number, failureRate: node["failure_rate"]?.number)
  }

  private mutating func condition(
    _ entry: YAML.Entry, of attributes: [SimulatedAttribute]
  ) -> SimulatedCondition? {
    let atLeast = entry.value["at_least"]?.integer
    let below = entry.value["below"]?.integer
    let isInterval = atLeast != nil || below != nil
    if entry.key == "month", isInterval { return .month(atLeast: atLeast, below: below) }
    guard let attribute = attributes.first(where: { $0.name == entry.key }) else {
      let names = attributes.map(\.name) + ["month"]
      findings.note(
        "\"\(entry.key)\" is no attribute\(Suggestion.hint(for: entry.key, among: names))", at: entry.place)
      return nil
    }
    switch attribute.values {
    case .normal:
      if isInterval { return .number(attribute: entry.key, atLeast: atLeast, below: below) }
      findings.note(
        "\(entry.key) is a number: give {at_least: …}, {below: …} or both", at: entry.value.place)
    case .levels(let levels):
      let names = levels.map(\.name)
      if let level = entry.value.text, names.contains(level) {
        return .level(attribute: entry.key, is: level)
      }
      let hint = Suggestion.hint(for: entry.value.text ?? "", among: names)
      findings.note("no level of \(entry.key)\(hint)", at: entry.value.place)
    }
    return nil
  }
}
