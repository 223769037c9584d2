internal import ArgumentParser
internal import Ingestion

struct PlanCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "plan", abstract: "Helps to write a plan.", subcommands: [Init.self])

  struct Init: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Drafts a plan from the columns of a file; every guess is marked as one.",
      discussion: """
        Looks at each column by itself, never at an output against the reference standard. Prints the plan, or \
        writes it with --out; an existing file is never replaced.

        EXAMPLE
          equipoise plan init cases.csv --out plan.yaml
        """)

    @Argument(help: "Files of cases; the first one's columns are looked at.", completion: .file())
    var data: [String]

    @Option(help: "The file to write; without it the plan is printed.", completion: .file())
    var out: String?

    func run() throws {
      let survey: FileSurvey
      do throws(InputErrors) { survey = try surveyFile(data[0], relativeTo: "") } catch {
        throw Failure(error)
      }
      let folder = out.map(Folder.parent) ?? "."
      let draft = PlanDraft(survey, cases: data.map { Folder.path($0, from: folder) })
      guard let out else { return Words.print(draft.text) }
      try TextFile.write(draft.text, to: out)
      Words.say("\(out): confirm every line marked \"guess\", then run: equipoise validate \(out)")
    }
  }
}
