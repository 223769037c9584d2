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
    format.sheet = fullestSheet(of: path)
    let plain: FileGuess
    do throws(InputErrors) {
      plain = try FileGuess(path, format)
      if !plain.survey.beginsWithTitle {
        self = plain
        return
      }
    } catch {
      guard let titled = FileGuess(below: path, format) else { throw error }
      self = titled
      return
    }
    self = FileGuess(below: path, format) ?? plain
  }

  private static let mostLinesOfTitle = 12

  /// Titles stand above the header: it is the first line from which on every column has a name, none of them a number.
  private init?(below path: String, _ format: TableFormat) {
    for line in 2...FileGuess.mostLinesOfTitle {
      var format = format
      format.header = line
      if let found = try? FileGuess(path, format), found.survey.nameless == 0, found.survey.columns.count > 1,
        found.survey.rows > 0, found.survey.columns.allSatisfy({ ColumnSurvey.number($0.name) == nil })
      {
        self = found
        return
      }
    }
    return nil
  }

  private init(_ path: String, _ start: TableFormat) throws(InputErrors) {
    var format = start
    var survey: FileSurvey?
    // Each round settles one thing: the delimiter, the encoding, the decimal mark.
    var encodings = FileGuess.encodings(of: path)
    var first: InputErrors?
    for _ in 0..<8 {
      do throws(InputErrors) {
        let found = try surveyFile(path, format: format, relativeTo: "")
        guard let better = FileGuess.refined(format, by: found) else {
          survey = found
          break
        }
        format = better
      } catch {
        guard let better = FileGuess.refined(format, by: error, &encodings) else { throw first ?? error }
        first = first ?? error
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

  /// Those to try in turn where a file is no UTF-8. In East Asian ones bytes above 127 come in pairs; in others one by
  /// one, or as two small letters (`çõ`).
  private static func encodings(of path: String) -> [String] {
    let beginning = TextFile.beginning(of: path, bytes: 1 << 16)
    let bytes = beginning.starts(with: [0x1F, 0x8B]) ? [] : beginning
    var (pairs, singles) = (0, 0)
    var run: [UInt8] = []
    for byte in bytes + [0] {
      if byte >= 0x80 {
        run.append(byte)
      } else if !run.isEmpty {
        let areLetters = run.count == 2 && run.allSatisfy { (0xE0...0xFC).contains($0) }
        if run.count > 1 && !areLetters { pairs += 1 } else { singles += 1 }
        run = []
      }
    }
    let eastern = ["gb18030", "shift_jis", "euc-kr", "big5"]
    let western =
      (isCentralEuropean(bytes) ? ["windows-1250"] : isTurkish(bytes) ? ["windows-1254"] : []) + [
        "windows-1252"
      ]
    return pairs > singles ? eastern + western : western + eastern
  }

  /// `ş` or `ğ`, which are Iceland's `þ` and `ð` in windows-1252, without any of its `á`, `í` and `ó`.
  private static func isTurkish(_ bytes: [UInt8]) -> Bool {
    bytes.contains { [0xFE, 0xF0, 0xDE, 0xD0].contains($0) }
      && !bytes.contains { [0xE1, 0xED, 0xF3, 0xC1, 0xCD, 0xD3].contains($0) }
  }

  /// `š`, `ž`, `ť`, `ź`, `ą`, `ł` or `ż` within words: in windows-1252 these bytes are letters that hardly occur, or none.
  private static func isCentralEuropean(_ bytes: [UInt8]) -> Bool {
    let letters: Set<UInt8> = [0x8A, 0x8D, 0x8E, 0x8F, 0x9A, 0x9D, 0x9E, 0x9F, 0xA3, 0xB3, 0xB9, 0xBF]
    func isLetter(_ byte: UInt8) -> Bool { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20) }
    // `ő` is `õ` there, which in Portuguese stands before an e.
    let (before, after) = (bytes, bytes.dropFirst(2) + [0])
    return zip(zip(before, bytes.dropFirst()), after).contains { pair, next in
      isLetter(pair.0) && (letters.contains(pair.1) || pair.1 == 0xF5 && next | 0x20 != UInt8(ascii: "e"))
    }
  }

  private static func refined(_ format: TableFormat, by errors: InputErrors, _ encodings: inout [String])
    -> TableFormat?
  {
    var format = format
    for error in errors.groups.map(\.first) {
      switch error.kind {
      case .utf16(let likely, _) where format.encoding == nil:
        format.encoding = likely
        return format
      case .encoding where !encodings.isEmpty:
        format.encoding = encodings.removeFirst()
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

extension FileSurvey {
  /// Most fields of its first line are empty.
  fileprivate var beginsWithTitle: Bool { nameless >= max(2, columns.count) }
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
