/// What does not count when cells are compared, with each other and with what the plan declares: as a person takes `Sì`,
/// `SI` and `si` for one word, and `rx-001` for the key `RX001`.
public struct Spelling: Hashable, Sendable {
  /// In columns that name cases and patients, and in keys.
  public var ids: [Difference] = []
  /// In all other text.
  public var values: [Difference] = []

  public init(ids: [Difference] = [], values: [Difference] = []) {
    self.ids = ids
    self.values = values
  }

  public var isExact: Bool { ids.isEmpty && values.isEmpty }

  /// In the order in which they are taken away.
  public enum Difference: String, Hashable, Sendable, CaseIterable {
    case fileEndings = "file_endings"
    case spaces
    case dashes
    case marks
    case letterCase = "case"
    case accents
    case decimalPoint = "decimal_point"
    case leadingZeros = "leading_zeros"
    case number

    /// Those that leave words apart which are different words; a dash may be a minus.
    public static let ofValues: [Difference] = [.spaces, .marks, .letterCase, .accents]

    /// What the schema says of it.
    public var words: String {
      switch self {
      case .fileEndings: "folders and file endings"
      case .spaces: "spaces"
      case .dashes: "dashes and underscores"
      case .marks: "full stops, commas and quotes"
      case .letterCase: "upper and lower case"
      case .accents: "accents"
      case .decimalPoint: "a trailing .0"
      case .leadingZeros: "leading zeros"
      case .number: "all but the longest number in it, without its leading zeros; in keys and units alone"
      }
    }

    public func removed(from text: String) -> String {
      switch self {
      case .fileEndings: Self.fileName(text)
      case .spaces: text.keepingScalars { !$0.isSpace }
      case .dashes: text.keepingScalars { !$0.isDash }
      case .marks: text.contains(where: \.isLetter) ? text.filter { !".,'’`´\"".contains($0) } : text
      case .letterCase: text.lowercased()
      case .accents: Accents.removed(from: text)
      case .decimalPoint: Self.withoutDecimals(text)
      case .leadingZeros: Self.withoutZeros(text[...])
      case .number:
        text.split { !$0.isASCII || !$0.isNumber }.max { $0.count < $1.count }.map(Self.withoutZeros) ?? text
      }
    }

    private static func withoutZeros(_ text: Substring) -> String {
      let rest = text.drop { $0 == "0" }
      return String(rest.isEmpty ? text : rest)
    }

    private static func withoutDecimals(_ text: String) -> String {
      guard let point = text.lastIndex(of: "."), point != text.startIndex else { return text }
      let decimals = text[text.index(after: point)...]
      return !decimals.isEmpty && decimals.allSatisfy { $0 == "0" } ? String(text[..<point]) : text
    }

    private static func fileName(_ text: String) -> String {
      let name = text.split(whereSeparator: { $0 == "/" || $0 == "\\" }).last ?? ""
      guard let point = name.lastIndex(of: "."), point != name.startIndex else { return String(name) }
      let ending = name[name.index(after: point)...]
      return (1...4).contains(ending.count) && ending.contains(where: \.isLetter)
        ? String(name[..<point]) : String(name)
    }
  }
}

extension [Spelling.Difference] {
  /// The text as it is compared.
  public func folded(_ text: String) -> String {
    Spelling.Difference.allCases.reduce(text) { contains($1) ? $1.removed(from: $0) : $0 }
  }
}

extension String {
  fileprivate func keepingScalars(_ isKept: (Unicode.Scalar) -> Bool) -> String {
    String(UnicodeScalarView(unicodeScalars.filter(isKept)))
  }
}

extension Unicode.Scalar {
  fileprivate var isSpace: Bool { properties.isWhitespace || self == "\u{FEFF}" || self == "\u{200B}" }
  fileprivate var isDash: Bool {
    self == "_" || self == "\u{2212}" || properties.generalCategory == .dashPunctuation
  }
}

/// Letters with accents, of the European languages, and how they are written without.
public enum Accents {
  public static func removed(from text: String) -> String {
    text.unicodeScalars.reduce(into: "") { plain, scalar in
      guard scalar.properties.generalCategory != .nonspacingMark else { return }
      if let letters = table[scalar] {
        plain += letters
      } else if let lower = scalar.properties.lowercaseMapping.unicodeScalars.first,
        let letters = table[lower]
      {
        plain += letters.uppercased()
      } else {
        plain.unicodeScalars.append(scalar)
      }
    }
  }

  private static let table: [Unicode.Scalar: String] = {
    let families = [
      ("a", "àáâãåāăą"), ("ae", "äæ"), ("c", "çćč"), ("d", "ďđð"), ("e", "èéêëēėęě"), ("g", "ğģ"),
      ("i", "ìíîïīįı"), ("k", "ķ"), ("l", "ļľł"), ("n", "ñńņň"), ("o", "òóôõőō"), ("oe", "öøœ"),
      ("r", "ŕř"), ("s", "śşšș"), ("ss", "ß"), ("t", "ťţț"), ("u", "ùúûūůűų"), ("ue", "ü"), ("y", "ýÿ"),
      ("z", "źżž"),
    ]
    var table: [Unicode.Scalar: String] = [:]
    for (letter, accented) in families {
      for scalar in accented.unicodeScalars { table[scalar] = letter }
    }
    return table
  }()
}
