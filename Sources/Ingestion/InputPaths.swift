internal import Glibc
internal import Validation

/// The files that a plan's paths and patterns name, in the plan's order; those of one pattern sorted by name.
struct InputPaths {
  struct Entry: Hashable {
    /// What the plan's paths are relative to goes before it.
    let path: String
    /// As the plan would write it.
    let shown: String
    let format: TableFormat
  }

  static func resolve(_ files: [CaseFile], relativeTo base: String) throws(InputErrors) -> [Entry] {
    var entries: [Entry] = []
    var problems = InputErrors()
    for file in files {
      let pattern = file.path
      let found = expand(file, base: base)
      if found.isEmpty {
        problems.add(InputError(isPattern(pattern) ? .noMatch : .missingFile, file: pattern))
      }
      entries += found
    }
    guard problems.isEmpty else { throw problems }
    return entries
  }

  private static func isPattern(_ path: String) -> Bool { path.utf8.contains { "*?[".utf8.contains($0) } }

  private static func expand(_ file: CaseFile, base: String) -> [Entry] {
    let pattern = file.path
    let prefix = pattern.hasPrefix("/") || base.isEmpty ? "" : base.hasSuffix("/") ? base : base + "/"
    let literal = prefix + pattern
    // A file whose own name holds a bracket is meant, not the pattern.
    if access(literal, F_OK) == 0 { return [Entry(path: literal, shown: pattern, format: file.format)] }
    guard isPattern(pattern) else { return [] }
    var matches = glob_t()
    defer { globfree(&matches) }
    guard glob(escaped(prefix) + pattern, 0, nil, &matches) == 0 else { return [] }
    return (0..<Int(matches.gl_pathc))
      .compactMap { matches.gl_pathv[$0].map { String(cString: $0) } }
      .sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
      .map { Entry(path: $0, shown: String($0.dropFirst(prefix.count)), format: file.format) }
  }

  private static func escaped(_ directory: String) -> String {
    directory.reduce(into: "") { text, character in
      if "*?[\\".contains(character) { text.append("\\") }
      text.append(character)
    }
  }
}
