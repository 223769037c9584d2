internal import Ingestion
internal import Validation

/// A file of a draft: its columns under the names that the plan will give them.
struct DraftFile {
  /// As the plan will name it.
  let path: String
  let survey: FileSurvey
  let format: TableFormat
  /// How its rows belong to the cases; nil for a file of cases.
  var key: KeySurvey?
  /// Before its columns' names.
  var prefix = ""
  /// Whether only this file may hold the reference standard, or must not.
  var holdsTruth: Bool?
  /// Whether its columns were named by a file before it.
  var isContinuation = false

  var description: String {
    "\(survey.file) (\(survey.isComplete ? "" : "the first ")\(survey.rows) rows)"
  }

  var columns: [DraftColumn] {
    guard !isContinuation else { return [] }
    return survey.columns.filter { $0.name != key?.there }.map {
      DraftColumn(name: prefix + $0.name, survey: $0, guess: Guess($0, mayBeReference: holdsTruth ?? true))
    }
  }
}

struct DraftColumn {
  /// In the plan.
  let name: String
  let survey: ColumnSurvey
  let guess: Guess

  /// Its line among the models; nil unless it holds outputs.
  var model: String? {
    let column = DraftText.quoted(name)
    switch guess.role {
    case .score(let isProbability, let isPercent):
      let reading = isProbability ? ", threshold: \(isPercent ? "50" : "0.5"), probability: true" : ""
      let scale = isPercent ? ", scale: percent" : ""
      return DraftText.line(
        "    - {name: \(column), score: \(column)\(scale)\(reading)\(failed)}", guess.why)
    case .decision:
      let positive = DraftText.quoted(survey.positiveValue ?? "")
      return DraftText.line(
        "    - {name: \(column), decision: \(column), positive: [\(positive)]}", guess.why)
    default: return nil
    }
  }

  /// The words among a score's numbers are taken for failures.
  var failed: String {
    let words = survey.wordsAmongNumbers
    return words.isEmpty ? "" : ", indeterminate: {values: \(DraftText.list(words))}"
  }

  func attribute(named attribute: String) -> String {
    let column = DraftText.quoted(name)
    var text = "    \(DraftText.quoted(attribute)): {column: \(column)"
    switch guess.role {
    case .age: text += ", bands: [18, 45, 65, 75]"
    case .birthDate:
      let format = DateGuess(survey)?.format.map { ", format: \(DraftText.quoted($0))" } ?? ""
      text = "    \(DraftText.quoted(attribute)): {birth_date: \(column)\(format), bands: [18, 45, 65, 75]"
    default:
      if let guess = LevelGuess(survey, isSex: attribute == "sex") {
        let levels = guess.levels.map { "\(DraftText.quoted($0.name)): \(DraftText.list($0.values))" }
        text += ", levels: {\(levels.joined(separator: ", "))}"
      }
    }
    return DraftText.line(text + "}", guess.why)
  }
}
