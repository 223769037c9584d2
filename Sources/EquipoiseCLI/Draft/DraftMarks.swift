/// What a draft leaves to its reader, at the ends of its lines: guesses, which stand unless they are corrected, and
/// questions, which stay open until their mark is taken away. Both are comments, so that a plan can be used, and asked
/// about, while they stand.
struct DraftMarks {
  let file: String
  /// Lines, from 1; not those that are offered as comments.
  let guesses: [Int]
  let questions: [(line: Int, text: String)]

  static let guess = "# guess"
  static let question = "# question: "
  private static let andGuess = " Guess: "

  /// A line with its mark: how the guess came about, after the question that the data cannot answer.
  ///
  /// - Parameter why: empty where the name of the column says it; nil where nothing was guessed.
  static func line(_ text: String, _ why: String? = nil, asks question: String? = nil) -> String {
    let mark =
      question.map { DraftMarks.question + $0 + (why.map { $0.isEmpty ? "" : andGuess + $0 } ?? "") }
      ?? why.map { $0.isEmpty ? guess : "\(guess): \($0)" } ?? ""
    return text + String(repeating: " ", count: max(1, 38 - text.count)) + inOneLine(mark) + "\n"
  }

  /// Names and cells may hold line breaks; a comment must not.
  static func inOneLine(_ text: String) -> String {
    text.split(whereSeparator: \.isNewline).joined(separator: " ")
  }

  init(in text: String, of file: String) {
    self.file = file
    var guesses: [Int] = []
    var questions: [(line: Int, text: String)] = []
    for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      if let mark = line.firstRange(of: DraftMarks.question) {
        let asked = line[mark.upperBound...]
        let end = asked.firstRange(of: DraftMarks.andGuess)?.lowerBound ?? asked.endIndex
        questions.append((index + 1, String(asked[..<end])))
      } else if line.contains(DraftMarks.guess), line.first(where: { $0 != " " }) != "#" {
        guesses.append(index + 1)
      }
    }
    (self.guesses, self.questions) = (guesses, questions)
  }

  /// What to do about them; empty where nothing is left to settle.
  var sentences: [String] {
    let asked = questions.map(\.line)
    return asked.isEmpty
      ? []
      : ["\(file), \(DraftMarks.places(asked)): still marked as a question. Answer, and take the mark away."]
  }

  /// Nil where nothing was guessed.
  var standing: String? {
    guard !guesses.isEmpty else { return nil }
    return
      "\(CheckText.count(guesses.count, "line")) of \(file) are marked as guesses: what you leave, you confirm."
  }

  /// Nil where nothing is left to settle.
  var reminder: String? {
    guard !questions.isEmpty else { return nil }
    return
      "\(file) still marks \(CheckText.count(questions.count, "question")) of its draft; a mark goes once it is settled."
  }

  /// `lines 4, 9 and 12`.
  static func places(_ lines: [Int]) -> String {
    let texts = lines.map(String.init)
    guard let last = texts.last, texts.count > 1 else { return "line \(texts.first ?? "")" }
    return "lines \(texts.dropLast().joined(separator: ", ")) and \(last)"
  }
}
