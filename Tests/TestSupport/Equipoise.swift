internal import Foundation

/// The built command, run as a user runs it.
public enum Equipoise {
  public struct Outcome: Sendable {
    public let status: Int32
    public let output: String
    public let words: String
    /// What was said, by line.
    public var lines: [String] { words.split(separator: "\n").map(String.init) }
  }

  /// It stands beside the tests' own executable.
  private static let path =
    URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
    .appendingPathComponent("equipoise").path

  public static func run(
    _ arguments: String..., in folder: ScratchFolder, environment: [String: String] = [:]
  ) throws -> Outcome {
    try run(arguments, in: folder, environment: environment)
  }

  public static func run(
    _ arguments: [String], in folder: ScratchFolder, environment: [String: String] = [:]
  ) throws -> Outcome {
    defer { withExtendedLifetime(folder) {} }
    let folder = folder.path
    let process = Process()
    process.executableURL = URL(fileURLWithPath: path)
    process.arguments = arguments
    process.currentDirectoryURL = URL(fileURLWithPath: folder)
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    // Files, not pipes: nobody has to read while the command writes.
    let name = folder + "/.\(UUID().uuidString)"
    defer { for file in ["out", "err"] { try? FileManager.default.removeItem(atPath: "\(name).\(file)") } }
    func file(_ kind: String) throws -> FileHandle {
      _ = FileManager.default.createFile(atPath: "\(name).\(kind)", contents: nil)
      return try FileHandle(forWritingTo: URL(fileURLWithPath: "\(name).\(kind)"))
    }
    process.standardOutput = try file("out")
    process.standardError = try file("err")
    process.standardInput = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    func text(_ kind: String) throws -> String {
      try String(contentsOfFile: "\(name).\(kind)", encoding: .utf8)
    }
    return Outcome(status: process.terminationStatus, output: try text("out"), words: try text("err"))
  }
}
