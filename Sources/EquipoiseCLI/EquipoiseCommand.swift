internal import ArgumentParser
internal import Glibc

@main
struct EquipoiseCommand: ParsableCommand {
  static let version = "0.1.0"

  static let configuration = CommandConfiguration(
    commandName: "equipoise",
    abstract: "Validates medical-imaging AI: by subgroup, with intervals, against goals fixed beforehand.",
    discussion: """
      Exit status: 0 all criteria met, or none set; 1 a criterion not met; 2 inconclusive or not assessable; 64 usage; \
      65 the data or the plan is wrong; 66 an input is missing; 70 our fault; 74 cannot write, or would \
      replace what must not be replaced.

      Words go to stderr, results to stdout or to files. No network, no telemetry.

      EXAMPLE
        equipoise validate plan.yaml
      """,
    version: version,
    subcommands: [
      Validate.self, Check.self, Diff.self, Simulate.self, PlanCommand.self, Metrics.self, Schema.self,
    ])

  static func main() {
    // A reader that goes away (`equipoise metrics | head`) is no reason to leave half a bundle behind.
    signal(SIGPIPE, SIG_IGN)
    do {
      if let later = LaterVersions.named(in: Array(CommandLine.arguments.dropFirst())) {
        throw Failure(.usage, "\"\(later)\" is not in this version")
      }
      var command = try parseAsRoot()
      try command.run()
    } catch let failure as Failure {
      Words.say(failure.message)
      Glibc.exit(failure.status.rawValue)
    } catch {
      exit(withError: error)
    }
  }
}
