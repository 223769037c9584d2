public import Statistics
public import Validation

/// A first look at a file's columns, each by itself: enough to write a first plan, never an output against the truth.
public struct FileSurvey: Hashable, Sendable {
  public let file: String
  /// Rows that were looked at.
  public let rows: Int
  /// Whether these were all.
  public let isComplete: Bool
  /// In the order of the file.
  public private(set) var columns: [ColumnSurvey]
  /// Columns that have no name in the header.
  public let nameless: Int

  /// With the spellings of each value as one.
  public func respelt(ignoring differences: [Spelling.Difference]) -> FileSurvey {
    var copy = self
    copy.columns = columns.map { $0.respelt(ignoring: differences) }
    return copy
  }
}

public struct ColumnSurvey: Hashable, Sendable {
  public let name: String
  public let count: Int
  /// Cells that hold a missing token, or nothing.
  public let missing: Int
  /// The missing tokens that occur, but for empty cells.
  public let missingTokens: [String]
  /// Different cells that are not missing.
  public private(set) var distinct: Int
  /// The most frequent of them, at most fifty; as frequent ones in the order of the file.
  public private(set) var values: [Value]
  /// Nil unless every cell that is not missing is a finite number.
  public let numbers: Numbers?
  /// Of finite numbers and a few words without any digit, such as tokens for failures; nil where there are no words.
  public let numbersAmongWords: Numbers?
  /// Those words, the most frequent first, at most fifty.
  public private(set) var wordsAmongNumbers: [String]
  /// Every cell that is not missing is a date in ISO 8601 or DICOM form.
  public let looksLikeDate: Bool
  /// No cell is missing and no two are the same.
  public let isUnique: Bool
  /// Of every different cell; by them files find their common key.
  let fingerprints: Set<UInt64>
  /// Every different cell of a column that may be a key; of others none.
  let keyTexts: [String]
  /// Of the cell of every row; 0 where it is missing.
  let rowPrints: [UInt64]

  public struct Value: Hashable, Sendable {
    public let text: String
    public let count: Int
    public init(text: String, count: Int) {
      self.text = text
      self.count = count
    }
  }

  public struct Numbers: Hashable, Sendable {
    public let minimum: Double
    public let maximum: Double
    public let areWhole: Bool
    /// The numbers next to the ends; the ends themselves where there is no other.
    public let secondLeast: Double
    public let secondGreatest: Double
    public init(
      minimum: Double, maximum: Double, areWhole: Bool, secondLeast: Double, secondGreatest: Double
    ) {
      self.minimum = minimum
      self.maximum = maximum
      self.secondLeast = secondLeast
      self.secondGreatest = secondGreatest
      self.areWhole = areWhole
    }
  }

  public static let mostValues = 50
}

/// Looks at the first rows of a file.
public func surveyFile(
  _ path: String, format: TableFormat = TableFormat(), relativeTo base: String, rows limit: Int = 100_000,
  missing: [String] = CohortDefinition.defaultMissing, workers: Workers = .one
) throws(InputErrors) -> FileSurvey {
  let files = try TableReader.open(InputPaths.resolve([CaseFile(path, format: format)], relativeTo: base))
  guard let file = files.first, files.count == 1 else {
    throw InputErrors(InputError(.missingFile, file: path))
  }
  let opened = try InputErrors.of { () throws(InputError) in
    try OpenedTable(file, sizes: BlockSizes(), workers: workers)
  }
  let names = opened.sampledNames.filter { !$0.isEmpty }
  let requests = names.map { ColumnRequest(name: $0, reading: .text, isShown: true) }
  var reader = TableReader(requests, sizes: BlockSizes(), workers: workers, rowLimit: limit)
  _ = reader.read(file) { _ in }
  guard reader.problems.isEmpty else { throw reader.problems }
  let table = reader.table
  let rows = min(table.rowCount, limit)
  return FileSurvey(
    file: file.shownAs, rows: rows, isComplete: table.rowCount <= limit && !reader.inputs.isEmpty,
    columns: names.indices.map { index in
      let column = TextColumn(table.textChunks(index), workers: workers)
      return ColumnSurvey(
        names[index], column, rows: rows, missing: Set(missing), decimal: format.decimal)
    }, nameless: opened.sampledNames.count - names.count)
}

