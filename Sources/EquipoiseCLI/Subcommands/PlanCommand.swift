internal import ArgumentParser
internal import Ingestion

struct PlanCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "plan", abstract: "Helps to write a plan, and says how large a study must be.",
    subcommands: [Init.self, Power.self])

  struct Init: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Drafts a plan from the columns of a file; every guess is marked as one.",
      discussion: """
        Looks at each column by itself, never at an output against the reference standard. Files of the same columns and other keys \
        are taken as one; others are joined by the key that their values share. Prints the plan, or writes it with \
        --out; an existing file is never replaced.

        EXAMPLE
          equipoise plan init vendorA.csv vendorB.csv --truth truth.csv --out plan.yaml
        """)

    @Argument(help: "Files of cases and of outputs.", completion: .file())
    var data: [String]

    @Option(help: "A file with the reference standard.", completion: .file())
    var truth: String?

    @Option(help: "The file to write; without it the plan is printed.", completion: .file())
    var out: String?

    func run() throws {
      let folder = out.map(Folder.parent) ?? "."
      let files: [DraftFile]
      do throws(InputErrors) {
        files = try DraftFiles.read(data, truth: truth) { Folder.path($0, from: folder) }
      } catch {
        throw Failure(error)
      }
      for survey in files.map(\.survey) where survey.nameless >= max(2, survey.columns.count) {
        throw Failure(
          .wrongInput,
          "\(survey.file): \(survey.nameless) of \(survey.nameless + survey.columns.count) columns have no name in its first line; if a title stands there, delete the lines above the header"
        )
      }
      let text = PlanDraft(files).text
      guard let out else { return Words.print(text) }
      try TextFile.write(text, to: out)
      Words.say(Self.summary(of: DraftMarks(in: text, of: out)))
    }

    private static func summary(of marks: DraftMarks) -> String {
      let questions = DraftMarks.places(marks.questions.map(\.line))
      return
        "\(marks.file) is drafted: answer the questions on \(questions), correct what is guessed wrongly, then run: equipoise check \(marks.file)"
    }
  }
}
