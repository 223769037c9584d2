internal import Ingestion
internal import Validation

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

  /// Of dates, what their kind does not say.
  var reasonOfDate: String { guess.why == "dates" ? "" : guess.why }

  /// Few values, under whatever name but a person's.
  var mayBeTruth: Bool {
    (2...ColumnSurvey.mostVerdicts).contains(survey.words)
      && Vocabulary.first(of: Vocabulary.words(of: name), in: Vocabulary.aside) == nil
  }

  /// Its line among the models; nil unless it holds outputs.
  var model: String? { model() }

  /// - Parameters:
  ///   - status: the column of its file that says whether there is an output.
  ///   - decided: the delivered decision beside a score, which is what is judged.
  ///   - isFurther: another output of its file stands before it.
  func model(
    status: DraftColumn? = nil, decided: DraftColumn? = nil, isFurther: Bool = false
  ) -> String? {
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
      let asked = [
        isFurther ? "is it under test, too? Else delete the line." : nil,
        decided.map {
          "is \($0.name), as delivered, what is judged? Else write threshold: NUMBER in place of its decision, positive and negative."
        } ?? DraftText.questionOfThreshold(survey.scoreRange),
        decided.flatMap { $0.questionOfDecision(areListed: status == nil) },
        status?.questionOfFailures,
      ]
      // A draft's reader sees the range where the threshold is asked for.
      let why = decided == nil ? survey.token.map { "\(Int($0)) is no output" } ?? "" : guess.why
      return DraftMarks.line(
        "    - {name: \(column), score: \(column)\(scale)\(reading)\(decision)\(failures)\(decided == nil ? ", threshold: " : "")}",
        why,
        asks: DraftText.together(asked))
    case .decision:
      return DraftMarks.line(
        "    - {name: \(column), \(decision)\(failed(by: status, failedDecisions))}", guess.why,
        asks: DraftText.together([questionOfDecision(areListed: status == nil), status?.questionOfFailures]))
    default: return nil
    }
  }

  /// Codes for failures and mere warnings look alike.
  private var questionOfFailures: String? {
    let codes = LevelGuess.spellings(of: failures).filter { !CellWords.saysFailure($0.key) }
    guard !codes.isEmpty else { return nil }
    return
      "which of \(codes.map { $0.texts[0] }.joined(separator: ", ")) mean no output? Delete others."
  }

  /// What the values of a decision do not say by themselves.
  ///
  /// - Parameter areListed: whether they stand in the line, to be moved from where failures are.
  func questionOfDecision(areListed: Bool) -> String? {
    guard let verdicts = survey.verdicts else {
      return areListed
        ? "which values mean positive, which negative, which no output? Move them."
        : "which of \(survey.values.map(\.text).joined(separator: ", ")) mean positive, which negative?"
    }
    let others = verdicts.others.filter { !$0.saysNeither && !CellWords.saysFailure($0) }
    guard survey.distinct > 2, !others.isEmpty else { return nil }
    return "does \(others.joined(separator: ", ")) mean positive, negative or no output? Move it."
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

  /// Of a decision of three values, the one that says neither; all, where nothing says what any of them means.
  private var failedDecisions: [String] {
    guard let verdicts = survey.verdicts else { return survey.values.map(\.text) }
    return survey.distinct > 2 && !verdicts.negative.isEmpty ? verdicts.others : []
  }

  /// Of a status: all but the word for success.
  private var failures: [String] {
    let succeeded = survey.succeeded ?? survey.mostlyOneWord
    return survey.values.map(\.text).filter { $0.lowercased() != succeeded?.lowercased() }
  }

  /// What stands among outputs is taken for failures.
  private func failed(by status: DraftColumn?, _ tokens: [String]) -> String {
    if let status {
      return
        ", indeterminate: {column: \(DraftText.quoted(status.name)), values: \(DraftText.list(status.failures))}"
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

  func attribute(named attribute: String) -> String {
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
    let question =
      switch attribute {
      case "sex": questionOfSex
      case "scanner": questionOfMakers
      default: isAge ? Self.questionOfBands : nil
      }
    if !unknown.isEmpty || attribute == "sex" && question != nil {
      text += ", missing: \(DraftText.list(usualMissing + unknown))"
    }
    return DraftMarks.line(text + "}", guess.role == .category ? "" : guess.why, asks: question)
  }

  private var isAge: Bool { guess.role == .age || guess.role == .birthDate }

  private static let questionOfBands = "are these the bands of age?"

  /// One maker took over another's scanners: results by either, or by both together, are a choice.
  private var questionOfMakers: String? {
    let levels = LevelGuess(survey, of: "scanner")?.levels.map(\.name) ?? survey.values.map(\.text)
    func level(_ maker: String) -> String? { levels.first { $0.lowercased().hasPrefix(maker) } }
    return CellWords.successors.lazy.compactMap { pair in
      level(pair.maker).flatMap { own in level(pair.successor).map { (own, $0) } }
    }.first.map { "is \($0.0) a level of its own, or part of \($0.1)?" }
  }

  /// A rare letter beside the two sexes is a sex in one file and unknown in another.
  private var questionOfSex: String? {
    let levels = LevelGuess(survey, of: "sex")?.levels ?? []
    let others = levels.filter { !["Female", "Male"].contains($0.name) }
    // Words say themselves what they mean.
    guard !others.isEmpty, levels.count - others.count == 2, others.allSatisfy({ $0.name.count < 4 }) else {
      return nil
    }
    return
      "does \(others.map(\.name).joined(separator: " or ")) mean unknown? Then move it from levels to missing."
  }

  /// A list of a column's own takes the place of the usual one, and has to hold what occurs of it.
  private var usualMissing: [String] { [""] + survey.missingTokens }
}
