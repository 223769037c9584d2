internal import Statistics
internal import Validation

/// Dates and attributes.
extension CohortBuilder {
  mutating func readMonths(_ selection: Selection, of cases: CaseRows) -> [Int32]? {
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
    return selection(agreed(rows(column, months, absent: .min), unknown: .min, of: cases, request), workers)
  }

  /// With the codes of the table's rows.
  mutating func readAttribute(_ index: Int, _ selection: Selection, of cases: CaseRows) -> (
    attribute: Attribute, rowCodes: [UInt16]
  ) {
    let (attribute, request) = (definition.attributes[index], columns.attributes[index])
    let column = column(request)
    let reading = AttributeReading(
      column.texts, as: attribute.levels, missing: missing, decimals: table.decimals)
    if reading.hasTooManyLevels {
      let kind = InputError.Kind.tooManyLevels(limit: AttributeReading.mostLevels)
      add(InputError(kind, file: table.files[0].name, columnName: attribute.column))
    }
    refuse(column, request, reading.refused)
    var numeric: NumericSummary?
    if !reading.numbers.isEmpty {
      let counts = counts(column, selection, cases)
      numeric = NumericSummary(
        zip(reading.numbers, counts).filter { !$0.0.isNaN }.map { (value: $0.0, count: $0.1) })
    }
    let rowCodes = rows(column, reading.codes, absent: Attribute.unknown)
    let codes = agreed(rowCodes, unknown: Attribute.unknown, of: cases, request)
    return (
      Attribute(
        name: attribute.name, levels: reading.levels, codes: selection(codes, workers), numeric: numeric),
      rowCodes
    )
  }

  /// What the rows of each case say together; rows of one case that differ are problems.
  mutating func agreed<Value: Equatable & Sendable>(
    _ values: [Value], unknown: Value, of cases: CaseRows, _ request: Int
  ) -> [Value] {
    var differing: [(row: Int, first: Int)] = []
    let agreed = cases.agreed(values, unknown: unknown) { differing.append(($0, $1)) }
    for (row, first) in differing {
      let stretch = table.starts.partitioningIndex { $0 > row } - 1
      let own = row - table.starts[stretch]
      var found: String?
      if case .text(let chunk) = table.stretches[stretch].columns[request],
        chunk.codes[own] != TextChunk.absent
      {
        found = chunk.text(Int(chunk.codes[own]))
      }
      var problem = error(.differsWithinUnit, request, stretch: stretch, row: own, found: found)
      problem.other = table.place(ofRow: first)
      add(problem)
    }
    return agreed
  }

  /// How many cases each distinct cell has.
  private func counts(_ column: TextColumn, _ selection: Selection, _ cases: CaseRows) -> [Int] {
    guard cases.areAllRows else {
      let none = UInt32.max
      let codes = rows(column, Array(0..<UInt32(column.distinctCount)), absent: none)
      var counts = [Int](repeating: 0, count: column.distinctCount)
      for code in selection(cases(codes) { one, _ in one }, workers) where code != none {
        counts[Int(code)] += 1
      }
      return counts
    }
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
