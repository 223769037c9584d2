internal import Ingestion
internal import Validation

/// What the columns of all files together seem to be.
extension PlanDraft {
  var identity: String { unit + caseID + patient + date }

  /// Several rows of the cases for one row of the truth.
  private var unit: String {
    guard let key = unitKey, let rows = files.first?.survey.rows else { return "" }
    return DraftMarks.line(
      "  unit: {by: \(unitColumns)}",
      asks:
        "\(rows) rows are of \(key.distinctHere) cases: images, of which the highest score counts? If sent again, \(runs == nil ? "leave out all but the last below (not_last_of)" : "take the # of X1 away").\(products.isEmpty ? "" : " If of several products, that of P1.")"
    )
  }

  private var unitColumns: String { DraftText.oneOrSeveral(unitKey?.columns.map(\.here) ?? []) }

  /// The time at which the machine was at work, if there is one.
  private var runs: DraftColumn? {
    let times = files.first?.columns.filter { $0.guess.role == .date } ?? []
    return times.first(where: \.isMachineTime) ?? times.first
  }

  /// Rules that may be meant, in the order in which they would apply, to be uncommented. Nothing is left out unasked.
  var exclusions: String {
    let rules = [runsSentAgain, minors, laterExaminations].compactMap(\.self) + products
    let own = "    # - {id: E1, reason: …, when: {column: …, is: […]}}\n"
    guard !rules.isEmpty else { return "  exclude:\n" + own }
    return "  exclude:\n"
      + DraftMarks.ask("which rules apply? Take their # away.", indent: 4)
      + rules.map { "    # - \($0)\n" }.joined() + own
  }

  private var runsSentAgain: String? {
    guard unitKey != nil, let runs else { return nil }
    let own = runs.name == dateColumn?.name ? nil : DateGuess(runs.survey)?.format
    let format = own.map { "format: \(DraftText.quoted($0)), " } ?? ""
    return
      "{id: X1, reason: sent again, when: {column: \(DraftText.quoted(runs.name)), \(format)not_last_of: \(unitColumns)}}"
  }

  /// Where ages are in the file, only if somebody is so young; where they come from two dates nobody has looked.
  private var minors: String? {
    guard let age = named.first(where: { [.age, .birthDate].contains($0.column.guess.role) }) else {
      return nil
    }
    if age.column.guess.role == .age, let numbers = age.column.survey.numbers, numbers.minimum >= 18 {
      return nil
    }
    return "{id: X2, reason: minor, when: {attribute: \(DraftText.quoted(age.name)), below: 18}}"
  }

  private var laterExaminations: String? {
    guard let date = dateColumn, !date.isMachineTime, let name = patientColumn?.name ?? likelyPatient?.name
    else { return nil }
    let known = files.lazy.flatMap { file in
      file.survey.columns.lazy.map {
        (name: file.prefix + $0.name, survey: $0, isKey: file.isJoined && file.keysThere.contains($0.name))
      }
    }.first { $0.name == name && !$0.isKey }
    guard let survey = known?.survey, survey.distinct < survey.count - survey.missing else { return nil }
    return
      "{id: X3, reason: not the first of the patient, when: {column: \(DraftText.quoted(date.name)), not_first_of: \(DraftText.quoted(name))}}"
  }

  private var unitKey: KeySurvey? {
    guard let cases = files.first else { return nil }
    guard let truth = files.first(where: \.isOfTruth), truth.isJoined, let key = truth.key,
      truth.keyPrefix.isEmpty
    else { return nil }
    return cases.survey.rows > key.distinctHere ? key : nil
  }

  private var caseID: String {
    caseColumn.map { DraftMarks.line("  case: \(DraftText.quoted($0.name))", $0.why) } ?? ""
  }

