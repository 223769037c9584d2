internal import Ingestion
internal import Validation

/// A file of a draft: its columns under the names that the plan will give them.
struct DraftFile {
  /// As the plan will name it.
  let path: String
  let survey: FileSurvey
  let format: TableFormat
  /// Its rows belong to cases of another file.
  var isJoined = false
  /// By what; nil where no key was found.
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
    let columns = survey.columns.filter { $0.name != key?.there }.map {
      DraftColumn(name: prefix + $0.name, survey: $0, guess: Guess($0, mayBeReference: holdsTruth ?? true))
    }
    return holdsTruth.map { promoted(columns, isTruth: $0) } ?? columns
  }

  /// A file that was given for its outputs, or for its truth, holds them under whatever name.
  private func promoted(_ columns: [DraftColumn], isTruth: Bool) -> [DraftColumn] {
    func isFound(_ column: DraftColumn) -> Bool {
      switch column.guess.role {
      case .reference: isTruth
      case .score: !isTruth
      default: false
      }
    }
    guard !columns.contains(where: isFound) else { return columns }
    var columns = columns
    let place = columns.firstIndex { column in
      let isFree =
        column.guess.role == .unused || column.guess.role == .attribute(column.survey.name)
      return isFree && (isTruth ? (2...3).contains(column.survey.distinct) : column.survey.looksLikeScore)
    }
    guard let place else { return columns }
    let survey = columns[place].survey
    let guess: Guess =
      isTruth
      ? Guess(.reference, "no name says so; \(survey.distinct) values, in the file of the truth")
      : Guess(score: survey, "no name says so; numbers, in a file of outputs")
    columns[place] = DraftColumn(name: columns[place].name, survey: survey, guess: guess)
    return columns
  }

  /// Whether a file that was given for its outputs has none that a plan could name.
  var lacksModel: Bool { holdsTruth != true && !isContinuation && !columns.contains { $0.model != nil } }
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
