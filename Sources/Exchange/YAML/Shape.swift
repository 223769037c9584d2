/// What may stand at a place of a document.
///
/// Documents are described once, as a tree of shapes: the check of a document (`ShapeCheck`) and its JSON Schema
/// (`JSONSchema`) are both read off it.
indirect enum Shape: Sendable {
  /// Any scalar, taken as its own text.
  case text
  /// One text or a list of them.
  case texts
  case flag
  case integer(ClosedRange<Int>)
  case number(NumberRange)
  /// One of these words; `later` are words of the contract that this version lacks.
  case choice([String], later: [String] = [])
  case list(of: Shape, atLeast: Int = 0)
  /// Keys of the user's own, all with values of one shape.
  case map(of: Shape)
  case section(Section)
  /// Alternatives that differ in kind: a scalar, a list, a mapping.
  case either([Shape])
}

/// A mapping with fixed keys.
struct Section: Sendable {
  let name: String
  let keys: [Key]
  /// Keys of the contract that this version lacks: refused by name.
  let later: [String]

  init(_ name: String, _ keys: [Key], later: [String] = []) {
    self.name = name
    self.keys = keys
    self.later = later
  }
}

struct Key: Sendable {
  let name: String
  let shape: Shape
  let about: String
  let isRequired: Bool
  /// Another key that may stand in its place, and then excludes it.
  let alternatives: [String]
  /// What to write where it is missed.
  let example: String?

  init(
    _ name: String, _ shape: Shape, _ about: String, required: Bool = false, or alternatives: [String] = [],
    example: String? = nil
  ) {
    self.name = name
    self.shape = shape
    self.about = about
    isRequired = required
    self.alternatives = alternatives
    self.example = example
  }
}

/// Limits of a number, both inside or both outside the range.
struct NumberRange: Sendable {
  var least: Double?
  var most: Double?
  var isOpen = false

  static let any = NumberRange()
  static let share = NumberRange(least: 0, most: 1)
  static let openShare = NumberRange(least: 0, most: 1, isOpen: true)
  static let positive = NumberRange(least: 0, isOpen: true)
  static let nonNegative = NumberRange(least: 0)

  func contains(_ value: Double) -> Bool {
    let above = least.map { isOpen ? value > $0 : value >= $0 } ?? true
    let below = most.map { isOpen ? value < $0 : value <= $0 } ?? true
    return above && below
  }

  var inWords: String {
    func short(_ value: Double) -> String { value == value.rounded() ? "\(Int(value))" : "\(value)" }
    return switch (least, most) {
    case (let least?, let most?):
      "a number between \(short(least)) and \(short(most))\(isOpen ? " (neither included)" : "")"
    case (let least?, nil): "a number \(isOpen ? "above" : "of at least") \(short(least))"
    case (nil, let most?): "a number \(isOpen ? "below" : "of at most") \(short(most))"
    case (nil, nil): "a number"
    }
  }
}

extension Shape {
  /// After "expected".
  var inWords: String {
    switch self {
    case .text: "a text"
    case .texts: "a text or a list of texts"
    case .flag: "true or false"
    case .integer(let range):
      range.upperBound == .max
        ? "a whole number of at least \(range.lowerBound)"
        : "a whole number from \(range.lowerBound) to \(range.upperBound)"
    case .number(let range): range.inWords
    case .choice(let words, _):
      words.count == 1 ? "\"\(words[0])\"" : "one of \(words.joined(separator: ", "))"
    case .list(let shape, _): "a list, each element \(shape.inWords)"
    case .map(let shape): "names, each with \(shape.inWords)"
    case .section(let section): "the keys \(section.keys.map(\.name).joined(separator: ", "))"
    case .either(let shapes): shapes.map(\.inWords).joined(separator: ", or ")
    }
  }
}