  private var caseColumn: (name: String, why: String)? {
    let own = files.filter { !$0.isJoined && !$0.isContinuation }
    let keys = Set(files.flatMap(\.keysHere))
    if let key = own.flatMap(\.survey.columns).first(where: { keys.contains($0.name) && $0.isUnique }) {
      return (key.name, "joins the files")
    }
    return own.flatMap(\.columns).first { $0.guess.role == .caseID }.map { ($0.name, $0.guess.why) }
  }

  private var patient: String {
    guard let (name, why) = patientColumn ?? likelyPatient.map({ ($0.name, "") }) else { return "" }
    let question = patientColumn == nil ? "does it name the patient? Else delete the line." : nil
    let file = files.first { file in file.isJoined && file.columns.contains { $0.name == name } }
    // Cases without a row of the truth are not analysed, and need none.
    guard let file, let key = file.key, key.shared < key.distinctHere, !file.isOfTruth else {
      return DraftMarks.line("  patient: \(DraftText.quoted(name))", why, asks: question)
    }
    return DraftMarks.line(
      "  patient: {column: \(DraftText.quoted(name)), missing: separate}", why, asks: question)
  }

  /// No name says so, but its codes come back.
  private var likelyPatient: DraftColumn? {
    let taken = Set(files.flatMap(\.keysHere) + [caseColumn?.name].compactMap(\.self))
    return columns.first {
      $0.guess.role == .unused && !taken.contains($0.name) && $0.survey.namesSeveralRows
        && !$0.isMeasurement && !Vocabulary.names(Vocabulary.aside, $0.name)
    }
  }

  /// By its name, or because the people in a file of their own go by it.
  private var patientColumn: (name: String, why: String)? {
    if let column = first(.patient) { return (column.name, column.guess.why) }
    guard let people = files.first(where: { $0.isOfPatients && $0.keysHere.count == 1 }),
      let key = people.keysHere.first, key != caseColumn?.name, likelyPatient == nil,
      !files.contains(where: { $0.isOfTruth && $0.keysHere == [key] })
    else { return nil }
    return (key, "key of the people in \(people.path)")
  }

  private var date: String {
    guard let column = dateColumn else { return "" }
    let name = DraftText.quoted(column.name)
    let others = columns.filter { $0.guess.role == .date && $0.name != column.name && !$0.isMachineTime }
      .map(\.name)
    let question =
      !others.isEmpty && !isOnlyExamination(column)
      ? "is this the day of the examination, or is it \(others.joined(separator: " or "))?"
      : column.isMachineTime ? "is this the day of the examination?" : nil
    guard let format = DateGuess(column.survey)?.format else {
      return DraftMarks.line("  date: \(name)", column.reasonOfDate, asks: question)
    }
    return DraftMarks.line(
      "  date: {column: \(name), format: \(DraftText.quoted(format))}", column.reasonOfDate, asks: question)
  }

  /// When the patient was examined rather than when a machine was at work.
  private var dateColumn: DraftColumn? {
    dates.first(where: \.isExamination) ?? dates.first { !$0.isMachineTime } ?? dates.first
  }

  private var dates: [DraftColumn] { columns.filter { $0.guess.role == .date } }

  /// No other date is named for the examination.
  private func isOnlyExamination(_ column: DraftColumn) -> Bool {
    column.isExamination && dates.count(where: \.isExamination) == 1
  }

  /// What is tested, and against what.
  var title: String {
    let outputs = columns.filter { $0.model != nil }.map(\.name)
    guard (1...3).contains(outputs.count), let reference, FindingsGuess(columns) == nil else {
      return "My study"
    }
    return "\(outputs.joined(separator: ", ")) against \(reference.name)"
  }

  var evidence: String {
    if let findings = FindingsGuess(columns) { return findings.text }
    return referenceLine + "  models:\n" + models
  }

  private var reference: DraftColumn? { references.first }

