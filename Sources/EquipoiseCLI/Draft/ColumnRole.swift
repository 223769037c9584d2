internal import Ingestion

/// What a column seems to be, judged by its name and by its own values; never by looking at two columns together.
enum ColumnRole: Hashable {
  case caseID
  case patient
  case date
  case reference
  case score(isProbability: Bool)
  case decision
  case age
  case attribute(String)
  case unused
}

/// A guess and what led to it, for the person who has to confirm it.
struct Guess {
  let role: ColumnRole
  let why: String

  private init(_ role: ColumnRole, _ why: String) {
    self.role = role
    self.why = why
  }

  init(_ column: ColumnSurvey) {
    let words = Guess.words(of: column.name)
    func named(_ candidates: Set<String>) -> String? { words.first(where: candidates.contains) }

    if let word = named(Words.patient) {
      self.init(.patient, "named \(word)")
    } else if let word = named(Words.truth), column.distinct <= 5 {
      self.init(.reference, "named \(word), \(column.distinct) values")
    } else if let word = named(Words.score), column.distinct == 2, column.isYesOrNo {
      self.init(.decision, "named \(word), two values")
    } else if let word = named(Words.score), let range = column.scoreRange {
      let isProbability = range.lowerBound >= 0 && range.upperBound <= 1
      let what =
        column.numbers == nil ? "numbers and words" : "from \(range.lowerBound) to \(range.upperBound)"
      self.init(.score(isProbability: isProbability), "named \(word), \(what)")
    } else if let word = named(Words.decision), (2...3).contains(column.distinct) {
      self.init(.decision, "named \(word), \(column.distinct) values")
    } else if let word = named(Words.age), column.numbers != nil {
      self.init(.age, "named \(word), numbers")
    } else if let (attribute, word) = Words.attributes.lazy.compactMap({ name, candidates in
      named(candidates).map { (name, $0) }
    }).first, (1...200).contains(column.distinct) {
      self.init(.attribute(attribute), "named \(word), \(column.distinct) values")
    } else if let word = named(Words.caseID), column.isUnique {
      self.init(.caseID, "named \(word), every value once")
    } else if column.looksLikeDate {
      self.init(.date, "every value is a date")
    } else if column.numbers == nil, (2...20).contains(column.distinct) {
      self.init(.attribute(column.name), "\(column.distinct) values")
    } else {
      self.init(.unused, "")
    }
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
    static let age: Set = ["age", "agep", "patientage"]
    static let attributes: [(String, Set<String>)] = [
      ("sex", ["sex", "gender"]),
      ("ethnicity", ["ethnicity", "race", "ethnic"]),
      ("site", ["site", "hospital", "centre", "center", "clinic", "institution"]),
      ("scanner", ["scanner", "manufacturer", "vendor", "device"]),
    ]
  }
}

extension ColumnSurvey {
  /// Words, or 0 and 1: of two other numbers nobody knows which one flags.
  fileprivate var isYesOrNo: Bool { numbers.map { $0.minimum == 0 && $0.maximum == 1 } ?? true }

  /// The range of a column of numbers, a few words among them allowed ("FAILED").
  fileprivate var scoreRange: ClosedRange<Double>? {
    if let numbers { return numbers.minimum...numbers.maximum }
    let parsed = values.compactMap { Double($0.text) }.filter(\.isFinite)
    guard parsed.count * 2 > values.count, let least = parsed.min(), let most = parsed.max() else {
      return nil
    }
    return least...most
  }

  /// The words among the numbers of a score.
  var wordsAmongNumbers: [String] {
    numbers == nil ? values.map(\.text).filter { Double($0) == nil } : []
  }

  /// Which of a few values speaks for the condition: by its name, else the rarer one.
  var positiveValue: String? {
    let known: Set = [
      "1", "1.0", "true", "yes", "y", "positive", "pos", "abnormal", "malignant", "disease", "present",
    ]
    return values.first { known.contains($0.text.lowercased()) }?.text ?? values.last?.text
  }
}
