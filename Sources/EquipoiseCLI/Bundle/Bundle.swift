internal import CRename
internal import Glibc

/// A folder of results that is built beside its place and exchanged whole: a reader never sees half of one, and a failed
/// run leaves the old one as it was.
struct Bundle {
  /// Without a slash at its end; the folder itself, not a link to it.
  let place: String
  /// Keep the one that is replaced.
  let keepsOld: Bool

  /// Asks beforehand whether the place can be written, so that nobody waits for a result that has nowhere to go.
  init(at place: String, keepingOld keepsOld: Bool) throws(Failure) {
    self.place = try Folder.resolved(place)
    self.keepsOld = keepsOld
    try BundleContents.refuseForeign(in: self.place, shownAs: place)
    let parent = Folder.parent(of: self.place)
    try Folder.make(parent)
    guard access(parent, W_OK | X_OK) == 0 else { throw Failure(.cannotWrite, "\(parent): \(Reason.last)") }
    removeLeftovers(in: parent)
  }

  /// Writes all files, then makes them the bundle in one step. A name may have one folder before it.
  func write(_ files: [(name: String, bytes: [UInt8])]) throws(Failure) {
    let staging = Folder.parent(of: place) + "/" + stagingPrefix + "\(getpid())"
    Folder.remove(staging)
    try Folder.make(staging)
    do {
      let folders = Set(files.map { Folder.parent(of: staging + "/" + $0.name) }).sorted()
      for folder in folders { try Folder.make(folder) }
      for file in files { try TextFile.write(file.bytes, to: staging + "/" + file.name) }
      for folder in folders where folder != staging { try Folder.sync(folder) }
      try Folder.sync(staging)
      // Somebody may have put a file there while the study ran.
      try BundleContents.refuseForeign(in: place, shownAs: place)
      try exchange(staging)
      try Folder.sync(Folder.parent(of: place))
    } catch {
      Folder.remove(staging)
      throw error
    }
  }

  private func exchange(_ staging: String) throws(Failure) {
    guard Folder.exists(place) else { return try rename(staging, to: place) }
    // One step where the file system can; two, a moment apart, where it cannot.
    let old: String
    if renameat2(AT_FDCWD, staging, AT_FDCWD, place, EQUIPOISE_RENAME_EXCHANGE) == 0 {
      old = staging
    } else {
      old = staging + ".old"
      Folder.remove(old)
      try rename(place, to: old)
      do { try rename(staging, to: place) } catch {
        try rename(old, to: place)
        throw error
      }
    }
    if keepsOld, Folder.entries(old)?.isEmpty == false {
      try rename(old, to: Folder.free(beside: place))
    } else {
      Folder.remove(old)
    }
  }

  private func rename(_ old: String, to new: String) throws(Failure) {
    guard Glibc.rename(old, new) == 0 else { throw Failure(.cannotWrite, "\(new): \(Reason.last)") }
  }

  // MARK: Leftovers of runs that were killed

  private var stagingPrefix: String { ".\(Folder.name(of: place)).equipoise-" }

  private func removeLeftovers(in parent: String) {
    for entry in Folder.entries(parent) ?? [] where entry.hasPrefix(stagingPrefix) {
      let process = entry.dropFirst(stagingPrefix.count).prefix { $0.isNumber }
      guard let process = Int32(process), process != getpid(), kill(process, 0) != 0, errno == ESRCH else {
        continue
      }
      Folder.remove(parent + "/" + entry)
    }
  }
}
