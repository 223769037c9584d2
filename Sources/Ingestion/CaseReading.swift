internal import Statistics
internal import Validation

/// Reads the files of cases, then those that are joined to them.
struct CaseReading {
  /// Nil where columns are missing, or where the files ended too early to be joined.
  private(set) var table: CaseTable?
  private(set) var problems: InputErrors
  private(set) var accounts: [JoinAccount] = []
  private(set) var unmatched: [UnmatchedKeys] = []
  private(set) var inputs: [Provenance.Input] = []
  private(set) var joinedInputs: [Provenance.Input] = []
  private let definition: CohortDefinition
  private let columns: ColumnPlan
  private let missing: [String]
  private let cases: [Source]
  private let joins: [[Source]]
  private let routes: ColumnRoutes
  private let sizes: BlockSizes
  private let workers: Workers

  /// A file, and its beginning if that had to be looked at.
  private struct Source {
    let file: OpenFile
    var opened: OpenedTable?
  }

  /// Opens every file before the first is read, so that a missing one is known at once.
  init(
    _ definition: CohortDefinition, _ columns: ColumnPlan, from files: [CaseFile], relativeTo base: String,
    joinsRelativeTo joinBase: String, sizes: BlockSizes, workers: Workers
  ) throws(InputErrors) {
    func sources(_ files: [CaseFile], _ base: String) throws(InputErrors) -> [Source] {
      try TableReader.open(InputPaths.resolve(files, relativeTo: base)).map { Source(file: $0) }
    }
    func header(_ sources: inout [Source]) throws(InputErrors) -> ColumnRoutes.Header {
      let file = sources[0].file
      let opened = try InputErrors.of { () throws(InputError) in
        try OpenedTable(file, sizes: sizes, workers: workers)
      }
      sources[0].opened = opened
      return .init(opened: file, names: opened.sampledNames, isSample: opened.isSampled)
    }
    var cases = try sources(files, base)
    var joins: [[Source]] = []
    for join in definition.joins { joins.append(try sources([join.file], joinBase)) }
    if joins.isEmpty {
      routes = ColumnRoutes(ofCasesAlone: columns)
    } else {
      let ofCases = try header(&cases)
      var ofJoins: [(definition: JoinDefinition, header: ColumnRoutes.Header)] = []
      for index in joins.indices { ofJoins.append((definition.joins[index], try header(&joins[index]))) }
      do throws(InputErrors) {
        routes = try ColumnRoutes(columns, cases: ofCases, joins: ofJoins)
      } catch {
        throw error.tellingAttributes(of: definition)
      }
    }
    missing = definition.missing
    self.definition = definition
    problems = InputErrors(keeping: sizes.keptProblems)
    self.columns = columns
    self.cases = cases
    self.joins = joins
    self.sizes = sizes
    self.workers = workers
  }

  var fileNames: [String] { (cases + joins.flatMap(\.self)).map(\.file.shownAs) }

  mutating func read(_ progress: (@Sendable (Int, Int) -> Void)?) {
    let total = (cases + joins.flatMap(\.self)).reduce(0) { $0 + $1.file.size }
    var done = 0
    var tables: [CaseTable] = []
    var (hasColumns, isWhole) = (true, true)
    let requests = [routes.ofCases] + routes.ofJoined.map(\.own)
    for (index, sources) in ([cases] + joins).enumerated() {
      var reader = TableReader(requests[index], sizes: sizes, workers: workers)
      for source in sources {
        hasColumns =
          reader.read(source.file, source.opened) { progress?(done + $0, total) } && hasColumns
        done += source.file.size
      }
      let found = reader.problems
      problems.merge(
        index > 0 || joins.isEmpty ? found : found.replacingKinds { routes.kind(ofProblem: $0.first) })
      tables.append(reader.table)
      // A file that was read to its end is an input.
      isWhole = isWhole && reader.inputs.count == sources.count
      if index == 0 { inputs = reader.inputs } else { joinedInputs += reader.inputs }
    }
    problems = problems.tellingAttributes(of: definition)
    guard hasColumns, isWhole || joins.isEmpty else { return }
    table = joins.isEmpty ? tables[0] : joined(tables)
  }

  /// Of every file, which columns are read and which are not.
  func columnsOfFiles() throws(InputErrors) -> [(
    input: Provenance.Input, isJoined: Bool, read: [String], ignored: [String]
  )] {
    var facts: [(input: Provenance.Input, isJoined: Bool, read: [String], ignored: [String])] = []
    let requests = [routes.ofCases] + routes.ofJoined.map(\.own)
    for (index, sources) in ([cases] + joins).enumerated() {
      let wanted = Set(requests[index].map(\.name))
      for source in sources {
        let opened = try InputErrors.of { () throws(InputError) in
          try OpenedTable(source.file, sizes: sizes, workers: workers)
        }
        let names = opened.sampledNames.filter { !$0.isEmpty }
        facts.append(
          (
            (inputs + joinedInputs)[facts.count], index > 0, names.filter(wanted.contains),
            names.filter { !wanted.contains($0) }
          ))
      }
    }
    return facts
  }

  /// Nil where a file does not match: what is missing then follows from that.
  private mutating func joined(_ tables: [CaseTable]) -> CaseTable? {
    var cases = JoinedCases(
      tables[0], missing: missing, hasAllRows: !problems.groups.contains(where: \.first.kind.losesRows),
      keptProblems: sizes.keptProblems, spelling: definition.spelling, workers: workers)
    for (index, route) in routes.ofJoined.enumerated() {
      cases.join(tables[index + 1], route, on: columns.joinKeys[index].map { columns.requests[$0] })
    }
    problems.merge(cases.problems)
    accounts = cases.accounts
    unmatched = cases.unmatched
    return cases.isHopeless ? nil : cases.table.arranged(as: columns.requests)
  }
}
