internal import Ingestion

/// The levels of a column whose values differ in spelling alone, are known codes of sex, or names of one maker.
struct LevelGuess {
  let levels: [(name: String, values: [String])]

  /// Nil where every value is spelt in one way.
  init?(_ column: ColumnSurvey, of attribute: String) {
    guard column.distinct == column.values.count else { return nil }
    let isSex = attribute == "sex"
    let unknown = Set(column.unknownValues + (column.codeAmongWords.map { [$0] } ?? []))
    var levels: [(name: String, values: [String])] = []
    var keys: [String] = []
    let all = Set(column.values.map { LevelGuess.folded($0.text) })
    for text in column.values.map(\.text) where !unknown.contains(text) {
      let key =
        attribute == "scanner" ? LevelGuess.maker(text) : LevelGuess.key(text, isSex: isSex, among: all)
      if let index = keys.firstIndex(of: key) {
        levels[index].values.append(text)
      } else {
        keys.append(key)
        levels.append((isSex ? LevelGuess.sexes[key]?.name ?? text : text, [text]))
      }
    }
    if attribute == "scanner" { LevelGuess.join(&levels) }
    guard levels.contains(where: { $0.values.count > 1 || $0.values != [$0.name] }) else { return nil }
    self.levels = levels
  }

  private static func key(_ text: String, isSex: Bool, among all: Set<String>) -> String {
    let key = folded(text)
    guard isSex else { return key }
    // A letter is short for the word that begins with it.
    func word(_ letter: String) -> String? {
      all.filter { $0.count > 1 && $0.hasPrefix(letter) }.sorted().lazy.compactMap(known).first
    }
    if key.count == 1, let sex = word(key) { return sex }
    // M is a man beside F, W and K, but a woman beside H; beside V it is either, unless a word tells.
    if key == "m", all.contains("v") { return word("v").map { $0 == "female" ? "male" : "female" } ?? key }
    if key == "m", all.contains("h") { return "female" }
    if key == "h" { return all.contains("m") || all.contains("f") ? "male" : key }
    if key == "k" { return all.contains("m") ? "female" : key }
    return known(key) ?? key
  }

  /// `GE MEDICAL SYSTEMS` and `GE Healthcare` are one maker.
  private static func maker(_ text: String) -> String {
    let words = folded(text).split { !$0.isLetter && !$0.isNumber }.map(String.init)
    let own = words.prefix(1) + words.dropFirst().filter { !CellWords.corporate.contains($0) }
    return own.joined(separator: " ")
  }

  /// `Carl Zeiss Meditec` is the maker `ZEISS`, and `Fujifilm` is `Fuji`; names with numbers are models.
  private static func join(_ levels: inout [(name: String, values: [String])]) {
    func words(_ name: String) -> Set<Substring> {
      let words = maker(name).split(separator: " ")
      return name.contains(where: \.isNumber) ? [] : Set(words)
    }
    for short in levels.map(\.name) where words(short).count == 1 {
      guard let own = levels.firstIndex(where: { $0.name == short }),
        let other = levels.firstIndex(where: { level in
          level.name != short
            && words(short).allSatisfy { own in
              words(level.name).contains { $0 == own || own.count >= 4 && $0.hasPrefix(own) }
            }
        })
      else { continue }
      levels[min(own, other)].values += levels[max(own, other)].values
      levels.remove(at: max(own, other))
    }
  }

  private static func known(_ code: String) -> String? {
    sexes.sorted { $0.key < $1.key }.first { $0.value.codes.contains(code) }?.key
  }

  /// Texts that are the same but for case and spaces, in their order.
  static func spellings(of texts: [String]) -> [(key: String, texts: [String])] {
    var groups: [(key: String, texts: [String])] = []
    for text in texts {
      let key = folded(text)
      if let index = groups.firstIndex(where: { $0.key == key }) {
        groups[index].texts.append(text)
      } else {
        groups.append((key, [text]))
      }
    }
    return groups
  }

  /// Case, spaces and marks such as in `St. Anne's` apart; numbers, and what is nothing but marks, stay.
  private static func folded(_ text: String) -> String {
    let words = text.lowercased().split(whereSeparator: \.isWhitespace).joined(separator: " ")
    let plain = words.filter { !".,'’`´\"".contains($0) }
    return plain.contains(where: \.isLetter) ? plain : words
  }

  /// As files write them. "0" and "1" mean different things in different files, and are left alone.
  private static let sexes: [String: (name: String, codes: Set<String>)] = [
    "female": (
      "Female",
      [
        "nő", "žena", "zena", "ženska", "žensko", "femeie", "feminin", "женский", "женщина", "ж", "γυναίκα",
        "kadın", "kadin",
        "naine", "sieviete", "moteris", "女性", "여", "여성", "여자",
        "f", "female", "woman", "w", "weiblich", "femme", "femenino", "feminino", "mujer", "mulher", "donna",
        "femmina",
        "vrouw", "kvinna", "kvinde", "kvinne", "nainen", "kobieta", "女",
      ]
    ),
    "male": (
      "Male",
      [
        "férfi", "muž", "muz", "moški", "muško", "muškarac", "bărbat", "masculin", "мужской", "мужчина", "м",
        "άνδρας", "erkek",
        "mees", "vīrietis", "vyras", "男性", "남", "남성", "남자",
        "m", "male", "man", "männlich", "maennlich", "homme", "masculino", "hombre", "homem", "uomo",
        "maschio",
        "mężczyzna", "varón", "varon", "mand", "mann", "mies", "男",
      ]
    ),
  ]
}
