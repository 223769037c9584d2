internal import ArgumentParser
internal import Exchange
internal import Glibc
internal import Ingestion
internal import Reporting
internal import Statistics
internal import Validation

struct Validate: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Evaluates a cohort as a plan says, judges it, and writes study, rows and report.",
    discussion: """
      Writes study.json, rows.csv, report.html, plan.yaml, manifest.json and SHA256SUMS into one folder, which \
      appears whole or not at all. With --format csv every table of the report is a file under tables/; with \
      --format xlsx it is a sheet of tables.xlsx.

      EXAMPLE
        equipoise validate plan.yaml --cases 'site-a/*.csv.gz' --out Reports/site-a
        equipoise validate plan.yaml --format html,csv,xlsx
      """)

  @Argument(help: "The plan (YAML).", completion: .file(extensions: ["yaml", "yml"]))
  var plan: String

  @Option(
    parsing: .upToNextOption,
    help: "Files of cases, or globs, in place of the plan's; relative to the working folder.",
    completion: .file())
  var cases: [String] = []

  @Option(help: "The folder for the results (default: Reports/<study id>).", completion: .directory)
  var out: String?

  @Option(
    help: "What the tables are written as: html (always), csv, xlsx, parted by commas.",
    completion: .list(ResultFormat.allCases.map(\.rawValue)))
  var format = "html"

  @Flag(help: "Say nothing but errors, and show no cell of the data in them.")
  var quiet = false

  @Option(help: "Threads to use (default: one per processor). The results do not depend on it.")
  var threads: Int?

  @Option(
    help: "A file for every problem of the cases (CSV), in place of the first twenty kinds.",
    completion: .file())
  var errors: String?

  @Flag(help: "Rename earlier results in the same place instead of deleting them.")
  var replace = false

  func validate() throws {
    if let threads, !(1...1024).contains(threads) {
      throw ValidationError("--threads is \(threads), expected a number from 1 to 1024")
    }
  }

  func run() throws {
    let formats = try ResultFormat.list(format)
    let source = try PlanSource(self.plan)
    let plan = source.plan
    let place = out ?? "Reports/\(plan.id)"
    let bundle = try Bundle(at: place, keepingOld: replace)
    let progress = Progress(stages: 3, isQuiet: quiet)
    defer { progress.finish() }

    progress.begin("reading the cases")
    let workers = Workers.threads(threads ?? max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))))
    let ingested = try read(source, using: workers, progress)
    let named = CasesNamed(cases, plan: self.plan)
    let ofCases = cases.isEmpty ? ingested.inputs : ingested.inputs.map(named.portable)
    let inputs = ofCases + ingested.joinedInputs
    try list(InputErrors())
    progress.begin("evaluating")
    let study = try evaluated(ingested.cohorts, following: plan, using: workers)
    progress.begin("writing the results")
    let results = Results(
      of: study, source: source, inputs: inputs,
      command: ["equipoise", "validate", Folder.name(of: self.plan)] + named.arguments
        + ResultFormat.arguments(of: formats),
      formats: formats)
    try bundle.write(results.files)
    progress.finish()

    if !quiet {
      Words.say(
        StudyVocabulary(of: study.plan)(VerdictTable(study: study).text) + "\n\nReport: \(place)/report.html")
      source.marks.compactMap(\.reminder).forEach(Words.say)
    }
    throw ExitCode(ExitStatus(study.verdict).rawValue)
  }

  /// The plan's cases, relative to the plan; or those of `--cases`, relative to the working folder.
  private func read(
    _ source: PlanSource, using workers: Workers, _ progress: Progress
  ) throws(Failure) -> IngestedCohort {
    let definition = source.plan.cohort
    do throws(InputErrors) {
      return try readCohort(
        definition,
        from:
          cases.isEmpty ? definition.cases : cases.map { CaseFile($0, format: definition.format) },
        relativeTo: cases.isEmpty ? Folder.parent(of: plan) : "",
        joinsRelativeTo: Folder.parent(of: plan), workers: workers,
        keepingProblems: errors == nil ? InputErrors.fewPlaces : InputErrors.mostPlaces
      ) { done, total in progress.advance(to: Double(done) / Double(max(1, total))) }
    } catch {
      progress.finish()
      let error = error.askedFor(at: source.place(ofColumn:))
      try list(error)
      throw Failure(error, hidingCells: quiet)
    }
  }

  /// Also of a file without any, so that a list of earlier ones does not stay.
  private func list(_ problems: InputErrors) throws(Failure) {
    guard let errors else { return }
    try TextFile.replace(errors, with: ErrorsFile.text(problems, hidingCells: quiet))
    if let shortfall = ErrorsFile.shortfall(problems, file: errors) { Words.say(shortfall) }
  }

  private func evaluated(
    _ cohorts: [Cohort], following plan: AnalysisPlan, using workers: Workers
  ) throws(Failure) -> Study {
    do throws(PlanError) {
      return try Study(of: cohorts, following: plan, using: workers)
    } catch {
      throw Failure(error, plan: self.plan, hidingCells: quiet)
    }
  }
}
