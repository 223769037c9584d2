internal import ArgumentParser
internal import Exchange

struct Schema: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Prints the JSON Schema of a document, for editors that complete and check YAML.",
    discussion: """
      EXAMPLE
        equipoise schema plan > plan.schema.json
      """)

  enum Document: String, ExpressibleByArgument, CaseIterable { case plan, simulation }

  @Argument(help: "plan or simulation.")
  var document: Document

  func run() {
    switch document {
    case .plan: Words.print(PlanFile.schema)
    case .simulation: Words.print(SimulationFile.schema)
    }
  }
}
