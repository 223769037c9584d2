internal import Ingestion

/// How the dates of a column seem to be written.
struct DateGuess {
  /// Nil: ISO 8601 or DICOM, which need none.
  let format: String?
  let why: String

  /// Nil where its values are no dates.
  init?(_ column: ColumnSurvey) {
    if column.looksLikeDate {
      self.init(format: nil, why: "dates")
      return
    }
    if let numbers = column.numbers, numbers.areWhole, numbers.minimum >= 20_000, numbers.maximum < 80_000 {
      self.init(format: "excel", why: "Excel serials")
      return
    }
    let written = column.values.filter { !CellWords.unknown.contains($0.text.lowercased()) }
    if !written.isEmpty, written.count < column.values.count,
      written.allSatisfy({ (try? CalendarDate.month(of: $0.text)) != nil })
    {
      self.init(format: nil, why: "dates and words")
      return
    }
    let parts = written.map { value in
      value.text.prefix { $0 != " " && $0 != "T" }.split(
        omittingEmptySubsequences: false, whereSeparator: { "./-".contains($0) })
    }
    guard let first = written.first?.text, let mark = first.first(where: { "./-".contains($0) }) else {
      return nil
    }
    let time = ["", " HH:mm", " HH:mm:ss"][min(2, first.count { $0 == ":" })]
    if let format = DateGuess.yearFirst(parts, mark) {
      self.init(format: format + time, why: "dates")
      return
    }
    guard
      parts.allSatisfy({ part in
        part.count == 3 && part.allSatisfy { Int($0) != nil } && part[2].count == 4
      })
    else { return nil }
    let firsts = parts.compactMap { Int($0[0]) }
    let seconds = parts.compactMap { Int($0[1]) }
    let isMonthFirst = (seconds.max() ?? 0) > 12
    let isDayFirst = (firsts.max() ?? 0) > 12
    guard !(isMonthFirst && isDayFirst) else { return nil }
    let isPadded = parts.allSatisfy { $0[0].count == 2 && $0[1].count == 2 }
    let (day, month) = isPadded ? ("dd", "MM") : ("d", "M")
    let format = isMonthFirst ? "\(month)\(mark)\(day)\(mark)yyyy" : "\(day)\(mark)\(month)\(mark)yyyy"
    self.init(
      format: format + time,
      why: isMonthFirst || isDayFirst ? "dates" : "dates; no value tells day from month: ask who wrote them")
  }

  /// `2023.01.03.`, `2023/1/3`: nobody writes the day before the month there.
  private static func yearFirst(_ parts: [[Substring]], _ mark: Character) -> String? {
    let isClosed = parts.allSatisfy { $0.count == 4 && $0[3].isEmpty }
    guard isClosed || parts.allSatisfy({ $0.count == 3 }),
      parts.allSatisfy({ part in
        part[0].count == 4 && part[..<3].allSatisfy { Int($0) != nil } && part[1].count < 3
          && part[2].count < 3
      })
    else { return nil }
    let isPadded = parts.allSatisfy { $0[1].count == 2 && $0[2].count == 2 }
    return "yyyy\(mark)\(isPadded ? "MM" : "M")\(mark)\(isPadded ? "dd" : "d")\(isClosed ? String(mark) : "")"
  }

  private init(format: String?, why: String) {
    self.format = format
    self.why = why
  }
}
