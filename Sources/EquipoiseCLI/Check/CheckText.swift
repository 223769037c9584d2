internal import Ingestion
internal import Validation

/// What a check found, as sentences under headings.
struct CheckText {
  let check: CohortCheck
  let plan: AnalysisPlan
  private let file: String
  private let marks: [DraftMarks]

  init(_ check: CohortCheck, of source: PlanSource, file: String) {
    self.check = check
    plan = source.plan
    self.file = file
    marks = source.marks
  }

  /// First what is asked, then everything that was seen.
  var text: String {
    let sections = [
      ("In short", short), ("Questions", questions), ("Files", files), ("Values", values), ("Groups", groups),
      ("Models", models.count > Self.shownReferences ? models : []), ("Cases", cases),
      ("Settings", CheckedSettings(plan).lines),
      ("What the results will hold about a person", persons),
    ]
    return sections.filter { !$0.1.isEmpty }
      .map { "\($0.0)\n" + $0.1.map { "  \($0)\n" }.joined() }.joined(separator: "\n")
  }

  private var short: [String] {
    let groups = check.groups.isEmpty ? "no groups" : Self.count(check.groups.count, "group")
    let small = check.groups.count { $0.cases < leastCases }
    let patients = check.clusters.map { " of \(Self.count($0.patients, "patient"))" } ?? ""
    let leftOut = check.exclusions.map {
      "\(NumberText.count($0.rows)) \($0.isJoin ? "with \($0.reason)" : "by \($0.id) (\($0.reason))")"
    }
    return [
      "\(Self.count(check.cases, "case"))\(patients), from \(Self.count(check.rows, "row"))\(leftOut.isEmpty ? "" : ", left out \(leftOut.joined(separator: ", "))"); \(groups)\(small > 0 ? ", \(NumberText.count(small)) of them too small to assess" : "")."
    ]
      + truths.prefix(Self.shownReferences)
      + (truths.count > Self.shownReferences
        ? ["And the truth of \(Self.count(truths.count - Self.shownReferences, "other finding"))."] : [])
      + models.prefix(Self.shownReferences) + mostlyUnknown
      + (plan.criteria.isEmpty ? ["No criteria: the results will be described, not judged."] : [])
      + marks.compactMap(\.standing)
  }

  /// Of the cases, so that they add up; of all rows where that would show what an output has to do with the truth.
  private var truths: [String] {
    guard let truths = check.truths else {
      return references.map { column in
        let counts = column.meanings.map { meaning, values in
          "\(meaning) on \(Self.count(values.reduce(0) { $0 + $1.rows }, "row"))"
        }
        return "The truth, \(column.name), in all rows: \(counts.joined(separator: ", "))."
      }
    }
    return truths.map { truth in
      let others = [(truth.equivocal, "equivocal"), (truth.missing, "without")].filter { $0.0 > 0 }
        .map { "\(NumberText.count($0.0)) \($0.1)" }
      let left =
        others.isEmpty
        ? ""
        : "; \(others.joined(separator: " and ")) \(others == ["1 equivocal"] || others == ["1 without"] ? "is" : "are") not"
      return
        "The truth, \(truth.column): \(NumberText.count(truth.positive)) positive and \(NumberText.count(truth.negative)) negative, so \(Self.count(truth.analysed, "case")) \(truth.analysed == 1 ? "is" : "are") analysed\(left)."
    }
  }

  private static let shownReferences = 3

  /// Attributes that hide a fifth of the cases or more.
  private var mostlyUnknown: [String] {
    check.columns.compactMap { column in
      guard column.role.hasPrefix("the attribute ") else { return nil }
      let all = column.values.reduce(0) { $0 + $1.rows }
      let missing = column.values.filter { $0.meaning == "missing" }.reduce(0) { $0 + $1.rows }
      guard missing * 5 > all else { return nil }
      return "\(column.name) is unknown on \(Self.count(missing, "row")) of \(NumberText.count(all))."
    }
  }

  var references: [CohortCheck.ColumnCheck] {
    plan.cohort.findings.compactMap { finding in
      check.columns.first { $0.name == finding.reference.column }
    }
  }

