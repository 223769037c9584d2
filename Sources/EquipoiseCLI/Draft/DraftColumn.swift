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
    return outputs.compactMap { $0.model(status: status) } + further
  }

  /// Beside named outputs, numbers and verdicts under names that say nothing: asked about, since a product must not get
  /// lost.
  private func furtherOutputs(_ columns: [DraftColumn]) -> [String] {
    guard holdsTruth == false, !isOfPatients, columns.contains(where: { $0.model != nil }) else { return [] }
    return columns.compactMap { column in
      let name = DraftText.quoted(column.name)
      if column.guess.role == .unused && column.survey.looksLikeScore && !column.isMeasurement {
        return DraftMarks.line(
          "    # - {name: \(name), score: \(name)}", "if it is an output")
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

struct DraftColumn {
  /// In the plan.
  let name: String
  let survey: ColumnSurvey
  let guess: Guess
  /// Drafted as a comment, to be taken in if somebody wants results by it.
  var isOffered = false

  var isMachineTime: Bool { Vocabulary.names(Vocabulary.machineTime, name) }

  /// The day that a study is about.
  var isExamination: Bool { Vocabulary.names(Vocabulary.examination, name) && !isMachineTime }

  /// Of the machine's work or of the image, whatever its numbers look like.
  var isMeasurement: Bool { Vocabulary.names(Vocabulary.measurement, name) }

  /// Few values, under whatever name but a person's.
  var mayBeTruth: Bool {
    (2...ColumnSurvey.mostVerdicts).contains(survey.words)
      && Vocabulary.first(of: Vocabulary.words(of: name), in: Vocabulary.aside) == nil
  }

  /// As a comment among the attributes.
  var offer: String {
    "    # " + attribute(named: name, "for results by it").drop { $0 == " " }
  }

  /// Its line among the models; nil unless it holds outputs.
  var model: String? { model() }

  /// - Parameters:
  ///   - status: the column of its file that says whether there is an output.
  ///   - decided: the delivered decision beside a score, which is what is judged.
  func model(status: DraftColumn? = nil, decided: DraftColumn? = nil) -> String? {
    let column = DraftText.quoted(name)
    switch guess.role {
    case .score(let isProbability, let isPercent):
      let reading = isProbability ? ", probability: true" : ""
      let scale = isPercent ? ", scale: percent" : ""
      let decision = decided.map { ", \($0.decision)" } ?? ""
      // What stands in place of a score where the status says that it failed is no score either.
      let instead =
        status == nil || survey.failureTokens.isEmpty
        ? "" : ", missing: \(DraftText.list(usualMissing + survey.failureTokens))"
      let failures =
        failed(by: status, survey.failureTokens + (decided?.failedDecisions ?? [])) + instead
      return DraftMarks.line(
        "    - {name: \(column), score: \(column)\(scale)\(reading)\(decision)\(failures)}",
        guess.why + (decided.map { "; \($0.name) seems to be its decision" } ?? ""),
        asks: decided.map(\.questionOfDecision) ?? DraftText.questionOfThreshold)
    case .decision:
      return DraftMarks.line(
        "    - {name: \(column), \(decision)\(failed(by: status, failedDecisions))}", guess.why,
        asks: questionOfDecision)
    default: return nil
    }
  }

  /// What the values of a decision do not say by themselves.
  var questionOfDecision: String? {
    guard let verdicts = survey.verdicts else {
      return
        "which of \(survey.values.map(\.text).joined(separator: ", ")) mean positive, which negative, and which no output (indeterminate: {values: […]})?"
    }
    let others = verdicts.others.filter { !$0.saysNeither }
    guard survey.distinct > 2, !others.isEmpty else { return nil }
    return "does \(others.joined(separator: ", ")) mean positive, negative or no output?"
  }

  var decision: String {
    let verdicts = survey.verdicts
    let positive = (verdicts?.positive ?? []).map(DraftText.quoted).joined(separator: ", ")
    let negative =
      survey.distinct > 2
      ? verdicts.map { $0.negative.isEmpty ? "" : ", negative: \(DraftText.list($0.negative))" }
        ?? ", negative: []"
      : ""
    return "decision: \(DraftText.quoted(name)), positive: [\(positive)]\(negative)"
  }

  /// Of a decision of three values, the one that says neither.
  private var failedDecisions: [String] {
    guard survey.distinct > 2, let verdicts = survey.verdicts, !verdicts.negative.isEmpty else { return [] }
    return verdicts.others
  }

  /// What stands among outputs is taken for failures.
  private func failed(by status: DraftColumn?, _ tokens: [String]) -> String {
    if let status {
      let words = status.survey.values.map(\.text).filter { $0 != status.survey.succeeded }
      return ", indeterminate: {column: \(DraftText.quoted(status.name)), values: \(DraftText.list(words))}"
    }
    return tokens.isEmpty ? "" : ", indeterminate: {values: \(DraftText.list(tokens))}"
  }

  /// Within the ages that occur, so that no group is empty.
  private var ageBands: String {
    guard let numbers = survey.numbers else { return "[18, 45, 65, 75]" }
    let oldest = survey.impossibleAge == nil ? numbers.maximum : numbers.secondGreatest
    func within(_ bands: [Int]) -> [Int] {
      bands.filter { Double($0) > numbers.minimum && Double($0) <= oldest }
    }
    let bands = [within([18, 45, 65, 75]), within([20, 30, 40, 50, 60, 70, 80])].first { $0.count > 1 }
    return "[\((bands ?? [18, 45, 65, 75]).map(String.init).joined(separator: ", "))]"
  }

  func attribute(named attribute: String, _ why: String? = nil) -> String {
    let column = DraftText.quoted(name)
    var text = "    \(DraftText.quoted(attribute)): {column: \(column)"
    switch guess.role {
    case .age: text += ", bands: \(ageBands)"
    case .birthDate:
      let format = DateGuess(survey)?.format.map { ", format: \(DraftText.quoted($0))" } ?? ""
      text = "    \(DraftText.quoted(attribute)): {birth_date: \(column)\(format), bands: [18, 45, 65, 75]"
    default:
      if let separator = survey.separator {
        text += ", separator: \(DraftText.quoted(separator))"
      } else if let guess = LevelGuess(survey, of: attribute) {
        let levels = guess.levels.map { "\(DraftText.quoted($0.name)): \(DraftText.list($0.values))" }
        text += ", levels: {\(levels.joined(separator: ", "))}"
      }
    }
    var unknown = survey.unknownValues + (survey.codeAmongWords.map { [$0] } ?? [])
    if guess.role == .age, let token = survey.impossibleAge { unknown.append(token) }
    if guess.role == .birthDate { unknown += survey.firstDaysOf1900 }
    if !unknown.isEmpty {
      text += ", missing: \(DraftText.list(usualMissing + unknown))"
    }
    let reasons = [why ?? guess.why, unknown.isEmpty ? "" : "\(unknown.joined(separator: ", ")) is unknown"]
    return DraftMarks.line(text + "}", reasons.filter { !$0.isEmpty }.joined(separator: "; "))
  }

  /// A list of a column's own takes the place of the usual one, and has to hold what occurs of it.
  private var usualMissing: [String] { survey.missing > 0 ? CohortDefinition.defaultMissing : [""] }
}
