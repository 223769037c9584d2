/// A cursor over one line of JSON.
struct JSONText {
  let bytes: UnsafePointer<UInt8>
  let end: Int
  private(set) var at: Int

  struct Failure: Error {
    let expected: String
    let at: Int
  }

  /// A string or bare word, as a range of the line without its quotes.
  struct Token {
    let range: Range<Int>
    let hasEscapes: Bool
  }

  init(_ bytes: UnsafePointer<UInt8>, _ range: Range<Int>) {
    self.bytes = bytes
    at = range.lowerBound
    end = range.upperBound
  }

  var isAtEnd: Bool { at == end }
  /// The byte at hand; 0 at the end.
  var byte: UInt8 { at < end ? bytes[at] : 0 }

  mutating func skipSpaces() {
    while at < end, bytes[at] == 0x20 || bytes[at] == 0x09 || bytes[at] == 0x0D { at += 1 }
  }

  /// Whether the next byte, spaces apart, is this one; steps over it if so.
  mutating func take(_ character: Unicode.Scalar) -> Bool {
    skipSpaces()
    guard byte == UInt8(ascii: character) else { return false }
    at += 1
    return true
  }

  mutating func expect(_ character: Unicode.Scalar) throws(Failure) {
    guard take(character) else { throw Failure(expected: "\"\(character)\"", at: at) }
  }

  mutating func string() throws(Failure) -> Token {
    try expect("\"")
    let start = at
    var hasEscapes = false
    while at < end {
      switch bytes[at] {
      case UInt8(ascii: "\""):
        at += 1
        return Token(range: start..<(at - 1), hasEscapes: hasEscapes)
      case UInt8(ascii: "\\"):
        hasEscapes = true
        at += 2
      case ..<0x20: throw Failure(expected: "no control character in a string", at: at)
      default: at += 1
      }
    }
    at = end
    throw Failure(expected: "the closing quote of a string", at: start - 1)
  }

  /// A number, `true`, `false`, `null`, or the `NaN` and `Infinity` that Python writes.
  mutating func word() throws(Failure) -> Token {
    let start = at
    while at < end, !",}] \t\r".utf8.contains(bytes[at]) { at += 1 }
    let word = UnsafeBufferPointer(start: bytes + start, count: at - start)
    let isNumber = word.first.map { $0 == UInt8(ascii: "-") || ($0 >= 48 && $0 < 58) } ?? false
    let words: [StaticString] = ["true", "false", "null", "NaN", "Infinity", "-Infinity"]
    let isWord = words.contains {
      word.elementsEqual(UnsafeBufferPointer(start: $0.utf8Start, count: $0.utf8CodeUnitCount))
    }
    guard isWord || (isNumber && DecimalNumber.parse(word) != nil) else {
      at = start
      throw Failure(expected: "a value", at: start)
    }
    return Token(range: start..<at, hasEscapes: false)
  }

  /// Steps over any value; of what is nested in it only strings and brackets are looked at.
  mutating func skipValue() throws(Failure) {
    skipSpaces()
    var depth = 0
    repeat {
      skipSpaces()
      switch byte {
      case UInt8(ascii: "\""): _ = try string()
      case UInt8(ascii: "{"), UInt8(ascii: "["):
        depth += 1
        at += 1
      case UInt8(ascii: "}"), UInt8(ascii: "]"):
        guard depth > 0 else { throw Failure(expected: "a value", at: at) }
        depth -= 1
        at += 1
      case UInt8(ascii: ","), UInt8(ascii: ":"):
        guard depth > 0 else { throw Failure(expected: "a value", at: at) }
        at += 1
      case 0 where isAtEnd: throw Failure(expected: depth > 0 ? "a closing bracket" : "a value", at: at)
      default: _ = try word()
      }
    } while depth > 0
  }

  /// A string without its escapes.
  func unescaped(_ token: Token) throws(Failure) -> [UInt8] {
    var content: [UInt8] = []
    var at = token.range.lowerBound
    while at < token.range.upperBound {
      guard bytes[at] == UInt8(ascii: "\\") else {
        content.append(bytes[at])
        at += 1
        continue
      }
      switch bytes[at + 1] {
      case UInt8(ascii: "n"): content.append(0x0A)
      case UInt8(ascii: "t"): content.append(0x09)
      case UInt8(ascii: "r"): content.append(0x0D)
      case UInt8(ascii: "b"): content.append(0x08)
      case UInt8(ascii: "f"): content.append(0x0C)
      case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): content.append(bytes[at + 1])
      case UInt8(ascii: "u"):
        let (scalar, length) = try scalar(at, end: token.range.upperBound)
        content.append(contentsOf: String(scalar).utf8)
        at += length
        continue
      default: throw Failure(expected: "an escape that JSON has", at: at)
      }
      at += 2
    }
    return content
  }

  /// `\u00E9`, or the two halves of a surrogate pair.
  private func scalar(_ at: Int, end: Int) throws(Failure) -> (Unicode.Scalar, Int) {
    if let high = unit(at, end: end) {
      if let scalar = Unicode.Scalar(high) { return (scalar, 6) }
      if UTF16.isLeadSurrogate(UInt16(high)), let low = unit(at + 6, end: end),
        UTF16.isTrailSurrogate(UInt16(low)),
        let scalar = Unicode.Scalar(0x10000 + (high - 0xD800) << 10 + (low - 0xDC00))
      {
        return (scalar, 12)
      }
    }
    throw Failure(expected: "four hexadecimal digits (or a pair of surrogates)", at: at)
  }

  private func unit(_ at: Int, end: Int) -> UInt32? {
    guard at + 6 <= end, bytes[at] == UInt8(ascii: "\\"), bytes[at + 1] == UInt8(ascii: "u") else {
      return nil
    }
    let digits = UnsafeBufferPointer(start: bytes + at + 2, count: 4)
    guard digits.allSatisfy({ Unicode.Scalar($0).properties.isASCIIHexDigit }) else { return nil }
    return UInt32(String(decoding: digits, as: UTF8.self), radix: 16)
  }
}
