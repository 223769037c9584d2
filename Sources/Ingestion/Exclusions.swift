internal import Statistics
internal import Validation

/// Rows that the plan leaves out, and rows that make one case together.
extension CohortBuilder {
  /// Before any rule, cases that have no row in a file which says so.
  mutating func leaveOutUnmatched() {
    for (index, (join, file)) in zip(definition.joins, table.joined).enumerated()
    where join.unmatched == .exclude {
      exclusions.leaveOut(file.rows.map { $0 == KeyMatch.none }, by: .join(index))
    }
  }

  /// Rule by rule; none looks at rows that the ones before it left out.
  mutating func readExclusions() {
    var asked: [(attribute: Int, except: Exclusions)] = []
    for (index, rule) in definition.exclusions.enumerated() {
      let conditions = zip(rule.conditions, columns.exclusions[index])
      var isMet = (0..<table.rowCount).map { !exclusions.rows.holds($0) }
      for (condition, requests) in conditions where !condition.test.comparesRows {
        let holds: [Bool]
        switch condition.subject {
        case .column(let name): holds = meets(condition, name, requests[0])
        case .attribute(let name):
          guard let attribute = definition.attributes.firstIndex(where: { $0.name == name }) else {
            preconditionFailure("a rule reads an attribute that the plan has not")
          }
          if !asked.contains(where: { $0.attribute == attribute }) { asked.append((attribute, exclusions)) }
          holds = meets(condition.test, attribute)
        }
        for row in isMet.indices where !holds[row] { isMet[row] = false }
      }
      for (condition, requests) in conditions {
        guard case .isNot(let end, let key) = condition.test, case .column(let name) = condition.subject
        else { continue }
        let (date, declareIn) = date(of: name, condition.format)
        let order = RowOrder(rule: rule.id, end: end, key: key, date: date, declareIn: declareIn)
        isMet = others(order, requests, asked: isMet)
      }
      exclusions.leaveOut(isMet, by: .rule(index))
    }
    for (attribute, before) in asked { refuseLeftOut(attribute, except: before) }
  }

  /// Refuses what an attribute cannot be read from in rows that a rule asked for it and that are left out: by which rule
  /// is then not known. The rows that are kept are asked with all others.
  private mutating func refuseLeftOut(_ attribute: Int, except before: Exclusions) {
    let final = exclusions
    defer { exclusions = final }
    exclusions = Exclusions(
      rows: final.rows.indices.map { row in before.rows.holds(row) || !final.rows[row] })
    let rows = CaseRows(everyRowOf: table)
    _ = readAttribute(attribute, of: rows)
    if definition.attributes[attribute].birthDate != nil { _ = readMonths(of: rows) }
  }

  mutating func readCaseRows() -> CaseRows {
    if columns.unit.isEmpty && exclusions.rows.isEmpty { return CaseRows(everyRowOf: table) }
    var units: [UInt32]?
    for request in columns.unit {
      let column = column(request)
      let absent = missingCodes(of: column)
      var kinds = [InputError.Kind?](repeating: nil, count: column.distinctCount)
      for code in absent { kinds[code] = .missingUnit }
      refuse(column, request, kinds, absent: .missingUnit)
      let codes = rows(
        column, Array(0..<UInt32(column.distinctCount)), absent: UInt32(column.distinctCount))
      units = units.map { KeyMatch.paired($0, codes) } ?? codes
    }
    return CaseRows(
      units: units, isLeftOut: exclusions.rows, rowCount: table.rowCount)
  }

  /// Whether the attribute of each row meets a condition. What cannot be read meets none, and is refused when all rules
  /// have been followed.
  private func meets(_ test: ExclusionRule.Test, _ attribute: Int) -> [Bool] {
    var silent = self
    let codes = silent.readAttribute(attribute, of: CaseRows(everyRowOf: table))
    switch test {
    case .missing(let isMissing): return codes.rowCodes.map { ($0 == Attribute.unknown) == isMissing }
    case .isOneOf(let names): return has(names, codes, true)
    case .isNoneOf(let names): return has(names, codes, false)
    case .below(let limit): return numbers(codes).map { $0 < limit }
    case .atLeast(let limit): return numbers(codes).map { $0 >= limit }
    case .before, .from, .isNot: preconditionFailure("an attribute is no column")
    }
  }

