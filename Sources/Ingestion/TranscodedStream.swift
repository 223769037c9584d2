internal import Glibc

/// A stream in another encoding, as UTF-8.
///
/// At bytes that are not the declared encoding it ends with a byte that no UTF-8 has: whoever finds rows and fields finds
/// that one too, and knows its place.
final class TranscodedStream: ByteStream {
  private let inner: any ByteStream
  private let converter: iconv_t
  private let input = UnsafeMutablePointer<CChar>.allocate(capacity: TranscodedStream.inputSize)
  private let output = UnsafeMutablePointer<CChar>.allocate(capacity: TranscodedStream.outputSize)
  /// Bytes of the input that have not been converted: the beginning of a character.
  private var waiting = 0
  private var ready = 0..<0
  private var isFinished = false
  /// Declared as an encoding in which any bytes are text: UTF-8 would be read as other letters.
  private var mayBeUTF8: Bool
  private let encoding: String

  private static let inputSize = 64 << 10
  /// No encoding's byte becomes more than two characters of four bytes.
  private static let outputSize = 8 * inputSize
  private static let notUTF8 = CChar(bitPattern: 0xFF)

  init(_ inner: any ByteStream, encoding: String) throws(InputError) {
    let converter = iconv_open("UTF-8", encoding)
    guard let converter, converter != Self.failed else {
      input.deallocate()
      output.deallocate()
      throw InputError(.unknownEncoding(encoding), file: inner.file.shownAs)
    }
    mayBeUTF8 = TextEncoding.takesAnyBytes(encoding)
    self.encoding = encoding
    self.inner = inner
    self.converter = converter
  }

  deinit {
    iconv_close(converter)
    input.deallocate()
    output.deallocate()
  }

  private static var failed: iconv_t? { iconv_t(bitPattern: -1) }

  var file: OpenFile { inner.file }
  var bytesRead: Int { inner.bytesRead }
  func sha256() -> String { inner.sha256() }

  func read(into buffer: UnsafeMutableRawBufferPointer) throws(InputError) -> Int {
    while ready.isEmpty && !isFinished { try convertSome() }
    let count = min(ready.count, buffer.count)
    buffer.baseAddress?.copyMemory(from: output + ready.lowerBound, byteCount: count)
    ready = (ready.lowerBound + count)..<ready.upperBound
    return count
  }

  /// The first stretch with bytes beyond ASCII decides.
  private func refuseUTF8(_ bytes: [UInt8]) throws(InputError) {
    guard bytes.contains(where: { $0 >= 0x80 }) else { return }
    mayBeUTF8 = false
    guard bytes.withUnsafeBufferPointer(Encoding.isUTF8SoFar) else { return }
    let room = UnsafeMutableRawBufferPointer(start: input, count: Self.inputSize)
    var rest = bytes
    var isThroughout = true
    while isThroughout, case let count = try inner.read(into: room), count > 0 {
      let cut = rest.suffix(3).drop { $0 & 0xC0 == 0x80 || $0 < 0x80 }
      let isWhole = cut.withUnsafeBufferPointer { Encoding.firstError(in: $0) == nil }
      rest = (isWhole ? [] : Array(cut)) + room[..<count]
      isThroughout = rest.withUnsafeBufferPointer(Encoding.isUTF8SoFar)
    }
    throw InputError(.utf8(declared: encoding, isThroughout: isThroughout), file: inner.file.shownAs)
  }

  private func convertSome() throws(InputError) {
    let room = UnsafeMutableRawBufferPointer(start: input + waiting, count: Self.inputSize - waiting)
    let fresh = try inner.read(into: room)
    if mayBeUTF8 { try refuseUTF8(Array(UnsafeRawBufferPointer(start: input, count: waiting + fresh))) }
    var from: UnsafeMutablePointer<CChar>? = input
    var to: UnsafeMutablePointer<CChar>? = output
    var (left, free) = (waiting + fresh, Self.outputSize)
    let isAtEnd = fresh == 0
    let result = isAtEnd && left == 0 ? 0 : iconv(converter, &from, &left, &to, &free)
    let isWrong = result == -1 && (errno == EILSEQ || isAtEnd)
    if isAtEnd && !isWrong { iconv(converter, nil, nil, &to, &free) }
    var count = Self.outputSize - free
    if isWrong {
      output[count] = Self.notUTF8
      count += 1
      // The hash is that of the whole file.
      while try inner.read(into: room) > 0 {}
    } else if left > 0, let from {
      input.update(from: from, count: left)
    }
    waiting = left
    ready = 0..<count
    isFinished = isAtEnd || isWrong
  }
}
