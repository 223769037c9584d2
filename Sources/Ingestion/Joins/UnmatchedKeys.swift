public import Validation

/// Rows of two files that found no partner, as a message tells them: by their places, never by their keys.
public struct UnmatchedKeys: Hashable, Sendable {
  public let account: JoinAccount
  /// The first few on each side.
  public let onlyHere: [InputError.Place]
  public let onlyThere: [InputError.Place]
  public let diagnosis: KeyDiagnosis?
  /// Whether too few match for them to be counted or left out.
  public let isHopeless: Bool

  static let examples = 3

  public var sentence: String {
    let cases = account.matched + account.onlyHere
    var text =
      "\(account.matched) of \(cases) \(cases == 1 ? "case has" : "cases have") a row here"
    if account.onlyHere > 0 {
      text += ", \(account.onlyHere) without\(Self.list(onlyHere, of: account.onlyHere))"
    }
    if account.onlyThere > 0 {
      text +=
        "; \(account.onlyThere) \(account.onlyThere == 1 ? "row belongs" : "rows belong") to no case\(Self.list(onlyThere, of: account.onlyThere))"
    }
    return text + (diagnosis.map { "; \($0.sentence)" } ?? "")
  }

  public var remedy: String {
    if let diagnosis { return diagnosis.wound.remedy(in: diagnosis.file) }
    if isHopeless { return "check the columns under \"on\"" }
    return
      "complete the files, or say in this join what becomes of such rows, unmatched: refuse (the default: nothing is read), count (cases stay, their columns are unknown) or exclude (cases are left out); the flow counts them"
  }

  private static func list(_ places: [InputError.Place], of count: Int) -> String {
    let shown = places.map { "\($0.file):\($0.line)" }.joined(separator: ", ")
    return " (\(shown)\(count > places.count ? ", …" : ""))"
  }
}
