internal import Ingestion

/// What a column seems to be, judged by its name and by its own values; never by looking at two columns together.
enum ColumnRole: Hashable {
  case caseID
  case patient
  case date
  case reference
  case score(isProbability: Bool, isPercent: Bool)
  case birthDate
  case decision
  case age
  /// Under the name by which the field knows it.
  case attribute(String)
  /// Few values under a name that says nothing.
  case category
  /// Says whether a model gave an output.
  case status
  case unused
}

/// A guess and what led to it, for the person who has to confirm it.
struct Guess {
  let role: ColumnRole
  let why: String

  init(_ role: ColumnRole, _ why: String) {
    self.role = role
    self.why = why
  }

  /// - Parameter isTruth: whether its file was given for the truth, or for something else; nil where nothing was said.
  init(_ column: ColumnSurvey, isTruth: Bool? = nil) {
    let role = Guess.role(byNameOf: column, isTruth: isTruth)
    if case .score = role {
      self.init(score: column, Guess.byName)
    } else if let role {
      self.init(role, role == .unused ? "" : Guess.byName)
    } else if let date = DateGuess(column),
      column.numbers == nil || Vocabulary.names(Vocabulary.date, column.name)
    {
      self = column.spansLives ? Guess(.birthDate, "dates of a lifetime") : Guess(.date, date.why)
    } else if column.isUnique, Vocabulary.names(Vocabulary.caseID, column.name) {
      self.init(.caseID, Guess.byName)
    } else if column.scoreRange == nil, (2...20).contains(column.distinct) {
      self.init(.category, "\(column.distinct) values")
    } else {
      self.init(.unused, "")
    }
  }

  /// Where the name says it, nothing has to be explained.
  private static let byName = ""

  /// What its name says, where its values agree.
  private static func role(byNameOf column: ColumnSurvey, isTruth: Bool?) -> ColumnRole? {
    let words = Vocabulary.words(of: column.name)
    func isNamed(_ known: Set<String>) -> Bool { Vocabulary.first(of: words, in: known) != nil }
    let attribute = Vocabulary.attributes.first { isNamed($0.words) }?.name
    // "Patient Age" and "patient name" name no patient.
    let isOfPatient = attribute != nil || isNamed(Vocabulary.age.union(Vocabulary.birth).union(["name"]))
    let isRecord = ["hospital number", "hospital no", "hospital id", "medical record number"]
      .contains(words.joined(separator: " "))
    let isPatient = isNamed(Vocabulary.patient) || Vocabulary.patient.contains(words.joined())
    if isRecord || isPatient && !isOfPatient { return .patient }
    // A consensus of readers is no reader.
    if isNamed(Vocabulary.aside), !isNamed(Vocabulary.settled) { return .unused }
    let truths = isTruth == true ? Vocabulary.truth.union(Vocabulary.truthInItsFile) : Vocabulary.truth
    if isTruth != false, column.words <= (isTruth == true ? ColumnSurvey.mostVerdicts : 5), isNamed(truths) {
      return .reference
    }
    if isTruth != true, isNamed(Vocabulary.score) {
      if column.distinct == 2 && column.isYesOrNo { return .decision }
      if column.scoreRange != nil { return .score(isProbability: false, isPercent: false) }
    }
    if isNamed(Vocabulary.birth), DateGuess(column) != nil { return .birthDate }
    if isTruth != true, isNamed(Vocabulary.decision), (2...3).contains(column.distinct) { return .decision }
    if isTruth == false, column.numbers == nil, (2...ColumnSurvey.mostVerdicts).contains(column.words),
      isNamed(Vocabulary.decision.union(Vocabulary.outputInItsFile))
    {
      return .decision
    }
    if isTruth != true, isNamed(Vocabulary.status), column.succeeded ?? column.mostlyOneWord != nil {
      return .status
    }
    // Under whatever name: OK beside a few other words.
    if isTruth == false, !isNamed(Vocabulary.decision), column.distinct <= 6, column.succeeded != nil {
      return .status
    }
    if isNamed(Vocabulary.age), column.numbers != nil || column.holdsAges { return .age }
    if let attribute, (2...200).contains(column.distinct) { return .attribute(attribute) }
    return nil
  }

