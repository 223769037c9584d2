internal import Statistics
internal import Validation

/// Attributes of which a case can have several levels. Its combination of levels becomes its code.
extension CohortBuilder {
  /// A cell holds all answers.
  mutating func readSeparated(
    _ attribute: AttributeDefinition, _ request: Int, by separator: String, of cases: CaseRows
  ) -> AttributeCodes {
    let column = column(request)
    let missing = missing(attribute.missing)
    let cells = column.texts.map { text in missing.contains(text) ? [] : text.parts(between: separator) }
    var answers = DistinctTexts()
    let answersOfCells = cells.map { cell in cell.map { answers.code(of: $0) } }
    let reading = AttributeReading(
      answers.texts, as: attribute.levels, missing: missing, decimals: table.decimals(of: request))
    refuse(
      column, request, answersOfCells.map { cell in cell.compactMap { reading.refused[$0] }.first })
    var combinations = Combinations()
    let codes = answersOfCells.map { cell in
      combinations.code(of: cell.map { reading.codes[$0] }.filter { $0 != Attribute.unknown }.map(Int.init))
    }
    if reading.hasTooManyLevels || combinations.areTooMany {
      let kind = InputError.Kind.tooManyLevels(limit: AttributeReading.mostLevels)
      add(InputError(kind, file: table.files[0].name, columnName: attribute.column))
    }
    let rowCodes = rows(column, codes, absent: Attribute.unknown)
    return AttributeCodes(
      name: attribute.name, levels: reading.levels, rowCodes: rowCodes,
      codes: agreed(rowCodes, unknown: Attribute.unknown, of: cases, request, attribute.name),
      combinations: combinations.levels, starts: table.starts)
  }

  /// A column for each level; a case without a tick in any is unknown.
  mutating func readAnswers(
    _ attribute: AttributeDefinition, _ requests: [Int], _ answers: AnswerColumns,
    of cases: CaseRows
  ) -> AttributeCodes {
    let values = BinaryValues(
      positive: DeclaredValues(answers.checked), negative: nil, aside: DeclaredValues([]),
      missing: missing(attribute.missing))
    var marks = [UInt64](repeating: 0, count: table.rowCount)
    for (level, request) in requests.enumerated() {
      let key = "cohort.attributes.\(attribute.name).checked"
      for (row, meaning) in readBinary(request, values, declareIn: key).enumerated()
      where meaning == .positive { marks[row] |= 1 << UInt64(level) }
    }
    var combinations = Combinations()
    var codeOf: [UInt64: UInt16] = [0: Attribute.unknown]
    let codes = marks.map { mark -> UInt16 in
      if let code = codeOf[mark] { return code }
      let code = combinations.code(of: requests.indices.filter { mark >> UInt64($0) & 1 == 1 })
      codeOf[mark] = code
      return code
    }
    if combinations.areTooMany {
      let kind = InputError.Kind.tooManyLevels(limit: AttributeReading.mostLevels)
      add(InputError(kind, file: table.files[0].name, columnName: attribute.name))
    }
    return AttributeCodes(
      name: attribute.name, levels: answers.levels.map(\.level), rowCodes: codes,
      codes: agreed(codes, unknown: Attribute.unknown, of: cases, requests[0], attribute.name),
      combinations: combinations.levels, starts: table.starts)
  }
}

/// Texts as codes in the order in which they first appear.
private struct DistinctTexts {
  private(set) var texts: [String] = []
  private var codes: [String: Int] = [:]

  mutating func code(of text: String) -> Int {
    if let code = codes[text] { return code }
    codes[text] = texts.count
    texts.append(text)
    return texts.count - 1
  }
}

/// Sets of levels as codes in the order in which they first appear; the empty set is unknown.
private struct Combinations {
  private(set) var levels: [[Int]] = []
  private(set) var areTooMany = false
  private var codes: [[Int]: UInt16] = [[]: Attribute.unknown]

  mutating func code(of named: [Int]) -> UInt16 {
    let sorted = Set(named).sorted()
    if let code = codes[sorted] { return code }
    guard levels.count < AttributeReading.mostLevels else {
      areTooMany = true
      return Attribute.unknown
    }
    let code = UInt16(levels.count)
    codes[sorted] = code
    levels.append(sorted)
    return code
  }
}
