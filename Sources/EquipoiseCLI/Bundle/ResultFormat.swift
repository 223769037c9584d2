/// In what a study's tables are written, besides `study.json` and `rows.csv`. The page is part of every bundle.
enum ResultFormat: String, CaseIterable {
  case html, csv, xlsx

  private static let later: Set = ["pdf", "docx", "md", "tex", "json", "parquet", "pptx"]

  /// Of `--format`, parted by commas; in the order of the cases, each once, and always with `html`.
  static func list(_ text: String) throws(Failure) -> [ResultFormat] {
    var asked: Set<ResultFormat> = [.html]
    for name in text.split(separator: ",", omittingEmptySubsequences: false).map(String.init) {
      if later.contains(name) { throw Failure(.usage, "\"--format \(name)\" is not in this version") }
      guard let format = ResultFormat(rawValue: name) else {
        let known = allCases.map(\.rawValue).joined(separator: ",")
        throw Failure(.usage, "--format has \"\(name)\", expected one or several of \(known)")
      }
      asked.insert(format)
    }
    return allCases.filter(asked.contains)
  }

  /// For the command in the manifest; none for the default.
  static func arguments(of formats: [ResultFormat]) -> [String] {
    formats == [.html] ? [] : ["--format", formats.map(\.rawValue).joined(separator: ",")]
  }
}
