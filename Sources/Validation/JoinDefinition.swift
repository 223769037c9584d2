/// Further files whose rows belong to the cases by a key: truth, a vendor's scores, the patients' attributes.
public struct JoinDefinition: Hashable, Sendable {
  /// A path or a glob, relative to the plan.
  public var file: CaseFile
  /// All must agree, as text.
  public var keys: [KeyPair]
  /// What stands before the names of its columns in the plan.
  public var prefix: String
  public var unmatched: Unmatched
  public var repeated: Repeated = .refuse
  /// The column of this file that orders rows of one key, dates or numbers; nil: the order of the file.
  public var repeatedOrder: DateColumn?

  public init(file: CaseFile, keys: [KeyPair], prefix: String = "", unmatched: Unmatched = .refuse) {
    self.file = file
    self.keys = keys
    self.prefix = prefix
    self.unmatched = unmatched
  }

  /// A column of the cases (or of a file joined before), and the column of this file that holds the same.
  public struct KeyPair: Hashable, Sendable {
    public var here: String
    public var there: String
    public init(here: String, there: String) {
      self.here = here
      self.there = there
    }
  }

  /// Which of several rows of one key counts; equal ones are one in any case.
  public enum Repeated: String, Hashable, Sendable, CaseIterable {
    case refuse, first, last
  }

  /// What becomes of rows without a partner.
  public enum Unmatched: String, Hashable, Sendable, CaseIterable {
    case refuse
    /// Cases keep missing values, rows without a case are left out; both are boxes of the flow.
    case count
    /// Cases are left out too, before any rule is asked.
    case exclude
  }
}

/// What came of joining one file, of the cases that the joins before it kept.
public struct JoinAccount: Hashable, Sendable {
  public let file: String
  /// Rows of the cases that found their row there.
  public let matched: Int
  /// Rows of the cases without one.
  public let onlyHere: Int
  /// Rows of the file that belong to no case.
  public let onlyThere: Int
  /// Rows of the file that belong to some case; fewer than `matched` where cases share one.
  public let partners: Int
  /// Rows of the file that say word for word, in every column that is read, what an earlier row says.
  public let repeated: Int
  /// Rows of the file in whose place another row of the same key counts, as the plan says.
  public let replaced: Int
  /// Of the matched, those whose key is spelt otherwise there, in a way that the plan declares not to count.
  public let respelt: Int

  public init(
    file: String, matched: Int, onlyHere: Int, onlyThere: Int, partners: Int, repeated: Int = 0,
    replaced: Int = 0, respelt: Int = 0
  ) {
    self.file = file
    self.matched = matched
    self.onlyHere = onlyHere
    self.onlyThere = onlyThere
    self.partners = partners
    self.repeated = repeated
    self.replaced = replaced
    self.respelt = respelt
  }
}
