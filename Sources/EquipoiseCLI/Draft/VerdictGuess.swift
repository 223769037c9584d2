internal import Ingestion

/// Which cells of a truth or a decision speak for the condition, and which against it.
extension ColumnSurvey {
  /// What the few values of a truth or a decision say; nil where none says that it is the positive one.
  var verdicts: (positive: String, negative: String?, others: [String])? {
    let texts = values.map(\.text)
    // A column that is named for the healthy holds yes for them.
    let isReversed =
      CellWords.namesHealth(name)
      && texts.allSatisfy { CellWords.positive.contains($0.lowercased()) || $0.saysNo || $0.saysNeither }
    let open = texts.filter { !$0.saysNeither }
    let no = open.filter(\.saysNo)
    let yes = open.filter { !$0.saysNo && $0.saysYes }
    let rest = open.filter { !no.contains($0) && !yes.contains($0) }
    guard
      let positive = yes.first ?? (rest.count == 1 && (no.count == 1 || texts.count == 2) ? rest[0] : nil),
      yes.count < 2 || no.count == 1
    else { return nil }
    let left = open.filter { $0 != positive }
    let negative = no.first ?? (left.count == 1 ? left[0] : nil)
    let (first, second) = isReversed ? (negative ?? positive, positive) : (positive, negative)
    return (first, second, texts.filter { $0 != positive && $0 != negative })
  }

  var saysYesOrNo: Bool {
    values.contains {
      let text = $0.text.lowercased()
      return CellWords.positive.contains(text) || CellWords.negative.contains(text)
    }
  }
}

extension String {
  fileprivate var saysNo: Bool {
    let text = lowercased()
    return CellWords.negative.contains(text)
      || CellWords.negations.contains { sign in
        sign.hasSuffix(" ") || sign == "kein"
          ? text.hasPrefix(sign) : text.contains(sign) && !text.contains("ab" + sign)
      }
  }

  fileprivate var saysYes: Bool {
    let text = lowercased()
    return CellWords.positive.contains(text) || CellWords.conditions.contains(where: text.contains)
  }

  fileprivate var saysNeither: Bool { CellWords.equivocal.contains(lowercased()) }
}
