internal import Ingestion
internal import Validation

/// A first plan for one or several files: a guess for every column, marked as one, with what led to it.
struct PlanDraft {
  let files: [DraftFile]
  let columns: [DraftColumn]

  init(_ files: [DraftFile]) {
    self.files = files
    columns = files.flatMap(\.columns)
  }

  var text: String {
    """
    \(surveyed)# Delete each question once its lines are right; what is marked as a guess and left, you confirm.

    study: {id: my-study, title: \(DraftText.quoted(title))}

    cohort:
    \(cases)\(joins)\(spelling)\(identity)\(exclusions)\(evidence)\(attributes)\(sampling)
    # criteria: [{id: C1, metric: sensitivity, evidence: lower_bound, at_least: 0.80}]
    \(unused)
    """
  }

  /// Where not every row was looked at.
  private var surveyed: String {
    let files = files.filter { !$0.survey.isComplete }
    return files.isEmpty ? "" : "# Drafted from \(files.map(\.description).joined(separator: ", ")).\n"
  }

  private var sampling: String {
    DraftMarks.line(
      "  sampling: consecutive",
      asks:
        "consecutive, random, enriched or convenience?"
    )
  }

  func first(_ role: ColumnRole) -> DraftColumn? { columns.first { $0.guess.role == role } }

  // MARK: Files

  /// What all files have in common, if it has to be said.
  private var commonFormat: TableFormat? {
    let formats = Set(files.map(\.format))
    return formats.count == 1 ? formats.first : nil
  }

  private var cases: String {
    let own = files.filter { !$0.isJoined }
    let names = own.map { file in
      let path = DraftText.quoted(file.path)
      guard commonFormat == nil, file.format != TableFormat() else { return path }
      return "{file: \(path), format: \(DraftText.format(file.format))}"
    }
    let isGuess = commonFormat == nil && own.contains { $0.format != TableFormat() }
    let line = "  cases: [\(names.joined(separator: ", "))]"
    if isGuess { return DraftMarks.line(line, "") }
    let first =
      own.count > 1
      ? DraftMarks.line(line, "the same columns, so further cases of the same kind") : line + "\n"
    guard let format = commonFormat, format != TableFormat() else { return first }
    return first
      + DraftMarks.line("  format: \(DraftText.format(format))", "")
  }

  private var joins: String {
    let joined = files.filter(\.isJoined)
    guard !joined.isEmpty else { return "" }
    return "  join:\n"
      + joined.map { file in
        let prefix = file.prefix.isEmpty ? "" : ", prefix: \(DraftText.quoted(file.prefix))"
        let format =
          commonFormat != nil || file.format == TableFormat()
          ? "" : ", format: \(DraftText.format(file.format))"
        guard let key = file.key else {
          return DraftMarks.line(
            "    - {file: \(DraftText.quoted(file.path)), on: \(prefix)\(format)}",
            asks:
              "what is the key? No column, nor two together, name each row once and share values with the cases."
          )
        }
        let pairs = zip(file.keysHere, file.keysThere)
        let names = file.keysThere.map(DraftText.quoted)
        let on =
          pairs.allSatisfy { $0 == $1 }
          ? names.count == 1 ? names[0] : "[\(names.joined(separator: ", "))]"
          : "{\(pairs.map { "\(DraftText.quoted($0)): \(DraftText.quoted($1))" }.joined(separator: ", "))}"
        let isWhole = key.shared == key.distinctHere && key.shared == key.distinctThere
        let unmatched = isWhole ? "" : ", unmatched: count"
        let repeated = key.repeated > 0 ? ", repeated: last" : ""
        let asked = DraftText.together([
          file.isOfTruth ? question(ofTruth: key) : question(of: key),
          key.repeated > 0
            ? "\(CheckText.count(key.repeated, "row")) \(key.repeated == 1 ? "comes" : "come") again: does the last count? Else write first\(file.latest.map { ", or the latest: \($0)" } ?? "")."
            : nil,
        ])
        return DraftMarks.line(
          "    - {file: \(DraftText.quoted(file.path)), on: \(on)\(prefix)\(format)\(unmatched)\(repeated)}",
          asked == nil ? "\(key.shared) of \(key.distinctHere) keys match" : "",
          asks: asked)
      }.joined()
  }

  /// What the files themselves do not keep to.
  private var spelling: String {
    let ids = Spelling.Difference.allCases.filter { difference in
      files.contains { $0.key?.differences.contains(difference) == true }
    }
    let values = files.first?.spelling
    let parts = [("ids", ids), ("values", values?.differences ?? [])].filter { !$0.1.isEmpty }
      .map { "\($0.0): [\($0.1.map(\.rawValue).joined(separator: ", "))]" }
    guard !parts.isEmpty else { return "" }
    let respelt = files.compactMap { $0.key?.respelt }.max() ?? 0
    let why = [
      respelt > 0 ? "\(CheckText.count(respelt, "key")) match only so" : nil, values?.example,
    ].compactMap(\.self)
    return DraftMarks.line("  spelling: {\(parts.joined(separator: ", "))}", why.joined(separator: "; "))
  }

  /// A truth without an output may be a failure that the outputs do not show.
  private func question(ofTruth key: KeySurvey) -> String? {
    let alone = key.distinctThere - key.shared
    guard alone > 0 else { return nil }
    return
      "\(alone) with a truth have no output: never sent? If failed, put this file under cases and join the outputs to it."
  }

  /// Who is analysed is not for a draft to decide.
  private func question(of key: KeySurvey) -> String? {
    let alone = key.distinctHere - key.shared
    guard alone > 0 else { return nil }
    return
      "\(alone) of \(key.distinctHere) are not in this file: kept, as unknown (count), or left out (exclude)?"
  }
}
