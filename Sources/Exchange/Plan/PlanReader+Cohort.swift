internal import Statistics
internal import Validation

extension PlanReader {
  mutating func cohort(_ node: YAML?) -> CohortDefinition {
    let missing = node?["missing"]?.texts ?? CohortDefinition.defaultMissing
    let date = self.date(node?["date"])
    let format = self.format(node?["format"], over: TableFormat())
    let findings = definitions(of: node, missing: missing)
    var cohort = CohortDefinition(
      cases: caseFiles(node?["cases"], format: format), format: format, caseColumn: node?["case"]?.text,
      patientColumn: node?["patient"]?.text ?? node?["patient"]?["column"]?.text,
      date: date, reference: findings[0].reference, models: findings[0].models, missing: missing,
      attributes: attributes(node?["attributes"], missing: missing, hasDate: date != nil),
      sampling: node?["sampling"]?.text.flatMap(Sampling.init) ?? .consecutive)
    cohort.missingPatients =
      node?["patient"]?["missing"]?.text.flatMap(MissingPatients.init) ?? .refuse
    cohort.joins = joins(node?["join"], format: format)
    cohort.unit = unit(node?["unit"])
    cohort.findings = findings
    cohort.weightColumn = weight(node?["weight"], of: cohort)
    cohort.exclusions = exclusions(node?["exclude"], of: cohort)
    cohort.spelling = spelling(node?["spelling"], of: cohort)
    refuseIdentities(node?["attributes"], of: cohort)
    return cohort
  }

  /// Texts that the plan tells apart must not become one.
  private mutating func spelling(_ node: YAML?, of cohort: CohortDefinition) -> Spelling {
    guard let node else { return Spelling() }
    func differences(_ name: String) -> [Spelling.Difference] {
      (node[name]?.texts ?? []).compactMap(Spelling.Difference.init)
    }
    for name in ["ids", "values"] { refuseRepeats(node[name]?.items ?? []) }
    let spelling = Spelling(ids: differences("ids"), values: differences("values"))
    var told: Set<String> = []
    for column in cohort.describedColumns where told.insert(column).inserted {
      var meanings: [String: (meaning: String, text: String)] = [:]
      for (meaning, texts) in cohort.declaredTexts(ofColumn: column) {
        for text in texts {
          let known = meanings.updateValue((meaning, text), forKey: spelling.values.folded(text))
          if let known, known.meaning != meaning, known.text != text {
            findings.note(
              "\"\(known.text)\" and \"\(text)\" would be one in \(column), and mean \(known.meaning) and \(meaning)",
              at: node.place)
          }
        }
      }
    }
    return spelling
  }

  /// The cells of these columns are never shown, and groups are.
  private mutating func refuseIdentities(_ node: YAML?, of cohort: CohortDefinition) {
    for entry in node?.entries ?? [] {
      guard let column = entry.value["column"], let name = column.text else { continue }
      if name == cohort.caseColumn || name == cohort.patientColumn {
        findings.note(
          "\"\(name)\" names \(name == cohort.caseColumn ? "the case" : "the patient") and is never shown: it is no attribute",
          at: column.place)
      }
    }
  }

  /// What a case stands for must not be read off what is judged.
  private mutating func weight(_ node: YAML?, of cohort: CohortDefinition) -> String? {
    guard let node, let column = node.text else { return nil }
    if column.isEmpty { findings.note("\"weight\" names no column", at: node.place) }
    if [cohort.caseColumn, cohort.patientColumn, cohort.date?.column].contains(column)
      || cohort.unit?.columns.contains(column) == true
    {
      findings.note(
        "\"\(column)\" names a case, a patient or a date, and is no column of weights", at: node.place)
    }
    if cohort.resultColumns.contains(column) {
      findings.note(
        "\"\(column)\" is \(cohort.referenceColumns.contains(column) ? "the reference standard" : "an output of a model"), not a column of weights",
        at: node.place)
    }
    return column
  }

  /// The truth and the models of one finding, from the keys that hold them.
  mutating func finding(_ node: YAML?, id: String?, missing: [String]) -> FindingDefinition {
    let reference = self.reference(node?["reference"], missing: missing)
    return FindingDefinition(
      id: id, reference: reference,
      models: models(node?["models"], missing: missing, referenceColumn: reference.column))
  }

