internal import Ingestion
internal import Validation

/// In what the spellings of one value differ, over the columns of few values in all files.
struct SpellingGuess {
  let differences: [Spelling.Difference]
  /// Two spellings of one value; nil where there are none.
  let example: String?

  /// Those that are looked for: a dash may be a minus.
  private static let looked: [Spelling.Difference] = [.spaces, .marks, .letterCase, .accents]

  init(_ files: [FileSurvey]) {
    let columns = files.flatMap(\.columns).filter {
      $0.numbers == nil && $0.distinct == $0.values.count && $0.separator == nil && !$0.looksLikeDate
    }
    let texts = columns.map { $0.values.map(\.text) }
    func count(_ differences: [Spelling.Difference]) -> Int {
      texts.reduce(0) { $0 + Set($1.map(differences.folded)).count }
    }
    let fewest = count(Self.looked)
    guard fewest < count([]) else {
      (differences, example) = ([], nil)
      return
    }
    let needed = Self.looked.filter { one in count(Self.looked.filter { $0 != one }) > fewest }
    let differences = count(needed) == fewest ? needed : Self.looked
    self.differences = differences
    example =
      texts.lazy.compactMap { texts in
        texts.indices.lazy.compactMap { place in
          texts[..<place].first { differences.folded($0) == differences.folded(texts[place]) }
            .map { "\"\(texts[place])\" is \"\($0)\"" }
        }.first
      }.first
  }
}
