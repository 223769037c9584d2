internal import ArgumentParser
internal import Exchange

struct Diff: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Says which rows, verdicts, plan keys and inputs differ between two studies, and why.",
    discussion: """
      Takes two bundles, or two study.json. Exit status 0 where they are the same, 1 where they differ, 66 where \
      one is missing.

      EXAMPLE
        equipoise diff Reports/site-a.1 Reports/site-a
      """)

  @Argument(help: "The earlier bundle or study.json.", completion: .directory)
  var old: String

  @Argument(help: "The later one.", completion: .directory)
  var new: String

  @Flag(help: "Every change as JSON.")
  var json = false

  func run() throws {
    let texts = try [old, new].map { path throws(Failure) in try TextFile.read(study(at: path)) }
    guard let difference = StudyDifference(from: texts[0], to: texts[1]) else {
      throw Failure(.wrongInput, "\(old), \(new): not two study.json of this version")
    }
    Words.print(json ? difference.json : difference.text)
    throw ExitCode(difference.isEmpty ? 0 : 1)
  }

  private func study(at path: String) -> String {
    Folder.entries(path) == nil ? path : path + "/study.json"
  }
}
