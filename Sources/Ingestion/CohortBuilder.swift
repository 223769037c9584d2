internal import Statistics
internal import Validation

/// Gives the cells of a table their meaning: a cohort, or everything that is wrong.
struct CohortBuilder {
  let table: CaseTable
  let definition: CohortDefinition
  let columns: ColumnPlan
  let workers: Workers
  private(set) var problems: InputErrors
  /// Whether the table holds every row of the files.
  private let isWhole: Bool

  init(
    _ table: CaseTable, isWhole: Bool, definition: CohortDefinition, columns: ColumnPlan, keptProblems: Int,
    workers: Workers
  ) {
    self.table = table
    problems = InputErrors(keeping: keptProblems)
    self.isWhole = isWhole
    self.definition = definition
    self.columns = columns
    self.workers = workers
  }

  /// Nil where there are problems, here or before.
  mutating func build() -> Cohort? {
    checkCaseIDs()
    let reference = definition.reference
    let truth = readBinary(
      columns.reference,
      BinaryValues(
        positive: DeclaredValues(reference.positive), negative: reference.negative.map(DeclaredValues.init),
        aside: DeclaredValues(reference.equivocal), asideMeans: BinaryValues.Meaning(reference.equivocalRule),
        missing: missing(reference.missing)),
      declareIn: "cohort.reference")
    let selection = Selection(
      truth.map { $0 == .positive || $0 == .negative }, starts: table.starts, workers: workers)
    let isPositive = selection(truth.map { $0 == .positive ? 1 as UInt8 : 0 }, workers)
    let patients = readPatients(selection)
    let months = readMonths(selection)
    let readings = definition.models.indices.map { readModel($0, selection) }
    let attributes = definition.attributes.indices.map { readAttribute($0, selection) }
    if isWhole { checkBothClasses(isPositive) }
    guard isWhole && problems.isEmpty else { return nil }
    let equivocal = truth.count { $0 == .aside }
    let flow = Flow(
      read: table.rowCount, noReference: truth.count { $0 == .missing }, equivocal: equivocal,
      analysed: selection.count, unverified: readings.compactMap(\.unverified))
    return Cohort(
      isPositive: isPositive, patients: patients?.codes, patientCount: patients?.count ?? 0,
      models: readings.map(\.outputs), attributes: attributes, months: months, flow: flow)
  }

  /// A column's own tokens for "missing", or those of the cohort.
  func missing(_ own: [String]?) -> Set<String> { Set(own ?? definition.missing) }

  mutating func add(_ problem: InputError) { problems.add(problem) }

  func column(_ request: Int) -> TextColumn { TextColumn(table.textChunks(request), workers: workers) }

  func rows<Meaning: Sendable>(_ column: TextColumn, _ meanings: [Meaning], absent: Meaning) -> [Meaning] {
    column.rows(meanings, absent: absent, starts: table.starts, workers: workers)
  }

  mutating func readBinary(_ request: Int, _ values: BinaryValues, declareIn key: String) -> [BinaryValues
    .Meaning]
  {
    let column = column(request)
    let (meanings, known) = values.meanings(of: column.texts, decimals: table.decimals)
    refuse(
      column, request, meanings.map { $0 == .refused ? .undeclaredValue(known: known, declareIn: key) : nil })
    return rows(column, meanings, absent: .missing)
  }

  /// Reports every row whose cell is refused. `kinds` has an entry for each distinct cell.
  mutating func refuse(
    _ column: TextColumn, _ request: Int, _ kinds: [InputError.Kind?], absent: InputError.Kind? = nil
  ) {
    let mayBeAbsent = absent != nil && column.chunks.contains { $0.codes.contains(TextChunk.absent) }
    guard mayBeAbsent || kinds.contains(where: { $0 != nil }) else { return }
    for (stretch, chunk) in column.chunks.enumerated() {
      let codes = Array(column.codes(ofChunk: stretch))
      for (row, code) in chunk.codes.enumerated() {
        let kind = Int(code) < codes.count ? kinds[Int(codes[Int(code)])] : absent
        guard let kind else { continue }
        let found = code == TextChunk.absent ? nil : chunk.text(Int(code))
        problems.add(error(kind, request, stretch: stretch, row: row, found: found))
      }
    }
  }

  func error(_ kind: InputError.Kind, _ request: Int, stretch: Int, row: Int, found: String? = nil)
    -> InputError
  {
    let place = table.place(stretch: stretch, row: row)
    let name = table.requests[request].name
    var column = table.files[table.stretches[stretch].file].fields?[name]
    if column == nil, case .text(let chunk) = table.stretches[stretch].columns[request],
      !chunk.columns.isEmpty
    {
      // A key that is not in its line has no place in it.
      column = chunk.columns[row] == 0 ? nil : Int(chunk.columns[row])
    }
    return InputError(
      kind, file: place.file, line: place.line, column: column, columnName: name,
      found: table.requests[request].isShown ? found.map(CellText.clipped) : nil)
  }

  private mutating func checkBothClasses(_ isPositive: [UInt8]) {
    guard problems.isEmpty else { return }
    let file = table.files.map(\.name).joined(separator: ", ")
    let name = definition.reference.column
    if !isPositive.contains(1) { problems.add(InputError(.noPositives, file: file, columnName: name)) }
    if !isPositive.contains(0) { problems.add(InputError(.noNegatives, file: file, columnName: name)) }
  }
}
