internal import Validation

/// What the distinct cells of an attribute's column mean: a level for each, or why it is refused.
struct AttributeReading {
  private(set) var levels: [String] = []
  /// One for each distinct cell.
  private(set) var codes: [UInt16] = []
  private(set) var refused: [InputError.Kind?] = []
  /// Of banded attributes, else empty: the number in each cell, not a number where it is missing.
  private(set) var numbers: [Double] = []
  private(set) var hasTooManyLevels = false

  /// `UInt16.max` marks the unknown, and an attribute's level count stays below it.
  static let mostLevels = Int(Attribute.unknown) - 1

  init(
    _ texts: [String], as levels: AttributeDefinition.Levels, missing: Set<String>, decimals: [DecimalMark]
  ) {
    refused = texts.map { _ in nil }
    codes = texts.map { _ in Attribute.unknown }
    switch levels {
    case .asRecorded: recorded(texts, missing)
    case .bands(let edges): banded(texts, Bands(edges: edges), missing, decimals)
    case .named(let named): declared(texts, named, missing, decimals)
    }
  }

  private mutating func recorded(_ texts: [String], _ missing: Set<String>) {
    var known = Set(texts).subtracting(missing)
    known.remove("")
    hasTooManyLevels = known.count > Self.mostLevels
    guard !hasTooManyLevels else { return }
    levels = known.sorted { $0.unicodeScalars.lexicographicallyPrecedes($1.unicodeScalars) }
    var codeOf: [String: UInt16] = [:]
    for (code, level) in levels.enumerated() { codeOf[level] = UInt16(code) }
    codes = texts.map { codeOf[$0] ?? Attribute.unknown }
    if let index = texts.firstIndex(of: Self.unknownName), !missing.contains(Self.unknownName) {
      refused[index] = .reservedLevel
    }
  }

  /// How a missing value is printed: a level of this name could not be told from it.
  private static let unknownName = "(unknown)"

  private mutating func banded(
    _ texts: [String], _ bands: Bands, _ missing: Set<String>, _ decimals: [DecimalMark]
  ) {
    levels = bands.names
    numbers = texts.map { _ in .nan }
    for (index, text) in texts.enumerated() where !missing.contains(text) {
      let plain = decimals.lazy.compactMap { DecimalNumber.parse(text, decimal: $0) }.first
      guard let number = plain ?? Age.years(text) else {
        refused[index] = .notAnAmount(text, decimals.first ?? .point)
        continue
      }
      if plain == nil, let edge = bands.edges.last, let limit = Age.topCode(text), limit < edge {
        refused[index] = .topCoded(at: limit)
      } else if !number.isFinite {
        refused[index] = .notFinite(declareIn: "missing")
      } else if number < 0 && bands.edges.allSatisfy({ $0 > 0 }) {
        refused[index] = .negative
      } else {
        numbers[index] = number
        codes[index] = UInt16(bands.band(of: number))
      }
    }
  }

  private mutating func declared(
    _ texts: [String], _ named: [NamedLevel], _ missing: Set<String>, _ decimals: [DecimalMark]
  ) {
    levels = named.map(\.name)
    let values = named.map { DeclaredValues($0.values) }
    let known = named.flatMap(\.values)
    for (index, text) in texts.enumerated() {
      if let level = values.firstIndex(where: { value in
        decimals.contains { value.contains(text, decimal: $0) }
      }) {
        codes[index] = UInt16(level)
      } else if !missing.contains(text) {
        refused[index] = .undeclaredLevel(known: known)
      }
    }
  }
}
