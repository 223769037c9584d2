internal import Statistics
internal import Validation

/// What single readers said of every case.
extension CohortBuilder {
  /// Nil where the plan names none.
  mutating func readReaders(
    ofFinding index: Int, of cases: CaseRows
  ) -> (categories: [String]?, values: [[Double]])? {
    guard let readers = definition.findings[index].reference.readers else { return nil }
    let requests = columns.findings[index].readers
    let found = requests.map { column($0) }
    let missing = missing(definition.findings[index].reference.missing)
    let categories: [String]?
    switch readers.scale {
    case .number: categories = nil
    case .ordinal(let names): categories = names
    case .categories:
      categories = Set(found.flatMap(\.texts)).filter { !$0.isEmpty && !missing.contains($0) }.sorted {
        $0.unicodeScalars.lexicographicallyPrecedes($1.unicodeScalars)
      }
    }
    let values = zip(requests, found).map { request, column in
      read(column, request, categories, missing, of: cases)
    }
    return (categories, values)
  }

  private mutating func read(
    _ column: TextColumn, _ request: Int, _ categories: [String]?, _ missing: Set<String>, of cases: CaseRows
  ) -> [Double] {
    let decimals = table.decimals(of: request)
    let ranks = categories.map(CategoryRanks.init)
    var kinds = [InputError.Kind?](repeating: nil, count: column.distinctCount)
    let numbers = column.texts.enumerated().map { index, text -> Double in
      if missing.contains(text) || text.isEmpty { return ReaderReads.none }
      if let ranks {
        if let rank = ranks.rank(of: text) { return Double(rank - 1) }
        kinds[index] = .undeclaredValue(
          known: categories ?? [], declareIn: "cohort.reference.readers.scale or .missing")
      } else {
        if let number = decimals.lazy.compactMap({ DecimalNumber.parse(text, decimal: $0) }).first,
          number.isFinite
        {
          return number
        }
        kinds[index] = .notANumber(text, decimals.first ?? .point, declareIn: "cohort.reference.missing")
      }
      return ReaderReads.none
    }
    refuse(column, request, kinds)
    return agreed(
      rows(column, numbers, absent: ReaderReads.none), unknown: ReaderReads.none, of: cases, request)
  }
}
