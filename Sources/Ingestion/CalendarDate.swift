/// Dates as they are written in files: ISO 8601 and DICOM, and nothing that has to be guessed.
package enum CalendarDate {
  /// `year * 12 + (month - 1)`.
  package static func month(of text: String) throws(Problem) -> Int32 {
    let bytes = Array(text.utf8)
    let hasTime = bytes.count > 10 && (bytes[10] == UInt8(ascii: "T") || bytes[10] == UInt8(ascii: " "))
    if bytes.count == 10 || hasTime, bytes[4] == UInt8(ascii: "-"), bytes[7] == UInt8(ascii: "-"),
      let year = number(bytes[0..<4]), let month = number(bytes[5..<7]), let day = number(bytes[8..<10])
    {
      guard !hasTime || isTime(bytes[11...]) else { throw .notADate }
      return try checked(year, month, day)
    }
    if bytes.count == 8, let year = number(bytes[0..<4]), let month = number(bytes[4..<6]),
      let day = number(bytes[6..<8])
    {
      return try checked(year, month, day)
    }
    if bytes.count == 5, number(bytes[...]) != nil { throw .spreadsheetSerial }
    throw isAmbiguous(text) ? .ambiguous : .notADate
  }

  /// `yyyymmdd`.
  package static func day(of text: String) throws(Problem) -> Int {
    _ = try month(of: text)
    return text.utf8.lazy.filter { $0 >= 48 && $0 < 58 }.prefix(8).reduce(0) { $0 * 10 + Int($1 - 48) }
  }

  package enum Problem: Error { case notADate, impossible, ambiguous, spreadsheetSerial, implausibleYear }

  /// Outside them a date is a slip or a placeholder.
  private static let plausibleYears = 1900...2100

  private static func checked(_ year: Int, _ month: Int, _ day: Int) throws(Problem) -> Int32 {
    let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    let days = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    guard (1...12).contains(month), day >= 1, day <= days[month - 1] else { throw .impossible }
    guard plausibleYears.contains(year) else { throw .implausibleYear }
    return Int32(year * 12 + month - 1)
  }

  private static func number(_ digits: ArraySlice<UInt8>) -> Int? {
    var value = 0
    for digit in digits {
      guard digit >= 48, digit < 58 else { return nil }
      value = value * 10 + Int(digit - 48)
    }
    return value
  }

  private static func isTime(_ text: ArraySlice<UInt8>) -> Bool {
    text.count >= 2 && number(text.prefix(2)) != nil
      && text.allSatisfy { ($0 >= 48 && $0 < 58) || ":.,+-Z".utf8.contains($0) }
  }

  /// `03/04/2025`, and `03.04.25`: day and month may be either way round.
  private static func isAmbiguous(_ text: String) -> Bool {
    let parts = text.split(omittingEmptySubsequences: false) { "/.-".contains($0) }.map { Int($0) ?? 0 }
    return parts.count == 3 && (1...12).contains(parts[0]) && (1...12).contains(parts[1])
  }
}

extension InputError.Kind {
  init(_ problem: CalendarDate.Problem) {
    switch problem {
    case .notADate: self = .notADate
    case .impossible: self = .impossibleDate
    case .ambiguous: self = .ambiguousDate
    case .spreadsheetSerial: self = .spreadsheetDate
    case .implausibleYear: self = .implausibleYear
    }
  }
}
