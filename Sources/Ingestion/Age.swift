/// Ages in the ways in which files give them besides a plain number.
enum Age {
  /// DICOM's age string (PS3.5, AS: `045Y`, `018M`, `006W`, `010D`) in years; a top-coded age (`90+`) as its number.
  static func years(_ text: String) -> Double? {
    guard let mark = text.utf8.last else { return nil }
    let digits = text.utf8.dropLast()
    guard (1...3).contains(digits.count), digits.allSatisfy({ $0 >= 48 && $0 < 58 }) else { return nil }
    let number = Double(digits.reduce(0) { $0 * 10 + Int($1 - 48) })
    return switch mark {
    case UInt8(ascii: "Y"), UInt8(ascii: "+"): number
    case UInt8(ascii: "M"): number / 12
    case UInt8(ascii: "W"): number * 7 / daysPerYear
    case UInt8(ascii: "D"): number / daysPerYear
    default: nil
    }
  }

  /// Of `90+`, 90: all that is known is that it is not less.
  static func topCode(_ text: String) -> Double? { text.hasSuffix("+") ? years(text) : nil }

  private static let daysPerYear = 365.25
}
