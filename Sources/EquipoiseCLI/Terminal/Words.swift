internal import Glibc

/// Words for a person go to stderr; results go to stdout or to files.
enum Words {
  static func say(_ text: String) { write(text + "\n", to: STDERR_FILENO) }

  /// A result, as it is. A reader that has gone away is no error.
  static func print(_ text: String) { write(text, to: STDOUT_FILENO) }

  static var areOnTerminal: Bool { isatty(STDERR_FILENO) == 1 }

  /// Colour only for eyes, and only if they want it (no-color.org).
  static var haveColour: Bool {
    let refused = getenv("NO_COLOR").map { $0.pointee != 0 } ?? false
    let isDumb = getenv("TERM").map { String(cString: $0) == "dumb" } ?? true
    return areOnTerminal && !refused && !isDumb
  }

  static func write(_ text: String, to file: Int32) {
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
      if count < 0 && errno == EINTR { continue }
      guard count > 0 else { return }
      rest = rest.dropFirst(count)
    }
  }
}

/// Colours of verdicts: Okabe and Ito's, which colour-blind readers tell apart. The word always stands beside it.
enum Paint: String {
  case green = "\u{1B}[38;5;36m"
  case orange = "\u{1B}[38;5;172m"
  case blue = "\u{1B}[38;5;32m"
  case bold = "\u{1B}[1m"
  case faint = "\u{1B}[2m"

  func callAsFunction(_ text: String) -> String {
    Words.haveColour ? rawValue + text + "\u{1B}[0m" : text
  }
}
