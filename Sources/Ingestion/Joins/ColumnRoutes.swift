internal import Validation

/// In which file each needed column stands: the files of cases, or one of those joined to them.
struct ColumnRoutes {
  /// Read from the files of cases.
  let ofCases: [ColumnRequest]
  /// Read from each joined file: under its own name, and what the plan asks for.
  let ofJoined: [Route]

  struct Route {
    let definition: JoinDefinition
    let own: [ColumnRequest]
    /// The plan's requests that it answers, with the place of each in `own`.
    let added: [(request: ColumnRequest, own: Int)]
    /// The places of its key columns in `own`.
    let keys: [Int]
  }

  /// The columns of a file, as it shows itself in messages.
  struct Header {
    let file: String
    let names: [String]
    /// Only its first lines were looked at (JSON): a column may be there all the same.
    let isSample: Bool
  }

  init(ofCasesAlone columns: ColumnPlan) {
    ofCases = columns.requests
    ofJoined = []
  }

  init(_ columns: ColumnPlan, cases: Header, joins: [(definition: JoinDefinition, header: Header)])
    throws(InputErrors)
  {
    var problems = InputErrors()
    // A header that looks like one name explains why every column is missing.
    for header in [cases] + joins.map(\.header) {
      if case let kind = InputError.Kind.missing("", known: header.names), case .otherDelimiter = kind {
        problems.add(InputError(kind, file: header.file, line: 1))
      }
    }
    guard problems.isEmpty else { throw problems }
    var homes: [Int?] = []
    for request in columns.requests {
      do throws(InputError) {
        homes.append(try Self.home(of: request.name, cases, joins))
      } catch {
        problems.add(error)
        homes.append(nil)
      }
    }
    for (index, keys) in columns.joinKeys.enumerated() {
      for key in keys where (homes[key] ?? -1) >= index {
        let names = ([cases] + joins[..<index].map(\.header)).flatMap(\.names)
        let name = columns.requests[key].name
        problems.add(
          InputError(.missing(name, known: names), file: cases.file, columnName: name))
      }
    }
    guard problems.isEmpty else { throw problems }
    ofCases = zip(columns.requests, homes).filter { $0.1 == nil }.map(\.0)
    ofJoined = joins.indices.map { index in
      Route(
        joins[index].definition, zip(columns.requests, homes).filter { $0.1 == index }.map(\.0))
    }
  }

  /// The joined file in which a column stands; nil for the files of cases.
  private static func home(
    of name: String, _ cases: Header, _ joins: [(definition: JoinDefinition, header: Header)]
  ) throws(InputError) -> Int? {
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
    if isInCases { return nil }
    if let only = meant.first { return only }
    if cases.isSample { return nil }
    let known =
      cases.names + joins.flatMap { join in join.header.names.map { join.definition.prefix + $0 } }
    throw InputError(.missing(name, known: known), file: cases.file, columnName: name)
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
    added = requests.map { ($0, place(definition.own($0.name) ?? $0.name, $0.reading, $0.isShown)) }
    self.own = own
  }
}

extension JoinDefinition {
  /// What a column of the plan is called in this file; nil where it has not its prefix.
  func own(_ name: String) -> String? { name.hasPrefix(prefix) ? String(name.dropFirst(prefix.count)) : nil }
}
