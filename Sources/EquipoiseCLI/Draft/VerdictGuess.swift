internal import Ingestion

/// Which cells of a truth or a decision speak for the condition, and which against it.
extension ColumnSurvey {
  /// What the few values of a truth or a decision say, each in all its spellings; nil where none says that it is positive.
  var verdicts: (positive: [String], negative: [String], others: [String])? {
    // Grades: from which on they count as positive is nowhere said.
    guard values.count(where: { UInt($0.text) != nil }) < 3 else { return nil }
    let words = LevelGuess.spellings(of: values.map(\.text))
    // A column that is named for the healthy holds yes for them.
    let isReversed =
      CellWords.namesHealth(name)
      && words.allSatisfy { CellWords.positive.contains($0.key) || $0.key.saysNo || $0.key.saysNeither }
    let open = words.filter { !$0.key.saysNeither }
    let no = open.filter(\.key.saysNo)
    var yes = open.filter { !$0.key.saysNo && $0.key.saysYes }
    // `Sí` and `SI` are one word.
    if let first = yes.first, yes.allSatisfy({ CellWords.positive.contains($0.key) }) {
      yes = [(first.key, yes.flatMap(\.texts))]
    }
    let said = Set(yes.flatMap(\.texts))
    let rest = open.filter { open in
      !no.contains { $0.key == open.key } && said.isDisjoint(with: open.texts)
    }
    let isOnlyOne = rest.count == 1 && (no.count == 1 || words.count == 2)
    // "No PE" speaks against what "PE" speaks for.
    let denied = open.count == 2 ? open.first { word in no.contains { $0.key.denies(word.key) } } : nil
    guard let positive = denied ?? yes.first ?? (isOnlyOne ? rest[0] : nil), yes.count < 2 || no.count == 1
    else {
      return nil
    }
    let left = open.filter { Set(positive.texts).isDisjoint(with: $0.texts) }
    // Of several that say no, `not assessed` may say that nobody looked.
    let sure = no.count == 1 ? no : no.filter { $0.key.denied.map(positive.key.contains) ?? true }
    let negative = !sure.isEmpty ? sure : left.count == 1 ? left : []
    let told = Set(negative.flatMap(\.texts) + positive.texts)
    let others = words.flatMap(\.texts).filter { !told.contains($0) }
    let (first, second) = (positive.texts, negative.flatMap(\.texts))
    return isReversed && !second.isEmpty ? (second, first, others) : (first, second, others)
  }

  /// Where one value denies a condition (`No TB`), those that name it without a doubt are likely positive; to be asked.
  var likelyVerdicts: (positive: [String], negative: [String], others: [String])? {
    let words = LevelGuess.spellings(of: values.map(\.text))
    let no = words.filter { !$0.key.saysNeither && $0.key.denied != nil }
    guard let condition = no.first?.key.denied, no.allSatisfy({ $0.key.denied == condition }) else {
      return nil
    }
    let positive = words.filter { word in
      word.key.denied == nil && !word.key.saysNeither && !word.key.saysNo && !word.key.hedges
        && " \(word.key) ".contains(" \(condition) ")
    }
    guard !positive.isEmpty else { return nil }
    let told = Set((positive + no).map(\.key))
    return (
      positive.flatMap(\.texts), no.flatMap(\.texts), words.filter { !told.contains($0.key) }.flatMap(\.texts)
    )
  }

  /// By their text, grades in their order; spellings together.
  var sortedValues: [String] {
    LevelGuess.spellings(of: values.map(\.text)).sorted { one, other in
      guard let first = Double(one.key), let second = Double(other.key) else { return one.key < other.key }
      return first < second
    }.flatMap(\.texts)
  }

  /// Different values, however they are spelt.
  var words: Int { distinct == values.count ? LevelGuess.spellings(of: values.map(\.text)).count : distinct }

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

  /// `no pe` of `pe`.
  fileprivate func denies(_ word: String) -> Bool {
    CellWords.negations.contains { $0.hasSuffix(" ") && self == $0 + word }
  }

  /// `tb` of `no tb`.
  fileprivate var denied: String? {
    CellWords.negations.lazy.filter { $0.hasSuffix(" ") && hasPrefix($0) }.map {
      String(dropFirst($0.count))
    }.first { !$0.isEmpty }
  }

  /// It names a condition and leaves open whether it is there, or was before.
  fileprivate var hedges: Bool {
    split(whereSeparator: { !$0.isLetter }).contains { word in
      CellWords.hedges.contains(where: word.hasPrefix)
    }
  }

  /// It decides neither way, or says that nobody knows; a lone mark may say either.
  var saysNeither: Bool {
    let text = lowercased()
    return CellWords.equivocal.contains(text) || CellWords.beginningsOfDoubt.contains(where: text.hasPrefix)
      || CellWords.unknown.contains(text) && text.contains(where: \.isLetter)
  }
}
