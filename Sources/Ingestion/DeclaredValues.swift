internal import Validation

/// Values that a plan declares for a column. A cell is one of them as text; as a number, where both sides are
/// numbers (`1` is `1.0`); true and false without regard to case; and as what is left of either without the differences
/// that the plan says do not count.
struct DeclaredValues: Hashable, Sendable {
  let values: [String]
  let numbers: Set<Double>
  private let texts: Set<String>
  private let truths: Set<Bool>
  private let ignored: [Spelling.Difference]

  init(_ values: [String], ignoring ignored: [Spelling.Difference] = []) {
    self.values = values
    self.ignored = ignored
    texts = Set(values + (ignored.isEmpty ? [] : values.map(ignored.folded)))
    numbers = Set(values.compactMap { DecimalNumber.parse($0) })
    truths = Set(values.compactMap(Self.truth))
  }

  func contains(_ text: String, decimal: DecimalMark = .point) -> Bool {
    if texts.contains(text) || !ignored.isEmpty && texts.contains(ignored.folded(text)) { return true }
    if let number = DecimalNumber.parse(text, decimal: decimal) { return numbers.contains(number) }
    return Self.truth(text).map(truths.contains) ?? false
  }

  private static func truth(_ text: String) -> Bool? {
    switch text.lowercased() {
    case "true": true
    case "false": false
    default: nil
    }
  }
}
