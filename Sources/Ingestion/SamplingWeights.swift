internal import Validation

/// Sampling weights: how many cases of the population each case stands for, up to a common factor.
extension CohortBuilder {
  /// The weight of every case; rows that rules leave out need none. Nil where the plan names no column.
  mutating func readWeights(of cases: CaseRows) -> [Double]? {
    guard let request = columns.weight else { return nil }
    let column = column(request)
    let decimals = table.decimals(of: request)
    let missing = missing(nil)
    let numbers = column.texts.map { SamplingWeight.number($0, decimals: decimals) }
    let kinds = zip(column.texts, numbers).map { text, number -> InputError.Kind? in
      if missing.contains(text) || text.isEmpty { return .missingWeight }
      if let number, SamplingWeight.range.contains(number) { return nil }
      return number == nil && decimals.count == 1
        ? SamplingWeight.refusal(of: text, decimals[0]) : .notAWeight
    }
    refuse(column, request, kinds, absent: .missingWeight)
    refuseOtherMarks(column, request, numbers.map { $0 ?? .nan })
    let weights = zip(numbers, kinds).map { $1 == nil ? $0 ?? SamplingWeight.none : SamplingWeight.none }
    return agreed(
      rows(column, weights, absent: SamplingWeight.none), unknown: SamplingWeight.none, of: cases, request)
  }

  /// Of the cases, with or without a reference standard; nil without weights.
  mutating func weightSummary(of cases: CaseRows) -> WeightSummary? {
    guard let weights = readWeights(of: cases), !weights.isEmpty else { return nil }
    return WeightSummary(weights)
  }
}

enum SamplingWeight {
  /// Where there is no weight, which has been refused.
  static let none = 0.0
  /// Wide enough for any design, and so that sums keep their digits.
  static let range = 1e-9...1e9

  static func number(_ text: String, decimals: [DecimalMark]) -> Double? {
    decimals.lazy.compactMap { DecimalNumber.parse(text, decimal: $0) }.first
  }

  /// A decimal comma and separated thousands have remedies of their own.
  static func refusal(of text: String, _ decimal: DecimalMark) -> InputError.Kind {
    switch InputError.Kind.notANumber(text, decimal, declareIn: "missing") {
    case .otherDecimal(let mark): .otherDecimal(mark)
    case .thousandsSeparator: .thousandsSeparator
    default: .notAWeight
    }
  }
}
