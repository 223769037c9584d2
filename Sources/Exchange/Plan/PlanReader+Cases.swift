internal import Validation

extension PlanReader {
  mutating func unit(_ node: YAML?) -> UnitDefinition? {
    guard let node else { return nil }
    if let by = node["by"] {
      refuseRepeats(by.items)
      if by.texts.isEmpty || by.texts.contains("") { findings.note("\"by\" names no column", at: by.place) }
    }
    return UnitDefinition(
      columns: node["by"]?.texts ?? [],
      score: node["score"]?.text.flatMap(UnitDefinition.ScoreRule.init) ?? .max,
      decision: node["decision"]?.text.flatMap(UnitDefinition.Combination.init) ?? .any,
      reference: node["reference"]?.text.flatMap(UnitDefinition.Combination.init) ?? .any)
  }

  mutating func exclusions(_ node: YAML?, of cohort: CohortDefinition) -> [ExclusionRule] {
    guard let node else { return [] }
    refuseRepeats(node.items.compactMap { $0["id"] })
    return node.items.map { exclusion($0, of: cohort) }
  }

  private mutating func exclusion(_ node: YAML, of cohort: CohortDefinition) -> ExclusionRule {
    let whens = node["when"]?.items ?? []
    let rule = ExclusionRule(
      id: node["id"]?.text ?? "", reason: node["reason"]?.text ?? "",
      conditions: whens.flatMap {
        $0["attribute"] == nil ? conditions($0, date: cohort.date) : attributeConditions($0, of: cohort)
      },
      isOutsideIntendedUse: node["intended_use"]?.text == "outside",
      dependsOnResult: node["depends_on_result"]?.flag ?? false)
    if !rule.dependsOnResult {
      for when in whens {
        for column in ["column", "not_last_of", "not_first_of"].flatMap({ when[$0]?.items ?? [] }) {
          if let name = column.text { refuseResult(name, at: column.place, of: cohort) }
        }
        if let attribute = when["attribute"], let name = attribute.text {
          for column in cohort.columns(of: .init(attribute: name, test: .missing(true))) {
            refuseResult(column, at: attribute.place, of: cohort)
          }
        }
      }
    }
    return rule
  }

  private mutating func refuseResult(_ column: String, at place: Place, of cohort: CohortDefinition) {
    guard cohort.resultColumns.contains(column) else { return }
    findings.note(
      "\"\(column)\" is \(cohort.referenceColumns.contains(column) ? "the reference standard" : "an output of a model"): leaving out rows by it changes the result; if that is meant, add \"depends_on_result: true\" to the rule",
      at: place)
  }

  /// Likewise of one attribute.
  private mutating func attributeConditions(
    _ node: YAML, of cohort: CohortDefinition
  ) -> [ExclusionRule.Condition] {
    guard let attribute = node["attribute"], let name = attribute.text,
      checkAttribute(name, at: attribute.place, of: cohort)
    else { return [] }
    let isNumeric = cohort.attributes.contains { $0.name == name && $0.isNumeric }
    var tests: [ExclusionRule.Test] = []
    for entry in node.entries {
      switch entry.key {
      case "attribute", "column": break
      case "is", "is_not":
        for level in entry.value.items {
          checkLevel(level.text ?? "", ofAttribute: name, at: level.place, of: cohort)
        }
        tests.append(entry.key == "is" ? .isOneOf(entry.value.texts) : .isNoneOf(entry.value.texts))
      case "below", "at_least":
        if !isNumeric {
          findings.note(
            "\"\(entry.key)\" needs an age or another number: \"\(name)\" has no bands", at: entry.place)
        }
        entry.value.number.map { tests.append(entry.key == "below" ? .below($0) : .atLeast($0)) }
      case "missing": entry.value.flag.map { tests.append(.missing($0)) }
      default:
        findings.note("\"\(entry.key)\" asks a column, not an attribute: write column: …", at: entry.place)
      }
    }
    if node.entries.allSatisfy({ $0.key == "attribute" }) {
      findings.note(
        "a condition on an attribute needs one of is, is_not, below, at_least, missing", at: node.place)
    }
    return tests.map { ExclusionRule.Condition(attribute: name, test: $0) }
  }

  /// Several tests of one column must all hold.
  private mutating func conditions(_ node: YAML, date: DateColumn?) -> [ExclusionRule.Condition] {
    let column = node["column"]?.text ?? ""
    let format = dateFormat(node["format"])
    var tests: [ExclusionRule.Test] = []
    for entry in node.entries {
      switch entry.key {
      case "is": tests.append(.isOneOf(entry.value.texts))
      case "is_not": tests.append(.isNoneOf(entry.value.texts))
      case "below": entry.value.number.map { tests.append(.below($0)) }
      case "at_least": entry.value.number.map { tests.append(.atLeast($0)) }
      case "before": day(entry.value).map { tests.append(.before($0)) }
      case "from": day(entry.value).map { tests.append(.from($0)) }
      case "missing": entry.value.flag.map { tests.append(.missing($0)) }
      case "not_last_of": tests.append(.isNot(.last, of: key(entry.value, ordering: column)))
      case "not_first_of": tests.append(.isNot(.first, of: key(entry.value, ordering: column)))
      default: break
      }
    }
    if node.entries.allSatisfy({ ["column", "format"].contains($0.key) }) {
      findings.note(
        "a condition needs one of is, is_not, below, at_least, before, from, missing, not_last_of, not_first_of",
        at: node.place)
    } else if let format = node["format"] {
      if column == date?.column {
        findings.note("\"\(column)\" is written as cohort.date says: leave \"format\" out", at: format.place)
      } else if !tests.contains(where: \.readsDates) {
        findings.note(
          "\"format\" needs one of before, from, not_last_of, not_first_of", at: format.place)
      }
    }
    return tests.map {
      ExclusionRule.Condition(column: column, test: $0, format: $0.readsDates ? format : nil)
    }
  }

  private mutating func key(_ node: YAML, ordering column: String) -> [String] {
    refuseRepeats(node.items)
    if node.texts.isEmpty || node.texts.contains("") {
      findings.note("no column is named here: which rows belong together?", at: node.place)
    }
    for item in node.items where item.text == column && !column.isEmpty {
      findings.note(
        "\"\(column)\" is the same in all rows that it names, and cannot order them", at: item.place)
    }
    return node.texts
  }

  /// `yyyy-MM-dd` as `yyyymmdd`.
  private mutating func day(_ node: YAML) -> Int? {
    let parts = (node.text ?? "").split(separator: "-", omittingEmptySubsequences: false)
    guard parts.map(\.count) == [4, 2, 2], let year = Int(parts[0]), let month = Int(parts[1]),
      let day = Int(parts[2]), (1...12).contains(month), (1...31).contains(day)
    else {
      findings.note("\"\(node.text ?? "")\" is no day, expected yyyy-MM-dd", at: node.place)
      return nil
    }
    return year * 10_000 + month * 100 + day
  }
}

extension ExclusionRule.Test {
  fileprivate var readsDates: Bool {
    switch self {
    case .before, .from, .isNot: true
    default: false
    }
  }
}
