internal import Ingestion

/// A first plan for a file: a guess for every column, marked as one, with what led to it.
struct PlanDraft {
  let survey: FileSurvey
  /// As the plan will name the files.
  let cases: [String]
  private let guesses: [(column: ColumnSurvey, guess: Guess)]

  init(_ survey: FileSurvey, cases: [String]) {
    self.survey = survey
    self.cases = cases
    guesses = survey.columns.map { ($0, Guess($0)) }
  }

  var text: String {
    let rows = survey.isComplete ? "\(survey.rows) rows" : "the first \(survey.rows) rows"
    return """
      # A first plan, drafted from the columns of \(survey.file) (\(rows)).
      # Every line marked "guess" is one: confirm or correct it before anything is estimated.
      # All keys: equipoise schema plan

      study: {id: my-study, title: "My study"}

      cohort:
        cases: [\(cases.map(PlanDraft.quoted).joined(separator: ", "))]
      \(identity)\(reference)
        models:
      \(models)
      \(attributes)  sampling: consecutive               # guess: or random, enriched, convenience

      \(subgroups)criteria: []
      # criteria:
      #   - {id: C1, metric: sensitivity, evidence: lower_bound, at_least: 0.80}
      \(unused)
      """
  }

  private func first(_ role: ColumnRole) -> (column: ColumnSurvey, guess: Guess)? {
    guesses.first { $0.guess.role == role }
  }

  // MARK: Sections

  private var identity: String {
    [("case", ColumnRole.caseID), ("patient", .patient), ("date", .date)].compactMap { key, role in
      first(role).map { PlanDraft.line("  \(key): \(PlanDraft.quoted($0.column.name))", $0.guess.why) }
    }.joined()
  }

  private var reference: String {
    guard let (column, guess) = first(.reference), let positive = column.positiveValue else {
      return "  # No column looks like a reference standard: name it, and the values that mean positive.\n"
        + "  reference: {column: , positive: []}"
    }
    let others = column.values.map(\.text).filter { $0 != positive }
    let negative = others.count == 1 ? ", negative: [\(PlanDraft.quoted(others[0]))]" : ""
    let rest = others.count > 1 ? "; say what \(others.joined(separator: ", ")) mean" : ""
    let line = PlanDraft.line(
      "  reference: {column: \(PlanDraft.quoted(column.name)), positive: [\(PlanDraft.quoted(positive))]\(negative)}",
      guess.why + rest)
    return String(line.dropLast())
  }

  private var models: String {
    let lines = guesses.compactMap { column, guess -> String? in
      let name = PlanDraft.quoted(column.name)
      switch guess.role {
      case .score(let isProbability):
        let words = column.wordsAmongNumbers
        let failed =
          words.isEmpty
          ? "" : ", indeterminate: {values: [\(words.map(PlanDraft.quoted).joined(separator: ", "))]}"
        let reading = isProbability ? ", threshold: 0.5, probability: true" : ""
        return PlanDraft.line("    - {name: \(name), score: \(name)\(reading)\(failed)}", guess.why)
      case .decision:
        let positive = PlanDraft.quoted(column.positiveValue ?? "")
        return PlanDraft.line("    - {name: \(name), decision: \(name), positive: [\(positive)]}", guess.why)
      default: return nil
      }
    }
    if lines.isEmpty {
      return "    # No column looks like a score or a decision: name one.\n    - {name: my-model, score: }"
    }
    return String(lines.joined().dropLast())
  }

  private var named: [(name: String, column: ColumnSurvey, guess: Guess)] {
    var taken: Set<String> = []
    return guesses.compactMap { column, guess in
      let name: String
      switch guess.role {
      case .age: name = "age"
      case .attribute(let attribute): name = attribute
      default: return nil
      }
      let free = taken.insert(name).inserted ? name : column.name
      taken.insert(free)
      return (free, column, guess)
    }
  }

  private var attributes: String {
    guard !named.isEmpty else { return "" }
    return "  attributes:\n"
      + named.map { name, column, guess in
        let bands = guess.role == .age ? ", bands: [18, 45, 65, 75]" : ""
        let line = "    \(PlanDraft.quoted(name)): {column: \(PlanDraft.quoted(column.name))\(bands)}"
        return PlanDraft.line(line, guess.why)
      }.joined()
  }

  private var subgroups: String {
    guard !named.isEmpty else { return "" }
    return "subgroups:\n" + named.map { "  - [\(PlanDraft.quoted($0.name))]\n" }.joined() + "\n"
  }

  private var unused: String {
    let names = guesses.filter { $0.guess.role == .unused }.map(\.column.name)
    return names.isEmpty ? "" : "# Not used: \(names.joined(separator: ", "))\n"
  }

  // MARK: YAML

  private static func line(_ text: String, _ why: String) -> String {
    text + String(repeating: " ", count: max(1, 38 - text.count)) + "# guess: \(why)\n"
  }

  /// Plain where YAML cannot take it for anything but text, else in double quotes.
  static func quoted(_ text: String) -> String {
    let reserved: Set = ["true", "false", "null", "yes", "no", "on", "off", "y", "n"]
    let isPlain =
      text.first?.isLetter == true && !reserved.contains(text.lowercased())
      && text.utf8.allSatisfy { byte in
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
          || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20) || "_-./".utf8.contains(byte)
      }
    if isPlain { return text }
    let escaped = text.unicodeScalars.map { scalar in
      switch scalar {
      case "\"": "\\\""
      case "\\": "\\\\"
      case "\n": "\\n"
      default:
        scalar.value < 0x20
          ? "\\x" + (scalar.value < 16 ? "0" : "") + String(scalar.value, radix: 16) : String(scalar)
      }
    }
    return "\"\(escaped.joined())\""
  }
}
