internal import Glibc

/// Whole files, as the operating system gives and takes them.
enum TextFile {
  /// A document of UTF-8 that a person wrote; refuses what is absent (66) and what is no text (65).
  static func read(_ path: String) throws(Failure) -> String {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { throw Failure(.missingInput, "\(path): \(Reason.last)") }
    defer { close(file) }
    var bytes: [UInt8] = []
    var block = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = Glibc.read(file, &block, block.count)
      if count < 0 && errno == EINTR { continue }
      guard count >= 0 else { throw Failure(.missingInput, "\(path): \(Reason.last)") }
      if count == 0 { break }
      bytes += block[..<count]
    }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw Failure(.wrongInput, "\(path): not UTF-8 text")
    }
    return text
  }

  /// At most so many bytes from the beginning; none where it cannot be read.
  static func beginning(of path: String, bytes most: Int) -> [UInt8] {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return [] }
    defer { close(file) }
    var block = [UInt8](repeating: 0, count: most)
    let count = Glibc.read(file, &block, most)
    return Array(block.prefix(max(0, count)))
  }

  /// Writes a new file and has it on the disk before it returns.
  static func write(_ text: String, to path: String) throws(Failure) {
    try write(Array(text.utf8), to: path)
  }

  static func write(_ bytes: [UInt8], to path: String) throws(Failure) {
    let file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
    guard file >= 0 else { throw Failure(.cannotWrite, "\(path): \(Reason.last)") }
    defer { close(file) }
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
      if count < 0 && errno == EINTR { continue }
      guard count > 0 else { throw Failure(.cannotWrite, "\(path): \(Reason.last)") }
      rest = rest.dropFirst(count)
    }
    guard fsync(file) == 0 else { throw Failure(.cannotWrite, "\(path): \(Reason.last)") }
  }
}

extension TextFile {
  /// Puts a file in place of another in one step.
  static func replace(_ path: String, with text: String) throws(Failure) {
    let staging = "\(Folder.parent(of: path))/.\(Folder.name(of: path)).equipoise-\(getpid())"
    unlink(staging)
    defer { unlink(staging) }
    try write(text, to: staging)
    guard rename(staging, path) == 0 else { throw Failure(.cannotWrite, "\(path): \(Reason.last)") }
  }
}

/// What the operating system says of its last refusal.
enum Reason {
  static var last: String { strerror(errno).map { String(cString: $0).lowercased() } ?? "error \(errno)" }
}