  private func has(_ names: [String], _ codes: AttributeCodes, _ isAny: Bool) -> [Bool] {
    let isMet = (0..<UInt16(codes.combinations?.count ?? codes.levels.count)).map { code in
      codes.levels(of: code).contains { names.contains(codes.levels[$0]) } == isAny
    }
    return codes.rowCodes.map { $0 != Attribute.unknown && isMet[Int($0)] }
  }

  /// Of every row, not a number where it is not known, as of `90+`.
  private func numbers(_ codes: AttributeCodes) -> [Double] {
    if let ages = codes.ages { return ages.map { $0 == .min ? .nan : Double($0) } }
    // Of a joined file that has no row of any case there is no cell at all.
    guard let (column, values) = codes.numbers else {
      return [Double](repeating: .nan, count: table.rowCount)
    }
    let exact = zip(column.texts, values).map { Age.topCode($0) == nil ? $1 : .nan }
    return rows(column, exact, absent: .nan)
  }

  /// Whether the column of each row meets a condition; of rows that are left out already it does not matter.
  private mutating func meets(
    _ condition: ExclusionRule.Condition, _ name: String, _ request: Int
  ) -> [Bool] {
    let column = column(request)
    var refused = [InputError.Kind?](repeating: nil, count: column.distinctCount)
    let (date, declareIn) = date(of: name, condition.format)
    let test = ConditionTest(
      condition.test, decimals: table.decimals(of: request), date: date, declareIn: declareIn)
    let missing = missing(date.missing)
    let meanings = column.texts.enumerated().map { index, text -> Bool in
      if missing.contains(text) || text.isEmpty { return condition.test == .missing(true) }
      switch test.holds(for: text) {
      case .success(let holds): return holds
      case .failure(let problem):
        refused[index] = problem.kind
        return false
      }
    }
    refuse(
      column, request, refused,
      fits: column.texts.indices.map { index in
        refused[index] == nil && !column.texts[index].isEmpty && !missing.contains(column.texts[index])
      })
    return rows(column, meanings, absent: condition.test == .missing(true))
  }

  /// How the column of a condition writes its dates, and which key of the plan says so.
  private func date(of column: String, _ format: DateFormat?) -> (DateColumn, InputError.DateKey) {
    if let date = definition.date, date.column == column { return (date, .date) }
    return (DateColumn(column: column, format: format), .rule)
  }

  /// What each join and each rule left out, by the levels of each attribute of these rows; without them by none.
  func countsOfExclusions(_ attributes: [AttributeCodes] = []) -> [ExclusionCount] {
    exclusions.causes.enumerated().map { index, cause in
      let left = exclusions.causeOf.indices.filter { exclusions.causeOf[$0] == UInt16(index) }
      let byAttribute = zip(definition.attributes, attributes).map { attribute, values in
        var counts = [Int](repeating: 0, count: values.levels.count + 1)
        for row in left {
          for level in values.levels(of: values.rowCodes[row]) { counts[level] += 1 }
        }
        let levels = values.levels.map(Level.named) + [.unknown]
        return ExclusionCount.AttributeCount(
          name: attribute.name,
          levels: zip(levels, counts).filter { $0.1 > 0 }.map { (level: $0.0, rows: $0.1) })
      }
      return switch cause {
      case .join(let index):
        ExclusionCount(
          withoutRowIn: definition.joins[index], dependsOnResult: holdsResults(index), rows: left.count,
          attributes: byAttribute)
      case .rule(let index):
        ExclusionCount(definition.exclusions[index], rows: left.count, attributes: byAttribute)
      }
    }
  }

