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
      ("Files", files), ("Joins", joins), ("Values", values), ("Scores", scores + tinyThresholds),
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
    check.joins.map {
      "\($0.file): \(Self.count($0.matched, "row")) of the cases found a partner, \(NumberText.count($0.onlyHere)) did not; \(Self.count($0.onlyThere, "row")) of the file \($0.onlyThere == 1 ? "belongs" : "belong") to no case."
    } + check.unmatched
  }

  private static let shownValues = 20

  private var values: [String] {
    check.columns.flatMap { column -> [String] in
      let shown = column.values.prefix(Self.shownValues)
      let rest = column.values.count - shown.count
      return ["\(column.name), \(column.role):"]
        + shown.map {
          "  \($0.text.isEmpty ? "(empty)" : "\"\($0.text)\"") on \(Self.count($0.rows, "row")): \($0.meaning)"
        }
        + (rest > 0
          ? [
            "  and \(Self.count(rest, "other value")) on \(Self.count(column.values.dropFirst(shown.count).reduce(0) { $0 + $1.rows }, "row")) (the \(Self.shownValues) most frequent are shown)"
          ]
          : [])
        + column.alike.map {
          "  \(Self.list($0.map { "\"\($0)\"" }, atMost: 8)) differ only in case, spaces or accents and mean different things: if they are one, declare them under levels (or as values of the reference or decision)."
        }
    }
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

  /// A share where a percentage was asked for is the likeliest slip of all.
  private var tinyThresholds: [String] {
    plan.cohort.findings.flatMap(\.models).filter { $0.scale == .percent }.flatMap { model in
      model.operatingPoints.filter { $0.threshold > 0 && $0.threshold < 0.01 }.map {
        "The threshold of \(model.name) is \($0.written ?? "below one per cent"): scores are percentages, so 50 is half."
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
    } else {
      lines.append(
        "The unit of analysis is the row: \(Self.count(check.cases, "case")) of \(Self.count(check.rows, "row"))."
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
      check.scores.contains { !$0.suspects.isEmpty } || check.columns.contains { !$0.alike.isEmpty }
    return (questions ? ["Answer the questions above in the plan, and check again."] : [])
      + ["If this is how the files are meant: equipoise validate \(file)"]
  }

  static func count(_ count: Int, _ noun: String) -> String {
    "\(NumberText.count(count)) \(noun)\(count == 1 ? "" : "s")"
  }

  private static func list(_ names: [String], atMost most: Int) -> String {
    names.prefix(most).joined(separator: ", ") + (names.count > most ? " and \(names.count - most) more" : "")
  }
}
