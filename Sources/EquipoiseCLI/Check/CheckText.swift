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
      ("In short", short), ("Questions", questions), ("Files", files), ("Joins", joins), ("Values", values),
      ("Scores", scores), ("Models", models),
      ("Missing values", missing), ("Cases", cases), ("Groups", groups),
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
    let leftOut = check.exclusions.reduce(0) { $0 + $1.rows }
    let rules =
      leftOut > 0
      ? " (\(NumberText.count(leftOut)) left out\(check.exclusions.contains(where: \.isJoin) ? "" : " by rules"))"
      : ""
    return [
      "\(Self.count(check.cases, "case"))\(patients), from \(Self.count(check.rows, "row"))\(rules); \(groups)\(small > 0 ? ", \(NumberText.count(small)) of them too small to assess" : "")."
    ]
      + references.prefix(Self.shownReferences).map { column in
        let counts = column.meanings.map { meaning, values in
          "\(meaning) on \(Self.count(values.reduce(0) { $0 + $1.rows }, "row"))"
        }
        return
          "The truth, \(column.name)\(leftOut > 0 ? ", in all rows" : ""): \(counts.joined(separator: ", "))."
      }
      + (references.count > Self.shownReferences
        ? ["And the truth of \(Self.count(references.count - Self.shownReferences, "other finding"))."] : [])
      + models.prefix(Self.shownReferences) + mostlyUnknown
      + (plan.criteria.isEmpty ? ["No criteria: the results will be described, not judged."] : [])
      + marks.compactMap(\.standing)
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
      ? ["None. If the rest is how the files are meant: equipoise validate \(file)"]
      : asked + ["Where an answer changes the plan, check again; then: equipoise validate \(file)"])
  }

  private var files: [String] {
    check.files.flatMap { file in
      [
        "\(file.path): \(Self.count(file.rows, "row"))\(file.isJoined ? ", joined to the cases" : "").",
        "  Read: \(Self.list(file.read, atMost: 40)). Ignored: \(file.ignored.isEmpty ? "nothing" : Self.list(file.ignored, atMost: 40)).",
      ]
    }
  }

  private var joins: [String] {
    check.joins.enumerated().map { index, join in
      (check.unmatched.first { $0.hasPrefix(join.file + ":") }.map { $0 + "." }
        ?? "\(join.file): \(Self.count(join.matched, "row")) of the cases found a partner, \(NumberText.count(join.onlyHere)) did not; \(Self.count(join.onlyThere, "row")) of the file \(join.onlyThere == 1 ? "belongs" : "belong") to no case.")
        + (join.onlyThere > 0 && holdsTruth(join, at: index)
          ? " If those were sent to the model and its outputs failed, put \(join.file) under cohort.cases and join the outputs to it: as it is, these failures are missing."
          : "")
    }
  }

  private static let shownValues = 20

  private var values: [String] {
    check.columns.flatMap { column -> [String] in
      let lines =
        column.values.count > Self.shownValues && column.meanings.count <= Self.shownValues
        ? column.meanings.map(Self.summary) : Self.listed(column.values)
      return ["\(column.name), \(column.role):"] + lines
    }
  }

  private static func listed(_ values: [CohortCheck.ColumnCheck.Value]) -> [String] {
    let rest = values.dropFirst(shownValues)
    return values.prefix(shownValues).map {
      "  \($0.text.isEmpty ? "(empty)" : "\"\($0.text)\"") on \(count($0.rows, "row")): \($0.meaning)"
    }
      + (rest.isEmpty
        ? []
        : [
          "  and \(count(rest.count, "other value")) on \(count(rest.reduce(0) { $0 + $1.rows }, "row")) (the \(shownValues) most frequent are shown)"
        ])
  }

  /// Of many values that mean the same, such as the ages of a band.
  private static func summary(
    _ group: (meaning: String, values: [CohortCheck.ColumnCheck.Value])
  ) -> String {
    let examples = group.values.prefix(3).map { $0.text.isEmpty ? "(empty)" : "\"\($0.text)\"" }
    return
      "  \(group.meaning): \(count(group.values.reduce(0) { $0 + $1.rows }, "row")), \(count(group.values.count, "value")) such as \(examples.joined(separator: ", "))"
  }

  private var scores: [String] {
    // The rows of a unit stand in for one another.
    let without =
      plan.cohort.unit == nil
      ? "counted as failed outputs" : "and a case none of whose rows has one counts as a failed output"
    return check.scores.map { score in
      var range = "no number"
      if let low = score.lowest { range = "numbers from \(low.value) to \((score.highest ?? low).value)" }
      return
        "\(score.name): \(range) on \(Self.count(score.numbers, "row"))\(score.others > 0 ? "; \(Self.count(score.others, "row")) without a score, \(without)" : "")."
    }
  }

  private var models: [String] {
    if check.models.isEmpty {
      return [
        "What the models flag is not counted: a rule of cohort.exclude reads the reference standard, and the two must not be crossed here."
      ]
    }
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
          "\(name), \(point): flags \(NumberText.count(flagged)) of \(Self.count(given, "case")) with an output.\(failed)"
      }
    }
  }

  private var missing: [String] {
    let tokens = plan.cohort.missing.map { $0.isEmpty ? "(empty)" : "\"\($0)\"" }.joined(separator: ", ")
    let found = check.columns.compactMap { column -> String? in
      let missing = column.values.filter { $0.meaning == "missing" }
      guard !missing.isEmpty else { return nil }
      return "\(column.name): "
        + missing.map {
          "\($0.text.isEmpty ? "(empty)" : $0.text == "(no cell)" ? $0.text : "\"\($0.text)\"") on \(Self.count($0.rows, "row"))"
        }
        .joined(separator: ", ") + "."
    }
    return ["Taken as missing: \(tokens)."]
      + (found.isEmpty ? ["None of them occurs in a column of values."] : found)
  }

  private var cases: [String] {
    var lines = check.exclusions.map {
      "\($0.isJoin ? "The join" : "Rule \($0.id)") leaves out \(Self.count($0.rows, "row")): \($0.reason)."
    }
    if let unit = plan.cohort.unit {
      lines.append(
        "The unit of analysis is one value of \(unit.columns.joined(separator: " with ")): \(Self.count(check.rows, "row")) \(lines.isEmpty ? "make" : "were read and make") \(Self.count(check.cases, "case")) (score: \(unit.score.rawValue), decision: \(unit.decision.rawValue), reference: \(unit.reference.rawValue))."
      )
      lines += combined
    } else {
      lines.append(
        "The unit of analysis is the row: \(Self.count(check.cases, "case")) of \(Self.count(check.rows, "row"))."
      )
    }
    if let clusters = check.clusters {
      lines.append(
        "They are of \(Self.count(clusters.patients, "patient")), \(NumberText.count(clusters.withSeveral)) of them with several cases (at most \(NumberText.count(clusters.most))); every interval takes a patient's cases as dependent."
      )
      lines += unnamed(clusters.without)
    } else {
      lines.append(
        "No patient column is named: every case is taken as independent."
      )
    }
    if let column = plan.cohort.weightColumn, let weights = check.weights {
      lines.append(
        "Every estimate is weighted by \(column), the sampling weight of a case: \(weights.words).")
    }
    if let days = check.days { lines.append("They are dated from \(days.first) to \(days.last).") }
    lines += check.ages.map { "\($0.attribute), from two dates: \($0.youngest) to \($0.oldest) years." }
    return lines
      + check.differing.filter { !isOfPersons($0.attribute) || isUsual($0.patients) }.map {
        "\($0.attribute) differs between the rows of \(Self.count($0.patients, "patient"))."
      }
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
  private var combined: [String] {
    guard let unit = check.unit else { return [] }
    let differing = check.models.compactMap { model in
      model.differing.map { "in \(NumberText.count($0)) of them they differ in the score of \(model.label)" }
    }
    return [
      "\(Self.count(unit.several, "case")) \(unit.several == 1 ? "has" : "have") several rows (at most \(NumberText.count(unit.most)))\(differing.isEmpty || unit.several == 0 ? "" : "; " + differing.joined(separator: ", "))."
    ]
  }

  private var leastCases: Int { plan.smallestSubgroup.positives + plan.smallestSubgroup.negatives }

  private var groups: [String] {
    guard !check.groups.isEmpty else { return [] }
    let least = plan.smallestSubgroup
    let lines = check.groups.map { group in
      let small = group.cases < leastCases ? ": too few to assess" : ""
      let patients = group.patients.map { " of \(Self.count($0, "patient"))" } ?? ""
      return "\(group.subgroup): \(Self.count(group.cases, "case"))\(patients)\(small)"
    }
    let shown = 200
    return [
      "A group decides only with \(least.positives) positives and \(least.negatives) negatives (analysis.smallest_subgroup), so with \(leastCases) cases at least. How many are positive is not looked at here."
    ] + lines.prefix(shown) + (lines.count > shown ? ["and \(lines.count - shown) more groups"] : [])
  }

  private var persons: [String] {
    let few = check.groups.count { $0.cases < 5 }
    return [
      "study.json, rows.csv, report.html: counts and estimates by group and by month; no case, no patient id, no row of the data.",
      "plan.yaml, manifest.json, SHA256SUMS: this plan, file names and digests.",
    ]
      + (few > 0
        ? [
          "\(Self.count(few, "group")) of fewer than 5 cases will be named with \(few == 1 ? "its" : "their") counts: someone who knows the setting may recognise a person."
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
