internal import Validation

extension InputError: CustomStringConvertible {
  /// `cases.csv:1042:7: score is "1.2.3", expected a number (column "score")`, then what to do, if anything is known.
  public var description: String {
    let name = columnName.map { " (column \"\(CellText.name($0))\")" } ?? ""
    return "\(place): \(sentence(of: subject))\(name)" + (remedy.map { ": \($0)" } ?? "")
  }

  private func with(_ kind: Kind) -> InputError {
    var copy = self
    copy.kind = kind
    return copy
  }

  /// `cases.csv:1042:7`.
  public var place: String {
    [file, line.map(String.init), column.map(String.init)].compactMap(\.self).joined(separator: ":")
  }

  /// `score is "1.2.3"`, or `score is not shown` where the contents may not be.
  private var subject: String {
    let name = columnName.map(CellText.name) ?? "the value"
    return found.map { "\(name) is \"\($0)\"" } ?? "\(name) has a value that is not shown here"
  }

  /// What was expected, and what to do, without what was found: `expected a number`.
  public var problem: String {
    let expectation = sentence(of: "").drop { ",: ".contains($0) }
    return expectation + (remedy.map { ": \($0)" } ?? "")
  }

  private func sentence(of subject: String) -> String {
    switch kind {
    case .missingFile: "no such file"
    case .noMatch: "no file matches this pattern"
    case .listedTwice: "the file is listed twice"
    case .unreadable(let reason): "cannot be read: \(reason)"
    case .unknownFormat: "the name does not say what kind of file this is"
    case .foreignFormat(let name, _): "this is \(name), not a table of text"
    case .gzipTruncated: "the gzip data end too early"
    case .gzipCorrupt: "the gzip data are damaged"
    case .changedWhileReading: "the file changed while it was read"
    case .empty: "the file is empty"
    case .headerAlone: "the file has a header and no rows"
    case .unknownEncoding(let name): "iconv knows no encoding \"\(name)\" on this machine"
    case .encoding(let name): "bytes that are not the declared encoding (\(name))"
    case .utf16(_, let declared):
      "bytes that are not the declared encoding (\(declared)): the file looks like UTF-16 without a byte order mark"
    case .utf8(let declared, let isThroughout):
      "the file is \(isThroughout ? "" : "partly ")UTF-8, the plan declares \(declared)"
    case .otherByteOrderMark(let found, let declared):
      "it begins with the byte order mark of \(found), the plan declares \(declared)"
    case .missingProgram(let name, _): "reading it needs the program \(name), which is not there"
    case .programFailed(let name): "\(name) cannot read it"
    case .missingSheet(let name, _): "the workbook has no sheet \"\(name)\""
    case .missingColumn(let column): column.sentence
    case .otherDelimiter(let sign): "the header looks \(sign.name)-separated"
    case .duplicateColumn: "two columns have this name"
    case .ragged(let expected):
      found.map { "row has \($0) fields, expected \(expected)" } ?? "row does not have \(expected) fields"
    case .unclosedQuote: "a quote opens here and is never closed"
    case .strayQuote: "a quote inside a field"
    case .loneCarriageReturns: "lines end in carriage returns alone"
    case .rowTooLong(let limit): "a row is longer than \(limit) bytes: is a quote not closed?"
    case .invalidJSON(let expected): "not valid JSON, expected \(expected)"
    case .nestedValue: "an object or array, expected a single value"
    case .repeatedKey: "the key stands twice in one object"
    case .notANumber, .numberWithUnit, .otherDecimal, .thousandsSeparator, .percentSign:
      "\(subject), expected a number"
    case .stray(let kind, _): with(kind).sentence(of: subject)
    case .notFinite: "\(subject), expected a finite number"
    case .notAProbability(let isPercent):
      "\(subject), expected a probability between 0 and 1\(isPercent ? "00 %" : "")"
    case .notAPercentage: "\(subject), expected a percentage between 0 and 100"
    case .negative: "\(subject), expected a number that is not negative"
    case .missingWeight: "the sampling weight is missing"
    case .notAWeight: "\(subject), expected a sampling weight, a number above 0 (from 1e-9 to 1e9)"
    case .undeclaredValue(let known, _), .undeclaredLevel(let known):
      "\(subject), expected " + (known.isEmpty ? "a declared value" : Self.oneOf(known))
    case .undeclaredMeaning(let known, _): "\(subject), expected " + known.words
    case .reservedLevel: "\(subject), which is the report's own word for a missing value"
    case .tooManyLevels(let limit): "more than \(limit) different values"
    case .ambiguousDate: "\(subject), which is ambiguous: day and month are never guessed"
    case .spreadsheetDate: "\(subject), which looks like an Excel serial date"
    case .impossibleDate: "\(subject), a day that no calendar has"
    case .implausibleYear:
      "\(subject): " + (found.map { "year \($0.prefix(4))" } ?? "its year") + " is not plausible"
    case .notADate(let format, _): "\(subject), expected a date" + (format.map { " as \($0)" } ?? "")
    case .bornAfterwards: "the date of birth is after the date of the case"
    case .topCoded: "\(subject), which may lie on either side of the last band's edge"
    case .missingCase: "the case id is missing"
    case .duplicateCase: "the case id is the same as \(other.map(reference) ?? "on another line")"
    case .missingPatient: "the patient id is missing"
    case .missingUnit: "what names the unit is missing"
    case .differsWithinUnit:
      "\(subject), and another value \(other.map(reference) ?? "on another line") of the same unit"
    case .missingOrder(let rule, let key):
      "rule \(CellText.name(rule)) finds nothing here by which to order the rows of the same \(Self.names(key))"
    case .tiedRows(let rule, let end, let key):
      "rule \(CellText.name(rule)) cannot tell this row and the one \(other.map(reference) ?? "on another line") apart: either may be the \(end.rawValue) of its \(Self.names(key))"
    case .ambiguousColumn(let files): "the column stands in \(files.joined(separator: " and in "))"
    case .tiedRepeats:
      "nothing here says whether this row or the one \(other.map(reference) ?? "on another line") of the same key counts"
    case .duplicateKey: "the key is the same as \(other.map(reference) ?? "on another line")"
    case .unmatchedKeys(let keys): keys.sentence
    case .noPositives(let finding): "no case is positive by the reference standard\(Self.of(finding))"
    case .noNegatives(let finding): "no case is negative by the reference standard\(Self.of(finding))"
    case .tooManyOperatingPoints(let limit): "more than \(limit) operating points"
    }
  }