  init(score column: ColumnSurvey, _ why: String) {
    let range = column.scoreRange ?? 0...0
    let isPercent = column.isPercentage
    // A score from 0 to 1 is no probability for that: its name has to say so.
    let says = Vocabulary.first(of: Vocabulary.words(of: column.name), in: Vocabulary.probability) != nil
    let isProbability =
      isPercent
      ? range.lowerBound >= 0 && range.upperBound <= 100
      : says && range.lowerBound >= 0 && range.upperBound <= 1
    let token = column.token
    let what =
      column.numbers == nil ? "numbers and words" : "from \(range.lowerBound) to \(range.upperBound)"
    self.init(
      .score(isProbability: isProbability, isPercent: isPercent),
      (why.isEmpty ? "" : why + ", ") + (isPercent ? "per cent" : what)
        + (token.map { "; \(Int($0)) is taken for no output" } ?? ""))
  }
}

extension ColumnSurvey {
  /// More different values than these are no verdicts.
  static let mostVerdicts = 12

  /// Words, or 0 and 1: of two other numbers nobody knows which one flags.
  var isYesOrNo: Bool { numbers.map { $0.minimum == 0 && $0.maximum == 1 } ?? true }

  /// The range of a column of numbers, a few words among them allowed ("FAILED").
  var scoreRange: ClosedRange<Double>? {
    if let numbers = numbers ?? numbersAmongWords { return numbers.withoutToken }
    let parsed = values.compactMap { ColumnSurvey.number($0.text) }
    guard parsed.count * 2 > values.count, let least = parsed.min(), let most = parsed.max() else {
      return nil
    }
    return least...most
  }

  /// Ages as DICOM writes them: `045Y`, `011M`.
  fileprivate var holdsAges: Bool {
    let known = values.map(\.text).filter { !CellWords.unknown.contains($0.lowercased()) }
    return !known.isEmpty
      && known.allSatisfy { text in
        text.count == 4 && text.dropLast().allSatisfy(\.isNumber) && "YMWD".contains(text.suffix(1))
      }
  }

  /// The value of a status that says that all went well, if the others are few.
  var succeeded: String? {
    guard numbers == nil, (2...20).contains(distinct) else { return nil }
    return values.map(\.text).first { CellWords.succeeded.contains($0.lowercased()) }
  }

  /// The word on most rows of a status, whatever the language.
  var mostlyOneWord: String? {
    guard numbers == nil, (2...6).contains(distinct), let first = values.first, first.count * 3 > 2 * count
    else {
      return nil
    }
    return first.text
  }

  /// Dates of more years than any study lasts.
  fileprivate var spansLives: Bool {
    let years = values.compactMap { value in
      value.text.split { !$0.isNumber }.lazy.compactMap { part in
        part.count == 4 ? Int(part) : part.count == 8 ? Int(part.prefix(4)) : nil
      }.first
    }.filter { $0 > 1900 }
    guard let first = years.min(), let last = years.max() else { return false }
    return last - first >= 25
  }

  /// Codes of one shape that name some rows together: of patients with several examinations, as likely as not.
  var namesSeveralRows: Bool {
    guard missing * 20 <= count, distinct < count - missing, distinct * 2 > count, looksLikeDate == false,
      numbers?.areWhole != false
    else { return false }
    let shapes = Set(values.map { $0.text.map { $0.isNumber ? "0" : $0.isLetter ? "A" : $0 } })
    return shapes.count == 1
      && values.allSatisfy { $0.text.count >= 4 && $0.text.contains(where: \.isNumber) }
  }

  /// Many different numbers, a few words among them allowed, and not whole ones such as ages and counts.
  var looksLikeScore: Bool { distinct > 5 && scoreRange != nil && numbers?.areWhole != true }

