internal import Exchange

/// What stands in a folder that is to be replaced: only what an earlier run wrote there may go.
enum BundleContents {
  /// Refuses a folder that holds anything but a bundle, naming the first entry that is not part of one.
  static func refuseForeign(in folder: String, shownAs shown: String) throws(Failure) {
    let entries = Folder.entries(folder) ?? []
    guard !entries.isEmpty else { return }
    let sums = "SHA256SUMS"
    let manifest = text(of: "manifest.json", in: folder, entries)
    guard Manifest.isOne(manifest) else {
      let foreign = entries.contains("manifest.json") ? "manifest.json" : entries[0]
      throw refusal(of: foreign, shown)
    }
    let ours = Set(Checksums.files(in: text(of: sums, in: folder, entries)) + [sums])
    for entry in entries {
      if let inner = Folder.entries(folder + "/" + entry) {
        // Theirs, if it holds anything else, or if none of our files stands in such a folder.
        guard ours.contains(where: { $0.hasPrefix(entry + "/") }) else { throw refusal(of: entry, shown) }
        for file in inner {
          let name = entry + "/" + file
          guard ours.contains(name), Folder.entries(folder + "/" + name) == nil else {
            throw refusal(of: name, shown)
          }
        }
      } else if !ours.contains(entry) {
        throw refusal(of: entry, shown)
      }
    }
  }

  private static func text(of name: String, in folder: String, _ entries: [String]) -> String {
    guard entries.contains(name), Folder.entries(folder + "/" + name) == nil else { return "" }
    return (try? TextFile.read(folder + "/" + name)) ?? ""
  }

  private static func refusal(of entry: String, _ shown: String) -> Failure {
    Failure(
      .cannotWrite,
      "\(shown) holds \(entry), which is not part of a bundle: move it, or choose another --out")
  }
}
