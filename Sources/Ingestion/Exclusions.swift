internal import Statistics
internal import Validation

/// Rows that the plan leaves out, and rows that make one case together.
extension CohortBuilder {
  /// The first rule that leaves each row out, or `Exclusions.kept`; empty without rules.
  mutating func readExclusions() -> Exclusions {
    var ruleOf = [UInt16](
      repeating: Exclusions.kept, count: definition.exclusions.isEmpty ? 0 : table.rowCount)
    for (index, rule) in definition.exclusions.enumerated() {
      let left = ruleOf.map { $0 != Exclusions.kept }
      let asked = zip(rule.conditions, columns.exclusions[index])
      let holds = asked.filter { !$0.0.test.comparesRows }.map { meets($0, $1[0], except: left) }
      var isMet = ruleOf.indices.map { row in !left[row] && holds.allSatisfy { $0[row] } }
      for (condition, requests) in asked {
        guard case .isNot(let end, let key) = condition.test else { continue }
        let (date, declareIn) = date(of: condition)
        let order = RowOrder(rule: rule.id, end: end, key: key, date: date, declareIn: declareIn)
        isMet = others(order, requests, except: left, asked: isMet)
      }
      for row in ruleOf.indices where isMet[row] { ruleOf[row] = UInt16(index) }
    }
    return Exclusions(ruleOf: ruleOf)
  }

  mutating func readCaseRows() -> CaseRows {
    if columns.unit.isEmpty && exclusions.ruleOf.isEmpty { return CaseRows(everyRowOf: table) }
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

  /// Whether each row meets a condition; of rows that are left out already it does not matter.
  private mutating func meets(
    _ condition: ExclusionRule.Condition, _ request: Int, except left: [Bool]
  ) -> [Bool] {
    let column = column(request)
    var refused = [InputError.Kind?](repeating: nil, count: column.distinctCount)
    let (date, declareIn) = date(of: condition)
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
      }, except: left)
    return rows(column, meanings, absent: condition.test == .missing(true))
  }

  /// How the column of a condition writes its dates, and which key of the plan says so.
  private func date(of condition: ExclusionRule.Condition) -> (DateColumn, InputError.DateKey) {
    if let date = definition.date, date.column == condition.column { return (date, .date) }
    return (DateColumn(column: condition.column, format: condition.format), .rule)
  }

  /// What each rule left out, by the levels of each attribute; `codes` are those of the rows.
  func countsOfExclusions(_ attributes: [AttributeCodes]) -> [ExclusionCount] {
    definition.exclusions.enumerated().map { index, rule in
      let left = exclusions.ruleOf.indices.filter { exclusions.ruleOf[$0] == UInt16(index) }
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
      return ExclusionCount(rule, rows: left.count, attributes: byAttribute)
    }
  }
}

struct Exclusions {
  static let kept = UInt16.max

  /// Of each row, the index of the first rule that leaves it out.
  let ruleOf: [UInt16]
  /// Of each row, whether any does; empty without rules.
  let rows: [Bool]

  init(ruleOf: [UInt16]) {
    self.ruleOf = ruleOf
    rows = ruleOf.map { $0 != Self.kept }
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
