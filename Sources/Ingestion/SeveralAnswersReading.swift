internal import Statistics
internal import Validation

/// Attributes of which a case can have several levels. Its combination of levels becomes its code.
extension CohortBuilder {
  /// A cell holds all answers.
  mutating func readSeparated(
    _ attribute: AttributeDefinition, _ request: Int, by separator: String, of cases: CaseRows
  ) -> AttributeCodes {
    let column = column(request)
    let reading = AnswersReading(
      column.texts, between: separator, as: attribute.levels, missing: missing, decimals: table.decimals)
    if reading.hasTooManyLevels {
      let kind = InputError.Kind.tooManyLevels(limit: AttributeReading.mostLevels)
      add(InputError(kind, file: table.files[0].name, columnName: attribute.column))
    }
    refuse(column, request, reading.refused)
    let rowCodes = rows(column, reading.codes, absent: Attribute.unknown)
    return AttributeCodes(
      name: attribute.name, levels: reading.levels, rowCodes: rowCodes,
      codes: agreed(rowCodes, unknown: Attribute.unknown, of: cases, request),
      combinations: reading.combinations, starts: table.starts)
  }

  /// A column for each level; a case without a tick in any is unknown.
  mutating func readAnswers(
    _ attribute: AttributeDefinition, _ requests: [Int], _ answers: AnswerColumns,
    of cases: CaseRows
  ) -> AttributeCodes {
    let values = BinaryValues(
      positive: DeclaredValues(answers.checked), negative: nil, aside: DeclaredValues([]), missing: missing)
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
      codes: agreed(codes, unknown: Attribute.unknown, of: cases, requests[0]),
      combinations: combinations.levels, starts: table.starts)
  }
}

/// What the distinct cells of a column of several answers mean: a combination of levels for each, or why it is refused.
struct AnswersReading {
  let levels: [String]
  /// One for each distinct cell: an index into `combinations`, or unknown.
  let codes: [UInt16]
  let combinations: [[Int]]
  let refused: [InputError.Kind?]
  let hasTooManyLevels: Bool

  init(
    _ texts: [String], between separator: String, as levels: AttributeDefinition.Levels,
    missing: Set<String>, decimals: [DecimalMark]
  ) {
    var answers = DistinctTexts()
    let cells = texts.map { text in
      missing.contains(text) ? [] : text.parts(between: separator).map { answers.code(of: $0) }
    }
    let reading = AttributeReading(answers.texts, as: levels, missing: missing, decimals: decimals)
    var combinations = Combinations()
    codes = cells.map { cell in
      combinations.code(of: cell.map { reading.codes[$0] }.filter { $0 != Attribute.unknown }.map(Int.init))
    }
    self.levels = reading.levels
    self.combinations = combinations.levels
    refused = cells.map { cell in cell.compactMap { reading.refused[$0] }.first }
    hasTooManyLevels = reading.hasTooManyLevels || combinations.areTooMany
  }

  /// The levels of each distinct cell, in words.
  var words: [String] {
    codes.map { code in
      code == Attribute.unknown
        ? "missing" : combinations[Int(code)].map { levels[$0] }.joined(separator: " and ")
    }
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
