internal import Validation

/// Case and patient ids. Their contents are never shown.
extension CohortBuilder {
  /// Every case has an id of its own, across all files.
  mutating func checkCaseIDs() {
    guard let request = columns.caseID else { return }
    // Where it names the unit too, its rows make one case.
    if let unit = definition.unit, unit.columns.contains(where: { $0 == definition.caseColumn }) { return }
    let column = column(request)
    let absent = missingCodes(of: column)
    if column.distinctCount == table.rowCount && absent.isEmpty { return }
    var firsts = [(stretch: Int, row: Int)?](repeating: nil, count: column.distinctCount)
    for (stretch, chunk) in column.chunks.enumerated() {
      let codes = Array(column.codes(ofChunk: stretch))
      for (row, own) in chunk.codes.enumerated() {
        guard own != TextChunk.absent, case let code = Int(codes[Int(own)]), !absent.contains(code) else {
          add(error(.missingCase, request, stretch: stretch, row: row))
          continue
        }
        if let first = firsts[code] {
          var problem = error(.duplicateCase, request, stretch: stretch, row: row)
          problem.other = table.place(stretch: first.stretch, row: first.row)
          add(problem)
        } else {
          firsts[code] = (stretch, row)
        }
      }
    }
  }

  /// Patients as dense codes in the order in which they first appear among the cases.
  mutating func readPatients(_ selection: Selection, of cases: CaseRows) -> (codes: [UInt32], count: Int)? {
    guard let request = columns.patient else { return nil }
    let column = column(request)
    let absent = missingCodes(of: column)
    var kinds = [InputError.Kind?](repeating: nil, count: column.distinctCount)
    for code in absent { kinds[code] = .missingPatient }
    refuse(column, request, kinds, absent: .missingPatient)
    let all = rows(column, Array(0..<UInt32(column.distinctCount)), absent: .max)
    let codes = selection(agreed(all, unknown: .max, of: cases, request), workers)
    guard problems.isEmpty, !(selection.isEverything && cases.areAllRows) else {
      return (codes, column.distinctCount)
    }
    var dense = [UInt32](repeating: .max, count: column.distinctCount)
    var count: UInt32 = 0
    let renumbered = codes.map { code in
      if dense[Int(code)] == .max {
        dense[Int(code)] = count
        count += 1
      }
      return dense[Int(code)]
    }
    return (renumbered, Int(count))
  }

  func missingCodes(of column: TextColumn) -> Set<Int> {
    Set((definition.missing + [""]).compactMap(column.code(of:)))
  }
}
