internal import ArgumentParser
internal import Exchange
internal import Glibc
internal import Ingestion
internal import Statistics
internal import Validation

extension PlanCommand {
  struct Power: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Says how many cases the criteria need, and what each group of the cohort can show.",
      discussion: """
        Works from the values that the plan assumes under "planning" and from the sizes of its groups; the reference \
        standard and the outputs are not looked at. Writes nothing. Exit status 0, or 65 with what is wrong.

        EXAMPLE
          planning: {assumed: {sensitivity: 0.90, specificity: 0.85}, prevalence: 0.10}   # in plan.yaml
          equipoise plan power plan.yaml
        """)

    @Argument(help: "The plan (YAML).", completion: .file(extensions: ["yaml", "yml"]))
    var plan: String

    func run() throws {
      let source = try PlanSource(plan)
      guard source.plan.planning != nil else {
        throw Failure(
          .wrongInput,
          "\(plan): the plan assumes nothing; add for example: planning: {assumed: {sensitivity: 0.90, specificity: 0.85}, prevalence: 0.10}"
        )
      }
      let folder = Folder.parent(of: plan)
      let check: CohortCheck
      do throws(InputErrors) {
        check = try checkCohort(
          source.plan, from: source.plan.cohort.cases, relativeTo: folder, joinsRelativeTo: folder,
          workers: .threads(max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN)))))
      } catch {
        throw Failure(error.askedFor(at: source.place(ofColumn:)))
      }
      guard let text = PowerText(check, of: source.plan)?.text else { return }
      Words.print(text)
    }
  }
}
