internal import Statistics
internal import Validation

/// Dates and attributes.
extension CohortBuilder {
  mutating func readMonths() -> [Int32]? {
    guard let request = columns.date else { return nil }
    let column = column(request)
    var refused = [InputError.Kind?](repeating: nil, count: column.distinctCount)
    let months = column.texts.enumerated().map { index, text -> Int32 in
      if missing.contains(text) || text.isEmpty { return .min }
      do throws(CalendarDate.Problem) {
        return try CalendarDate.month(of: text)
      } catch {
        refused[index] = .init(error)
        return .min
      }
    }
    refuse(column, request, refused)
    return rows(column, months, absent: .min)
  }

  mutating func readAttribute(_ index: Int) -> AttributeRows {
    let (attribute, request) = (definition.attributes[index], columns.attributes[index])
    switch attribute.severalAnswers {
    case .separated(let separator): return readSeparated(attribute, request, by: separator)
    case .columns(let answers): return readAnswers(attribute, columns.answers[index], answers)
    case nil: break
    }
    let column = column(request)
    let reading = AttributeReading(
      column.texts, as: attribute.levels, missing: missing, decimals: table.decimals)
    if reading.hasTooManyLevels {
      let kind = InputError.Kind.tooManyLevels(limit: AttributeReading.mostLevels)
      add(InputError(kind, file: table.files[0].name, columnName: attribute.column))
    }
    refuse(column, request, reading.refused)
    return AttributeRows(
      name: attribute.name, levels: reading.levels,
      codes: rows(column, reading.codes, absent: Attribute.unknown),
      numbers: reading.numbers.isEmpty ? nil : (column, reading.numbers), starts: table.starts)
  }
}

/// An attribute of all rows.
struct AttributeRows {
  let name: String
  let levels: [String]
  let codes: [UInt16]
  var combinations: [[Int]]?
  /// Of a numeric attribute: the column, and the number in each of its distinct cells.
  var numbers: (column: TextColumn, values: [Double])?
  let starts: [Int]

  /// Of the cases alone.
  func analysed(_ selection: Selection, _ workers: Workers) -> Attribute {
    let numeric = numbers.flatMap { column, values in
      NumericSummary(
        zip(values, counts(column, selection, workers)).filter { !$0.0.isNaN }.map {
          (value: $0.0, count: $0.1)
        })
    }
    return Attribute(
      name: name, levels: levels, codes: selection(codes, workers), combinations: combinations,
      numeric: numeric)
  }

  /// How many cases each distinct cell has.
  private func counts(_ column: TextColumn, _ selection: Selection, _ workers: Workers) -> [Int] {
    let starts = starts
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