  private var questions: [String] {
    let asked = marks.flatMap(\.sentences) + found
    return
      (asked.isEmpty
      ? [
        "None. If this is how the files are meant (all that was seen stands below): equipoise validate \(file)"
      ]
      : asked + ["Where an answer changes the plan, check again; then: equipoise validate \(file)"])
  }

  private var files: [String] {
    check.files.map { file in
      let joined = check.joins.enumerated().filter { file.isJoined && $0.element.file == file.path }
      return
        "\(file.path): \(Self.count(file.rows, "row")). Read: \(Self.list(file.read, atMost: 40)). Ignored: \(file.ignored.isEmpty ? "nothing" : Self.list(file.ignored, atMost: 40))."
        + joined.map { " " + partners($0.element, at: $0.offset) }.joined()
    }
  }

  private func partners(_ join: JoinAccount, at index: Int) -> String {
    let unmatched = check.unmatched.first { $0.account.file == join.file }
    return
      (unmatched.map { $0.sentence + "." }
      ?? "\(Self.count(join.matched, "row")) of the cases found a partner, \(NumberText.count(join.onlyHere)) did not; \(Self.count(join.onlyThere, "row")) of the file \(join.onlyThere == 1 ? "belongs" : "belong") to no case.")
      + (join.onlyThere > 0 && holdsTruth(join, at: index)
        ? " If their outputs failed, put this file under cohort.cases and join the outputs to it."
        : "")
      + (join.respelt > 0
        ? " \(Self.count(join.respelt, "row")) of the cases \(join.respelt == 1 ? "has" : "have") the key there in another spelling (cohort.spelling)."
        : "")
      + (join.repeated > 0
        ? " \(Self.count(join.repeated, "row")) \(join.repeated == 1 ? "says" : "say") word for word what an earlier row says, and \(join.repeated == 1 ? "counts" : "count") once."
        : "")
      + (join.replaced > 0
        ? " In place of \(Self.count(join.replaced, "row")) another of the same key counts (repeated: \(plan.cohort.joins[index].repeated.rawValue))."
        : "")
  }

  private static let shownValues = 20

  /// Every value with its rows, by what it means; those of groups stand beside them.
  private var values: [String] {
    let tokens = plan.cohort.missing.map { $0.isEmpty ? "(empty)" : "\"\($0)\"" }.joined(separator: ", ")
    return check.columns.filter { groupLine(of: $0) == nil }.map { column in
      let isLong = column.values.count > Self.shownValues
      let groups =
        isLong && column.meanings.count <= Self.shownValues
        ? column.meanings.map { Self.line($0.meaning, nil, $0.values) } : Self.listed(column)
      let place = column.role.hasPrefix("the reference") && !check.exclusions.isEmpty ? ", in all rows" : ""
      return "\(column.name), \(column.role)\(place): \(groups.joined(separator: "; "))."
    } + scores + ["Taken as missing: \(tokens)."]
  }

  private static func listed(_ column: CohortCheck.ColumnCheck) -> [String] {
    let rest = column.values.dropFirst(shownValues)
    return column.meanings(ofFirst: shownValues).map { line($0.meaning, nil, $0.values) }
      + (rest.isEmpty
        ? []
        : [
          "and \(count(rest.count, "other value")) on \(count(rest.reduce(0) { $0 + $1.rows }, "row")) (the \(shownValues) most frequent are shown)"
        ])
  }

  /// What some values mean, on how many cases, and each with its rows; of many, such as the ages of a band, how many.
  private static func line(
    _ meaning: String, _ cases: String?, _ values: [CohortCheck.ColumnCheck.Value]
  ) -> String {
    let rows = values.map { value in
      let also = value.spellings.isEmpty ? "" : " (also \(list(value.spellings.map(quoted), atMost: 8)))"
      return "\(quoted(value.text))\(also) \(NumberText.count(value.rows))"
    }.joined(separator: ", ")
    let isItself = values.count == 1 && values[0].text == meaning && values[0].spellings.isEmpty
    if values.count > shownValues {
      let all = NumberText.count(values.reduce(0) { $0 + $1.rows })
      return "\(meaning) \(cases ?? all) (\(values.count) values)"
    }
    guard let cases else { return isItself ? rows : "\(meaning) \(rows)" }
    return isItself || values.isEmpty ? "\(meaning) \(cases)" : "\(meaning) \(cases) (\(rows))"
  }

