internal import Foundation

/// Programs that a test can do without.
public enum Program {
  /// Nil where it is not on the PATH.
  public static func path(_ name: String) -> String? {
    let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
    return folders.map { "\($0)/\(name)" }.first { FileManager.default.isExecutableFile(atPath: $0) }
  }

  public static func exists(_ name: String) -> Bool { path(name) != nil }
}