  /// What to do about it, where that can be told.
  public var remedy: String? {
    switch kind {
    case .unknownFormat:
      "name it .csv, .tsv or .jsonl (each also .gz), .xlsx or .parquet, or declare what parts its fields, format: {delimiter: tab}"
    case .foreignFormat(_, let remedy): remedy
    case .unknownEncoding: "correct format: {encoding: …} (iconv -l lists what it knows)"
    case .utf16(let likely, _):
      "put format: {encoding: \(likely == "utf-16" ? "utf-16le" : likely)} under cohort"
    case .encoding(let name):
      TextEncoding.isUTF8(name)
        ? "put format: {encoding: windows-1252} under cohort, or what else it was written in, or save it as UTF-8"
        : "correct format: {encoding: \(name)}, or save it as UTF-8"
    case .utf8(_, isThroughout: false):
      "it was put together from texts in two encodings: save them in one, or name them as files of their own"
    case .utf8: "put format: {encoding: utf-8}, or leave encoding out"
    case .otherByteOrderMark: "leave format.encoding out for this file"
    case .missingProgram(_, let remedy): remedy
    case .programFailed: "open it and save it as CSV (UTF-8)"
    case .missingSheet(_, let known):
      "correct format: {sheet: …}" + (known.isEmpty ? "" : "; it has \(Self.list(known, limit: 20))")
    case .headerAlone(let sheets): sheets?.sentence
    case .missingColumn(let column): column.remedy
    case .otherDelimiter(let sign):
      "put format: {delimiter: \(sign == .tab ? "tab" : "\"\(sign.rawValue)\"")} under cohort"
    case .strayQuote, .unclosedQuote:
      "a field with quotes in it stands in quotes, each of its own quotes doubled"
    case .loneCarriageReturns: "save it with Unix or Windows line ends"
    case .notANumber(let key), .notFinite(let key): Self.noValueRemedy(key)
    case .numberWithUnit:
      "write the number alone (years) or as DICOM 055Y; a cell that means \"no value\" belongs in missing"
    case .stray(.otherDecimal(let mark), let cells):
      "\(cells.remedy): the column has decimal \(mark == .comma ? "points" : "commas") elsewhere; only a file that has \(mark == .comma ? "commas" : "points") throughout is read with format: {decimal: \"\(mark == .comma ? "," : ".")\"} under cohort or in its own format"
    case .stray(let kind, let cells) where kind.isOtherwiseWrittenDate:
      "\(cells.remedy): the other dates of the column are read as declared; where all are written so, \(with(kind).remedy ?? "")"
    case .stray(_, let cells) where found?.contains(where: \.isNumber) == false:
      "if it means that the date is not known, put it into missing, with \"\" for empty cells; otherwise \(cells.remedy)"
    case .stray(_, let cells): "\(cells.remedy): the other dates of the column are read as declared"
    case .otherDecimal(.comma): "put format: {decimal: \",\"} under cohort"
    case .otherDecimal(.point):
      "the plan declares format: {decimal: \",\"}; a file with points needs its own, {file: …, format: {decimal: \".\"}}"
    case .thousandsSeparator:
      "thousands are not separated: write 1234567 (if the sign is a decimal mark, put it into format: {decimal: …})"
    case .percentSign: "put scale: percent into the model, or write it as a share of one"
    case .undeclaredValue(_, let key): "declare it in \(key)"
    case .undeclaredMeaning(let known, let key): known.remedy(in: key)
    case .undeclaredLevel: "add it to the levels of the attribute, or to missing"
    case .reservedLevel: "declare it under missing or levels"
    case .tooManyLevels: "declare bands or levels, or leave the attribute out"
    case .ambiguousDate(.date):
      "say which, date: {column: \(columnName ?? "…"), format: dd/MM/yyyy} or {…, format: MM/dd/yyyy}"
    case .ambiguousDate(.rule):
      "say which in the rule's condition, format: dd/MM/yyyy or format: MM/dd/yyyy"
    case .spreadsheetDate(.date): "if it is one, date: {column: \(columnName ?? "…"), format: excel}"
    case .spreadsheetDate(.rule): "if it is one, put format: excel into the rule's condition"
    case .notADate(nil, .date):
      "say how it is written, for example date: {column: \(columnName ?? "…"), format: dd.MM.yyyy}"
    case .notADate(nil, .rule):
      "say how it is written in the rule's condition, for example format: dd.MM.yyyy"
    case .notADate: "correct the format of the date in the plan"
    case .topCoded(let age): "let the last of the bands begin at \(Int(age)) or below"
    case .notAProbability:
      "percentages need scale: percent in the model; a value that means \"no output\", models[].indeterminate"
    case .missingWeight:
      "every case needs one: leave out rows that were not sampled by a rule of cohort.exclude, or leave out cohort.weight"
    case .notAPercentage(let key):
      Self.noValueRemedy(key) + "; where the scores are no percentages, leave out scale: percent"
    case .negative: "correct it, or, if it means \"no value\", add it to missing"
    case .impossibleDate, .implausibleYear: "correct it, or, if it means \"no date\", add it to missing"
    case .noPositives: "check reference.positive"
    case .noNegatives: "check reference.negative"
    case .missingPatient(let column):
      "fill it in, or, where it is not known, put patient: {column: \(YAMLText.quoted(column)), missing: separate} under cohort: every case without one then counts as a patient of its own"
    case .duplicateCase:
      "one row per case; if several rows make one case, say how: cohort.unit: {by: \(columnName ?? "…")}; if a later row replaces an earlier one, say by what: cohort.exclude: [{…, when: {column: …, not_last_of: \(columnName ?? "…")}}]"
    case .missingUnit: "fill it in, or leave out cohort.unit"
    case .differsWithinUnit(let attribute):
      "rows of one unit must agree here: correct the file"
        + (attribute.map { ", leave \(CellText.name($0)) out of attributes and subgroups" } ?? "")
        + ", or choose a finer unit"
    case .missingOrder:
      "fill it in, or leave such rows out by a rule before this one, when: {column: \(columnName ?? "…"), missing: true}"
    case .tiedRows: "correct the column, or leave one of them out by a rule before this one"
    case .ambiguousColumn: "give the join a prefix (prefix: \"B.\") and write it before the column's name"
    case .tiedRepeats:
      "correct the column or its format (repeated: {last: COLUMN, format: …}), or keep one of them"
    case .duplicateKey:
      "a joined file has one row per key: say in this join which counts (repeated: last, or {last: COLUMN OF DATES}), keep one, or name this file under cohort.cases and combine its rows with unit"
    case .unmatchedKeys(let keys): keys.remedy
    case .missingCase: "without ids for all, leave out cohort.case"
    default: nil
    }
  }

  private func reference(to place: Place) -> String {
    place.file == file ? "on line \(place.line)" : "in \(place.file), line \(place.line)"
  }

  private static func noValueRemedy(_ key: String) -> String {
    "if it means \"no \(key == "missing" ? "value" : "output")\", add it to \(key)"
  }

  /// `"patient" and "site"`.
  private static func names(_ columns: [String]) -> String {
    columns.map { "\"\(CellText.name($0))\"" }.joined(separator: " and ")
  }

  private static func of(_ finding: String?) -> String { finding.map { " of \($0)" } ?? "" }

  static func oneOf(_ values: [String]) -> String {
    (values.count > 1 ? "one of " : "") + list(values, limit: 12)
  }

  static func list(_ values: [String], limit: Int) -> String {
    let shown = values.prefix(limit).map { "\"\(CellText.name($0))\"" }.joined(separator: ", ")
    return values.count > limit ? shown + " and \(values.count - limit) more" : shown
  }
}
