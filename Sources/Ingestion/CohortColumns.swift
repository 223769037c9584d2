internal import Statistics
internal import Validation

/// Dates and attributes.
extension CohortBuilder {
  mutating func readMonths(_ selection: Selection) -> [Int32]? {
    guard let request = columns.date, let date = definition.date else { return nil }
    let column = column(request)
    let days = days(in: column, date)
    refuse(column, request, days.map(\.refused))
    return selection(rows(column, days.map { $0.day?.monthNumber ?? .min }, absent: .min), workers)
  }

  /// The day in each distinct cell, or why it is refused; neither where it is missing.
  func days(in column: TextColumn, _ date: DateColumn) -> [(day: CalendarDate?, refused: InputError.Kind?)] {
    let missing = missing(date.missing)
    return column.texts.map { text in
      if missing.contains(text) || text.isEmpty { return (nil, nil) }
      do throws(CalendarDate.Problem) {
        return (
          try CalendarDate(text, format: date.format, zone: date.zone, decimals: table.decimals), nil
        )
      } catch {
        return (nil, .init(error, format: date.format))
      }
    }
  }

  mutating func readAttribute(_ index: Int, _ selection: Selection) -> Attribute {
    let (attribute, request) = (definition.attributes[index], columns.attributes[index])
    if let birth = attribute.birthDate { return readAge(attribute, born: birth, request, selection) }
    let column = column(request)
    let reading = AttributeReading(
      column.texts, as: attribute.levels, missing: missing(attribute.missing), decimals: table.decimals)
    if reading.hasTooManyLevels {
      let kind = InputError.Kind.tooManyLevels(limit: AttributeReading.mostLevels)
      add(InputError(kind, file: table.files[0].name, columnName: attribute.column))
    }
    refuse(column, request, reading.refused)
    var numeric: NumericSummary?
    if !reading.numbers.isEmpty {
      refuseOtherMarks(column, request, reading.numbers)
      let counts = counts(column, selection)
      numeric = NumericSummary(
        zip(reading.numbers, counts).filter { !$0.0.isNaN }.map { (value: $0.0, count: $0.1) })
    }
    return Attribute(
      name: attribute.name, levels: reading.levels,
      codes: selection(rows(column, reading.codes, absent: Attribute.unknown), workers), numeric: numeric)
  }

  /// Where files differ in their decimal mark, a number must be written with its own file's.
  private mutating func refuseOtherMarks(_ column: TextColumn, _ request: Int, _ numbers: [Double]) {
    guard table.decimals.count > 1 else { return }
    for (stretch, chunk) in column.chunks.enumerated() {
      let own = table.files[table.stretches[stretch].file].decimal
      let codes = Array(column.codes(ofChunk: stretch))
      let isForeign = codes.indices.map { code in
        !numbers[Int(codes[code])].isNaN
          && chunk.bytes(code).contains { $0 != own.byte && ".,".utf8.contains($0) }
      }
      guard isForeign.contains(true) else { continue }
      for (row, code) in chunk.codes.enumerated() where code != TextChunk.absent && isForeign[Int(code)] {
        let text = chunk.text(Int(code))
        add(
          error(
            .notANumber(text, own, declareIn: "missing"), request, stretch: stretch, row: row, found: text))
      }
    }
  }

  /// How many cases each distinct cell has.
  private func counts(_ column: TextColumn, _ selection: Selection) -> [Int] {
    let starts = table.starts
    let own = workers.map(column.chunks.count) { stretch -> [Int] in
      let chunk = column.chunks[stretch]
      var counts = [Int](repeating: 0, count: chunk.distinctCount)
      for (row, code) in chunk.codes.enumerated() where code != TextChunk.absent {
        if selection.contains(starts[stretch] + row) { counts[Int(code)] += 1 }
      }
      return counts
    }
    var counts = [Int](repeating: 0, count: column.distinctCount)
    for (stretch, ownCounts) in own.enumerated() {
      for (code, count) in zip(column.codes(ofChunk: stretch), ownCounts) { counts[Int(code)] += count }
    }
    return counts
  }
}
