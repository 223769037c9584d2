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
      if let cases = files.first { place(&file, beside: files, cases, isTruth: path == truth) }
      files.append(file)
    }
    return files
  }

  /// Files of the same columns hold further cases, unless they name the same ones: then they are another's outputs.
  private static func place(
    _ file: inout DraftFile, beside others: [DraftFile], _ cases: DraftFile, isTruth: Bool
  ) {
    let key = KeySurvey(from: cases.survey, to: file.survey)
    let isAlike = cases.survey.columns.map(\.name) == file.survey.columns.map(\.name)
    if isAlike, !isTruth, key.map({ $0.here != $0.there || $0.lostZeros }) ?? true {
      file.isContinuation = true
      return
    }
    file.key = key
    file.isJoined = true
    let taken = Set(others.flatMap { other in other.survey.columns.map { other.prefix + $0.name } })
    if file.survey.columns.contains(where: { $0.name != key?.there && taken.contains($0.name) }) {
      file.prefix = stem(of: file.path) + "."
    }
  }

  private static func stem(of path: String) -> String {
    let name = path.split(separator: "/").last ?? ""
    return String(name.prefix { $0 != "." })
  }
}
