internal import Validation

/// A day as files write it: ISO 8601 and DICOM, or what the plan declares; never what would have to be guessed.
package struct CalendarDate: Hashable, Sendable {
  let year: Int
  let month: Int
  let day: Int

  /// `yyyymmdd`.
  package static func day(of text: String) throws(Problem) -> Int {
    _ = try month(of: text)
    return text.utf8.lazy.filter { $0 >= 48 && $0 < 58 }.prefix(8).reduce(0) { $0 * 10 + Int($1 - 48) }
  }

  package enum Problem: Error { case notADate, impossible, ambiguous, spreadsheetSerial, implausibleYear }

  /// - Parameters:
  ///   - format: nil: ISO 8601 or DICOM.
  ///   - zone: in which a moment with an offset of its own falls on a day; nil: the day as written.
  ///   - decimals: the marks of serial numbers.
  init(
    _ text: String, format: DateFormat? = nil, zone: ZoneOffset? = nil, decimals: [DecimalMark] = [.point]
  ) throws(Problem) {
    let (date, time) = try Self.written(text, format: format, decimals: decimals)
    guard let zone, let offset = time.offset else {
      self = date
      return
    }
    let moment = time.seconds + (zone.minutes - offset.minutes) * 60
    self = try CalendarDate(daysSince1970: date.daysSince1970 + Int((Double(moment) / 86_400).rounded(.down)))
  }

  /// The day as written, and its time.
  static func written(
    _ text: String, format: DateFormat?, decimals: [DecimalMark]
  ) throws(Problem) -> (date: CalendarDate, time: TimeOfDay) {
    if let format, format.isSerial {
      let number = decimals.lazy.compactMap { DecimalNumber.parse(text, decimal: $0) }.first
      guard let number else { throw .notADate }
      let date = try CalendarDate(serial: number)
      let share = number - number.rounded(.down)
      return (date, share == 0 ? TimeOfDay() : TimeOfDay(seconds: Int((share * 86_400).rounded()), length: 1))
    }
    var scan = DateScan(text)
    guard let fields = format.map({ scan.fields($0.parts) }) ?? scan.standard() else {
      if format == nil { throw diagnosis(text) }
      throw .notADate
    }
    let date = try CalendarDate(checked: fields)
    guard let time = scan.time() else { throw .notADate }
    return (date, time)
  }

  init(_ text: String, as column: DateColumn, decimals: [DecimalMark]) throws(Problem) {
    try self.init(text, format: column.format, zone: column.zone, decimals: decimals)
  }

  /// The first of the month that a standard date falls into.
  package static func month(of text: String) throws(Problem) -> Int32 { try CalendarDate(text).monthNumber }

  /// `year * 12 + (month - 1)`.
  var monthNumber: Int32 { Int32(year * 12 + month - 1) }

  /// `yyyymmdd`.
  var dayNumber: Int { (year * 100 + month) * 100 + day }

  /// In the order of days; the difference of two, shifted right by `yearBits`, is in completed years.
  var ordinal: Int32 { Int32(year << Self.yearBits | month << 5 | day) }
  static let yearBits = 9

  /// `2025-03-31`.
  static func text(ofOrdinal ordinal: Int32) -> String {
    func padded(_ number: Int32, _ width: Int) -> String {
      let digits = String(number)
      return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
    return padded(ordinal >> Int32(yearBits), 4) + "-" + padded(ordinal >> 5 & 15, 2) + "-"
      + padded(ordinal & 31, 2)
  }

  /// Outside them a date is a slip or a placeholder.
  private static let plausibleYears = 1900...2100

  private init(checked fields: (year: Int, month: Int, day: Int)) throws(Problem) {
    (year, month, day) = fields
    let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    let days = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    guard (1...12).contains(month), day >= 1, day <= days[month - 1] else { throw .impossible }
    guard Self.plausibleYears.contains(year) else { throw .implausibleYear }
  }

  /// Of the 1900 system, in which 1900 has a 29 February (day 60).
  private init(serial: Double) throws(Problem) {
    guard serial >= 1, serial < 100_000 else { throw .implausibleYear }
    let day = Int(serial)
    guard day != 60 else { throw .impossible }
    // 25569 is 1 January 1970.
    try self.init(daysSince1970: day - 25569 + (day < 60 ? 1 : 0))
  }

  /// Hinnant's `civil_from_days` and `days_from_civil` (howardhinnant.github.io/date_algorithms.html), for years after 0.
  private init(daysSince1970 days: Int) throws(Problem) {
    let shifted = days + 719_468
    let era = shifted / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    try self.init(
      checked: (
        year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month: month,
        day: dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
      ))
  }

  var daysSince1970: Int {
    let shifted = month <= 2 ? year - 1 : year
    let era = shifted / 400
    let yearOfEra = shifted - era * 400
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
  }

  private static func diagnosis(_ text: String) -> Problem {
    if text.utf8.count == 5, text.utf8.allSatisfy({ $0 >= 48 && $0 < 58 }) { return .spreadsheetSerial }
    // `03/04/2025`, and `03.04.25`: day and month may be either way round.
    let parts = text.split(omittingEmptySubsequences: false) { "/.-".contains($0) }.map { Int($0) ?? 0 }
    let mayBeEither = parts.count == 3 && (1...12).contains(parts[0]) && (1...12).contains(parts[1])
    return mayBeEither ? .ambiguous : .notADate
  }
}

extension InputError.Kind {
  init(_ problem: CalendarDate.Problem, format: DateFormat?, declareIn key: InputError.DateKey = .date) {
    switch problem {
    case .notADate: self = .notADate(format: format?.pattern, declareIn: key)
    case .impossible: self = .impossibleDate
    case .ambiguous: self = .ambiguousDate(declareIn: key)
    case .spreadsheetSerial: self = .spreadsheetDate(declareIn: key)
    case .implausibleYear: self = .implausibleYear
    }
  }
}