  /// Whether a joined file has a column of outputs or of the reference standard.
  private func holdsResults(_ join: Int) -> Bool {
    let results = Set(definition.resultColumns)
    return table.origins.contains { $0.value.file == join && results.contains($0.key.name) }
  }
}

struct Exclusions {
  static let kept = UInt16.max

  enum Cause: Equatable { case join(Int), rule(Int) }

  /// In the order in which they apply.
  private(set) var causes: [Cause] = []
  /// Of each row, the place of what leaves it out first.
  private(set) var causeOf: [UInt16] = []
  /// Of each row, whether anything does; empty without a cause.
  private(set) var rows: [Bool] = []

  init() {}

  /// Whatever leaves them out.
  init(rows: [Bool]) { self.rows = rows }

  mutating func leaveOut(_ isMet: [Bool], by cause: Cause) {
    causes.append(cause)
    if rows.isEmpty {
      causeOf = [UInt16](repeating: Self.kept, count: isMet.count)
      rows = [Bool](repeating: false, count: isMet.count)
    }
    for row in isMet.indices where isMet[row] && !rows[row] {
      causeOf[row] = UInt16(causes.count - 1)
      rows[row] = true
    }
  }
}

extension ExclusionRule.Test {
  /// Rather than a cell with what the plan says.
  fileprivate var comparesRows: Bool { if case .isNot = self { true } else { false } }
}

extension [Bool] {
  /// Whether a row is among these, of which there may be none at all.
  @inline(__always)
  func holds(_ row: Int) -> Bool { !isEmpty && self[row] }

  func or(_ other: [Bool]) -> [Bool] {
    isEmpty ? other : other.isEmpty ? self : zip(self, other).map { $0 || $1 }
  }
}

/// A condition that is asked of the distinct cells of a column.
private struct ConditionTest {
  private let test: ExclusionRule.Test
  private let values: DeclaredValues
  private let decimals: [DecimalMark]
  /// How the column writes its dates.
  private let date: DateColumn
  private let key: InputError.DateKey

  struct Problem: Error { let kind: InputError.Kind }

  init(
    _ test: ExclusionRule.Test, decimals: [DecimalMark], date: DateColumn, declareIn key: InputError.DateKey
  ) {
    self.test = test
    self.decimals = decimals
    self.date = date
    self.key = key
    switch test {
    case .isOneOf(let texts), .isNoneOf(let texts): values = DeclaredValues(texts)
    default: values = DeclaredValues([])
    }
  }

  /// Of a cell that is not missing.
  func holds(for text: String) -> Result<Bool, Problem> {
    switch test {
    case .isOneOf: .success(isDeclared(text))
    case .isNoneOf: .success(!isDeclared(text))
    case .missing(let isMissing): .success(!isMissing)
    case .below(let limit): number(text).map { $0 < limit }
    case .atLeast(let limit): number(text).map { $0 >= limit }
    case .before(let limit): day(text).map { $0 < limit }
    case .from(let limit): day(text).map { $0 >= limit }
    case .isNot: .success(false)
    }
  }

  private func isDeclared(_ text: String) -> Bool {
    decimals.contains { values.contains(text, decimal: $0) }
  }

  private func number(_ text: String) -> Result<Double, Problem> {
    guard
      let number = decimals.lazy.compactMap({ DecimalNumber.parse(text, decimal: $0) }).first
        ?? Age.years(text), number.isFinite
    else {
      return .failure(Problem(kind: .notAnAmount(text, decimals.first ?? .point)))
    }
    return .success(number)
  }

  private func day(_ text: String) -> Result<Int, Problem> {
    do throws(CalendarDate.Problem) {
      return .success(try CalendarDate(text, as: date, decimals: decimals).dayNumber)
    } catch {
      return .failure(Problem(kind: .init(error, format: date.format, declareIn: key)))
    }
  }
}
