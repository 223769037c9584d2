internal import Validation

/// In which file each needed column stands: the files of cases, or one of those joined to them.
struct ColumnRoutes {
  /// Read from the files of cases.
  let ofCases: [ColumnRequest]
  /// Read from each joined file: under its own name, and what the plan asks for.
  let ofJoined: [Route]
  /// What the joined files hold, for a message about a column that no line of the cases has.
  let holdings: [MissingColumn.File]

  struct Route {
    let definition: JoinDefinition
    let own: [ColumnRequest]
    /// The plan's requests that it answers, with the place of each in `own`.
    let added: [(request: ColumnRequest, own: Int)]
    /// The places of its key columns in `own`.
    let keys: [Int]
    /// The place of the column that orders rows of one key.
    let order: Int?
  }

  /// The columns of a file, as it shows itself in messages.
  struct Header {
    let opened: OpenFile
    var file: String { opened.shownAs }
    let names: [String]
    /// Only its first lines were looked at (JSON): a column may be there all the same.
    let isSample: Bool
  }

  init(ofCasesAlone columns: ColumnPlan) {
    ofCases = columns.requests
    ofJoined = []
    holdings = []
  }

  init(_ columns: ColumnPlan, cases: Header, joins: [(definition: JoinDefinition, header: Header)])
    throws(InputErrors)
  {
    var problems = InputErrors()
    // A header that looks like one name explains why every column is missing.
    for header in [cases] + joins.map(\.header) {
      if let kind = InputError.otherDelimiter(header.names) {
        problems.add(InputError(kind, file: header.file, line: 1))
      }
    }
    guard problems.isEmpty else { throw problems }
    var homes: [Home] = []
    for request in columns.requests {
      do throws(InputError) {
        homes.append(try Self.home(of: request.name, cases, joins))
      } catch {
        problems.add(error)
        homes.append(.cases)
      }
    }
    // Of every join, whether its key is there when it is needed.
    let tooLate = columns.joinKeys.enumerated().map { index, keys in keys.filter { homes[$0].isAfter(index) }
    }
    if homes.contains(.nowhere) || tooLate.contains(where: { !$0.isEmpty }) {
      let files = [Self.facts(cases)] + joins.map { Self.facts($0.header, prefix: $0.definition.prefix) }
      for (index, keys) in tooLate.enumerated() {
        for key in keys {
          problems.add(Self.missingKey(columns.requests[key].name, of: index, joins, files))
        }
      }
      for (index, request) in columns.requests.enumerated()
      where homes[index] == .nowhere && !tooLate.contains(where: { $0.contains(index) }) {
        problems.add(Self.missing(request.name, in: files))
      }
    }
    guard problems.isEmpty else { throw problems }
    holdings = joins.map {
      MissingColumn.File(name: $0.header.file, prefix: $0.definition.prefix, columns: $0.header.names)
    }
    ofCases = zip(columns.requests, homes).filter { $0.1 == .cases }.map(\.0)
    ofJoined = joins.indices.map { index in
      Route(
        joins[index].definition, zip(columns.requests, homes).filter { $0.1 == .joined(index) }.map(\.0))
    }
  }

  private enum Home: Equatable {
    case cases
    case joined(Int)
    case nowhere

    /// Whether it is not yet there when this file is joined.
    func isAfter(_ join: Int) -> Bool {
      switch self {
      case .cases: false
      case .joined(let index): index >= join
      case .nowhere: true
      }
    }
  }

  private static func facts(_ header: Header, prefix: String = "") -> MissingColumn.File {
    MissingColumn.File(
      name: header.file, prefix: prefix, columns: header.names, sheets: WorkbookSheets(of: header.opened))
  }

  /// Of a column that turned out to be nowhere in the cases: it could have stood in a joined file.
  func kind(ofProblem error: InputError) -> InputError.Kind? {
    guard case .missingColumn(let missing) = error.kind, let name = error.columnName else { return nil }
    return .missingColumn(MissingColumn(name, in: missing.files + holdings))
  }

  private static func missing(_ name: String, in files: [MissingColumn.File]) -> InputError {
    let missing = MissingColumn(name, in: files)
    return InputError(.missingColumn(missing), file: missing.place, columnName: name)
  }

  private static func missingKey(
    _ name: String, of index: Int, _ joins: [(definition: JoinDefinition, header: Header)],
    _ files: [MissingColumn.File]
  ) -> InputError {
    let there = joins[index].definition.keys.first { $0.here == name }?.there ?? name
    let missing = MissingColumn(
      name, in: Array(files[...index]), later: Array(files[(index + 2)...]),
      joining: .init(file: joins[index].header.file, there: there))
    return InputError(.missingColumn(missing), file: missing.place, columnName: name)
  }

  /// Where a column stands.
  private static func home(
    of name: String, _ cases: Header, _ joins: [(definition: JoinDefinition, header: Header)]
  ) throws(InputError) -> Home {
    let isInCases = cases.names.contains(name)
    let holders = joins.indices.filter { index in
      joins[index].definition.own(name).map(joins[index].header.names.contains) ?? false
    }
    // Key columns hold the same on both sides.
    let others = holders.filter { index in
      !joins[index].definition.keys.contains { $0.there == joins[index].definition.own(name) }
    }
    let meant = isInCases || !others.isEmpty ? others : holders
    if meant.count + (isInCases ? 1 : 0) > 1 {
      let files = (isInCases ? [cases.file] : []) + meant.map { joins[$0].header.file }
      throw InputError(.ambiguousColumn(files: files), file: files[0], columnName: name)
    }
    if isInCases { return .cases }
    if let only = meant.first { return .joined(only) }
    // A later line may have it, unless the plan's name says that it is another file's.
    let isOthers = joins.contains { !$0.definition.prefix.isEmpty && name.hasPrefix($0.definition.prefix) }
    return cases.isSample && !isOthers ? .cases : .nowhere
  }
}

extension ColumnRoutes.Route {
  fileprivate init(_ definition: JoinDefinition, _ requests: [ColumnRequest]) {
    self.definition = definition
    var own: [ColumnRequest] = []
    func place(_ name: String, _ reading: ColumnRequest.Reading, _ isShown: Bool) -> Int {
      let isKey = definition.keys.contains { $0.there == name }
      let request = ColumnRequest(name: name, reading: reading, isShown: isShown && !isKey)
      if let known = own.firstIndex(of: request) { return known }
      own.append(request)
      return own.count - 1
    }
    keys = definition.keys.map { place($0.there, .text, false) }
    order = definition.repeatedOrder.map { place($0.column, .text, false) }
    added = requests.map { ($0, place(definition.own($0.name) ?? $0.name, $0.reading, $0.isShown)) }
    self.own = own
  }
}

extension JoinDefinition {
  /// What a column of the plan is called in this file; nil where it has not its prefix.
  func own(_ name: String) -> String? { name.hasPrefix(prefix) ? String(name.dropFirst(prefix.count)) : nil }
}
