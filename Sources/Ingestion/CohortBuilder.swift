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
  let isWhole: Bool
  private let joins: [JoinAccount]
  /// What they leave out is not looked at any further.
  var exclusions = Exclusions()

  init(
    _ table: CaseTable, isWhole: Bool, definition: CohortDefinition, columns: ColumnPlan, keptProblems: Int,
    workers: Workers, joins: [JoinAccount] = []
  ) {
    self.joins = joins
    self.table = table
    problems = InputErrors(keeping: keptProblems)
    self.isWhole = isWhole
    self.definition = definition
    self.columns = columns
    self.workers = workers
    leaveOutUnmatched()
    readExclusions()
  }

  /// One cohort for each finding; nil where there are problems, here or before.
  ///
  /// What all findings share is read once: patients, dates and attributes differ between them only by which cases have
  /// a reference standard.
  mutating func build() -> [Cohort]? {
    checkCaseIDs()
    let cases = readCaseRows()
    let unit = definition.unit ?? UnitDefinition(columns: [])
    let read = definition.findings.indices.map { index in
      let rule = definition.findings[index].reference.equivocalRule
      let asWritten = readTruth(ofFinding: index)
      let truth = self.truth(ofFinding: index, asWritten, of: cases)
      // Of the rows of a unit the equivocal one may not be the one that decides.
      let decided =
        rule == .excluded
        ? 0 : zip(cases(asWritten, unit.reference.truth), truth).count { $0 == .aside && $1 != .missing }
      return (truth: truth, equivocalAnalysed: decided)
    }
    let patients = readPatients(of: cases, truths: read.map(\.truth))
    let weights = readWeights(of: cases)
    let months = readMonths(of: cases)
    let ofRows = definition.attributes.indices.map { readAttribute($0, of: cases) }
    let left = countsOfExclusions(ofRows)
    let attributes = zip(definition.attributes, ofRows).map { attribute, codes in
      attribute.takesLevelsFromCells && !exclusions.rows.isEmpty ? codes.ofCases : codes
    }
    checkScores()
    var cohorts: [Cohort] = []
    for (index, (truth, equivocalAnalysed)) in read.enumerated() {
      let selection = Selection(
        truth.map(\.isDecided), starts: cases.starts, workers: workers)
      let rest =
        selection.isEverything
        ? nil : Selection(truth.map { !$0.isDecided }, starts: cases.starts, workers: workers)
      let isPositive = selection(truth.map { $0 == .positive ? 1 as UInt8 : 0 }, workers)
      let readings = definition.findings[index].models.indices.map {
        readModel($0, ofFinding: index, selection, rest, of: cases)
      }
      let reads = readReaders(ofFinding: index, of: cases)
      guard isWhole && problems.isEmpty else { continue }
      let analysed = patients.map { $0.analysed(selection, workers) }
      let flow = Flow(
        read: table.rowCount, noReference: truth.count { $0 == .missing },
        equivocal: truth.count { $0 == .aside }, analysed: selection.count,
        equivocalAnalysed: equivocalAnalysed,
        unverified: readings.compactMap(\.unverified), joins: joins, exclusions: left,
        unitsOfCases: columns.unit.isEmpty ? nil : cases.count, withoutPatient: analysed?.separate ?? 0)
      cohorts.append(
        Cohort(
          isPositive: isPositive, patients: analysed?.codes, patientCount: analysed?.count ?? 0,
          weights: weights.map { selection($0, workers) }, models: readings.map(\.outputs),
          attributes: attributes.map { $0.analysed(selection, workers) },
          months: months.map { selection($0, workers) }, flow: flow,
          unverified: rest.map { rest in
            UnverifiedCases(
              count: rest.count, patients: patients?.unverified(rest, besides: selection, workers),
              weights: weights.map { rest($0, workers) }, models: readings.compactMap(\.others),
              attributes: attributes.map { $0.analysed(rest, workers) })
          },
          reads: reads.map { reads in
            ReaderReads(
              categories: reads.categories, analysed: reads.values.map { selection($0, workers) },
              unverified: reads.values.map { values in rest.map { $0(values, workers) } ?? [] })
          }))
    }
    for (cohort, finding) in zip(cohorts, definition.findings) {
      checkBothClasses(cohort.isPositive, finding)
    }
    return isWhole && problems.isEmpty ? cohorts : nil
  }

  mutating func readTruth(ofFinding index: Int, of cases: CaseRows) -> [BinaryValues.Meaning] {
    truth(ofFinding: index, readTruth(ofFinding: index), of: cases)
  }

  private func truth(ofFinding index: Int, _ asWritten: [BinaryValues.Meaning], of cases: CaseRows)
    -> [BinaryValues.Meaning]
  {
    let rule = definition.findings[index].reference.equivocalRule
    let unit = definition.unit ?? UnitDefinition(columns: [])
    return cases(asWritten.map { $0.following(rule) }, unit.reference.truth)
  }

  private mutating func readTruth(ofFinding index: Int) -> [BinaryValues.Meaning] {
    readBinary(
      columns.findings[index].reference, values(of: definition.findings[index].reference),
      declareIn: "cohort.reference")
  }

  func values(of reference: ReferenceColumn) -> BinaryValues {
    BinaryValues(
      positive: DeclaredValues(reference.positive), negative: reference.negative.map { DeclaredValues($0) },
      aside: DeclaredValues(reference.equivocal),
      missing: missing(reference.missing), separator: reference.separator)
  }

  /// A column's own tokens for "missing", or those of the cohort.
  func missing(_ own: [String]?) -> Set<String> { Set(own ?? definition.missing) }

  mutating func add(_ problem: InputError) { problems.add(problem) }
  mutating func add(_ more: InputErrors) { problems.merge(more) }

  func column(_ request: Int) -> TextColumn {
    let isID = columns.ids.contains(request)
    // Patients of two hospitals may share their numbers.
    let isKey = columns.unit.contains(request) || columns.joinKeys.contains { $0.contains(request) }
    let missing = Set(definition.missing)
    return TextColumn(
      table.textChunks(request), workers: workers,
      ignoring: isID ? definition.spelling.ids.filter { isKey || $0 != .number } : definition.spelling.values,
      preferred: isID
        ? [] : definition.declaredTexts(ofColumn: table.requests[request].name).flatMap(\.texts),
      exact: { text in
        // Numbers and dates differ by every sign.
        missing.contains(text) || !isID && !text.contains(where: \.isLetter)
      })
  }

  func rows<Meaning: Sendable>(_ column: TextColumn, _ meanings: [Meaning], absent: Meaning) -> [Meaning] {
    column.rows(meanings, absent: absent, starts: table.starts, workers: workers)
  }

  /// `unasked`: rows that are not looked at; those that rules leave out, if nothing else is said.
  mutating func readBinary(
    _ request: Int, _ values: BinaryValues, declareIn key: String, except unasked: [Bool]? = nil
  ) -> [BinaryValues.Meaning] {
    let unasked = unasked ?? exclusions.rows
    let column = column(request)
    let (meanings, known) = values.meanings(
      of: column.texts, decimals: table.decimals(of: request), isAsked: column.occurs(except: unasked))
    refuse(
      column, request, meanings.map { $0 == .refused ? .undeclaredMeaning(known, declareIn: key) : nil },
      except: unasked)
    return rows(column, meanings, absent: .missing)
  }

  /// Reports every row whose cell is refused. `kinds` has an entry for each distinct cell, and so has `fits`: whether it
  /// is written as declared. `unasked`: as above.
  mutating func refuse(
    _ column: TextColumn, _ request: Int, _ kinds: [InputError.Kind?], absent: InputError.Kind? = nil,
    fits: [Bool] = [], except unasked: [Bool]? = nil
  ) {
    let mayBeAbsent = absent != nil && column.chunks.contains { $0.codes.contains(TextChunk.absent) }
    guard mayBeAbsent || kinds.contains(where: { $0 != nil }) else { return }
    let unasked = unasked ?? exclusions.rows
    // A row of a joined file may belong to many cases: it is wrong once.
    var told: Set<UInt32> = []
    var refused = InputErrors(keeping: problems.keptPlaces)
    let isJoined = table.origins[table.requests[request]] != nil
    for (stretch, chunk) in column.chunks.enumerated() {
      let codes = Array(column.codes(ofChunk: stretch))
      for (row, code) in chunk.codes.enumerated() {
        let kind = Int(code) < codes.count ? kinds[Int(codes[Int(code)])] : absent
        guard let kind, !unasked.holds(table.starts[stretch] + row) else { continue }
        if isJoined {
          let joined = table.joinedRow(request, stretch: stretch, row: row)
          if let joined, !told.insert(joined).inserted { continue }
          // That it is missing follows from what is wrong with the files.
          if joined == nil, !isWhole { continue }
        }
        let found = code == TextChunk.absent ? nil : chunk.text(Int(code))
        refused.add(error(kind, request, stretch: stretch, row: row, found: found))
      }
    }
    problems.merge(refused.tellingStrays { _ in count(column, fits) })
  }

  /// The rows whose cell is one of these.
  private func count(_ column: TextColumn, _ isMeant: [Bool]) -> Int {
    guard isMeant.contains(true) else { return 0 }
    var count = 0
    for (stretch, chunk) in column.chunks.enumerated() {
      let codes = Array(column.codes(ofChunk: stretch))
      count += chunk.codes.count { $0 != TextChunk.absent && isMeant[Int(codes[Int($0)])] }
    }
    return count
  }

  func error(_ kind: InputError.Kind, _ request: Int, stretch: Int, row: Int, found: String? = nil)
    -> InputError
  {
    let cell = table.cellPlace(request, stretch: stretch, row: row)
    return InputError(
      kind, file: cell.place.file, line: cell.place.line, column: cell.column, columnName: cell.name,
      found: table.requests[request].isShown ? found.map(CellText.clipped) : nil)
  }

  private mutating func checkBothClasses(_ isPositive: [UInt8], _ finding: FindingDefinition) {
    let file = table.files.map(\.name).joined(separator: ", ")
    let name = finding.reference.column
    if !isPositive.contains(1) {
      problems.add(InputError(.noPositives(finding: finding.id), file: file, columnName: name))
    }
    if !isPositive.contains(0) {
      problems.add(InputError(.noNegatives(finding: finding.id), file: file, columnName: name))
    }
  }
}
