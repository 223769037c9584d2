/// Times of a workbook's dates in the text that comes of it: a date that has none, which a workbook stores as midnight, is
/// a day.
package struct WorkbookTimes {
  private static let midnight = Array("00:00:00".utf8)
  /// A sign at the end of a block, with what came of its time.
  private var held: [UInt8] = []

  package init() {}

  /// Puts what was held at the beginning of a block that is read next, and says how much that is.
  package mutating func resume(in buffer: UnsafeMutableRawBufferPointer) -> Int {
    defer { held = [] }
    buffer.copyBytes(from: held)
    return held.count
  }

  /// Writes a `T` before each time but midnight, which is taken away, and says how many bytes are left.
  package mutating func written(_ bytes: UnsafeMutableRawBufferPointer) -> Int {
    guard var from = bytes.firstIndex(of: Converter.unitSeparator) else { return bytes.count }
    var to = from
    while from < bytes.count {
      if bytes[from] == Converter.unitSeparator {
        let end = from + 1 + Self.midnight.count
        guard end <= bytes.count else {
          held = Array(bytes[from...])
          return to
        }
        if bytes[(from + 1)..<end].elementsEqual(Self.midnight) {
          from = end
          continue
        }
        bytes[from] = UInt8(ascii: "T")
      }
      bytes[to] = bytes[from]
      from += 1
      to += 1
    }
    return to
  }
}
