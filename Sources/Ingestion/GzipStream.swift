internal import CZlib

/// A gzip file, of one member or several: inflated in order, hashed as given.
final class GzipStream: ByteStream {
  private let compressed: PlainStream
  private var stream = z_stream()
  private let input = UnsafeMutableRawBufferPointer.allocate(byteCount: 256 << 10, alignment: 16)
  private var isInsideMember = true

  init(_ file: OpenFile) {
    compressed = PlainStream(file)
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

  var file: OpenFile { compressed.file }
  var bytesRead: Int { compressed.bytesRead }
  func sha256() -> String { compressed.sha256() }

  func read(into buffer: UnsafeMutableRawBufferPointer) throws(InputError) -> Int {
    stream.next_out = buffer.baseAddress?.assumingMemoryBound(to: UInt8.self)
    stream.avail_out = UInt32(clamping: buffer.count)
    let room = stream.avail_out
    while stream.avail_out == room {
      if stream.avail_in == 0 {
        let count = try compressed.read(into: input)
        if count == 0, isInsideMember { throw InputError(.gzipTruncated, file: file.shownAs) }
        if count == 0 { break }
        stream.next_in = input.baseAddress?.assumingMemoryBound(to: UInt8.self)
        stream.avail_in = UInt32(count)
      }
      try inflateSome()
    }
    return Int(room - stream.avail_out)
  }

  private func inflateSome() throws(InputError) {
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
    default: throw InputError(.gzipCorrupt, file: file.shownAs)
    }
  }
}
