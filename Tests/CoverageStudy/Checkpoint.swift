import Foundation

/// What was measured so far, on disk: an interrupted study goes on where it stopped.
///
/// One line for each finished cell. Another build of the program, or another number of replicates, begins anew.
final class Checkpoint {
  private let file: URL
  private var finished: [String: String] = [:]

  /// - Parameter replicates: Of the study, as its cells depend on it.
  init(at path: String, replicates: Int) throws {
    file = URL(fileURLWithPath: path)
    let program = try Data(contentsOf: URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath())
    let heading = "\(replicates) \(Self.fingerprint(of: program))"
    let lines = ((try? String(contentsOf: file, encoding: .utf8)) ?? "").split(separator: "\n")
    if lines.first.map(String.init) == heading {
      for line in lines.dropFirst() {
        // A line that was cut off by the interruption does not parse, and its cell is measured again.
        let parts = line.split(separator: "\t", maxSplits: 1)
        if parts.count == 2, parts[1].hasSuffix("]") { finished[String(parts[0])] = String(parts[1]) }
      }
    }
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    let kept = finished.sorted { $0.key < $1.key }.map { "\($0.key)\t\($0.value)\n" }.joined()
    try (heading + "\n" + kept).write(to: file, atomically: true, encoding: .utf8)
  }

  var count: Int { finished.count }

  /// The cell's numbers: those of the last run, or measured now and kept.
  func cell<Value: Codable>(_ name: String, _ measure: () throws -> [Value]) throws -> [Value] {
    if let known = finished[name] {
      return try JSONDecoder().decode([Value].self, from: Data(known.utf8))
    }
    let values = try measure()
    let text = String(decoding: try JSONEncoder().encode(values), as: UTF8.self)
    finished[name] = text
    let handle = try FileHandle(forWritingTo: file)
    try handle.seekToEnd()
    try handle.write(contentsOf: Data("\(name)\t\(text)\n".utf8))
    try handle.close()
    return values
  }

  /// The document stands: nothing is left to go on with.
  func remove() throws { try FileManager.default.removeItem(at: file) }

  /// FNV-1a.
  private static func fingerprint(of data: Data) -> String {
    let hash = data.reduce(0xcbf2_9ce4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
    return String(hash, radix: 16)
  }
}

/// How far a part of the study is, on standard error.
func showProgress(_ what: String, _ done: Int, _ all: Int) {
  FileHandle.standardError.write(
    Data("\r\(what): \(done) of \(all) cells\(done == all ? "\n" : " ")".utf8))
}
