/// Text as a line of a plan must write it.
enum YAMLText {
  /// Plain where that is surely the same text.
  static func quoted(_ text: String) -> String {
    let isPlain = text.utf8.allSatisfy { byte in
      byte >= 0x80 || byte | 0x20 >= UInt8(ascii: "a") && byte | 0x20 <= UInt8(ascii: "z")
        || byte >= 48 && byte < 58 || byte == UInt8(ascii: "_") || byte == UInt8(ascii: ".")
    }
    let isWord = text.contains(where: \.isLetter) && text.first?.isLetter == true
    if isPlain && isWord { return text }
    return "\"" + text.flatMap { $0 == "\"" || $0 == "\\" ? ["\\", $0] : [$0] } + "\""
  }
}
