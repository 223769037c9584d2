internal import Glibc

/// A directory in memory for the files of this process; it goes when the process ends.
package enum Scratch {
  package static let path: String = {
    let path = "/dev/shm/fuzz-\(getpid())"
    mkdir(path, 0o700)
    atexit {
      for name in written { unlink(Scratch.path + "/" + name) }
      rmdir(Scratch.path)
    }
    return path
  }()

  package static func write(_ bytes: [UInt8], to name: String) {
    written.insert(name)
    let file = open(path + "/" + name, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
    _ = Glibc.write(file, bytes, bytes.count)
    close(file)
  }
}

/// libFuzzer runs its tests one after the other.
nonisolated(unsafe) private var written: Set<String> = []
