internal import Statistics
internal import Validation

/// Reads the files that are joined to the cases, each once, and adds their columns to the table.
struct JoinedCases {
  private(set) var table: CaseTable
  private(set) var problems: InputErrors
  private(set) var accounts: [JoinAccount] = []
  /// Of every join, what found no partner; also where the plan has it counted.
  private(set) var unmatched: [UnmatchedKeys] = []
  /// A file has next to no partners, so that its columns, and what is joined by them, are not there.
  private(set) var isHopeless = false
  /// Joined files some of whose rows found no partner although all must: what is joined by their columns misses some too.
  private var incomplete: Set<Int> = []
  /// Of every row, whether a join before has left it out; empty where none does.
  private var isLeftOut: [Bool] = []
  /// Whether all rows of all files were read; else some must lack their partner, and that is no news.
  let hasAllRows: Bool
  let missing: [String]
  let spelling: Spelling
  let workers: Workers

  init(
    _ cases: CaseTable, missing: [String], hasAllRows: Bool, keptProblems: Int, spelling: Spelling,
    workers: Workers
  ) {
    self.spelling = spelling
    problems = InputErrors(keeping: keptProblems)
    table = cases
    self.hasAllRows = hasAllRows
    self.missing = missing
    self.workers = workers
  }

  /// `keys`: the columns of the cases that the file's are compared with.
  mutating func join(_ file: CaseTable, _ route: ColumnRoutes.Route, on keys: [ColumnRequest]) {
    let here = keys.compactMap(table.requests.firstIndex(of:))
    guard here.count == keys.count else { return }
    let match = KeyMatch(
      table, here, file, route.keys, missing: missing, ignoring: spelling.ids,
      counting: route.definition.repeated, by: order(of: file, route), workers: workers)
    // What stands in a file twice, word for word, says nothing new.
    let differing = match.repeats.filter { !file.areSame($0.row, $0.counted, but: Set(route.keys)) }
    let tied = match.undecided.filter { !file.areSame($0.row, $0.other, but: Set(route.keys)) }
    let refused = route.definition.repeated == .refuse ? differing : []
    for (row, counted) in refused {
      problems.add(file.repeatedKey(row: row, first: counted, request: route.keys[0]))
    }
    for (row, other) in tied {
      problems.add(file.repeatedKey(row: row, first: other, request: route.order ?? 0, .tiedRepeats))
    }
    if refused.isEmpty, tied.isEmpty {
      let unmatched = check(match, file, here, route, replaced: differing.count)
      if unmatched?.isHopeless == true { return isHopeless = true }
      if unmatched != nil, route.definition.unmatched == .refuse { incomplete.insert(table.joined.count) }
    }
    let (starts, rows) = (table.starts, match.rows)
    let sources = route.added.map { file.source($0.own, workers) }
    let columns = workers.map(table.stretches.count) { stretch in
      let own = rows[starts[stretch]..<starts[stretch + 1]]
      return sources.map { $0.gathered(own) }
    }
    self.table.join(.init(table: file, rows: rows), route.added, columns)
    if route.definition.unmatched == .exclude { isLeftOut = isLeftOut.or(rows.map { $0 == KeyMatch.none }) }
  }

  /// Where each row of a file stands among those of its key; nil where the order of the file says so.
  private func order(of file: CaseTable, _ route: ColumnRoutes.Route) -> [RowSpan?]? {
    guard let place = route.order, let date = route.definition.repeatedOrder else { return nil }
    let column = TextColumn(file.textChunks(place), workers: workers)
    let order = RowOrder(
      rule: route.definition.file.path, end: .last, key: [], date: date, declareIn: .rule)
    let spans = order.spans(
      of: column.texts.map { $0.isEmpty || (date.missing ?? missing).contains($0) ? nil : $0 },
      decimals: file.decimals(of: place)
    ).map(\.span)
    return column.rows(spans, absent: nil, starts: file.starts, workers: workers)
  }

