internal import Ingestion
internal import Validation

/// How a file seems to be written, tried out until its header and cells can be read.
struct FileGuess {
  let survey: FileSurvey
  /// What the plan has to say about it; empty where nothing is needed.
  let format: TableFormat

  /// By the names of its columns.
  var holdsOutputs: Bool {
    survey.columns.contains { column in
      switch Guess(column).role {
      case .score, .decision: true
      default: false
      }
    }
  }

  init(_ path: String) throws(InputErrors) {
    var format = TableFormat()
    var survey: FileSurvey?
    // Each round settles one thing: the delimiter, the encoding, the decimal mark.
    for _ in 0..<4 {
      do throws(InputErrors) {
        let found = try surveyFile(path, format: format, relativeTo: "")
        guard let better = FileGuess.refined(format, by: found) else {
          survey = found
          break
        }
        format = better
      } catch {
        guard let better = FileGuess.refined(format, by: error) else { throw error }
        format = better
      }
    }
    if let survey {
      self.survey = survey
    } else {
      self.survey = try surveyFile(path, format: format, relativeTo: "")
    }
    self.format = format
  }

  private static func refined(_ format: TableFormat, by errors: InputErrors) -> TableFormat? {
    var format = format
    for error in errors.groups.map(\.first) {
      switch error.kind {
      case .utf16(let likely, _) where format.encoding == nil:
        format.encoding = likely
        return format
      case .encoding where format.encoding == nil:
        format.encoding = "windows-1252"
        return format
      case .ragged(expected: 1) where format.delimiter == nil:
        format.delimiter = .semicolon
        return format
      case .unknownFormat where format.delimiter == nil:
        format.delimiter = .tab
        return format
      default: continue
      }
    }
    return nil
  }

  private static func refined(_ format: TableFormat, by survey: FileSurvey) -> TableFormat? {
    var format = format
    if survey.columns.count == 1, let name = survey.columns.first?.name {
      let tried = format.delimiter
      let sign = [Delimiter.semicolon, .tab, .pipe, .comma].first {
        $0 != tried && name.contains($0.rawValue)
      }
      guard let sign else { return nil }
      format.delimiter = sign
      return format
    }
    guard format.decimal == .point, survey.columns.contains(where: \.holdsDecimalCommas) else { return nil }
    format.decimal = .comma
    return format
  }
}

extension ColumnSurvey {
  /// Most of its cells are numbers with a comma in them, and none has a point.
  fileprivate var holdsDecimalCommas: Bool {
    let numbers = values.filter { value in
      let parts = value.text.split(separator: ",", omittingEmptySubsequences: false)
      return parts.count == 2
        && parts.allSatisfy { part in
          let digits = part.drop { "-+".contains($0) }.prefix { $0 != "%" && $0 != " " }
          return !digits.isEmpty && digits.allSatisfy(\.isNumber)
        }
    }
    return numbers.count * 2 > values.count
  }
}
