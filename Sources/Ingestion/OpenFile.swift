internal import Glibc
internal import Validation

/// A regular file, open for reading at any place. (Not mapped: a file cut short under a mapping kills the process.)
final class OpenFile: Sendable {
  let shownAs: String
  let format: TableFormat
  let size: Int
  /// Device and inode: the same for two names of one file.
  let identity: [UInt64]
  let descriptor: Int32

  init(path: String, shownAs: String, format: TableFormat = TableFormat()) throws(InputError) {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      let missing = errno == ENOENT || errno == ENOTDIR
      throw InputError(
        missing ? .missingFile : .unreadable(reason: String(cString: strerror(errno))), file: shownAs)
    }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      close(descriptor)
      throw InputError(.unreadable(reason: "it is not a regular file"), file: shownAs)
    }
    self.shownAs = shownAs
    self.format = format
    self.descriptor = descriptor
    size = Int(status.st_size)
    identity = [UInt64(status.st_dev), UInt64(status.st_ino)]
  }

  deinit { close(descriptor) }

  /// Fills the buffer from the offset on; fewer bytes only at the end of the file or on an error.
  func read(into buffer: UnsafeMutableRawBufferPointer, at offset: Int) -> Int {
    guard let base = buffer.baseAddress else { return 0 }
    var count = 0
    while count < buffer.count {
      let got = pread(descriptor, base + count, buffer.count - count, off_t(offset + count))
      if got < 0 && errno == EINTR { continue }
      guard got > 0 else { break }
      count += got
    }
    return count
  }

  func firstBytes(_ count: Int) -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
      filled = read(into: UnsafeMutableRawBufferPointer(buffer), at: 0)
    }
  }
}
