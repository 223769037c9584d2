internal import Glibc

/// What a bundle asks of folders.
enum Folder {
  static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

  static func name(of path: String) -> String { path.split(separator: "/").last.map(String.init) ?? "/" }

  static func parent(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  /// How a file is reached from a folder; both relative to the working folder, or as given where one is not.
  static func path(_ file: String, from folder: String) -> String {
    guard !file.hasPrefix("/"), !folder.hasPrefix("/"), folder != "." else { return file }
    var steps = file.split(separator: "/").filter { $0 != "." }
    var start = folder.split(separator: "/").filter { $0 != "." }
    while let step = steps.first, step == start.first, steps.count > 1 {
      steps.removeFirst()
      start.removeFirst()
    }
    return (start.map { _ in ".." } + steps).joined(separator: "/")
  }

  /// From the root, through links; nil where it does not exist.
  static func real(_ path: String) -> String? {
    guard let real = realpath(path, nil) else { return nil }
    defer { Glibc.free(real) }
    return String(cString: real)
  }

  /// Through links and without a slash at the end; as given where it does not exist yet.
  static func resolved(_ path: String) throws(Failure) -> String {
    guard !path.isEmpty else { throw Failure(.cannotWrite, "--out is empty") }
    if let text = real(path) {
      if text == "/" || entries(text) == nil {
        throw Failure(.cannotWrite, "\(path): not a folder for results")
      }
      return text
    }
    var trimmed = Substring(path)
    while trimmed.count > 1, trimmed.hasSuffix("/") { trimmed = trimmed.dropLast() }
    return String(trimmed)
  }

  /// Names in a folder, sorted; nil where it cannot be read.
  static func entries(_ path: String) -> [String]? {
    guard let folder = opendir(path) else { return nil }
    defer { closedir(folder) }
    var names: [String] = []
    while let entry = readdir(folder) {
      let name = withUnsafeBytes(of: entry.pointee.d_name) {
        String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
      }
      if name != "." && name != ".." { names.append(name) }
    }
    return names.sorted()
  }

  /// With the folders above it.
  static func make(_ path: String) throws(Failure) {
    if mkdir(path, 0o755) == 0 { return }
    if errno == ENOENT, parent(of: path) != path {
      try make(parent(of: path))
      if mkdir(path, 0o755) == 0 { return }
    }
    let reason = errno
    if reason == EEXIST, entries(path) != nil { return }
    errno = reason
    throw Failure(.cannotWrite, "\(path): \(Reason.last)")
  }

  static func remove(_ path: String) {
    for entry in entries(path) ?? [] {
      let inner = path + "/" + entry
      if unlink(inner) != 0 { remove(inner) }
    }
    rmdir(path)
  }

  /// Has the names in a folder on the disk.
  static func sync(_ path: String) throws(Failure) {
    let folder = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard folder >= 0 else { throw Failure(.cannotWrite, "\(path): \(Reason.last)") }
    defer { close(folder) }
    // Some file systems cannot; then there is nothing to wait for.
    guard fsync(folder) == 0 || errno == EINVAL else {
      throw Failure(.cannotWrite, "\(path): \(Reason.last)")
    }
  }

  /// `place.1`, or the first number that is free.
  static func free(beside place: String) -> String {
    var number = 1
    while exists("\(place).\(number)") { number += 1 }
    return "\(place).\(number)"
  }
}
