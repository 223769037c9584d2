/// How the bytes of a text are read.
enum TextEncoding {
  static let utf8 = "utf-8"

  static func isUTF8(_ name: String) -> Bool { name == utf8 || name == "utf8" }

  /// Of one byte for each character, nearly all of which are letters.
  static func takesAnyBytes(_ name: String) -> Bool {
    ["windows-125", "cp125", "iso-8859", "iso8859", "latin"].contains(where: name.lowercased().hasPrefix)
  }

  /// By the byte order mark at the beginning; nil without one.
  static func marked(_ start: some Sequence<UInt8>) -> String? {
    if start.starts(with: [0xEF, 0xBB, 0xBF]) { return utf8 }
    if start.starts(with: [0xFF, 0xFE, 0, 0]) { return "utf-32le" }
    if start.starts(with: [0, 0, 0xFE, 0xFF]) { return "utf-32be" }
    if start.starts(with: [0xFF, 0xFE]) { return "utf-16le" }
    return start.starts(with: [0xFE, 0xFF]) ? "utf-16be" : nil
  }

  /// What a text of Latin letters with zeros between them is, without a byte order mark.
  static func unmarked(_ start: some Sequence<UInt8>) -> String? {
    let zeros = start.prefix(4).map { $0 == 0 }
    switch zeros {
    case [false, true, false, true]: return "utf-16le"
    case [true, false, true, false]: return "utf-16be"
    default: return zeros.contains(true) ? "utf-16" : nil
    }
  }

  /// The encoding of a text that begins so, where the plan declares this one or none.
  static func of(_ start: [UInt8], declared: String?, file: String) throws(InputError) -> String {
    guard let marked = marked(start) else {
      guard let declared else { return utf8 }
      // Without a byte order mark nobody knows which half of a character comes first.
      if ["utf-16", "utf16", "utf-32", "utf32", "ucs-2", "ucs-4"].contains(declared) {
        throw InputError(
          .utf16(unmarked(start) ?? declared + "le", declared: declared), file: file, line: 1, column: 1)
      }
      return isUTF8(declared) ? utf8 : declared
    }
    guard let declared else { return marked }
    let isSame = isUTF8(declared) ? marked == utf8 : marked.hasPrefix(withDash(declared))
    if !isSame { throw InputError(.otherByteOrderMark(found: marked, declared: declared), file: file) }
    return marked
  }

  /// `utf16le` as `utf-16le`.
  private static func withDash(_ name: String) -> String {
    name.hasPrefix("utf") && !name.hasPrefix("utf-") ? "utf-" + name.dropFirst(3) : name
  }
}