  private mutating func check(
    _ match: KeyMatch, _ file: CaseTable, _ here: [Int], _ route: ColumnRoutes.Route,
    replaced: Int
  ) -> UnmatchedKeys? {
    let asked = match.rows.indices.filter { !isLeftOut.holds($0) }
    let onlyHere = asked.filter { match.rows[$0] == KeyMatch.none }
    let matched = asked.count - onlyHere.count
    let partners = isLeftOut.isEmpty ? match.isUsed : match.isUsed(by: asked)
    let account = JoinAccount(
      file: route.definition.file.path, matched: matched, onlyHere: onlyHere.count,
      onlyThere: match.onlyThere.count, partners: partners.count { $0 },
      repeated: match.repeats.count - replaced, replaced: replaced, respelt: match.respelt)
    accounts.append(account)
    guard account.onlyHere + account.onlyThere > 0 else { return nil }
    let first = match.unmatched(onlyHere, atMost: 100_000)
    let diagnosis = KeyDiagnosis(
      here: first.here.map { spelling.ids.folded(table.keyText(here, row: $0)) },
      there: first.there.map { spelling.ids.folded(file.keyText(route.keys, row: $0)) },
      hereFile: table.files[0].name, thereFile: file.files[0].name)
    // Where almost nothing matches, counting would only hide that the keys are not the same keys.
    let isHopeless = matched == 0 || (diagnosis != nil && matched * 10 < asked.count)
    let examples = UnmatchedKeys.examples
    let unmatched = UnmatchedKeys(
      account: account,
      onlyHere: onlyHere.prefix(examples).map(table.place(ofRow:)),
      onlyThere: match.onlyThere.prefix(examples).map(file.place(ofRow:)),
      diagnosis: diagnosis, isHopeless: isHopeless)
    self.unmatched.append(unmatched)
    let isConsequence = here.contains { request in
      table.origins[table.requests[request]].map { incomplete.contains($0.file) } ?? false
    }
    if hasAllRows, !isConsequence || isHopeless, route.definition.unmatched == .refuse || isHopeless {
      problems.add(
        InputError(
          .unmatchedKeys(unmatched), file: file.files[0].name,
          columnName: route.definition.keys.map(\.there).joined(separator: ", ")))
    }
    return unmatched
  }
}

extension CaseTable {
  /// A whole column of a file, ready to be taken from in any order.
  fileprivate enum Source: Sendable {
    case text(TextColumn, rowCodes: [UInt32])
    case numbers([Double])

    /// The cells of these rows; a missing one, or not a number, where there is no row.
    func gathered(_ rows: ArraySlice<UInt32>) -> Stretch.Column {
      switch self {
      case .text(let column, let rowCodes): .text(TextChunk(rows, rowCodes: rowCodes, of: column))
      case .numbers(let values):
        .numbers(NumberChunk(values: rows.map { $0 == KeyMatch.none ? .nan : values[Int($0)] }))
      }
    }
  }

  fileprivate func source(_ request: Int, _ workers: Workers) -> Source {
    if case .number = requests[request].reading {
      return .numbers(numberChunks(request).flatMap(\.values))
    }
    let column = TextColumn(textChunks(request), workers: workers)
    let codes = Array(0..<UInt32(column.distinctCount))
    return .text(
      column, rowCodes: column.rows(codes, absent: KeyMatch.none, starts: starts, workers: workers))
  }

  fileprivate func keyText(_ requests: [Int], row: Int) -> String {
    let stretch = starts.partitioningIndex { $0 > row } - 1
    return requests.map { request in
      guard case .text(let chunk) = stretches[stretch].columns[request],
        case let code = chunk.codes[row - starts[stretch]], code != TextChunk.absent
      else { return "" }
      return chunk.text(Int(code))
    }.joined(separator: "\u{1F}")
  }

  /// Whether two rows say the same in all columns that are read, but for these.
  fileprivate func areSame(_ row: Int, _ other: Int, but keys: Set<Int>) -> Bool {
    requests.indices.allSatisfy { keys.contains($0) || cell($0, row) == cell($0, other) }
  }

  private func cell(_ request: Int, _ row: Int) -> Cell {
    let stretch = starts.partitioningIndex { $0 > row } - 1
    let own = row - starts[stretch]
    switch stretches[stretch].columns[request] {
    case .text(let chunk):
      return chunk.codes[own] == TextChunk.absent ? .none : .text(chunk.text(Int(chunk.codes[own])))
    case .numbers(let chunk): return .number(chunk.values[own].bitPattern)
    }
  }

  private enum Cell: Equatable {
    case none
    case text(String)
    case number(UInt64)
  }

  fileprivate func repeatedKey(
    row: Int, first: Int, request: Int, _ kind: InputError.Kind = .duplicateKey
  ) -> InputError {
    let stretch = starts.partitioningIndex { $0 > row } - 1
    let cell = cellPlace(request, stretch: stretch, row: row - starts[stretch])
    return InputError(
      kind, file: cell.place.file, line: cell.place.line, column: cell.column, columnName: cell.name,
      other: place(ofRow: first))
  }
}
