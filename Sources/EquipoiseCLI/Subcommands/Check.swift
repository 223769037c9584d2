internal import ArgumentParser
internal import Exchange
internal import Glibc
internal import Ingestion
internal import Statistics
internal import Validation

struct Check: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract:
      "Says in plain sentences how a plan and its files are understood, before anything is estimated.",
    discussion: """
      Looks at columns by themselves, at attributes and at joins; never at an output against the reference \
      standard. Writes nothing. Exit status 0, or 65 with what is wrong.

      EXAMPLE
        equipoise check plan.yaml
      """)

  @Argument(help: "The plan (YAML).", completion: .file(extensions: ["yaml", "yml"]))
  var plan: String

  @Option(
    parsing: .upToNextOption,
    help: "Files of cases, or globs, in place of the plan's; relative to the working folder.",
    completion: .file())
  var cases: [String] = []

  func run() throws {
    let source = try PlanSource(self.plan)
    let plan = source.plan
    let workers = Workers.threads(max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))))
    let check: CohortCheck
    do throws(InputErrors) {
      check = try checkCohort(
        plan,
        from: cases.isEmpty ? plan.cohort.cases : cases.map { CaseFile($0, format: plan.cohort.format) },
        relativeTo: cases.isEmpty ? Folder.parent(of: self.plan) : "",
        joinsRelativeTo: Folder.parent(of: self.plan), workers: workers)
    } catch {
      throw Failure(error.askedFor(at: source.place(ofColumn:)))
    }
    Words.print(CheckText(check, of: source, file: self.plan).text)
  }
}
