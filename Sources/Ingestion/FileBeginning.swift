/// The first bytes of a table: a byte order mark, blank lines.
struct FileBeginning {
  let bytes: UnsafeBufferPointer<UInt8>
  let opened: OpenFile
  /// As the file was given, before it became UTF-8.
  let encoding: String
  /// After a UTF-8 byte order mark.
  let textStart: Int

  /// Enough to tell UTF-16 without a byte order mark; a file's beginning holds as many, however finely it is cut.
  static let tellingBytes = 4

  var file: String { opened.shownAs }

  init(_ bytes: UnsafeBufferPointer<UInt8>, file opened: OpenFile, encoding: String) throws(InputError) {
    self.bytes = bytes
    self.opened = opened
    self.encoding = encoding
    if let likely = TextEncoding.unmarked(bytes.prefix(Self.tellingBytes)) {
      throw InputError(.utf16(likely, declared: encoding), file: opened.shownAs, line: 1, column: 1)
    }
    textStart = Self.textStart(of: bytes)
  }

  static func textStart(of bytes: UnsafeBufferPointer<UInt8>) -> Int {
    bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
  }

  /// The first line that is not blank, and the lines before it. Nil: there is none.
  var firstText: (start: Int, line: Int)? {
    var (at, line) = (textStart, 1)
    while at < bytes.count {
      if bytes[at] == ByteScan.lineFeed {
        (at, line) = (at + 1, line + 1)
      } else if bytes[at] == ByteScan.carriageReturn, at + 1 < bytes.count, bytes[at + 1] == ByteScan.lineFeed
      {
        at += 1
      } else {
        return (at, line)
      }
    }
    return nil
  }
}

enum Encoding {
  /// Whether these bytes are UTF-8, but for a last character that may be cut off.
  static func isUTF8SoFar(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    guard let bad = firstError(in: bytes) else { return true }
    let rest = bytes[bad...]
    let isCut = rest.count < 4 && rest.first.map { $0 >= 0xC2 && $0 < 0xF5 } == true
    return isCut && rest.dropFirst().allSatisfy { $0 & 0xC0 == 0x80 }
  }

  /// The first byte that is not well-formed UTF-8.
  static func firstError(in bytes: UnsafeBufferPointer<UInt8>) -> Int? {
    do throws(UTF8.ValidationError) {
      _ = try UTF8Span(validating: bytes.span)
      return nil
    } catch {
      return error.byteOffsets.lowerBound
    }
  }
}