  private mutating func reference(_ node: YAML?, missing: [String]) -> ReferenceColumn {
    let equivocal = node?["equivocal"]?["values"]
    if let positive = node?["positive"], positive.texts.isEmpty {
      findings.note("\"positive\" is empty: name the values that mean positive", at: positive.place)
    }
    refuseShared(
      [node?["positive"], node?["negative"], equivocal], missing: node?["missing"]?.texts ?? missing)
    var reference = ReferenceColumn(
      column: node?["column"]?.text ?? "", positive: node?["positive"]?.texts ?? [],
      negative: node?["negative"]?.texts, equivocal: equivocal?.texts ?? [],
      equivocalRule: node?["equivocal"]?["count_as"]?.text.flatMap(EquivocalRule.init) ?? .excluded,
      missing: node?["missing"]?.texts, separator: separator(node?["separator"]))
    reference.readers = readers(node?["readers"])
    reference.isComparator = node?["kind"]?.text == "comparator"
    return reference
  }

  private mutating func readers(_ node: YAML?) -> ReaderColumns? {
    guard let node, let columns = node["columns"] else { return nil }
    refuseRepeats(columns.items)
    if let scale = node["scale"], scale.text == nil { refuseRepeats(scale.items) }
    let scale: ReaderColumns.Scale =
      switch node["scale"]?.text {
      case "number": .number
      case nil: node["scale"].map { .ordinal($0.items.compactMap(\.text)) } ?? .categories
      default: .categories
      }
    return ReaderColumns(columns: columns.items.compactMap(\.text), scale: scale)
  }

  /// Between texts that are trimmed, a separator of spaces alone would stand inside them.
  mutating func separator(_ node: YAML?) -> String? {
    guard let node, let text = node.text else { return nil }
    if text.allSatisfy(\.isWhitespace) {
      findings.note("a separator needs a sign that is no space", at: node.place)
    }
    return text
  }

  // MARK: Models

  private mutating func models(_ node: YAML?, missing: [String], referenceColumn: String)
    -> [ModelDefinition]
  {
    guard let node else { return [] }
    refuseRepeats(node.items.compactMap { $0["name"] })
    return node.items.map { model($0, missing: missing, referenceColumn: referenceColumn) }
  }

  private mutating func model(_ node: YAML, missing: [String], referenceColumn: String) -> ModelDefinition {
    let score = node["score"]
    let decision = node["decision"]
    if score == nil && decision == nil {
      findings.note("a model needs a column: \"score\", \"decision\" or both", at: node.place)
    }
    for column in [score, decision, node["indeterminate"]?["column"]] {
      if let column, !referenceColumn.isEmpty, column.text == referenceColumn {
        findings.note(
          "\"\(referenceColumn)\" is the column of the reference standard: leave this model out, or name the column that holds its own output",
          at: column.place)
      }
    }
    if score == nil {
      refuse(["threshold", "operating_points", "probability", "higher_means", "scale"], of: node, "score")
    }
    if decision == nil { refuse(["positive", "negative"], of: node, "decision") }
    if let decision, node["positive"] == nil {
      findings.note("\"decision\" needs \"positive\": the values that mean flagged", at: decision.place)
    }
    if decision != nil, let positive = node["positive"], positive.items.isEmpty {
      findings.note("\"positive\" is empty: name the values that mean flagged", at: positive.place)
    }
    let isProbability = node["probability"]?.flag ?? false
    if isProbability, let direction = node["higher_means"], direction.text == "negative" {
      findings.note("a probability is that of being positive; it cannot mean negative", at: direction.place)
    }
    let scale = self.scale(node["scale"])
    if isProbability, case .ordinal = scale, let node = node["scale"] {
      findings.note("a probability is a number, not a category", at: node.place)
    }
    let indeterminate = node["indeterminate"]?["values"]
    let status = node["indeterminate"]?["column"]
    let ownMissing = node["missing"]?.texts
    refuseShared(
      [node["positive"], node["negative"], status == nil ? indeterminate : nil],
      missing: ownMissing ?? missing)
    return ModelDefinition(
      name: node["name"]?.text ?? "", score: score?.text,
      decision: decision?.text.map {
        DecisionColumn(
          column: $0, positive: node["positive"]?.texts ?? [], negative: node["negative"]?.texts)
      },
      operatingPoints: operatingPoints(of: node, isProbability: isProbability, scale: scale),
      isProbability: isProbability,
      direction: node["higher_means"]?.text.flatMap(ScoreDirection.init) ?? .higherMeansPositive,
      scale: scale, indeterminate: indeterminate?.texts ?? [], statusColumn: status?.text,
      missing: ownMissing)
  }

