/// Writes comma-separated values (RFC 4180) with line feeds: quoted only where needed, shortest round-trip doubles.
package struct CSVWriter {
  private var bytes: [UInt8] = []
  private var isAtLineStart = true

  package init() {}

  package var text: String { String(decoding: bytes, as: UTF8.self) }

  package mutating func field(_ value: String?) {
    separate()
    guard let value else { return }
    let needsQuotes = value.utf8.contains { byte in
      switch byte {
      case UInt8(ascii: ","), UInt8(ascii: "\""), UInt8(ascii: "\n"), UInt8(ascii: "\r"): true
      default: false
      }
    }
    guard needsQuotes else { return bytes.append(contentsOf: value.utf8) }
    bytes.append(UInt8(ascii: "\""))
    for byte in value.utf8 {
      if byte == UInt8(ascii: "\"") { bytes.append(byte) }
      bytes.append(byte)
    }
    bytes.append(UInt8(ascii: "\""))
  }

  package mutating func field(_ value: Int?) {
    separate()
    if let value { bytes.append(contentsOf: String(value).utf8) }
  }

  package mutating func field(_ value: Double?) {
    separate()
    guard let value else { return }
    precondition(value.isFinite, "a table of results has no NaN and no infinity")
    bytes.append(contentsOf: (value + 0).description.utf8)  // + 0: no negative zero
  }

  package mutating func endLine() {
    bytes.append(UInt8(ascii: "\n"))
    isAtLineStart = true
  }

  private mutating func separate() {
    if !isAtLineStart { bytes.append(UInt8(ascii: ",")) }
    isAtLineStart = false
  }
}