extension ColumnSurvey {
  fileprivate init(
    _ name: String, _ column: TextColumn, rows: Int, missing tokens: Set<String>, decimal: DecimalMark
  ) {
    let counts = column.counts(ofFirst: rows)
    let texts = column.texts
    let known = texts.indices.filter { counts[$0] > 0 && !tokens.contains(texts[$0]) && !texts[$0].isEmpty }
    self.name = name
    count = rows
    missingTokens = texts.indices.filter {
      counts[$0] > 0 && tokens.contains(texts[$0]) && !texts[$0].isEmpty
    }
    .map { texts[$0] }
    missing = rows - known.reduce(0) { $0 + counts[$1] }
    distinct = known.count
    values = known.sorted { (counts[$1], $0) < (counts[$0], $1) }.prefix(Self.mostValues)
      .map { Value(text: texts[$0], count: counts[$0]) }
    let parsed = known.map { DecimalNumber.parse(texts[$0], decimal: decimal) }
    let finite = parsed.compactMap(\.self).filter(\.isFinite)
    let words = zip(known, parsed).filter { $1?.isFinite != true }.map(\.0)
    let areWords = words.allSatisfy { !texts[$0].contains(where: \.isNumber) }
    numbers = words.isEmpty ? Numbers(finite) : nil
    numbersAmongWords = !words.isEmpty && areWords && words.count * 2 < known.count ? Numbers(finite) : nil
    wordsAmongNumbers =
      numbersAmongWords == nil
      ? [] : words.sorted { (counts[$1], $0) < (counts[$0], $1) }.prefix(Self.mostValues).map { texts[$0] }
    looksLikeDate = !known.isEmpty && known.allSatisfy { (try? CalendarDate.month(of: texts[$0])) != nil }
    isUnique = rows > 0 && missing == 0 && distinct == rows
    var prints = [UInt64](repeating: 0, count: texts.count)
    for index in known { prints[index] = Self.fingerprint(texts[index].utf8[...]) }
    fingerprints = Set(known.map { prints[$0] })
    rowPrints = column.rows(ofFirst: rows, prints, absent: 0)
    keyTexts = known.count * Self.mostRowsOfKey >= rows ? known.map { texts[$0] } : []
  }
}

extension ColumnSurvey.Numbers {
  /// Nil without any.
  fileprivate init?(_ values: [Double]) {
    guard let least = values.min(), let most = values.max() else { return nil }
    self.init(
      minimum: least, maximum: most, areWhole: values.allSatisfy { $0 == $0.rounded() },
      secondLeast: values.filter { $0 > least }.min() ?? least,
      secondGreatest: values.filter { $0 < most }.max() ?? most)
  }
}

extension ColumnSurvey {
  /// A key hardly stands on more rows than this, on average.
  private static let mostRowsOfKey = 20

  /// Of its cells as they are compared without these differences; nil where it is no key.
  func fingerprints(ignoring differences: [Spelling.Difference]) -> Set<UInt64>? {
    keyTexts.isEmpty ? nil : Set(keyTexts.map { Self.fingerprint(differences.folded($0).utf8[...]) })
  }

  /// With the spellings of each value as one, as most rows write it.
  public func respelt(ignoring differences: [Spelling.Difference]) -> ColumnSurvey {
    guard !differences.isEmpty, numbers == nil else { return self }
    var copy = self
    var placeOf: [String: Int] = [:]
    copy.values = []
    for value in values {
      if let place = placeOf[differences.folded(value.text)] {
        copy.values[place] = Value(
          text: copy.values[place].text, count: copy.values[place].count + value.count)
      } else {
        placeOf[differences.folded(value.text)] = copy.values.count
        copy.values.append(value)
      }
    }
    copy.distinct -= values.count - copy.values.count
    var told: Set<String> = []
    copy.wordsAmongNumbers.removeAll { !told.insert(differences.folded($0)).inserted }
    return copy
  }

  /// FNV-1a of 64 bits.
  fileprivate static func fingerprint(_ text: Substring.UTF8View) -> UInt64 {
    text.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
  }
}

extension TextColumn {
  /// What stands for the cell of each of the first rows.
  func rows<Value>(ofFirst rows: Int, _ values: [Value], absent: Value) -> [Value] {
    var found: [Value] = []
    for (stretch, chunk) in chunks.enumerated() {
      let codes = Array(codes(ofChunk: stretch))
      for own in chunk.codes.prefix(rows - found.count) {
        found.append(own == TextChunk.absent ? absent : values[Int(codes[Int(own)])])
      }
    }
    return found
  }

  /// How often each code occurs in the first rows.
  func counts(ofFirst rows: Int) -> [Int] {
    var counts = [Int](repeating: 0, count: distinctCount)
    var left = rows
    for (stretch, chunk) in chunks.enumerated() {
      let codes = Array(codes(ofChunk: stretch))
      for own in chunk.codes.prefix(left) where own != TextChunk.absent { counts[Int(codes[Int(own)])] += 1 }
      left = max(0, left - chunk.codes.count)
    }
    return counts
  }
}
