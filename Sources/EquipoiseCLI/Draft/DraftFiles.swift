internal import Ingestion
internal import Validation

/// Several files as one cohort: which hold cases, which are joined to them, and by what.
enum DraftFiles {
  /// - Parameter named: how the plan will name a path.
  static func read(
    _ data: [String], truth: String?, named: (String) -> String
  ) throws(InputErrors) -> [DraftFile] {
    var files: [DraftFile] = []
    var guesses: [(path: String, guess: FileGuess)] = []
    // A file that is given twice is read once.
    var given: Set = [truth]
    for path in data where given.insert(path).inserted { guesses.append((path, try FileGuess(path))) }
    // The cases are rows of outputs; patients or a truth given before them are joined all the same.
    if let outputs = guesses.firstIndex(where: { $0.guess.holdsOutputs }) {
      guesses.insert(guesses.remove(at: outputs), at: 0)
    }
    if let truth { guesses.append((truth, try FileGuess(truth))) }
    let spelling = SpellingGuess(guesses.map(\.guess.survey))
    for (path, guess) in guesses {
      let survey = guess.survey.respelt(ignoring: spelling.differences)
      var file = DraftFile(path: named(path), survey: survey, format: guess.format, spelling: spelling)
      if truth != nil { file.holdsTruth = path == truth }
      if let cases = files.first { place(&file, beside: files, cases, isTruth: path == truth) }
      files.append(file)
    }
    return ordered(files)
  }

  /// What no column of the cases names may belong to a file that is joined to them, and is joined after it.
  private static func ordered(_ files: [DraftFile]) -> [DraftFile] {
    var placed = files.filter { !$0.isJoined || $0.key != nil }
    var left = files.filter { $0.isJoined && $0.key == nil }
    while let (index, key, through) = left.indices.lazy.compactMap({ index in
      placed.lazy.filter(\.isJoined).compactMap { other in
        KeySurvey(from: other.survey, to: left[index].survey).map { (index, $0, other) }
      }.first
    }).first {
      var file = left.remove(at: index)
      file.key = key
      file.keyPrefix = through.prefix
      placed.append(file)
    }
    return placed + left
  }

  /// Files of the same columns hold further cases, unless they name the same ones: then they are another's outputs.
  private static func place(
    _ file: inout DraftFile, beside others: [DraftFile], _ cases: DraftFile, isTruth: Bool
  ) {
    let key = KeySurvey(from: cases.survey, to: file.survey)
    let isAlike = cases.survey.columns.map(\.name) == file.survey.columns.map(\.name)
    if isAlike, !isTruth,
      key.map({ !$0.differences.isEmpty || $0.columns.contains { $0.here != $0.there } }) ?? true
    {
      file.isContinuation = true
      return
    }
    file.key = key
    file.isJoined = true
    let taken = Set(others.flatMap { other in other.survey.columns.map { other.prefix + $0.name } })
    if file.survey.columns.contains(where: { !file.keysThere.contains($0.name) && taken.contains($0.name) }) {
      file.prefix = stem(of: file.path) + "."
    }
  }

  private static func stem(of path: String) -> String {
    let name = path.split(separator: "/").last ?? ""
    return String(name.prefix { $0 != "." })
  }
}
