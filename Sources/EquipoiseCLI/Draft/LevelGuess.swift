internal import Ingestion

/// The levels of a column whose values differ in spelling alone, or are known codes of sex.
struct LevelGuess {
  let levels: [(name: String, values: [String])]

  /// Nil where every value is spelt in one way.
  init?(_ column: ColumnSurvey, isSex: Bool) {
    guard column.distinct == column.values.count else { return nil }
    let unknown = Set(column.unknownValues)
    var levels: [(name: String, values: [String])] = []
    var keys: [String] = []
    for text in column.values.map(\.text) where !unknown.contains(text) {
      let key = LevelGuess.key(text, isSex: isSex)
      if let index = keys.firstIndex(of: key) {
        levels[index].values.append(text)
      } else {
        keys.append(key)
        levels.append((isSex ? LevelGuess.sexes[key]?.name ?? text : text, [text]))
      }
    }
    guard levels.contains(where: { $0.values.count > 1 || $0.values != [$0.name] }) else { return nil }
    self.levels = levels
  }

  private static func key(_ text: String, isSex: Bool) -> String {
    let key = text.lowercased().split(whereSeparator: \.isWhitespace).joined(separator: " ")
    guard isSex else { return key }
    return sexes.sorted { $0.key < $1.key }.first { $0.value.codes.contains(key) }?.key ?? key
  }

  /// As files write them. "0" and "1" mean different things in different files, and are left alone.
  private static let sexes: [String: (name: String, codes: Set<String>)] = [
    "female": ("Female", ["f", "female", "woman", "w", "weiblich", "femme", "femenino", "mujer", "女"]),
    "male": ("Male", ["m", "male", "man", "männlich", "maennlich", "homme", "masculino", "hombre", "男"]),
  ]
}