  private static func quoted(_ text: String) -> String {
    text.isEmpty ? "(empty)" : text == "(no cell)" ? text : "\"\(text)\""
  }

  private var scores: [String] {
    check.scores.map { score in
      var range = "no number"
      if let low = score.lowest { range = "numbers from \(low.value) to \((score.highest ?? low).value)" }
      return
        "\(score.name): \(range) on \(Self.count(score.numbers, "row"))\(score.others > 0 ? "; \(Self.count(score.others, "row")) without a score" : "")."
    }
  }

  private var models: [String] {
    if check.models.isEmpty {
      return [
        "What the models flag is not counted: a rule of cohort.exclude reads the reference standard, and the two must not be crossed here."
      ]
    }
    let analysed = check.truths?.map(\.analysed).max() ?? check.cases
    // Who compares these counts with a report's should know why they are larger.
    let whether = analysed < check.cases ? ", analysed or not" : ""
    return check.models.flatMap { model -> [String] in
      let name = model.label
      let given = model.cases - model.failed
      let failed =
        model.failed == 0
        ? ""
        : " \(Self.count(model.failed, "case")) without an output: each \(plan.outputRule == .excluded ? "is " : "")\(plan.outputRule.words)."
      guard !model.flagged.isEmpty else {
        return [
          "\(name): no threshold, so no case is flagged.\(failed)"
        ]
      }
      return model.flagged.map { threshold, flagged in
        let point = threshold.map { "threshold \($0)" } ?? "its delivered decisions"
        return
          "\(name), \(point): flags \(NumberText.count(flagged)) of \(Self.count(given, "case")) with an output\(whether).\(failed)"
      }
    }
  }

  private var cases: [String] {
    var lines: [String] = []
    if let unit = plan.cohort.unit {
      lines.append(
        "A case is one value of \(unit.columns.joined(separator: " with ")) (score: \(unit.score.rawValue), decision: \(unit.decision.rawValue), reference: \(unit.reference.rawValue))\(combined)."
      )
    } else {
      lines.append("A case is a row.")
    }
    if let clusters = check.clusters {
      lines.append(
        "\(Self.count(clusters.withSeveral, "patient")) \(clusters.withSeveral == 1 ? "has" : "have") several cases (at most \(NumberText.count(clusters.most))), taken as dependent."
      )
      lines += unnamed(clusters.without)
    } else {
      lines.append("No patient column is named: every case is taken as independent.")
    }
    if let column = plan.cohort.weightColumn, let weights = check.weights {
      lines.append(
        "Every estimate is weighted by \(column), the sampling weight of a case: \(weights.words).")
    }
    if let days = check.days { lines.append("Dated from \(days.first) to \(days.last).") }
    lines += check.ages.map { "\($0.attribute), from two dates: \($0.youngest) to \($0.oldest) years." }
    let differing = check.differing.filter { !isOfPersons($0.attribute) || isUsual($0.patients) }
    if !differing.isEmpty {
      lines.append(
        "Patients whose rows differ: \(differing.map { "\($0.attribute) \(NumberText.count($0.patients))" }.joined(separator: ", "))."
      )
    }
    return lines
  }

  /// Cases without a patient id.
  private func unnamed(_ count: Int) -> [String] {
    guard count > 0 else { return [] }
    let cases = "\(Self.count(count, "case")) \(count == 1 ? "has" : "have") no patient id"
    return switch plan.cohort.missingPatients {
    case .refuse: ["\(cases), and \(count == 1 ? "needs" : "need") none: without a reference standard."]
    case .separate: ["\(cases); each counts as a patient of its own (patient: {missing: separate})."]
    }
  }

