internal import Ingestion
internal import Validation

/// A file of a draft: its columns under the names that the plan will give them.
struct DraftFile {
  /// As the plan will name it.
  let path: String
  let survey: FileSurvey
  let format: TableFormat
  /// Of the values of all files.
  let spelling: SpellingGuess
  /// Its rows belong to cases of another file.
  var isJoined = false
  /// By what; nil where no key was found.
  var key: KeySurvey?
  /// Of a file that is joined before this one and holds the key: what the plan puts before its columns' names.
  var keyPrefix = ""
  /// Before its columns' names.
  var prefix = ""
  /// Whether only this file may hold the reference standard, or must not.
  var holdsTruth: Bool?
  /// Whether its columns were named by a file before it.
  var isContinuation = false

  /// The columns of the key as the plan names them where they are looked for.
  var keysHere: [String] { key?.columns.map { keyPrefix + $0.here } ?? [] }
  var keysThere: [String] { key?.columns.map(\.there) ?? [] }

  /// Given for the truth, or, where nothing was said, with a column that is named for it.
  var isOfTruth: Bool { holdsTruth ?? columns.contains { $0.guess.role == .reference } }

  var description: String {
    "\(survey.file) (\(survey.isComplete ? "" : "the first ")\(survey.rows) rows)"
  }

  var columns: [DraftColumn] {
    guard !isContinuation else { return [] }
    let columns = survey.columns.filter { !keysThere.contains($0.name) }.map {
      DraftColumn(name: prefix + $0.name, survey: $0, guess: Guess($0, isTruth: holdsTruth))
    }
    guard let holdsTruth else { return columns }
    return promoted(columns, isTruth: holdsTruth).map { column in
      // Beside outputs and truth only what is known by its name is worth results of its own.
      guard !isOfPatients, column.guess.role == .category else { return column }
      return DraftColumn(
        name: column.name, survey: column.survey, guess: Guess(.unused, column.guess.why), isOffered: true)
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
        && (isTruth ? (2...5).contains(column.survey.words) : column.survey.looksLikeScore)
    }
    guard
      let place = free.first(where: { isTruth && columns[$0].survey.saysYesOrNo })
        ?? free.first(where: { isTruth && columns[$0].survey.verdicts != nil }) ?? free.first
    else {
      return columns
    }
    let survey = columns[place].survey
    let guess: Guess =
      isTruth
      ? Guess(.reference, "no name says so; \(survey.distinct) values, in the file of the truth")
      : Guess(score: survey, "no name says so, in a file of outputs")
    columns[place] = DraftColumn(name: columns[place].name, survey: survey, guess: guess)
    return columns
  }

  /// How the plan would say that the row of the latest date counts; nil without dates.
  var latest: String? {
    let dates = survey.columns.compactMap { column -> String? in
      guard case .date = Guess(column, isTruth: holdsTruth).role, let guess = DateGuess(column) else {
        return nil
      }
      let format = guess.format.map { ", format: \(DraftText.quoted($0))" } ?? ""
      return "{last: \(DraftText.quoted(column.name))\(format)}"
    }
    return dates.last
  }

  /// A joined file that says who the patients are, and nothing of a model.
  var isOfPatients: Bool {
    isJoined
      && survey.columns.contains { column in
        switch Guess(column, isTruth: false).role {
        case .age, .birthDate: true
        case .attribute(let name): name == "sex" || name == "ethnicity"
        default: false
        }
      }
  }

  /// The lines of its models: a score and a decision, one of each, are of one model.
  var models: [String] {
    let columns = columns
    let status = columns.first { $0.guess.role == .status }
    let outputs = columns.filter { $0.model != nil }
    let decisions = outputs.filter { $0.guess.role == .decision }
    let further = furtherOutputs(columns)
    if outputs.count == 2, decisions.count == 1,
      let score = outputs.first(where: { $0.guess.role != .decision })
    {
      return [score.model(status: status, decided: decisions[0])].compactMap(\.self) + further
    }
    return outputs.enumerated().compactMap { $1.model(status: status, isFurther: $0 > 0) } + further
  }

  /// Beside named outputs, numbers and verdicts under names that say nothing: asked about, since a product must not get
  /// lost.
  private func furtherOutputs(_ columns: [DraftColumn]) -> [String] {
    guard holdsTruth == false, !isOfPatients, columns.contains(where: { $0.model != nil }) else { return [] }
    return columns.compactMap { column in
      let name = DraftText.quoted(column.name)
      if column.guess.role == .unused && column.survey.looksLikeScore && !column.isMeasurement {
        return DraftMarks.line(
          "    # - {name: \(name), score: \(name), threshold: }", "if it is an output")
      }
      guard column.isOffered, column.survey.saysYesOrNo, column.survey.words <= ColumnSurvey.mostVerdicts
      else {
        return nil
      }
      return DraftMarks.line(
        "    # - {name: \(name), \(column.decision)}",
        "if it is a decision")
    }
  }

  /// Whether a file that was given for its outputs has none that a plan could name.
  var lacksModel: Bool {
    !isContinuation && !isOfPatients && !(isJoined && isOfTruth) && !columns.contains { $0.model != nil }
  }
}
