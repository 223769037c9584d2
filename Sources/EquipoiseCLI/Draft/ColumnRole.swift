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
  case attribute(String)
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

  init(_ column: ColumnSurvey, mayBeReference: Bool = true) {
    let words = Guess.words(of: column.name)
    func named(_ candidates: Set<String>) -> String? { words.first(where: candidates.contains) }

    if let word = named(Words.patient) {
      self.init(.patient, "named \(word)")
    } else if mayBeReference, let word = named(Words.truth), column.distinct <= 5 {
      self.init(.reference, "named \(word), \(column.distinct) values")
    } else if let word = named(Words.score), column.distinct == 2, column.isYesOrNo {
      self.init(.decision, "named \(word), two values")
    } else if let word = named(Words.score), column.scoreRange != nil {
      self.init(score: column, "named \(word)")
    } else if let word = named(Words.birth), DateGuess(column) != nil {
      self.init(.birthDate, "named \(word), dates")
    } else if let word = named(Words.decision), (2...3).contains(column.distinct) {
      self.init(.decision, "named \(word), \(column.distinct) values")
    } else if let word = named(Words.age), column.numbers != nil {
      self.init(.age, "named \(word), numbers")
    } else if let (attribute, word) = Words.attributes.lazy.compactMap({ name, candidates in
      named(candidates).map { (name, $0) }
    }).first, (1...200).contains(column.distinct) {
      self.init(.attribute(attribute), "named \(word), \(column.distinct) values")
    } else if let date = DateGuess(column), column.numbers == nil || named(Words.date) != nil {
      self.init(.date, date.why)
    } else if let word = named(Words.caseID), column.isUnique {
      self.init(.caseID, "named \(word), every value once")
    } else if column.numbers == nil, (2...20).contains(column.distinct) {
      self.init(.attribute(column.name), "\(column.distinct) values")
    } else {
      self.init(.unused, "")
    }
  }

  init(score column: ColumnSurvey, _ why: String) {
    let range = column.scoreRange ?? 0...0
    let isPercent = column.hasPercentSigns
    let isProbability = range.lowerBound >= 0 && range.upperBound <= (isPercent ? 100 : 1)
    let what =
      column.numbers == nil ? "numbers and words" : "from \(range.lowerBound) to \(range.upperBound)"
    self.init(
      .score(isProbability: isProbability, isPercent: isPercent), "\(why), \(isPercent ? "per cent" : what)")
  }

  /// `patientID`, `patient_id` and `Patient Id` are all `patient`, `id`.
  private static func words(of name: String) -> [String] {
    var words = [""]
    var wasLower = false
    for character in name {
      if !character.isLetter && !character.isNumber {
        words.append("")
        wasLower = false
      } else {
        if character.isUppercase && wasLower { words.append("") }
        words[words.count - 1] += character.lowercased()
        wasLower = character.isLowercase
      }
    }
    return words.filter { !$0.isEmpty }
  }

  private enum Words {
    static let caseID: Set = ["id", "case", "uid", "accession", "exam", "study", "image", "file", "name"]
    static let patient: Set = ["patient", "patientid", "subject", "person", "mrn"]
    static let truth: Set = [
      "label", "truth", "reference", "target", "outcome", "diagnosis", "gt", "y", "gold", "finding",
    ]
    static let score: Set = [
      "score", "prob", "probability", "pred", "prediction", "predicted", "logit", "risk", "confidence",
      "output",
    ]
    static let decision: Set = ["decision", "flag", "flagged", "read", "call", "alert", "triage"]
    static let birth: Set = ["birth", "birthdate", "dob", "geburtsdatum", "born"]
    static let date: Set = ["date", "datum", "day", "acquired", "performed", "studydate", "examdate", "dt"]
    static let age: Set = ["age", "agep", "patientage", "alter", "patientenalter", "edad"]
    static let attributes: [(String, Set<String>)] = [
      ("sex", ["sex", "gender", "geschlecht", "sexe", "sexo"]),
      ("ethnicity", ["ethnicity", "race", "ethnic"]),
      ("site", ["site", "hospital", "centre", "center", "clinic", "institution"]),
      ("scanner", ["scanner", "manufacturer", "vendor", "device"]),
    ]
  }
}

extension ColumnSurvey {
  /// Words, or 0 and 1: of two other numbers nobody knows which one flags.
  var isYesOrNo: Bool { numbers.map { $0.minimum == 0 && $0.maximum == 1 } ?? true }

  /// The range of a column of numbers, a few words among them allowed ("FAILED").
  fileprivate var scoreRange: ClosedRange<Double>? {
    if let numbers { return numbers.minimum...numbers.maximum }
    let parsed = values.compactMap { ColumnSurvey.number($0.text) }
    guard parsed.count * 2 > values.count, let least = parsed.min(), let most = parsed.max() else {
      return nil
    }
    return least...most
  }

  /// Many different numbers, a few words among them allowed, and not whole ones such as ages and counts.
  var looksLikeScore: Bool { distinct > 5 && scoreRange != nil && numbers?.areWhole != true }

  var hasPercentSigns: Bool {
    values.contains { $0.text.hasSuffix("%") && ColumnSurvey.number($0.text) != nil }
  }

  /// The words among the numbers of a score.
  var wordsAmongNumbers: [String] {
    numbers == nil ? values.map(\.text).filter { ColumnSurvey.number($0) == nil } : []
  }

  /// A number with either decimal mark, a percent sign allowed.
  private static func number(_ text: String) -> Double? {
    var digits = text
    if digits.hasSuffix("%") { digits.removeLast() }
    while digits.last?.isWhitespace == true { digits.removeLast() }
    if !digits.contains("."), let comma = digits.firstIndex(of: ",") {
      digits.replaceSubrange(comma...comma, with: ".")
    }
    return Double(digits).flatMap { $0.isFinite ? $0 : nil }
  }

  /// Which of a few values speaks for the condition: by its name, else the rarer one.
  var positiveValue: String? {
    let known: Set = [
      "1", "1.0", "true", "yes", "y", "positive", "pos", "abnormal", "malignant", "disease", "present",
    ]
    let likely = values.filter { !$0.text.saysNo && !$0.text.saysNeither }
    return values.first { known.contains($0.text.lowercased()) }?.text ?? likely.last?.text
      ?? values.last?.text
  }

  /// Which of a few values speaks against it, by its name.
  var negativeValue: String? {
    let known: Set = [
      "0", "0.0", "false", "no", "n", "negative", "neg", "normal", "benign", "healthy", "absent",
    ]
    return (values.first { known.contains($0.text.lowercased()) } ?? values.first { $0.text.saysNo })?.text
  }
}

extension String {
  fileprivate var saysNo: Bool {
    let text = lowercased()
    return ["no ", "not ", "non-", "kein ", "sans "].contains(where: text.hasPrefix) || text == "n"
      || text == "0"
  }

  fileprivate var saysNeither: Bool {
    let words: Set = [
      "?", "-1", "-1.0", "equivocal", "uncertain", "indeterminate", "unclear", "unknown", "pending", "u",
      "nd",
    ]
    return words.contains(lowercased())
  }
}
