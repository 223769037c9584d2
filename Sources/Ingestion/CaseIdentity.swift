internal import Statistics
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

  /// The patient of every case.
  mutating func readPatients(of cases: CaseRows) -> PatientCodes? {
    guard let request = columns.patient else { return nil }
    let column = column(request)
    let absent = missingCodes(of: column)
    var kinds = [InputError.Kind?](repeating: nil, count: column.distinctCount)
    for code in absent { kinds[code] = .missingPatient }
    refuse(column, request, kinds, absent: .missingPatient)
    let codes = rows(column, Array(0..<UInt32(column.distinctCount)), absent: .max)
    return PatientCodes(
      codes: agreed(codes, unknown: .max, of: cases, request), count: column.distinctCount,
      isDense: cases.areAllRows)
  }

  func missingCodes(of column: TextColumn) -> Set<Int> {
    Set((definition.missing + [""]).compactMap(column.code(of:)))
  }
}

/// Patients of all cases as codes in the order in which they first appear.
struct PatientCodes {
  let codes: [UInt32]
  let count: Int
  /// Whether every code has a case.
  let isDense: Bool

  /// Of the cases alone, as dense codes in the same order.
  func analysed(_ selection: Selection, _ workers: Workers) -> (codes: [UInt32], count: Int) {
    let codes = selection(codes, workers)
    guard !(selection.isEverything && isDense) else { return (codes, count) }
    var dense = [UInt32](repeating: .max, count: self.count)
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
}
