internal import Validation

/// A cursor over a cell with a date in it, and perhaps a time behind it.
struct DateScan {
  private var rest: ArraySlice<UInt8>

  typealias Fields = (year: Int, month: Int, day: Int)

  init(_ text: String) { rest = Array(text.utf8)[...] }

  /// ISO 8601 or DICOM.
  mutating func standard() -> Fields? {
    let isDICOM = rest.prefix { $0 >= 48 && $0 < 58 }.count == 8
    let dash = DateFormat.Part.sign(UInt8(ascii: "-"))
    return isDICOM
      ? fields([.year, .month(padded: true), .day(padded: true)])
      : fields([.year, dash, .month(padded: true), dash, .day(padded: true)])
  }

  /// Nil where the cell is not written so.
  mutating func fields(_ parts: [DateFormat.Part]) -> Fields? {
    var fields: Fields = (0, 0, 0)
    for part in parts {
      switch part {
      case .year:
        guard let year = number(4...4) else { return nil }
        fields.year = year
      case .month(let isPadded):
        guard let month = number(isPadded ? 2...2 : 1...2) else { return nil }
        fields.month = month
      case .day(let isPadded):
        guard let day = number(isPadded ? 2...2 : 1...2) else { return nil }
        fields.day = day
      case .monthName:
        guard let month = monthName() else { return nil }
        fields.month = month
      case .sign(let sign):
        guard take(sign) else { return nil }
      }
    }
    return fields
  }

  /// What follows the day up to the end of the cell: nothing, or `T07:05`, ` 7:05:09.5 PM`, `T07:05:09+08:00`. Nil where
  /// it is something else.
  mutating func time() -> TimeOfDay? {
    if rest.isEmpty { return TimeOfDay() }
    guard take(UInt8(ascii: "T")) || take(UInt8(ascii: " ")), let written = number(1...2), written < 25 else {
      return nil
    }
    var (hour, minutes, seconds, length) = (written, 0, 0, 3600)
    if take(UInt8(ascii: ":")) {
      guard let number = number(2...2), number < 60 else { return nil }
      (minutes, length) = (number, 60)
      if take(UInt8(ascii: ":")) {
        guard let number = self.number(2...2), number < 61 else { return nil }
        (seconds, length) = (number, 1)
        if take(UInt8(ascii: ".")) || take(UInt8(ascii: ",")) {
          guard self.number(1...12) != nil else { return nil }
        }
      }
    }
    let end = String(decoding: rest, as: UTF8.self).drop { $0 == " " }
    var offset: ZoneOffset?
    switch end.uppercased() {
    case "": break
    case "AM", "PM":
      guard (1...12).contains(hour) else { return nil }
      hour = hour % 12 + (end.uppercased() == "PM" ? 12 : 0)
    default:
      offset = ZoneOffset(String(end))
      if offset == nil { return nil }
    }
    return TimeOfDay(seconds: (hour * 60 + minutes) * 60 + seconds, length: length, offset: offset)
  }

  private mutating func take(_ sign: UInt8) -> Bool {
    guard rest.first == sign else { return false }
    rest.removeFirst()
    return true
  }

  private mutating func number(_ length: ClosedRange<Int>) -> Int? {
    let digits = rest.prefix(length.upperBound).prefix { $0 >= 48 && $0 < 58 }
    guard length.contains(digits.count) else { return nil }
    rest = rest.dropFirst(digits.count)
    return digits.reduce(0) { $0 * 10 + Int($1 - 48) }
  }

  private mutating func monthName() -> Int? {
    let names = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
    let word = String(decoding: rest.prefix(3), as: UTF8.self).lowercased()
    guard let index = names.firstIndex(of: word) else { return nil }
    rest = rest.dropFirst(3)
    return index + 1
  }
}

/// As far as it is written: a day without a time may be any of its seconds, an hour without minutes any of that hour.
struct TimeOfDay: Hashable {
  var seconds = 0
  /// In seconds.
  var length = 86_400
  var offset: ZoneOffset?
}
