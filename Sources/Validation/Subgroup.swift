/// A set of cases named by the levels of attributes; without terms it is everyone.
public struct Subgroup: Hashable, Sendable {
  /// Terms in the order in which the plan names the attributes.
  public let terms: [Term]

  public struct Term: Hashable, Sendable {
    public let attribute: String
    public let level: Level
    public init(_ attribute: String, _ level: Level) {
      self.attribute = attribute
      self.level = level
    }
  }

  public static let everyone = Subgroup([])

  public init(_ terms: [Term]) { self.terms = terms }

  public var isEveryone: Bool { terms.isEmpty }
  public var hasUnknown: Bool { terms.contains { $0.level == .unknown } }
  /// The attributes that define it: its dimension.
  public var attributes: [String] { terms.map(\.attribute) }

  public func level(of attribute: String) -> Level? { terms.first { $0.attribute == attribute }?.level }
}

/// A level of an attribute. A missing value is a level of its own, apart from a category that is called "Unknown".
public enum Level: Hashable, Sendable {
  case named(String)
  case unknown

  /// As printed: the name, or `(unknown)`.
  public var label: String {
    switch self {
    case .named(let name): name
    case .unknown: "(unknown)"
    }
  }
}

extension Subgroup: CustomStringConvertible {
  /// `sex=Female; age=45–64`; empty for everyone. A name that holds one of the signs stands in quotes, so that no two
  /// subgroups are written alike.
  public var description: String {
    terms.map { "\(Subgroup.quoted($0.attribute))=\(Subgroup.quoted($0.level.label))" }.joined(
      separator: "; ")
  }

  private static func quoted(_ name: String) -> String {
    name.contains { ";=\"".contains($0) }
      ? "\"" + name.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
      : name
  }
}

extension Subgroup {
  /// The levels alone, where the attributes stand elsewhere: `65+ · Female`.
  public var label: String { isEveryone ? "All cases" : terms.map(\.level.label).joined(separator: " · ") }

  /// In a sentence: `65+ · Female (age × sex)`.
  var phrase: String { "\(label) (\(attributes.joined(separator: " × ")))" }
}

/// What a subgroup is compared with.
public enum Comparator: Hashable, Sendable {
  /// The cases of the dimension that are known and not in the group.
  case complement
  case group(Subgroup)
}
