internal import Validation

/// The files of `--cases`, as a bundle names them: relative to the plan's folder where they stand inside it, else by
/// their own names. Where they stood on one machine says nothing on another.
struct CasesNamed {
  private let cases: [String]
  private let folder: String?

  init(_ cases: [String], plan: String) {
    self.cases = cases
    folder = Folder.real(Folder.parent(of: plan))
  }

  /// For the command in the manifest.
  var arguments: [String] { cases.isEmpty ? [] : ["--cases"] + cases.map(portable) }

  func portable(_ input: Provenance.Input) -> Provenance.Input {
    var copy = input
    copy.path = portable(input.path)
    return copy
  }

  /// A file, or a glob: what comes before the first wildcard is a folder that exists.
  private func portable(_ path: String) -> String {
    let steps = path.split(separator: "/", omittingEmptySubsequences: false)
    let fixed = steps.prefix { !$0.contains { "*?[".contains($0) } }.prefix(steps.count - 1)
    let start = fixed.isEmpty ? "." : fixed == [""] ? "/" : fixed.joined(separator: "/")
    let rest = steps.dropFirst(fixed.count).joined(separator: "/")
    guard let folder, let real = Folder.real(start) else { return Folder.name(of: path) }
    let prefix = folder == "/" ? "/" : folder + "/"
    let whole = (real == "/" ? "/" : real + "/") + rest
    return whole.hasPrefix(prefix) ? String(whole.dropFirst(prefix.count)) : Folder.name(of: path)
  }
}
