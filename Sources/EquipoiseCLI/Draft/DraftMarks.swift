/// What a draft leaves to its reader: guesses, at the ends of lines, which stand unless they are corrected, and questions,
/// each a line above what it asks about, which stay open until they are deleted. Both are comments, so that a plan can be
/// used, and asked about, while they stand.
struct DraftMarks {
  let file: String
  /// Lines, from 1; not those that are offered as comments.
  let guesses: [Int]
  let questions: [(line: Int, text: String)]

  static let guess = "# guess"
  static let question = "# question: "

  /// A line with its mark: how the guess came about, below the question that the data cannot answer.
  ///
  /// - Parameter why: empty where the name of the column says it; nil where nothing was guessed. Who answers a question
  ///   about a line has read it: only what is said of a guess is said there.
  static func line(_ text: String, _ why: String? = nil, asks question: String? = nil) -> String {
    let asked = question.map { ask($0, indent: text.prefix { $0 == " " }.count) } ?? ""
    guard let why, question == nil || !why.isEmpty else { return asked + text + "\n" }
    let mark = why.isEmpty ? guess : "\(guess): \(inOneLine(why))"
    return asked + text + String(repeating: " ", count: max(1, 38 - text.count)) + mark + "\n"
  }

  static func ask(_ text: String, indent: Int) -> String {
    String(repeating: " ", count: indent) + question + inOneLine(text) + "\n"
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
        questions.append((index + 1, String(line[mark.upperBound...])))
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
      : ["\(file), \(DraftMarks.places(asked)): still marked as a question. Answer, and delete the mark."]
  }

  /// Nil where nothing was guessed.
  var standing: String? {
    guard !guesses.isEmpty else { return nil }
    return
      "\(CheckText.count(guesses.count, "line")) of \(file) \(guesses.count == 1 ? "is" : "are") marked as guesses: what you leave, you confirm."
  }

  /// Nil where nothing is left to settle.
  var reminder: String? {
    guard !questions.isEmpty else { return nil }
    return
      "\(file) still marks \(CheckText.count(questions.count, "question")) of its draft; delete each once it is settled."
  }

  /// `lines 4, 9 and 12`.
  static func places(_ lines: [Int]) -> String {
    let texts = lines.map(String.init)
    guard let last = texts.last, texts.count > 1 else { return "line \(texts.first ?? "")" }
    return "lines \(texts.dropLast().joined(separator: ", ")) and \(last)"
  }
}
