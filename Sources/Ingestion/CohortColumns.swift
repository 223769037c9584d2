internal import Statistics
internal import Validation

/// Dates and attributes.
extension CohortBuilder {
  mutating func readMonths(of cases: CaseRows) -> [Int32]? {
    guard let request = columns.date, let date = definition.date else { return nil }
    let column = column(request)
    let days = days(in: column, request, date)
    refuse(column, request, days.map(\.refused), fits: days.map { $0.day != nil })
    let months = rows(column, days.map { $0.day?.monthNumber ?? .min }, absent: .min)
    return cases.first(of: months, unknown: .min)
  }

  /// The day in each distinct cell, or why it is refused; neither where it is missing.
  func days(in column: TextColumn, _ request: Int, _ date: DateColumn)
    -> [(day: CalendarDate?, refused: InputError.Kind?)]
  {
    let decimals = table.decimals(of: request)
    let missing = missing(date.missing)
    return column.texts.map { text in
      if missing.contains(text) || text.isEmpty { return (nil, nil) }
      do throws(CalendarDate.Problem) {
        return (try CalendarDate(text, as: date, decimals: decimals), nil)
      } catch {
        return (nil, .init(error, format: date.format))
      }
    }
  }

  mutating func readAttribute(_ index: Int, of cases: CaseRows) -> AttributeCodes {
    let (attribute, request) = (definition.attributes[index], columns.attributes[index])
    if let birth = attribute.birthDate { return readAge(attribute, born: birth, request, of: cases) }
    switch attribute.severalAnswers {
    case .separated(let separator): return readSeparated(attribute, request, by: separator, of: cases)
    case .columns(let answers): return readAnswers(attribute, columns.answers[index], answers, of: cases)
    case nil: break
    }
    let column = column(request)
    let reading = AttributeReading(
      column.texts, as: attribute.levels, missing: missing(attribute.missing),
      decimals: table.decimals(of: request))
    if reading.hasTooManyLevels {
      let kind = InputError.Kind.tooManyLevels(limit: AttributeReading.mostLevels)
      add(InputError(kind, file: table.files[0].name, columnName: attribute.column))
    }
    let own = table.decimals(of: request).map(\.byte)
    refuse(
      column, request, reading.refused,
      fits: zip(reading.numbers, column.texts).map { number, text in
        !number.isNaN && text.utf8.contains(where: own.contains)
      })
    if !reading.numbers.isEmpty { refuseOtherMarks(column, request, reading.numbers) }
    let rowCodes = rows(column, reading.codes, absent: Attribute.unknown)
    return AttributeCodes(
      name: attribute.name, levels: reading.levels, rowCodes: rowCodes,
      codes: agreed(rowCodes, unknown: Attribute.unknown, of: cases, request, attribute.name),
      numbers: reading.numbers.isEmpty ? nil : (column, reading.numbers),
      cells: cases.areAllRows || reading.numbers.isEmpty ? nil : cells(column, of: cases),
      starts: table.starts)
  }

  /// The distinct cell of each case: that of its first row which has one.
  private func cells(_ column: TextColumn, of cases: CaseRows) -> [UInt32] {
    let codes = rows(column, Array(0..<UInt32(column.distinctCount)), absent: UInt32.max)
    return cases(codes) { $0 == .max ? $1 : $0 }
  }

  /// What the rows of each case say together; rows of one case that differ are problems.
  mutating func agreed<Value: Equatable & Sendable>(
    _ values: [Value], unknown: Value, of cases: CaseRows, _ request: Int, _ attribute: String? = nil
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
      var problem = error(
        .differsWithinUnit(attribute: attribute), request, stretch: stretch, row: own, found: found)
      problem.other = table.place(ofRow: first)
      add(problem)
    }
    return agreed
  }

  /// Where files differ in their decimal mark, a number must be written with its own file's.
  mutating func refuseOtherMarks(_ column: TextColumn, _ request: Int, _ numbers: [Double]) {
    guard table.decimals(of: request).count > 1 else { return }
    for (stretch, chunk) in column.chunks.enumerated() {
      let own = table.files[table.stretches[stretch].file].decimal
      let codes = Array(column.codes(ofChunk: stretch))
      let isForeign = codes.indices.map { code in
        !numbers[Int(codes[code])].isNaN
          && chunk.bytes(code).contains { $0 != own.byte && ".,".utf8.contains($0) }
      }
      guard isForeign.contains(true) else { continue }
      for (row, code) in chunk.codes.enumerated()
      where code != TextChunk.absent && isForeign[Int(code)]
        && !exclusions.rows.holds(table.starts[stretch] + row)
      {
        let text = chunk.text(Int(code))
        add(
          error(
            .notANumber(text, own, declareIn: "missing"), request, stretch: stretch, row: row, found: text))
      }
    }
  }
}

extension AttributeDefinition {
  /// Rather than from the plan.
  var takesLevelsFromCells: Bool { levels == .asRecorded && namedLevels == nil }
}

/// An attribute of all cases.
struct AttributeCodes {
  let name: String
  let levels: [String]
  /// Of every row, also of those that are no case.
  let rowCodes: [UInt16]
  let codes: [UInt16]
  var combinations: [[Int]]?
  /// Of a numeric attribute: the column, and the number in each of its distinct cells.
  var numbers: (column: TextColumn, values: [Double])?
  /// The distinct cell of each case, where not every row is one.
  var cells: [UInt32]?
  let starts: [Int]
  /// Of an age from two dates, in place of `numbers`: that of each case; `Int32.min` where it is not known.
  var ages: [Int32]?

  /// The levels that a code stands for, the unknown one after the last.
  func levels(of code: UInt16) -> [Int] {
    guard code != Attribute.unknown else { return [levels.count] }
    return combinations.map { $0[Int(code)] } ?? [Int(code)]
  }

  /// Without the levels that stand only in rows which are no case: they are no groups.
  var ofCases: AttributeCodes {
    var isUsed = [Bool](repeating: false, count: combinations?.count ?? levels.count)
    for code in codes where code != Attribute.unknown { isUsed[Int(code)] = true }
    let used = isUsed.indices.filter { isUsed[$0] }
    let answers = used.map { combinations?[$0] ?? [$0] }
    let kept = Set(answers.joined()).sorted()
    var placeOf = [Int](repeating: 0, count: levels.count)
    for (place, level) in kept.enumerated() { placeOf[level] = place }
    var codeOf = [UInt16](repeating: Attribute.unknown, count: isUsed.count)
    for (code, old) in used.enumerated() { codeOf[old] = UInt16(code) }
    return AttributeCodes(
      name: name, levels: kept.map { levels[$0] }, rowCodes: [],
      codes: codes.map { $0 == Attribute.unknown ? $0 : codeOf[Int($0)] },
      combinations: combinations.map { _ in answers.map { $0.map { placeOf[$0] } } }, starts: starts)
  }

  /// Of the cases with a reference standard alone.
  func analysed(_ selection: Selection, _ workers: Workers) -> Attribute {
    let ages = ages.map { selection($0, workers).filter { $0 != .min } } ?? []
    let counted = Dictionary(ages.map { ($0, 1) }, uniquingKeysWith: +).sorted { $0.key < $1.key }
    let ofAges = NumericSummary(counted.map { (value: Double($0.key), count: $0.value) })
    let numeric =
      ofAges
      ?? numbers.flatMap { column, values in
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
    if let cells {
      var counts = [Int](repeating: 0, count: column.distinctCount)
      for cell in selection(cells, workers) where cell != .max { counts[Int(cell)] += 1 }
      return counts
    }
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
