internal import ArgumentParser
internal import Exchange
internal import Validation

struct Simulate: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Draws a cohort whose truth is known, and writes what was planted in it.",
    discussion: """
      Writes cases.csv and truth.json. The same recipe gives the same bytes. Cases that were not simulated \
      (no truth.json beside them) are never replaced.

      EXAMPLE
        equipoise simulate simulation.yaml --out Cohorts/my-cohort
      """)

  @Argument(
    help: "The recipe (YAML); see: equipoise schema simulation.",
    completion: .file(extensions: ["yaml", "yml"]))
  var spec: String

  @Option(help: "The folder for the cohort.", completion: .directory)
  var out: String

  func run() throws {
    let text = try TextFile.read(spec)
    let recipe = try refusing { () throws(DocumentErrors) in try SimulationFile.read(text, file: spec) }
    let (cases, truth) = (out + "/cases.csv", out + "/truth.json")
    if Folder.exists(cases), !Folder.exists(truth) {
      throw Failure(.cannotWrite, "\(cases): was not simulated (no truth.json beside it) and is not replaced")
    }
    try Folder.make(out)
    let cohort = SimulatedCohort(recipe)
    try TextFile.replace(truth, with: SimulatedCohortFile.truth(of: cohort))
    try TextFile.replace(cases, with: SimulatedCohortFile.cases(of: cohort))
    let positives = cohort.cases.count { $0.isPositive }
    Words.say(
      "\(NumberText.count(cohort.cases.count)) cases of \(NumberText.count(recipe.patients)) patients, "
        + "\(NumberText.count(positives)) positive: \(cases)")
  }
}