  /// Every column that may be the truth, the likeliest first: named as settled, named as truth, holding yes and no; in the
  /// file that was given for it, any of few values.
  private var references: [DraftColumn] {
    let truth = Set(files.filter { $0.holdsTruth == true }.flatMap { $0.columns.map(\.name) })
    let ranked = columns.compactMap { column -> (rank: Int, column: DraftColumn)? in
      let words = Vocabulary.words(of: column.name)
      let isAside = Vocabulary.first(of: words, in: Vocabulary.aside) != nil
      switch column.guess.role {
      case .reference: return (Vocabulary.first(of: words, in: Vocabulary.settled) == nil ? 1 : 0, column)
      case .unused where column.survey.saysYesOrNo && column.survey.distinct == 2 && !isAside:
        return (2, column)
      case .unused where truth.contains(column.name) && column.mayBeTruth: return (3, column)
      default: return nil
      }
    }
    let named = ranked.contains { $0.rank < 2 }
    // Where one is named, others are asked about only if they say yes or no.
    let kept = ranked.filter {
      $0.rank < 2 || !named || truth.contains($0.column.name) && $0.column.survey.verdicts != nil
    }
    return [0, 1, 2, 3].flatMap { rank in kept.filter { $0.rank == rank }.map(\.column) }
  }

  private var referenceLine: String {
    guard let column = reference else {
      return DraftMarks.line(
        "  reference: {column: , positive: []}",
        asks: "which column is the reference standard, and which of its values mean positive?")
    }
    let why = column.guess.role == .reference ? column.guess.why : "no name says so"
    let others = references.dropFirst().map(\.name)
    let which = others.isEmpty ? nil : "is this the truth, or is it \(others.joined(separator: " or "))?"
    let verdicts = column.survey.verdicts ?? column.survey.likelyVerdicts
    let (positive, negative, rest) = verdicts ?? ([], [], column.survey.sortedValues)
    let sorting: String? =
      verdicts == nil
      ? "which values are positive, which negative? Move them; equivocal ones are left out."
      : rest.isEmpty && column.survey.verdicts != nil && LevelGuess.spellings(of: negative).count < 2
        ? nil : DraftText.questionOfEquivocal
    guard let sorting else {
      return DraftMarks.line(
        "  reference: {column: \(DraftText.quoted(column.name)), positive: \(DraftText.list(positive))"
          + (negative.isEmpty ? "" : ", negative: \(DraftText.list(negative))") + "}", why, asks: which)
    }
    // A line for each, so that a value is moved by moving it up.
    return DraftMarks.ask(DraftText.together([which, sorting]) ?? "", indent: 2)
      + DraftMarks.line("  reference:", why.isEmpty ? nil : why)
        + """
            column: \(DraftText.quoted(column.name))
            positive: \(DraftText.list(positive))
            negative: \(DraftText.list(negative))
            equivocal: {values: \(DraftText.list(rest))}

        """
  }

  private var models: String {
    let lines = files.flatMap(\.models)
    if !lines.isEmpty { return lines.joined() }
    let numbers = namelessOutputs
    if numbers.isEmpty {
      return DraftMarks.line(
        "    - {name: my-model, score: }", asks: "which column holds the model's scores, or its decision?")
    }
    let guesses = numbers.map { column in
      let name = DraftText.quoted(column.name)
      return DraftMarks.line(
        "    - {name: \(name), score: \(name), threshold: }",
        asks: DraftText.together([
          "is it an output?", DraftText.questionOfThreshold(column.survey.scoreRange),
        ]))
    }
    return guesses.joined()
  }

  /// About more columns nobody wants to be asked one by one.
  private static let mostNamelessOutputs = 12

  /// Where no name says which column is an output, any of numbers may be one but a key.
  private var namelessOutputs: [DraftColumn] {
    guard files.allSatisfy(\.models.isEmpty) else { return [] }
    let keys = Set(files.flatMap(\.keysHere))
    let numbers = columns.filter {
      $0.guess.role == .unused && $0.survey.numbers != nil && $0.survey.distinct > 2
        && !keys.contains($0.name)
    }
    return numbers.count > Self.mostNamelessOutputs ? [] : numbers
  }

