internal import Validation

/// What a rule goes by that keeps one of several rows: the last or the first of each key.
struct RowOrder {
  let rule: String
  let end: ExclusionRule.End
  let key: [String]
  /// How the column that orders is written, where it holds dates.
  let date: DateColumn
  let declareIn: InputError.DateKey

  fileprivate var noBound: Double { end == .last ? -.infinity : .infinity }

  /// What the last (first) row lies at or beyond.
  fileprivate func bound(_ one: Double, _ span: RowSpan) -> Double {
    end == .last ? max(one, span.start) : min(one, span.end)
  }

  /// Whether nothing says that another row lies beyond it.
  fileprivate func mayBeEnd(_ span: RowSpan, _ bound: Double) -> Bool {
    end == .last ? span.end >= bound : span.start <= bound
  }

  /// What each cell says of the order, or why it is refused; neither where there is none to read.
  func spans(of texts: [String?], decimals: [DecimalMark]) -> [(span: RowSpan?, refused: InputError.Kind?)] {
    let numbers = texts.map { text in text.flatMap { RowSpan(number: $0, decimals) } }
    let moments = texts.map { text in text.map { moment($0, decimals) } }
    let isAnyMoment = moments.contains { if case .success = $0 { true } else { false } }
    let areAllNumbers = zip(texts, numbers).allSatisfy { ($0 == nil) == ($1 == nil) }
    let isDeclared = declareIn == .date || date.format != nil
    if !isDeclared, areAllNumbers || !isAnyMoment && numbers.contains(where: { $0 != nil }) {
      return zip(texts, numbers).map { text, number in
        (number, number == nil ? text.map { .notAnAmount($0, decimals.first ?? .point) } : nil)
      }
    }
    let haveOffsets = moments.contains { (try? $0?.get())?.time.offset != nil }
    return moments.map { moment in
      switch moment {
      case nil: (nil, nil)
      case .success(let moment):
        (RowSpan(moment.date, moment.time, zone: date.zone, othersHaveOffsets: haveOffsets), nil)
      case .failure(let problem): (nil, .init(problem, format: date.format, declareIn: declareIn))
      }
    }
  }

  private typealias Moment = (date: CalendarDate, time: TimeOfDay)

  private func moment(_ text: String, _ decimals: [DecimalMark]) -> Result<Moment, CalendarDate.Problem> {
    do throws(CalendarDate.Problem) {
      return .success(try CalendarDate.written(text, format: date.format, decimals: decimals))
    } catch {
      return .failure(error)
    }
  }
}

/// A number, or all seconds that a moment may mean: those of a day where no time is written.
struct RowSpan: Hashable, Sendable {
  let start: Double
  let end: Double

  init?(number text: String, _ decimals: [DecimalMark]) {
    let number = decimals.lazy.compactMap { DecimalNumber.parse(text, decimal: $0) }.first
    guard let number, number.isFinite else { return nil }
    (start, end) = (number, number)
  }

  /// - Parameters:
  ///   - zone: of moments without an offset of their own.
  ///   - othersHaveOffsets: how far a moment with neither lies from those, nobody knows.
  init(_ date: CalendarDate, _ time: TimeOfDay, zone: ZoneOffset?, othersHaveOffsets: Bool) {
    let offset = time.offset ?? zone
    let doubt = othersHaveOffsets && offset == nil ? RowSpan.furthestOffset : 0
    let first = date.daysSince1970 * 86_400 + time.seconds - (offset?.minutes ?? 0) * 60
    start = Double(first - doubt)
    end = Double(first + time.length - 1 + doubt)
  }

  /// In seconds.
  private static let furthestOffset = 14 * 3600
}

extension CohortBuilder {
  /// Of the rows that a rule asks about, those that are another than the last (first) of their key.
  ///
  /// - Parameters:
  ///   - requests: the column that orders, then those of the key.
  ///   - asked: keys without such a row may be in any order or none.
  mutating func others(_ order: RowOrder, _ requests: [Int], asked: [Bool]) -> [Bool] {
    let left = exclusions.rows
    let column = column(requests[0])
    let missing = missing(order.date.missing)
    let read = order.spans(
      of: zip(column.texts, column.occurs(except: left)).map { text, occurs in
        occurs && !text.isEmpty && !missing.contains(text) ? text : nil
      }, decimals: table.decimals(of: requests[0]))
    refuse(column, requests[0], read.map(\.refused), fits: read.map { $0.span != nil })
    let codes = rows(column, Array(0..<UInt32(read.count)), absent: UInt32.max)
    let keys = keys(order, requests)

    let count = Int(keys.lazy.filter { $0 != KeyMatch.none }.max() ?? 0) + 1
    var rowCounts = [Int](repeating: 0, count: count)
    var isAsked = [Bool](repeating: false, count: count)
    var bounds = [Double](repeating: order.noBound, count: count)
    for row in keys.indices where !left.holds(row) && keys[row] != KeyMatch.none {
      let key = Int(keys[row])
      rowCounts[key] += 1
      if asked[row] { isAsked[key] = true }
      if codes[row] != .max, let span = read[Int(codes[row])].span {
        bounds[key] = order.bound(bounds[key], span)
      }
    }
    var kept = [Int?](repeating: nil, count: count)
    var isOther = [Bool](repeating: false, count: keys.count)
    for row in keys.indices where !left.holds(row) && keys[row] != KeyMatch.none {
      let key = Int(keys[row])
      guard rowCounts[key] > 1, isAsked[key] else { continue }
      let (span, refused) = codes[row] == .max ? (nil, nil) : read[Int(codes[row])]
      // A row that is refused here needs no second complaint, say of its case.
      isOther[row] = asked[row]
      guard let span else {
        if refused == nil { refuse(row, .missingOrder(rule: order.rule, key: order.key), requests[0]) }
        continue
      }
      guard order.mayBeEnd(span, bounds[key]) else { continue }
      if let first = kept[key] {
        refuse(row, .tiedRows(rule: order.rule, order.end, key: order.key), requests[0], other: first)
      } else {
        kept[key] = row
        isOther[row] = false
      }
    }
    return isOther
  }

  /// Of every row, one code for each distinct key; none where a part of it is missing.
  private func keys(_ order: RowOrder, _ requests: [Int]) -> [UInt32] {
    let parts = zip(order.key, requests.dropFirst()).map { name, request in
      ids(in: column(request), missing: definition.date?.column == name ? definition.date?.missing : nil)
    }
    return parts.dropFirst().reduce(parts.first ?? []) { KeyMatch.paired($0, $1) }
  }

  /// Where the row stands among the cases, whatever file the column is from. If rows could not be read, they may belong
  /// between those that were.
  private mutating func refuse(_ row: Int, _ kind: InputError.Kind, _ request: Int, other: Int? = nil) {
    guard isWhole else { return }
    let stretch = table.starts.partitioningIndex { $0 > row } - 1
    let place = table.place(ofRow: row)
    let column =
      table.origins[table.requests[request]] == nil
      ? table.cellPlace(request, stretch: stretch, row: row - table.starts[stretch]).column : nil
    add(
      InputError(
        kind, file: place.file, line: place.line, column: column, columnName: table.requests[request].name,
        other: other.map { table.place(ofRow: $0) }))
  }
}
