internal import Glibc

/// A text of UTF-8 in another encoding.
struct Transcoding {
  let bytes: [UInt8]
  let mark: [UInt8]
  /// It can be read back, and begins like nothing else: no byte order mark, no signature of another kind of file.
  let isFaithful: Bool

  /// Nil: the text is not UTF-8, or the encoding has not all of its characters, or there is no such encoding.
  init?(_ text: [UInt8], to encoding: String) {
    guard let bytes = Self.converted(text, from: "UTF-8", to: encoding) else { return nil }
    self.bytes = bytes
    mark = Self.converted([0xEF, 0xBB, 0xBF], from: "UTF-8", to: encoding) ?? []
    let first = text.first { $0 != UInt8(ascii: "\n") } ?? 0
    let isPlain = (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(first)
    // `utf-16` and `utf-32` need a mark, which iconv writes for them.
    isFaithful =
      isPlain && !text.contains(0) && !["utf-16", "utf-32"].contains(encoding)
      && Self.converted(bytes, from: encoding, to: "UTF-8") == text
  }

  private static func converted(_ bytes: [UInt8], from: String, to: String) -> [UInt8]? {
    guard let converter = iconv_open(to, from), converter != iconv_t(bitPattern: -1) else { return nil }
    defer { iconv_close(converter) }
    var bytes = bytes.map(CChar.init(bitPattern:))
    let room = 8 * bytes.count + 64
    var isWhole = false
    let converted = [UInt8](unsafeUninitializedCapacity: room) { output, count in
      output.withMemoryRebound(to: CChar.self) { output in
        var (left, free) = (bytes.count, room)
        bytes.withUnsafeMutableBufferPointer { input in
          var (from, to) = (input.baseAddress, output.baseAddress)
          let result = iconv(converter, &from, &left, &to, &free)
          isWhole = result != -1 && left == 0 && iconv(converter, nil, nil, &to, &free) != -1
        }
        count = room - free
      }
    }
    return isWhole ? converted : nil
  }
}
