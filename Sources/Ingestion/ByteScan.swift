/// Searching eight bytes at a time.
package enum ByteScan {
  static let lineFeed = UInt8(ascii: "\n")
  static let carriageReturn = UInt8(ascii: "\r")
  static let quote = UInt8(ascii: "\"")
  static let highBits: UInt64 = 0x8080_8080_8080_8080
  private static let lowBits: UInt64 = 0x7F7F_7F7F_7F7F_7F7F

  @inline(__always)
  static func load(_ bytes: UnsafePointer<UInt8>) -> UInt64 {
    UInt64(littleEndian: UnsafeRawPointer(bytes).loadUnaligned(as: UInt64.self))
  }

  @inline(__always)
  static func broadcast(_ byte: UInt8) -> UInt64 { UInt64(byte) &* 0x0101_0101_0101_0101 }

  /// The high bit of each byte that is not zero, exactly: no borrow runs from one byte into the next.
  @inline(__always)
  static func notZero(_ word: UInt64) -> UInt64 { ((word & lowBits) &+ lowBits) | word }

  static func hasOddQuotes(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> Bool {
    let pattern = broadcast(quote)
    var seen: UInt64 = 0
    var at = 0
    while at &+ 8 <= count {
      seen ^= ~notZero(load(bytes + at) ^ pattern)
      at &+= 8
    }
    var isOdd = (seen & highBits).nonzeroBitCount & 1 == 1
    while at < count {
      if bytes[at] == quote { isOdd.toggle() }
      at += 1
    }
    return isOdd
  }

  /// The first place after a line feed within the range that an even number of quotes precedes.
  static func rowStart(
    _ bytes: UnsafePointer<UInt8>, _ range: Range<Int>, inQuotes: Bool, quotes: Bool
  ) -> Int? {
    var isInside = inQuotes
    for at in range {
      if quotes && bytes[at] == quote { isInside.toggle() }
      if bytes[at] == lineFeed && !isInside { return at + 1 }
    }
    return nil
  }

  package static func lineFeeds(_ bytes: UnsafePointer<UInt8>, _ range: Range<Int>) -> Int {
    range.reduce(0) { bytes[$1] == lineFeed ? $0 + 1 : $0 }
  }
}