  /// Keys that mean nothing without another one.
  private mutating func refuse(_ keys: [String], of node: YAML, _ needed: String) {
    for entry in node.entries where keys.contains(entry.key) {
      findings.note("\"\(entry.key)\" needs \"\(needed)\"", at: entry.place)
    }
  }

  /// The primary one first.
  private mutating func operatingPoints(of node: YAML, isProbability: Bool, scale: ScoreScale)
    -> [OperatingPoint]
  {
    if let threshold = node["threshold"] {
      if let several = node["operating_points"] {
        findings.note("\"threshold\" and \"operating_points\" exclude each other", at: several.place)
      }
      return [point(named: "threshold", at: threshold, isProbability: isProbability, scale: scale)]
    }
    guard let list = node["operating_points"] else { return [] }
    let nodes = list.items
    refuseRepeats(nodes.compactMap { $0["name"] })
    if nodes.count > Sample.mostOperatingPoints {
      findings.note(
        "\(nodes.count) operating points; at most \(Sample.mostOperatingPoints) are read", at: list.place)
    }
    var points = nodes.map { node in
      point(
        named: node["name"]?.text ?? "", at: node["threshold"] ?? node, isProbability: isProbability,
        scale: scale)
    }
    let primaries = nodes.indices.filter { nodes[$0]["primary"]?.flag == true }
    for extra in primaries.dropFirst() {
      findings.note("only one operating point is primary", at: nodes[extra].place)
    }
    if let primary = primaries.first { points.insert(points.remove(at: primary), at: 0) }
    return points
  }

  // MARK: Attributes

  private mutating func attributes(_ node: YAML?, missing: [String], hasDate: Bool) -> [AttributeDefinition] {
    (node?.entries ?? []).map { entry in
      if let levels = entry.value["levels"], entry.value["bands"] != nil {
        findings.note("\"bands\" and \"levels\" exclude each other", at: levels.place)
      }
      let own = entry.value["missing"]?.texts
      let birth = birthDate(of: entry.value, hasDate: hasDate)
      return AttributeDefinition(
        name: entry.key,
        column: birth?.column ?? entry.value["column"]?.text
          ?? entry.value["columns"]?.entries.first?.value.text ?? "",
        levels: levels(of: entry.value, missing: own ?? missing),
        severalAnswers: severalAnswers(of: entry.value, missing: own ?? missing), missing: own,
        birthDate: birth)
    }
  }

  private mutating func levels(of node: YAML, missing: [String]) -> AttributeDefinition.Levels {
    if let levels = node["levels"] {
      refuseShared(levels.entries.map(\.value), missing: missing)
      for entry in levels.entries where entry.key == "(unknown)" {
        findings.note("\"(unknown)\" is the report's own word for a missing value", at: entry.place)
      }
      return .named(levels.entries.map { NamedLevel(name: $0.key, values: $0.value.texts) })
    }
    guard let bands = node["bands"] else { return .asRecorded }
    if let preset = bands.text.flatMap(AgeBands.init) { return .bands(preset.edges) }
    let edges = bands.items.compactMap(\.number)
    for (index, item) in bands.items.enumerated().dropFirst() where index < edges.count {
      if edges[index] <= edges[index - 1] {
        findings.note(
          "bands are not ascending: \(item.text ?? "") follows a larger or equal edge", at: item.place)
      }
    }
    return .bands(edges)
  }

  /// A value means one thing: it may stand in one of the lists only, and not among the tokens for "missing".
  mutating func refuseShared(_ lists: [YAML?], missing: [String]) {
    var seen: Set<String> = []
    for item in lists.compactMap({ $0 }).flatMap(\.items) {
      guard let text = item.text else { continue }
      let value = YAML.number(text).map { "\($0)" } ?? text
      if missing.contains(text) {
        findings.note("\"\(text)\" already means missing (cohort.missing)", at: item.place)
      } else if !seen.insert(value).inserted {
        findings.note("\"\(text)\" has two meanings here", at: item.place)
      }
    }
  }
}
