internal import Validation

/// A column of two values, such as a reference standard or a delivered decision: which cells mean what.
struct BinaryValues {
  let positive: DeclaredValues
  /// Nil: the one other value is negative.
  let negative: DeclaredValues?
  /// Neither way: equivocal truth, a failed output.
  let aside: DeclaredValues
  var asideMeans = Meaning.aside
  let missing: Set<String>

  enum Meaning: UInt8, Sendable {
    case negative, positive, aside, missing, refused
  }

  /// What each distinct cell means. Declared values win over the list of missing tokens.
  func meanings(of texts: [String], decimals: [DecimalMark]) -> (meanings: [Meaning], known: [String]) {
    var negative = negative
    func isOne(of values: DeclaredValues, _ text: String) -> Bool {
      decimals.contains { values.contains(text, decimal: $0) }
    }
    let meanings = texts.map { text -> Meaning in
      if isOne(of: positive, text) { return .positive }
      if isOne(of: aside, text) { return asideMeans }
      if let negative, isOne(of: negative, text) { return .negative }
      if missing.contains(text) { return .missing }
      if negative != nil { return .refused }
      negative = DeclaredValues([text])
      return .negative
    }
    let known = [positive.values, negative?.values ?? [], aside.values].flatMap(\.self)
    return (meanings, known)
  }
}

extension BinaryValues.Meaning {
  init(_ rule: EquivocalRule) {
    switch rule {
    case .excluded: self = .aside
    case .positive: self = .positive
    case .negative: self = .negative
    }
  }
}
