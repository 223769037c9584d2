internal import Statistics
internal import Validation

/// Case and patient ids. Their contents are never shown.
extension CohortBuilder {
  /// Every case has an id of its own, across all files; rows that rules leave out are none.
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
      for (row, own) in chunk.codes.enumerated() where !exclusions.rows.holds(table.starts[stretch] + row) {
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

  /// The patient of every case. Where ids are needed, only cases that are analysed for any finding need one, by
  /// what each says of the truth.
  mutating func readPatients(of cases: CaseRows, truths: [[BinaryValues.Meaning]]) -> PatientCodes? {
    guard let request = columns.patient, let name = definition.patientColumn else { return nil }
    let column = column(request)
    var codes = agreed(ids(in: column), unknown: PatientCodes.none, of: cases, request)
    guard codes.contains(PatientCodes.none) else {
      let isDense = cases.areAllRows && missingCodes(of: column).isEmpty
      return PatientCodes(codes: codes, ids: column.distinctCount, separate: 0, isDense: isDense)
    }
    var separate = 0
    switch definition.missingPatients {
    case .refuse:
      let needNone = codes.indices.map { index in
        codes[index] != PatientCodes.none || truths.allSatisfy { [.missing, .aside].contains($0[index]) }
      }
      let kind = InputError.Kind.missingPatient(column: name)
      refuse(
        column, request, [InputError.Kind?](repeating: kind, count: column.distinctCount), absent: kind,
        except: cases.rows(of: needNone, outside: true))
    case .separate:
      for index in codes.indices where codes[index] == PatientCodes.none {
        codes[index] = UInt32(column.distinctCount + separate)
        separate += 1
      }
    }
    return PatientCodes(codes: codes, ids: column.distinctCount, separate: separate, isDense: false)
  }

  /// Of every row, a code for its cell; none where it is missing.
  func ids(in column: TextColumn, missing own: [String]? = nil) -> [UInt32] {
    var ids = Array(0..<UInt32(column.distinctCount))
    for code in missingCodes(of: column, own) { ids[code] = PatientCodes.none }
    return rows(column, ids, absent: PatientCodes.none)
  }

  func missingCodes(of column: TextColumn, _ own: [String]? = nil) -> Set<Int> {
    Set(((own ?? definition.missing) + [""]).compactMap(column.code(of:)))
  }
}

/// Patients of all cases as codes in the order in which they first appear.
struct PatientCodes {
  /// Of a case without an id.
  static let none = UInt32.max
  let codes: [UInt32]
  /// How many codes stand for ids; those above are of cases that count as patients of their own, for want of one.
  let ids: Int
  let separate: Int
  /// Whether every code has a case.
  let isDense: Bool

  /// Of the cases alone, as dense codes in the same order.
  func analysed(_ selection: Selection, _ workers: Workers) -> (codes: [UInt32], count: Int, separate: Int) {
    let codes = selection(codes, workers)
    guard !(selection.isEverything && isDense) else { return (codes, ids, 0) }
    var dense = [UInt32](repeating: .max, count: ids + separate)
    var count: UInt32 = 0
    let renumbered = codes.map { code in
      if dense[Int(code)] == .max {
        dense[Int(code)] = count
        count += 1
      }
      return dense[Int(code)]
    }
    return (renumbered, Int(count), separate == 0 ? 0 : codes.count { $0 >= ids })
  }

  /// Of the cases that are not analysed: the codes of those that are, and further ones behind them. A case without an id is
  /// a patient of its own.
  func unverified(_ rest: Selection, besides analysed: Selection, _ workers: Workers) -> [UInt32] {
    var dense = [UInt32](repeating: .max, count: ids + separate)
    var count: UInt32 = 0
    func next() -> UInt32 {
      defer { count += 1 }
      return count
    }
    for code in analysed(codes, workers) where dense[Int(code)] == .max { dense[Int(code)] = next() }
    return rest(codes, workers).map { code in
      guard code != Self.none else { return next() }
      if dense[Int(code)] == .max { dense[Int(code)] = next() }
      return dense[Int(code)]
    }
  }
}
