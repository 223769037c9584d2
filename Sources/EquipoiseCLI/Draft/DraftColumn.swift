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
  /// The key as the plan names it in the cases, or in a file that is joined before this one.
  var keyHere = ""
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
      DraftColumn(name: prefix + $0.name, survey: $0, guess: Guess($0, isTruth: holdsTruth))
    }
    guard let holdsTruth else { return columns }
    return promoted(columns, isTruth: holdsTruth).map { column in
      // Beside outputs and truth only what is known by its name is worth results of its own.
      guard !isOfPatients, column.guess.role == .category else { return column }
      return DraftColumn(name: column.name, survey: column.survey, guess: Guess(.unused, ""))
    }
  }

  /// A file that was given for its outputs, or for its truth, holds them under whatever name.
  private func promoted(_ columns: [DraftColumn], isTruth: Bool) -> [DraftColumn] {
    guard !columns.contains(where: { isTruth ? $0.guess.role == .reference : $0.model != nil }),
      isTruth || !isOfPatients
    else { return columns }
    var columns = columns
    let free = columns.indices.filter { index in
      let column = columns[index]
      let isFree =
        column.guess.role == .unused || column.guess.role == .category
      return isFree
        && (isTruth ? (2...5).contains(column.survey.distinct) : column.survey.looksLikeScore)
    }
    guard let place = free.first(where: { isTruth && columns[$0].survey.saysYesOrNo }) ?? free.first else {
      return columns
    }
    let survey = columns[place].survey
    let guess: Guess =
      isTruth
      ? Guess(.reference, "no name says so; \(survey.distinct) values, in the file of the truth")
      : Guess(score: survey, "no name says so; numbers, in a file of outputs")
    columns[place] = DraftColumn(name: columns[place].name, survey: survey, guess: guess)
    return columns
  }

  /// A joined file that says who the patients are, and nothing of a model.
  private var isOfPatients: Bool {
    isJoined
      && survey.columns.contains { column in
        switch Guess(column, isTruth: false).role {
        case .age, .birthDate: true
        case .attribute(let name): name == "sex" || name == "ethnicity"
        default: false
        }
      }
  }

  /// Whether a file that was given for its outputs has none that a plan could name.
  var lacksModel: Bool {
    holdsTruth != true && !isContinuation && !isOfPatients && !columns.contains { $0.model != nil }
  }
}

struct DraftColumn {
  /// In the plan.
  let name: String
  let survey: ColumnSurvey
  let guess: Guess

  /// Its line among the models; nil unless it holds outputs.
  var model: String? { model(status: nil) }

  /// - Parameter status: the column of its file that says whether there is an output.
  func model(status: DraftColumn?) -> String? {
    let column = DraftText.quoted(name)
    switch guess.role {
    case .score(let isProbability, let isPercent):
      let reading = isProbability ? ", threshold: \(isPercent ? "50" : "0.5"), probability: true" : ""
      let scale = isPercent ? ", scale: percent" : ""
      return DraftText.line(
        "    - {name: \(column), score: \(column)\(scale)\(reading)\(failed(by: status))}", guess.why)
    case .decision:
      let positive = DraftText.quoted(survey.positiveValue ?? "")
      return DraftText.line(
        "    - {name: \(column), decision: \(column), positive: [\(positive)]\(failed(by: status))}",
        guess.why)
    default: return nil
    }
  }

  /// What stands among a score's numbers is taken for failures.
  private func failed(by status: DraftColumn?) -> String {
    if let status {
      let words = status.survey.values.map(\.text).filter { $0 != status.survey.succeeded }
      return ", indeterminate: {column: \(DraftText.quoted(status.name)), values: \(DraftText.list(words))}"
    }
    guard case .score = guess.role else { return "" }
    let words = survey.failureTokens
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
      if let separator = survey.separator {
        text += ", separator: \(DraftText.quoted(separator))"
      } else if let guess = LevelGuess(survey, isSex: attribute == "sex") {
        let levels = guess.levels.map { "\(DraftText.quoted($0.name)): \(DraftText.list($0.values))" }
        text += ", levels: {\(levels.joined(separator: ", "))}"
      }
    }
    let unknown = survey.unknownValues
    if !unknown.isEmpty {
      let usual = survey.missing > 0 ? CohortDefinition.defaultMissing : [""]
      text += ", missing: \(DraftText.list(usual + unknown))"
    }
    return DraftText.line(text + "}", guess.why)
  }
}
