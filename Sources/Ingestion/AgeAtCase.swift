internal import Statistics
internal import Validation

/// Ages from two dates: completed years on the day of the case.
extension CohortBuilder {
  mutating func readAge(
    _ attribute: AttributeDefinition, born column: DateColumn, _ request: Int, _ selection: Selection
  ) -> Attribute {
    let births = readDates(request, column)
    let cases = caseDates()
    guard case .bands(let edges) = attribute.levels else {
      preconditionFailure("an age from dates has bands")
    }
    let bands = Bands(edges: edges)
    var counts: [Int32: Int] = [:]
    var codes = [UInt16](repeating: Attribute.unknown, count: births.count)
    let starts = table.starts
    for stretch in 0..<(starts.count - 1) {
      for row in starts[stretch]..<starts[stretch + 1]
      where births[row] != .min && cases[row] != .min {
        let age = (cases[row] - births[row]) >> Int32(CalendarDate.yearBits)
        guard age >= 0 else {
          add(error(.bornAfterwards, request, stretch: stretch, row: row - starts[stretch]))
          continue
        }
        codes[row] = UInt16(bands.band(of: Double(age)))
        if selection.contains(row) { counts[age, default: 0] += 1 }
      }
    }
    let numeric = NumericSummary(
      counts.sorted { $0.key < $1.key }.map { (value: Double($0.key), count: $0.value) })
    return Attribute(
      name: attribute.name, levels: bands.names, codes: selection(codes, workers), numeric: numeric)
  }

  /// Of every row; what cannot be read has been refused where the dates themselves were read.
  private func caseDates() -> [Int32] {
    guard let request = columns.date, let date = definition.date else {
      return [Int32](repeating: .min, count: table.rowCount)
    }
    let column = column(request)
    return rows(column, days(in: column, date).map { $0.day?.ordinal ?? .min }, absent: .min)
  }

  /// Of every row, as ordinals; `Int32.min` where it is missing.
  private mutating func readDates(_ request: Int, _ date: DateColumn) -> [Int32] {
    let column = column(request)
    let days = days(in: column, date)
    refuse(column, request, days.map(\.refused))
    return rows(column, days.map { $0.day?.ordinal ?? .min }, absent: .min)
  }
}
