internal import Validation

/// What export programs do to keys, so that the same key is no longer the same text.
public enum KeyWound: Hashable, Sendable, CaseIterable {
  case leadingZeros
  case decimalPoint
  case scientific
  case letterCase
  case spaces
  case dashes
  case fileName
  case several
  case number

  /// What the plan may declare not to count; nil for digits that are lost.
  var differences: [Spelling.Difference]? {
    switch self {
    case .leadingZeros: [.leadingZeros]
    case .decimalPoint: [.decimalPoint]
    case .scientific: nil
    case .letterCase: [.letterCase]
    case .spaces: [.spaces]
    case .dashes: [.dashes]
    case .fileName: [.fileEndings]
    case .number: [.number]
    case .several: [.fileEndings, .spaces, .dashes, .letterCase, .decimalPoint, .leadingZeros]
    }
  }

  /// As it would be without the wound; the same text on both sides means that the keys match.
  func healed(_ key: String) -> String { differences?.folded(key) ?? key }

  var words: String {
    switch self {
    case .leadingZeros: "lost leading zeros"
    case .decimalPoint: "a trailing \".0\""
    case .scientific: "scientific notation (such as 1.2E+11), which has lost digits"
    case .letterCase: "upper and lower case"
    case .spaces: "spaces inside the keys"
    case .dashes: "dashes and underscores"
    case .fileName: "folders or file endings in the keys"
    case .number: "all but the longest number in each key"
    case .several: "several differences in spelling (zeros, \".0\", case, spaces, dashes, file endings)"
    }
  }

  /// What to do to the file that has it.
  func remedy(in file: String?) -> String {
    let file = file ?? "one of the files"
    guard let differences else {
      return "export \(file) again from its source with the key column as text"
    }
    let declared = "cohort.spelling: {ids: [\(differences.map(\.rawValue).joined(separator: ", "))]}"
    return switch self {
    case .leadingZeros, .decimalPoint:
      "export \(file) again with its key column as text, or declare that it does not count: \(declared)"
    default: "write the keys the same way in both files, or declare that it does not count: \(declared)"
    }
  }
}

/// The likely reason why keys of two files do not match.
public struct KeyDiagnosis: Hashable, Sendable {
  public let wound: KeyWound
  /// Keys here that would find their partner.
  public let matches: Int
  public let keys: Int
  /// The file that has the wound, where that can be told.
  public let file: String?

  /// The wound that explains most of these different keys without a partner, and at least half; nil if none does.
  init?(here: [String], there: [String], hereFile: String, thereFile: String) {
    guard !here.isEmpty, !there.isEmpty else { return nil }
    let found = KeyWound.allCases.map { wound in (wound, Self.matches(here, there, wound)) }
    guard let most = found.map(\.1).max(), most * 2 >= min(here.count, there.count),
      let best = found.first(where: { $0.1 == most })
    else { return nil }
    (wound, matches, keys) = (best.0, best.1, here.count)
    switch wound {
    case .leadingZeros: file = here.contains { $0.hasPrefix("0") } ? thereFile : hereFile
    case .decimalPoint:
      file = here.contains { KeyWound.decimalPoint.healed($0) != $0 } ? hereFile : thereFile
    case .scientific: file = here.contains { ScientificKey($0) != nil } ? hereFile : thereFile
    default: file = nil
    }
  }

  public var sentence: String {
    "\(matches) of \(keys) unmatched keys would match but for \(wound.words)\(file.map { " in \($0)" } ?? "")"
  }

  private static func matches(_ here: [String], _ there: [String], _ wound: KeyWound) -> Int {
    if wound == .scientific {
      return max(ScientificKey.matches(here, whole: there), ScientificKey.matches(there, whole: here))
    }
    let healed = Set(there.map(wound.healed))
    // A number may be a year.
    if wound == .number, healed.count < Set(there).count { return 0 }
    return here.count { healed.contains(wound.healed($0)) }
  }
}

/// A long number as a spreadsheet shows it: `1.2E+11`.
private struct ScientificKey: Hashable {
  let digits: String
  let exponent: Int

  init?(_ key: String) {
    let parts = key.uppercased().split(separator: "E", omittingEmptySubsequences: false)
    guard parts.count == 2, let exponent = Int(parts[1]), exponent > 0 else { return nil }
    let mantissa = parts[0].split(separator: ".", omittingEmptySubsequences: false)
    guard (1...2).contains(mantissa.count), mantissa[0].count == 1,
      mantissa.joined().allSatisfy({ $0.isASCII && $0.isNumber })
    else { return nil }
    digits = mantissa.joined()
    self.exponent = exponent
  }

  /// A whole number as it would be shown with so many digits.
  init?(_ whole: String, shownWith count: Int) {
    let digits = whole.drop { $0 == "0" }
    guard digits.count > count, digits.allSatisfy({ $0.isASCII && $0.isNumber }),
      let kept = Int(digits.prefix(count)), let next = digits.dropFirst(count).first?.wholeNumberValue
    else { return nil }
    let rounded = String(next >= 5 ? kept + 1 : kept)
    exponent = digits.count - 1 + (rounded.count - count)
    self.digits = String(rounded.prefix(count))
  }

  /// How many of the keys in this notation could be one of the whole ones.
  static func matches(_ keys: [String], whole: [String]) -> Int {
    let found = keys.compactMap { ScientificKey($0) }
    let counts = Set(found.map(\.digits.count)).filter { $0 < 16 }
    guard !counts.isEmpty else { return 0 }
    let shown = Set(whole.flatMap { key in counts.compactMap { ScientificKey(key, shownWith: $0) } })
    return found.count(where: shown.contains)
  }
}
