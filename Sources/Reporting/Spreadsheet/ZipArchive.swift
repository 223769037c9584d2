/// Files in one file (APPNOTE.TXT 6.3), stored as they are. No time of day: the same files give the same bytes.
package struct ZipArchive {
  private var entries: [UInt8] = []
  private var directory: [UInt8] = []
  private var count = 0

  package init() {}

  /// `name`: ASCII, with slashes.
  package mutating func add(_ name: String, _ text: String) {
    let content = Array(text.utf8)
    let offset = entries.count
    // Version 2.0, no flags, stored, 1 January 1980 at midnight.
    let header =
      bytes(of: [20, 0, 0, 0, 0x21], as: UInt16.self)
      + bytes(of: [Int(CRC32.checksum(of: content)), content.count, content.count], as: UInt32.self)
      + bytes(of: [name.utf8.count, 0], as: UInt16.self)
    entries += [0x50, 0x4B, 3, 4] + header + name.utf8 + content
    directory += [0x50, 0x4B, 1, 2] + bytes(of: [20], as: UInt16.self) + header
    directory += bytes(of: [0, 0, 0], as: UInt16.self) + bytes(of: [0, offset], as: UInt32.self) + name.utf8
    count += 1
  }

  package var bytes: [UInt8] {
    entries + directory + [0x50, 0x4B, 5, 6] + bytes(of: [0, 0, count, count], as: UInt16.self)
      + bytes(of: [directory.count, entries.count], as: UInt32.self) + [0, 0]
  }

  /// Little endian.
  private func bytes<Number: FixedWidthInteger>(of values: [Int], as type: Number.Type) -> [UInt8] {
    values.flatMap { value in
      (0..<Number.bitWidth / 8).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
    }
  }
}

/// The checksum of zip, gzip and PNG (ISO 3309).
package enum CRC32 {
  private static let table: [UInt32] = (0..<256).map { index in
    var value = UInt32(index)
    for _ in 0..<8 { value = value & 1 == 1 ? 0xEDB8_8320 ^ (value >> 1) : value >> 1 }
    return value
  }

  package static func checksum(of bytes: [UInt8]) -> UInt32 {
    ~bytes.reduce(~0) { sum, byte in table[Int((sum ^ UInt32(byte)) & 0xFF)] ^ (sum >> 8) }
  }
}
