public import Validation

/// One thing that is wrong with the input, as facts; `description` makes a sentence of them.
public struct InputError: Error, Hashable, Sendable {
  public var kind: Kind
  /// As the plan shows it.
  public var file: String
  /// The physical line; the header of a file is usually 1.
  public var line: Int?
  /// The 1-based field of a delimited file, the 1-based byte of a line of JSON.
  public var column: Int?
  public var columnName: String?
  /// At most forty characters of the cell; nil where its contents may not be shown.
  public var found: String?
  /// Where the thing that it clashes with stands.
  public var other: Place?

  public struct Place: Hashable, Sendable {
    public var file: String
    public var line: Int
  }

  public init(
    _ kind: Kind, file: String, line: Int? = nil, column: Int? = nil, columnName: String? = nil,
    found: String? = nil, other: Place? = nil
  ) {
    self.kind = kind
    self.file = file
    self.line = line
    self.column = column
    self.columnName = columnName
    self.found = found
    self.other = other
  }

  public enum Kind: Hashable, Sendable {
    // The file
    case missingFile
    case noMatch
    case listedTwice
    case unreadable(reason: String)
    case unknownFormat
    case foreignFormat(name: String, remedy: String)
    case gzipTruncated
    case gzipCorrupt
    case changedWhileReading
    case empty
    case headerAlone(WorkbookSheets?)
    case unknownEncoding(String)
    case encoding(String)
    case utf16(String, declared: String)
    /// Read as letters of a one-byte encoding; `isThroughout`: all of the file is.
    case utf8(declared: String, isThroughout: Bool)
    case otherByteOrderMark(found: String, declared: String)
    case missingProgram(String, remedy: String)
    case programFailed(String)
    case missingSheet(String, known: [String])
    // Its structure
    case missingColumn(MissingColumn)
    case otherDelimiter(Delimiter)
    case duplicateColumn
    case ragged(expected: Int)
    case unclosedQuote
    case strayQuote
    case loneCarriageReturns
    case rowTooLong(limit: Int)
    case invalidJSON(expected: String)
    case nestedValue
    case repeatedKey
    // Its values
    case notANumber(declareIn: String)
    /// `55 anos`, in a column of ages or of other numbers with a unit.
    case numberWithUnit
    case otherDecimal(DecimalMark)
    indirect case stray(Kind, StrayCells)
    case thousandsSeparator
    case percentSign
    case notFinite(declareIn: String)
    case notAProbability(isPercent: Bool)
    case notAPercentage(declareIn: String)
    case negative
    case notAWeight
    case missingWeight
    case undeclaredValue(known: [String], declareIn: String)
    case undeclaredMeaning(KnownMeanings, declareIn: String)
    case undeclaredLevel(known: [String])
    case reservedLevel
    case tooManyLevels(limit: Int)
    case ambiguousDate(declareIn: DateKey)
    case spreadsheetDate(declareIn: DateKey)
    case impossibleDate
    case implausibleYear
    case notADate(format: String?, declareIn: DateKey)
    case bornAfterwards
    case topCoded(at: Double)
    case missingCase
    case duplicateCase
    /// As the plan names the column.
    case missingPatient(column: String)
    case missingUnit
    /// The attribute that differs, where it is one.
    case differsWithinUnit(attribute: String?)
    /// Of a rule that keeps the last or first row of a key.
    case missingOrder(rule: String, key: [String])
    case tiedRows(rule: String, ExclusionRule.End, key: [String])
    // Its joins
    case ambiguousColumn(files: [String])
    case tiedRepeats
    case duplicateKey
    case unmatchedKeys(UnmatchedKeys)
    // The cohort
    /// The finding, in a plan with several.
    case noPositives(finding: String?)
    case noNegatives(finding: String?)
    case tooManyOperatingPoints(limit: Int)
  }

  /// Which key of the plan says how the dates of a column are written.
  public enum DateKey: Hashable, Sendable {
    case date, rule
  }

  /// The input is absent, not wrong: exit status 66 instead of 65.
  public var isMissingInput: Bool { kind == .missingFile || kind == .noMatch }

  /// The same facts without the contents of any cell.
  public var redacted: InputError {
    var copy = self
    copy.found = nil
    switch kind {
    case .undeclaredValue(_, let key): copy.kind = .undeclaredValue(known: [], declareIn: key)
    case .undeclaredMeaning(let known, let key):
      copy.kind = .undeclaredMeaning(known.redacted, declareIn: key)
    default: break
    }
    return copy
  }
}