  /// Several images differ in their scores; the same case exported again should not.
  private var combined: String {
    guard let unit = check.unit, unit.several > 0 else { return "" }
    let differing = check.models.compactMap { model in
      model.differing.map { "in \(NumberText.count($0)) of them they differ in the score of \(model.label)" }
    }
    return
      "; \(NumberText.count(unit.several)) \(unit.several == 1 ? "has" : "have") several rows (at most \(NumberText.count(unit.most)))\(differing.isEmpty ? "" : ", " + differing.joined(separator: ", "))"
  }

  private var leastCases: Int { plan.smallestSubgroup.positives + plan.smallestSubgroup.negatives }

  private var groups: [String] {
    guard !check.groups.isEmpty else { return [] }
    let least = plan.smallestSubgroup
    let shown = 200
    var lines: [String] = []
    for group in check.groups.prefix(shown) where group.subgroup.terms.count > 1 || line(of: group) == nil {
      let name = group.subgroup.attributes.joined(separator: " and ")
      if lines.last?.hasPrefix(name + ": ") == true {
        lines[lines.count - 1] += "; \(label(of: group))"
      } else {
        lines.append("\(name): \(label(of: group))")
      }
    }
    return [
      "Cases, and rows of each value. To decide, a group needs \(least.positives) positives and \(least.negatives) negatives (analysis.smallest_subgroup)."
    ] + check.columns.compactMap(groupLine) + lines
      + (check.groups.count > shown ? ["and \(check.groups.count - shown) more groups"] : [])
  }

  private func label(of group: CohortCheck.GroupCheck) -> String {
    "\(group.subgroup.label) \(size(of: group))"
  }

  private func size(of group: CohortCheck.GroupCheck) -> String {
    NumberText.count(group.cases) + (group.cases < leastCases ? ", too few" : "")
  }

  private func line(of group: CohortCheck.GroupCheck) -> String? {
    check.columns.lazy.filter { $0.role == "the attribute \(group.subgroup.attributes[0])" }
      .compactMap(groupLine).first
  }

  /// The groups of one attribute, each with its values; nil where a value means none or several of them.
  private func groupLine(of column: CohortCheck.ColumnCheck) -> String? {
    guard let attribute = plan.cohort.attributes.first(where: { column.role == "the attribute \($0.name)" })
    else { return nil }
    let groups = check.groups.filter { $0.subgroup.attributes == [attribute.name] }
    func meaning(_ level: Level) -> String { level == .unknown ? "missing" : level.label }
    let levels = groups.map { $0.subgroup.terms[0].level }
    let meanings = column.meanings
    guard groups.count <= Self.shownValues, !levels.contains(.named("missing")),
      Set(meanings.map(\.meaning)).isSubset(of: levels.map(meaning))
    else { return nil }
    let texts = zip(groups, levels).map { group, level in
      Self.line(
        level.label, size(of: group), meanings.first { $0.meaning == meaning(level) }?.values ?? [])
    }
    return
      "\(attribute.name)\(attribute.name == column.name ? "" : " (\(column.name))"): \(texts.joined(separator: "; "))."
  }

  private var persons: [String] {
    let few = check.groups.count { $0.cases < 5 }
    return [
      "study.json, rows.csv, report.html: counts and estimates by group and by month; no patient id, no row of the data. Other files: the plan, names, digests."
    ]
      + (few > 0
        ? [
          "\(Self.count(few, "group")) of fewer than 5 cases will be named: someone who knows the setting may recognise a person."
        ]
        : [])
  }

  static func count(_ count: Int, _ noun: String, _ plural: String? = nil) -> String {
    "\(NumberText.count(count)) \(count == 1 ? noun : plural ?? noun + "s")"
  }

  static func list(_ names: [String], atMost most: Int) -> String {
    names.prefix(most).joined(separator: ", ") + (names.count > most ? " and \(names.count - most) more" : "")
  }
}

extension CohortCheck.ModelCheck {
  /// Its name, with the finding where there are several.
  var label: String { finding.map { "\(name) on \($0)" } ?? name }
}
