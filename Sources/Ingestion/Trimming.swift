/// Taking the spaces off a cell, those of ASCII and of Unicode.
package enum Trimming {
  @inline(__always)
  static func trimmed(_ base: UnsafePointer<UInt8>, _ count: Int) -> UnsafeBufferPointer<UInt8> {
    if count > 0 {
      let (first, last) = (base[0], base[count - 1])
      // Nearly every cell: both ends are visible ASCII.
      if first > 0x20 && first < 0x80 && last > 0x20 && last < 0x80 {
        return UnsafeBufferPointer(start: base, count: count)
      }
    }
    return slowly(UnsafeBufferPointer(start: base, count: count))
  }

  package static func slowly(_ cell: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
    var (start, end) = (0, cell.count)
    while start < end, let width = spaceWidth(cell[start..<end].prefix(3)) { start += width }
    while start < end {
      // A space is one, two or three bytes long.
      guard
        let width = (1...3).first(where: { width in
          end - width >= start && spaceWidth(cell[(end - width)..<end]) == width
        })
      else { break }
      end -= width
    }
    return UnsafeBufferPointer(rebasing: cell[start..<end])
  }

  /// The length in UTF-8 of the white space (or zero-width no-break space) at the beginning; nil without one.
  private static func spaceWidth(_ bytes: Slice<UnsafeBufferPointer<UInt8>>) -> Int? {
    var scalars = Unicode.UTF8.ForwardParser()
    var iterator = bytes.makeIterator()
    guard case .valid(let encoded) = scalars.parseScalar(from: &iterator) else { return nil }
    let scalar = Unicode.UTF8.decode(encoded)
    return scalar.properties.isWhitespace || scalar == "\u{FEFF}" ? encoded.count : nil
  }
}
