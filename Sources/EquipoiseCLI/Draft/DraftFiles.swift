internal import Ingestion
internal import Validation

/// Several files as one cohort: which hold cases, which are joined to them, and by what.
enum DraftFiles {
  /// - Parameter named: how the plan will name a path.
  static func read(
    _ data: [String], truth: String?, named: (String) -> String
  ) throws(InputErrors) -> [DraftFile] {
    var files: [DraftFile] = []
    for path in data + [truth].compactMap({ $0 }) {
      let guess = try FileGuess(path)
      var file = DraftFile(path: named(path), survey: guess.survey, format: guess.format)
      if truth != nil { file.holdsTruth = path == truth }
      if let cases = files.first {
        if cases.survey.columns.map(\.name) == file.survey.columns.map(\.name), path != truth {
          file.isContinuation = true
        } else {
          join(&file, to: cases, beside: files)
        }
      }
      files.append(file)
    }
    return files
  }

  /// Without a key that both share the file stays one of cases, and reading the plan will say which columns it lacks.
  private static func join(_ file: inout DraftFile, to cases: DraftFile, beside others: [DraftFile]) {
    guard let key = KeySurvey(from: cases.survey, to: file.survey) else { return }
    file.key = key
    let taken = Set(others.flatMap { other in other.survey.columns.map { other.prefix + $0.name } })
    if file.survey.columns.contains(where: { $0.name != key.there && taken.contains($0.name) }) {
      file.prefix = stem(of: file.path) + "."
    }
  }

  private static func stem(of path: String) -> String {
    let name = path.split(separator: "/").last ?? ""
    return String(name.prefix { $0 != "." })
  }
}
