/// How much room a text takes, measured by its characters: on the generous side, since the reader's font is not known.
enum TextFit {
  static func width(_ text: String, size: Double = 12) -> Double {
    text.unicodeScalars.reduce(0) { $0 + advance(of: $1) } * size
  }

  /// In ems.
  private static func advance(of scalar: Unicode.Scalar) -> Double {
    switch scalar.value {
    case 0x2009, 0x202F: 0.2
    case 0x20, 0x21, 0x27...0x29, 0x2C...0x2F, 0x3A, 0x3B, 0x49, 0x5B...0x5D, 0x66, 0x69, 0x6A, 0x6C, 0x72,
      0x74,
      0x7C:
      0.35
    case 0x4D, 0x57, 0x6D, 0x77, 0x40, 0x25: 0.92
    case 0x41...0x5A: 0.7
    case 0x300...0x36F, 0x200B...0x200F: 0
    case 0x1100...0x11FF, 0x2E80...0xD7FF, 0xF900...0xFAFF, 0xFF00...0xFF60, 0x1F000...0x3FFFF: 1.05
    default: 0.58
    }
  }

  /// The text in at most `lines` lines of this width; what does not fit loses its middle to an ellipsis.
  static func wrapped(_ text: String, width: Double, lines: Int = 2, size: Double = 12) -> [String] {
    var result: [String] = []
    var current = ""
    for word in text.split(separator: " ") {
      let candidate = current.isEmpty ? String(word) : current + " " + word
      if current.isEmpty || self.width(candidate, size: size) <= width {
        current = candidate
      } else {
        result.append(current)
        current = String(word)
      }
    }
    if !current.isEmpty { result.append(current) }
    guard result.count > lines else { return result.map { shortened($0, width: width, size: size) } }
    let rest = result[(lines - 1)...].joined(separator: " ")
    return result.prefix(lines - 1).map { shortened($0, width: width, size: size) }
      + [shortened(rest, width: width, size: size)]
  }

  /// With the middle left out: names of one kind often differ only at their end.
  static func shortened(_ text: String, width: Double, size: Double = 12) -> String {
    guard self.width(text, size: size) > width else { return text }
    let characters = Array(text)
    let room = width - advance(of: "…") * size
    var (start, end) = (0, characters.count)
    var used = 0.0
    while start < end {
      let next = start <= characters.count - end ? characters[start] : characters[end - 1]
      used += self.width(String(next), size: size)
      if used > room { break }
      if start <= characters.count - end { start += 1 } else { end -= 1 }
    }
    return trimmed(characters[..<start]) + "…" + trimmed(characters[end...])
  }

  private static func trimmed(_ characters: ArraySlice<Character>) -> String {
    var part = characters
    while part.last == " " { part.removeLast() }
    while part.first == " " { part.removeFirst() }
    return String(part)
  }
}