  private var named: [(name: String, column: DraftColumn)] {
    var taken: Set<String> = []
    // An unnamed column of the rows may differ between the rows of a unit.
    let varying = unitKey == nil ? [] : Set(files.first?.columns.map(\.name) ?? [])
    return columns.compactMap { column in
      if column.guess.role == .category, hasManyCategories || varying.contains(column.name) { return nil }
      let name: String
      switch column.guess.role {
      case .age: name = "age"
      case .birthDate where dateColumn != nil && first(.age) == nil: name = "age"
      case .attribute(let attribute): name = attribute
      case .category: name = column.name
      default: return nil
      }
      let free = [name, column.name].first { !taken.contains($0) } ?? "\(column.name) (\(taken.count + 1))"
      taken.insert(free)
      return (free, column)
    }
  }

  var attributes: String {
    let lines = named.map { name, column in column.attribute(named: name) }
    return lines.isEmpty ? "" : "  attributes:\n" + lines.joined()
  }

  /// Few values under names that say nothing, beside outputs and truth: results by them are there for the asking.
  private var offered: [DraftColumn] {
    let used = Set([reference?.name, caseColumn?.name, patientColumn?.name].compactMap(\.self))
    return columns.filter {
      ($0.isOffered || hasManyCategories && $0.guess.role == .category) && !used.contains($0.name)
    }
  }

  /// A wide export: not every column of few values is worth results of its own.
  private var hasManyCategories: Bool { columns.count { $0.guess.role == .category } > 8 }

  /// Several products in one file would become one by the unit: each needs a plan of its own.
  private var products: [String] {
    guard unitKey != nil, let cases = files.first else { return [] }
    return cases.columns.filter { column in
      // A vendor's flag is no product.
      (2...20).contains(column.survey.distinct) && column.model == nil && !column.survey.saysYesOrNo
        && Vocabulary.first(of: Vocabulary.words(of: column.survey.name), in: Vocabulary.product) != nil
    }.map { column in
      let first = column.survey.values.first?.text ?? ""
      return
        "{id: P1, reason: another product (a plan for each), when: {column: \(DraftText.quoted(column.name)), is_not: [\(DraftText.quoted(first))]}}"
    }
  }

  var unused: String {
    let keys = files.flatMap { file in file.keysHere + file.keysThere.map { file.prefix + $0 } }
    let isWide = FindingsGuess(columns) != nil
    let used = Set(
      keys + named.map(\.column.name) + namelessOutputs.map(\.name)
        + [caseColumn?.name, reference?.name, dateColumn?.name, patientColumn?.name]
        .compactMap(\.self))
    let names = columns.filter { column in
      switch column.guess.role {
      case .score, .decision, .status: false
      case _ where column.isOffered: false
      case .reference where isWide: false
      default: !used.contains(column.name)
      }
    }.map(\.name)
    let weights = names.filter {
      Vocabulary.first(of: Vocabulary.words(of: $0), in: Vocabulary.weights) != nil
    }
    .map {
      "# If \(DraftMarks.inOneLine($0)) says how many cases each case stands for, add to cohort:  weight: \(DraftText.quoted($0))\n"
    }
    let silent = files.filter(\.lacksModel).map {
      "# No column of \($0.path) looks like an output: if it holds a model's, add it to models.\n"
    }
    let more = offered.map { DraftMarks.inOneLine($0.name) }
    return (silent + weights).joined()
      + (more.isEmpty
        ? "" : "# Not used, but may be attributes, NAME: {column: NAME}: \(more.joined(separator: ", "))\n")
      + (names.isEmpty ? "" : "# Not used: \(DraftMarks.inOneLine(names.joined(separator: ", ")))\n")
  }
}
