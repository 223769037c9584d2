/// Text as it stands in HTML and SVG, between tags and inside quoted attributes alike. Every text of a report passes
/// through here, whoever wrote it. Control characters, which HTML has no place for, become U+FFFD.
package func escaped(_ text: String) -> String {
  guard text.utf8.contains(where: needsEscape) else { return text }
  var result = ""
  result.reserveCapacity(text.utf8.count + 16)
  for scalar in text.unicodeScalars {
    switch scalar {
    case "&": result += "&amp;"
    case "<": result += "&lt;"
    case ">": result += "&gt;"
    case "\"": result += "&quot;"
    case "'": result += "&#39;"
    case "\n", "\t": result.unicodeScalars.append(scalar)
    default: result.unicodeScalars.append(scalar.value < 0x20 || scalar.value == 0x7F ? "\u{FFFD}" : scalar)
    }
  }
  return result
}

private func needsEscape(_ byte: UInt8) -> Bool {
  byte < 0x20 || byte == 0x22 || byte == 0x26 || byte == 0x27 || byte == 0x3C || byte == 0x3E || byte == 0x7F
}

/// Text as it stands inside a quoted CSS string: everything but letters, digits and spaces by its code point.
func escapedForStyle(_ text: String) -> String {
  var result = ""
  for scalar in text.unicodeScalars {
    let isPlain = scalar.properties.isAlphabetic || ("0"..."9").contains(scalar) || scalar == " "
    result += isPlain ? String(scalar) : "\\" + String(scalar.value, radix: 16) + " "
  }
  return result
}
