internal import Validation

/// The YAML of a draft.
enum DraftText {
  static func list(_ texts: [String]) -> String { "[\(texts.map(quoted).joined(separator: ", "))]" }

  static func oneOrSeveral(_ texts: [String]) -> String {
    texts.count == 1 ? texts.map(quoted).joined() : list(texts)
  }

  static func equivocal(_ values: [String]) -> String {
    values.isEmpty ? "" : ", equivocal: {values: \(list(values))}"
  }

  static let questionOfEquivocal =
    "does each value stand where it belongs? Equivocal ones are left out; move those that count."

  static func questionOfThreshold(_ scores: ClosedRange<Double>?) -> String {
    let range = scores.map { " (of \($0.lowerBound) to \($0.upperBound))" } ?? ""
    return "from which score on\(range) is a case flagged? Write it after threshold."
  }

  static func together(_ questions: [String?]) -> String? {
    let asked = questions.compactMap(\.self)
    guard let first = asked.first else { return nil }
    return ([first] + asked.dropFirst().map { $0.prefix(1).uppercased() + $0.dropFirst() })
      .joined(separator: " ")
  }

  static func format(_ format: TableFormat) -> String {
    var parts: [String] = []
    if let delimiter = format.delimiter { parts.append("delimiter: \(delimiter.name)") }
    if format.decimal == .comma { parts.append("decimal: \",\"") }
    if let sheet = format.sheet { parts.append("sheet: \(quoted(sheet))") }
    if let header = format.header { parts.append("header: \(header)") }
    if let encoding = format.encoding { parts.append("encoding: \(encoding)") }
    return "{\(parts.joined(separator: ", "))}"
  }

  /// Plain where YAML cannot take it for anything but text, else in double quotes.
  static func quoted(_ text: String) -> String {
    let reserved: Set = ["true", "false", "null", "yes", "no", "on", "off", "y", "n"]
    let isPlain =
      text.first?.isLetter == true && !reserved.contains(text.lowercased())
      && text.utf8.allSatisfy { byte in
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
          || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20) || "_-./".utf8.contains(byte)
      }
    if isPlain { return text }
    let escaped = text.unicodeScalars.map { scalar in
      switch scalar {
      case "\"": "\\\""
      case "\\": "\\\\"
      case "\n": "\\n"
      default:
        scalar.value < 0x20
          ? "\\x" + (scalar.value < 16 ? "0" : "") + String(scalar.value, radix: 16) : String(scalar)
      }
    }
    return "\"\(escaped.joined())\""
  }
}