  /// By the sign in its cells or in its name.
  fileprivate var isPercentage: Bool {
    if values.contains(where: { $0.text.hasSuffix("%") && ColumnSurvey.number($0.text) != nil }) {
      return true
    }
    let says =
      name.contains("%") || Vocabulary.first(of: Vocabulary.words(of: name), in: Vocabulary.percent) != nil
    return says
      && (scoreRange.map { $0.lowerBound >= 0 && $0.upperBound > 1 && $0.upperBound <= 100 } ?? false)
  }

  /// Of a score: the words among its numbers, and a number that lies outside as if it were a word.
  var failureTokens: [String] {
    let number = token.map { ["\(Int($0))"] } ?? []
    if numbers != nil || numbersAmongWords != nil { return wordsAmongNumbers + number }
    return values.map(\.text).filter { ColumnSurvey.number($0) == nil }
  }

  var token: Double? { (numbers ?? numbersAmongWords)?.token }

  /// A number with either decimal mark, a percent sign allowed.
  static func number(_ text: String) -> Double? {
    var digits = text
    if digits.hasSuffix("%") { digits.removeLast() }
    while digits.last?.isWhitespace == true { digits.removeLast() }
    if !digits.contains("."), let comma = digits.firstIndex(of: ",") {
      digits.replaceSubrange(comma...comma, with: ".")
    }
    return Double(digits).flatMap { $0.isFinite ? $0 : nil }
  }

  /// What stands for an age where nobody is so old: `999`.
  var impossibleAge: String? {
    guard let numbers, numbers.maximum > CohortCheck.oldestAge,
      numbers.secondGreatest <= CohortCheck.oldestAge
    else {
      return nil
    }
    return Int(exactly: numbers.maximum).map(String.init)
  }

  /// What registers write for a birth that nobody knows.
  var firstDaysOf1900: [String] {
    values.map(\.text).filter { text in
      let parts = text.split { !$0.isNumber }.compactMap { Int($0) }
      return parts == [1, 1, 1900] || parts == [1900, 1, 1] || parts == [19_000_101]
    }
  }

  /// Cells of an attribute that say that nobody knows.
  var unknownValues: [String] {
    values.map(\.text).filter { CellWords.unknown.contains($0.lowercased()) || $0.abbreviatesNothing }
  }

  /// The one number among words: a code for unknown.
  var codeAmongWords: String? {
    guard distinct == values.count, distinct > 2 else { return nil }
    let numbers = values.map(\.text).filter { !$0.contains(where: \.isLetter) }
    guard numbers.count == 1, CellWords.unknownCodes.contains(numbers[0]) else { return nil }
    return numbers[0]
  }

  /// The mark between several answers in one cell: the parts are fewer than their combinations.
  var separator: String? {
    guard distinct == values.count else { return nil }
    return [";", "|"].first { mark in
      let parts = values.map { $0.text.split(separator: mark).map { $0.trimmingPrefix { $0 == " " } } }
      return parts.contains { $0.count > 1 } && Set(parts.joined()).count < distinct
    }
  }
}

extension ColumnSurvey.Numbers {
  /// −1 or nines beside scores that begin at 0 or end far below.
  fileprivate var token: Double? {
    if [-1, -9, -99, -999].contains(minimum), secondLeast >= 0 { return minimum }
    if [99, 999, 9999].contains(maximum), secondGreatest * 9 <= maximum { return maximum }
    return nil
  }

  fileprivate var withoutToken: ClosedRange<Double> {
    switch token {
    case minimum: secondLeast...maximum
    case maximum: minimum...secondGreatest
    default: minimum...maximum
    }
  }
}

extension String {
  /// `b/d`, `n.v.`: single letters between marks, as many languages write that nobody knows.
  fileprivate var abbreviatesNothing: Bool {
    let parts = split(omittingEmptySubsequences: true) { "./".contains($0) }
    return contains { "./".contains($0) } && (2...3).contains(parts.count)
      && parts.allSatisfy { $0.count == 1 && $0.allSatisfy(\.isLetter) }
  }
}
