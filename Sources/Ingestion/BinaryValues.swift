internal import Validation

/// What the values of a column of two are taken for, as a message tells them.
public struct KnownMeanings: Hashable, Sendable {
  let positive: [String]
  let negative: [String]
  /// Equivocal truth, a failed output.
  let aside: [String]
  /// The plan declares no negative value: this one was the one other.
  let isNegativeTaken: Bool
  var isShown = true

  var redacted: KnownMeanings {
    var copy = self
    copy.isShown = false
    return copy
  }

  /// After "expected".
  var words: String {
    guard isShown else { return "a declared value" }
    guard isNegativeTaken else { return InputError.oneOf(positive + negative + aside) }
    let asides = aside.isEmpty ? "" : ", \(InputError.list(aside, limit: 12)) (neither)"
    return
      "one of \(InputError.list(positive, limit: 12)) (positive), \(InputError.list(negative, limit: 1)) (taken for negative, being the one other value so far)\(asides)"
  }

  func remedy(in key: String) -> String {
    let isDecision = key == "models[].decision"
    let isReference = key == "cohort.reference"
    guard isDecision || isReference else { return "declare it in \(key)" }
    let aside = isDecision ? "indeterminate" : "equivocal"
    let all = isNegativeTaken ? "; declare negative: […] for the others too" : ""
    let place = isDecision ? "the model" : key
    return
      "declare it in \(place) as what it means, positive: […], negative: […] or \(aside): {values: […]}\(all)"
  }
}

/// A column of two values, such as a reference standard or a delivered decision: which cells mean what.
struct BinaryValues {
  let positive: DeclaredValues
  /// Nil: the one other value is negative.
  let negative: DeclaredValues?
  /// Neither way: equivocal truth, a failed output.
  let aside: DeclaredValues
  let missing: Set<String>
  /// Between the labels of a cell that holds several.
  var separator: String?

  enum Meaning: UInt8, Sendable {
    case negative, positive, aside, missing, refused
  }

  /// What each distinct cell means. Declared values win over the list of missing tokens; what is not declared means
  /// nothing where it is not asked for.
  func meanings(
    of texts: [String], decimals: [DecimalMark], isAsked: [Bool]
  ) -> (meanings: [Meaning], known: KnownMeanings) {
    if let separator {
      return (texts.map { meaning(ofLabels: $0.parts(between: separator), decimals) }, known(negative))
    }
    var negative = negative
    let meanings = zip(texts, isAsked).map { text, isAsked -> Meaning in
      if isOne(of: positive, text, decimals) { return .positive }
      if isOne(of: aside, text, decimals) { return .aside }
      if let negative, isOne(of: negative, text, decimals) { return .negative }
      if missing.contains(text) || !isAsked { return .missing }
      if negative != nil { return .refused }
      negative = DeclaredValues([text])
      return .negative
    }
    return (meanings, known(negative))
  }

  private func known(_ negative: DeclaredValues?) -> KnownMeanings {
    KnownMeanings(
      positive: positive.values, negative: negative?.values ?? [], aside: aside.values,
      isNegativeTaken: self.negative == nil && negative != nil)
  }

  private func isOne(of values: DeclaredValues, _ text: String, _ decimals: [DecimalMark]) -> Bool {
    decimals.contains { values.contains(text, decimal: $0) }
  }

  /// Of several labels the positive one counts, wherever it stands.
  private func meaning(ofLabels labels: [String], _ decimals: [DecimalMark]) -> Meaning {
    let labels = labels.filter { !missing.contains($0) }
    if labels.isEmpty { return .missing }
    if labels.contains(where: { isOne(of: positive, $0, decimals) }) { return .positive }
    if labels.contains(where: { isOne(of: aside, $0, decimals) }) { return .aside }
    guard let negative else { return .negative }
    return labels.contains { isOne(of: negative, $0, decimals) } ? .negative : .refused
  }
}

extension String {
  /// Trimmed parts of a cell that holds several answers; those left empty are none.
  func parts(between separator: String) -> [String] {
    var parts: [String] = []
    var rest = self[...]
    let sign = Array(separator)
    var part = ""
    while let first = rest.first {
      if rest.starts(with: sign) {
        parts.append(part)
        part = ""
        rest = rest.dropFirst(sign.count)
      } else {
        part.append(first)
        rest = rest.dropFirst()
      }
    }
    parts.append(part)
    return parts.map { $0.trimmed }.filter { !$0.isEmpty }
  }

  fileprivate var trimmed: String {
    let after = drop { $0.isWhitespace }
    guard let last = after.lastIndex(where: { !$0.isWhitespace }) else { return "" }
    return String(after[...last])
  }
}

extension BinaryValues.Meaning {
  var isDecided: Bool { self == .positive || self == .negative }

  /// What an equivocal reference standard counts as under a rule; the others are what they are.
  func following(_ rule: EquivocalRule) -> BinaryValues.Meaning {
    guard self == .aside else { return self }
    return switch rule {
    case .excluded: .aside
    case .positive: .positive
    case .negative: .negative
    }
  }
}
