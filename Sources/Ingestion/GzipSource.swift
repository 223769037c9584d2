internal import CZlib

/// A gzip file, of one member or several: inflated in order, hashed as given.
final class GzipSource: ByteSource, @unchecked Sendable {
  let file: OpenFile
  private(set) var bytesRead = 0
  private(set) var isAtEnd = false
  private var hash = SHA256()
  private var stream = z_stream()
  private var problem: InputError.Kind?
  private let input = UnsafeMutableRawBufferPointer.allocate(byteCount: 256 << 10, alignment: 16)
  private var isInsideMember = true

  init(_ file: OpenFile) {
    self.file = file
    let size = Int32(MemoryLayout<z_stream>.size)
    // 15 bits of window, + 16: a gzip wrapper and no other.
    guard inflateInit2_(&stream, 15 + 16, ZLIB_VERSION, size) == Z_OK else {
      preconditionFailure("zlib cannot start")
    }
  }

  deinit {
    inflateEnd(&stream)
    input.deallocate()
  }

  func begin(_ batch: Batch) -> Int { 1 }

  func fill(_ batch: Batch, piece: Int) {
    batch.fresh = batch.room
    let start = batch.freshBytes.baseAddress
    stream.next_out = start.map { UnsafeMutableRawPointer(mutating: $0).assumingMemoryBound(to: UInt8.self) }
    stream.avail_out = UInt32(batch.room)
    while stream.avail_out > 0 && !isAtEnd && problem == nil { inflateSome() }
    batch.fresh = batch.room - Int(stream.avail_out)
    for index in 0..<batch.blockCount { batch.countQuotes(inBlock: index) }
  }

  private func inflateSome() {
    if stream.avail_in == 0 {
      let count = file.read(into: input, at: bytesRead)
      guard count > 0 else {
        if bytesRead < file.size { problem = .changedWhileReading }
        if isInsideMember { problem = problem ?? .gzipTruncated }
        return isAtEnd = true
      }
      hash.update(UnsafeRawBufferPointer(rebasing: input[..<count]))
      bytesRead += count
      stream.next_in = input.baseAddress?.assumingMemoryBound(to: UInt8.self)
      stream.avail_in = UInt32(count)
    }
    if !isInsideMember {
      // Zeros may pad the end (tape blocks); anything else begins another member.
      while stream.avail_in > 0, stream.next_in.pointee == 0 {
        stream.next_in += 1
        stream.avail_in -= 1
      }
      guard stream.avail_in > 0 else { return }
      inflateReset(&stream)
      isInsideMember = true
    }
    switch inflate(&stream, Z_NO_FLUSH) {
    case Z_OK, Z_BUF_ERROR: break
    case Z_STREAM_END: isInsideMember = false
    default: problem = .gzipCorrupt
    }
  }

  func settle(_ batch: Batch) throws(InputError) {
    if let problem { throw InputError(problem, file: file.shownAs) }
  }

  func digest(_ batch: Batch) {}
  func sha256() -> String { hash.hexadecimal() }
}
