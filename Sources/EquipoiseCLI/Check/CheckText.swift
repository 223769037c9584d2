internal import Ingestion
internal import Validation

/// What a check found, as sentences under headings.
struct CheckText {
  private let check: CohortCheck
  private let plan: AnalysisPlan
  private let file: String

  init(_ check: CohortCheck, of plan: AnalysisPlan, file: String) {
    self.check = check
    self.plan = plan
    self.file = file
  }

  var text: String {
    let sections = [
      ("Files", files), ("Joins", joins), ("Values", values), ("Scores", scores), ("Models", models),
      ("Missing values", missing), ("Cases", cases), ("Groups", groups),
      ("Settings", CheckedSettings(plan).lines),
      ("What the results will hold about a person", persons), ("Next", next),
    ]
    return sections.filter { !$0.1.isEmpty }
      .map { "\($0.0)\n" + $0.1.map { "  \($0)\n" }.joined() }.joined(separator: "\n")
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
      "\(join.file): \(Self.count(join.matched, "row")) of the cases found a partner, \(NumberText.count(join.onlyHere)) did not; \(Self.count(join.onlyThere, "row")) of the file \(join.onlyThere == 1 ? "belongs" : "belong") to no case."
        + (sharesTruth(join, at: index)
          ? " It holds the reference standard, and several rows of the cases share one of its \(Self.count(join.partners, "row")): if they are images of one examination, name it (cohort.unit); if they are repeats, leave them out."
          : "")
    } + check.unmatched
  }

  /// Whether one truth stands for several cases, which nothing in the plan combines.
  private func sharesTruth(_ join: JoinAccount, at index: Int) -> Bool {
    guard plan.cohort.unit == nil, join.matched > join.partners, plan.cohort.joins.indices.contains(index)
    else { return false }
    let prefix = plan.cohort.joins[index].prefix
    let read = check.files.filter { $0.isJoined && $0.path == join.file }.flatMap(\.read).map { prefix + $0 }
    return plan.cohort.findings.contains { read.contains($0.reference.column) }
  }

  private static let shownValues = 20

  private var values: [String] {
    check.columns.flatMap { column -> [String] in
      let lines =
        column.values.count > Self.shownValues && column.meanings.count <= Self.shownValues
        ? column.meanings.map(Self.summary) : Self.listed(column.values)
      return ["\(column.name), \(column.role):"] + lines
        + column.alike.map {
          "  \(Self.list($0.map { "\"\($0)\"" }, atMost: 8)) differ only in case, spaces or accents and mean different things: if they are one, declare them under levels (or as values of the reference or decision)."
        }
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
    return check.scores.flatMap { score -> [String] in
      var range = "no number"
      if let low = score.lowest { range = "numbers from \(low.value) to \((score.highest ?? low).value)" }
      return [
        "\(score.name): \(range) on \(Self.count(score.numbers, "row"))\(score.others > 0 ? "; \(Self.count(score.others, "row")) without a score, \(without)" : "")."
      ]
        + score.suspects.map {
          "  Does \($0.value) mean \"no output\"? It stands at an end of the range on \(Self.count($0.rows, "row")). If so, add it to models[].indeterminate."
        }
    }
  }

  private var models: [String] {
    check.models.flatMap { model -> [String] in
      let name = model.finding.map { "\(model.name) on \($0)" } ?? model.name
      let given = model.cases - model.failed
      let failed =
        model.failed == 0
        ? "" : " \(Self.count(model.failed, "case")) \(model.failed == 1 ? "has" : "have") no output."
      guard !model.flagged.isEmpty else {
        return [
          "\(name): nothing says from which score on a case is flagged (threshold), so sensitivity, specificity and all that needs a decision will be undefined.\(failed)"
        ]
      }
      return model.flagged.map { threshold, flagged in
        let point = threshold.map { "threshold \($0)" } ?? "its delivered decisions"
        let isDoubtful = threshold != nil && given > 0 && (flagged == 0 || flagged == given)
        let question = isDoubtful ? " Is the threshold on the scale of the scores?" : ""
        return
          "\(name), \(point): flags \(NumberText.count(flagged)) of \(Self.count(given, "case")) with an output.\(question)\(failed)"
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
      "Rule \($0.id) leaves out \(Self.count($0.rows, "row")): \($0.reason)."
    }
    if let unit = plan.cohort.unit {
      lines.append(
        "The unit of analysis is one value of \(unit.columns.joined(separator: " with ")): \(Self.count(check.rows, "row")) \(lines.isEmpty ? "make" : "were read and make") \(Self.count(check.cases, "case")) (score: \(unit.score.rawValue), decision: \(unit.decision.rawValue), reference: \(unit.reference.rawValue))."
      )
      lines += combined
    } else {
      lines.append(
        "The unit of analysis is the row: \(Self.count(check.cases, "case")) of \(Self.count(check.rows, "row"))."
          + (plan.cohort.caseColumn == nil
            ? " No case column is named (cohort.case): a row that stands twice counts twice." : "")
      )
    }
    if let clusters = check.clusters {
      lines.append(
        "They are of \(Self.count(clusters.patients, "patient")), \(NumberText.count(clusters.withSeveral)) of them with several cases (at most \(NumberText.count(clusters.most))); every interval takes a patient's cases as dependent."
      )
    } else {
      lines.append(
        "No patient column is named: every case is taken as independent. If patients have several, name it (cohort.patient)."
      )
    }
    if let column = plan.cohort.weightColumn, let weights = check.weights {
      lines.append(
        "Every estimate is weighted by \(column), the sampling weight of a case: \(weights.words).")
    }
    return lines
      + check.differing.map {
        "\($0.attribute) differs between rows of \(Self.count($0.patients, "patient")), for example at \($0.examples.map { "\($0.file):\($0.line)" }.joined(separator: ", "))."
      }
  }

  /// Several images differ in their scores; the same case exported again should not.
  private var combined: [String] {
    guard let unit = check.unit else { return [] }
    let differing = check.models.compactMap { model in
      model.differing.map { "in \(NumberText.count($0)) of them they differ in the score of \(model.name)" }
    }
    return [
      "\(Self.count(unit.several, "case")) \(unit.several == 1 ? "has" : "have") several rows (at most \(NumberText.count(unit.most)))\(differing.isEmpty || unit.several == 0 ? "" : "; " + differing.joined(separator: ", "))."
    ]
      + (unit.differingDates > 0
        ? [
          "In \(Self.count(unit.differingDates, "case")) the rows have different dates: the date of the first row counts, and the age on that day."
        ] : [])
  }

  private var groups: [String] {
    guard !check.groups.isEmpty else { return [] }
    let least = plan.smallestSubgroup
    let needed = least.positives + least.negatives
    let lines = check.groups.map { group in
      let small = group.cases < needed ? ": too few to assess" : ""
      let patients = group.patients.map { " of \(Self.count($0, "patient"))" } ?? ""
      return "\(group.subgroup): \(Self.count(group.cases, "case"))\(patients)\(small)"
    }
    let shown = 200
    return [
      "A group decides only with \(least.positives) positives and \(least.negatives) negatives (analysis.smallest_subgroup), so with \(needed) cases at least. How many are positive is not looked at here."
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

  private var next: [String] {
    let questions =
      check.scores.contains { !$0.suspects.isEmpty }
      || check.columns.contains { !$0.alike.isEmpty }
    return
      (questions ? ["Where the answer to a question above is yes, change the plan and check again."] : [])
      + ["If this is how the files are meant: equipoise validate \(file)"]
  }

  static func count(_ count: Int, _ noun: String) -> String {
    "\(NumberText.count(count)) \(noun)\(count == 1 ? "" : "s")"
  }

  private static func list(_ names: [String], atMost most: Int) -> String {
    names.prefix(most).joined(separator: ", ") + (names.count > most ? " and \(names.count - most) more" : "")
  }
}
