/// What a reader takes from a tree whose shape has been checked: nothing is reported here, and what has the wrong
/// shape reads as absent.
extension YAML {
  var text: String? {
    if case .scalar(let text, _) = content { text } else { nil }
  }

  /// A value left empty, `~` or `null`: as if its key were not there. Only ever asked of the value of a key.
  var isAbsent: Bool {
    if case .scalar(let text, isPlain: true) = content { ["", "~", "null"].contains(text) } else { false }
  }

  var number: Double? {
    guard case .scalar(let text, isPlain: true) = content else { return nil }
    return YAML.number(text)
  }

  var integer: Int? {
    guard case .scalar(let text, isPlain: true) = content else { return nil }
    return Int(text)
  }

  var flag: Bool? {
    guard case .scalar(let text, isPlain: true) = content else { return nil }
    return switch text {
    case "true", "True", "TRUE": true
    case "false", "False", "FALSE": false
    default: nil
    }
  }

  /// The elements of a list; anything else is a list of one.
  var items: [YAML] {
    switch content {
    case .list(let items): items
    case .scalar, .mapping: [self]
    }
  }

  var texts: [String] { items.compactMap(\.text) }

  /// In the order of the document, without those left empty.
  var entries: [Entry] {
    guard case .mapping(let entries) = content else { return [] }
    return entries.filter { !$0.value.isAbsent }
  }

  subscript(key: String) -> YAML? { entries.first { $0.key == key }?.value }

  /// A decimal number; `nan`, `inf` and hexadecimal are none.
  static func number(_ text: String) -> Double? {
    let allowed = text.utf8.allSatisfy { byte in
      (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || "+-.eE".utf8.contains(byte)
    }
    guard allowed, let number = Double(text), number.isFinite else { return nil }
    return number
  }
}
