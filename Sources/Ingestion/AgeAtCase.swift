internal import Statistics
internal import Validation

/// Ages from two dates: completed years on the day of the case.
extension CohortBuilder {
  mutating func readAge(
    _ attribute: AttributeDefinition, born column: DateColumn, _ request: Int, of cases: CaseRows
  ) -> AttributeCodes {
    guard case .bands(let edges) = attribute.levels else {
      preconditionFailure("an age from dates has bands")
    }
    let births = readDates(request, column)
    let dates = caseDates()
    let starts = table.starts
    var ages = [Int32](repeating: .min, count: births.count)
    for stretch in 0..<(starts.count - 1) {
      for row in starts[stretch]..<starts[stretch + 1] where births[row] != .min && dates[row] != .min {
        let age = (dates[row] - births[row]) >> Int32(CalendarDate.yearBits)
        if age >= 0 {
          ages[row] = age
        } else if !exclusions.rows.holds(row) {
          add(error(.bornAfterwards, request, stretch: stretch, row: row - starts[stretch]))
        }
      }
    }
    let bands = Bands(edges: edges)
    _ = agreed(births, unknown: .min, of: cases, request, attribute.name)
    let ofCases = cases.first(of: ages, unknown: .min)
    return AttributeCodes(
      name: attribute.name, levels: bands.names, rowCodes: ages.map(bands.code),
      codes: ofCases.map(bands.code),
      numbers: nil, cells: nil, starts: starts, ages: ofCases)
  }

  /// Of every row; what cannot be read has been refused where the dates themselves were read.
  func caseDates() -> [Int32] {
    guard let request = columns.date, let date = definition.date else {
      return [Int32](repeating: .min, count: table.rowCount)
    }
    let column = column(request)
    return rows(column, days(in: column, request, date).map { $0.day?.ordinal ?? .min }, absent: .min)
  }

  /// Of every row, as ordinals; `Int32.min` where it is missing.
  private mutating func readDates(_ request: Int, _ date: DateColumn) -> [Int32] {
    let column = column(request)
    let days = days(in: column, request, date)
    refuse(column, request, days.map(\.refused), fits: days.map { $0.day != nil })
    return rows(column, days.map { $0.day?.ordinal ?? .min }, absent: .min)
  }
}

extension Bands {
  fileprivate func code(of age: Int32) -> UInt16 {
    age == .min ? Attribute.unknown : UInt16(band(of: Double(age)))
  }
}
