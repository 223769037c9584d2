/// Commands and options that are documented and not yet built: answered by name, never by a guess at what was meant.
enum LaterVersions {
  private static let commands: Set = [
    "compare", "monitor", "report", "verify", "archive", "sql", "summarise", "merge",
    "release",
  ]
  private static let planCommands: Set = ["lock"]
  private static let validateOptions: Set = ["--audience"]

  /// The first of them among the arguments of the command.
  static func named(in arguments: [String]) -> String? {
    guard let command = arguments.first else { return nil }
    let rest = arguments.dropFirst()
    switch command {
    case "plan":
      return rest.first.flatMap { planCommands.contains($0) ? "plan \($0)" : nil }
    case "validate":
      let options = rest.map { String($0.prefix { $0 != "=" }) }
      return options.first(where: validateOptions.contains)
    default: return commands.contains(command) ? command : nil
    }
  }
}
