/// Which rows are left out, and why; rules apply in their order, each to what the ones before it kept.
public struct ExclusionRule: Hashable, Sendable {
  public var id: String
  public var reason: String
  /// All must hold.
  public var conditions: [Condition]
  /// The rows lie outside the intended use, and are reported apart from those left out for other reasons.
  public var isOutsideIntendedUse: Bool
  /// The plan admits that the rule reads an output or the reference standard.
  public var dependsOnResult: Bool

  public init(
    id: String, reason: String, conditions: [Condition], isOutsideIntendedUse: Bool = false,
    dependsOnResult: Bool = false
  ) {
    self.id = id
    self.reason = reason
    self.conditions = conditions
    self.isOutsideIntendedUse = isOutsideIntendedUse
    self.dependsOnResult = dependsOnResult
  }

  /// What one column, or one attribute, must say. What is missing meets none but `missing(true)`.
  public struct Condition: Hashable, Sendable {
    public var subject: Subject
    public var test: Test
    /// How the column writes its dates, where it is not the column of the cohort's date.
    public var format: DateFormat?

    public init(column: String, test: Test, format: DateFormat? = nil) {
      subject = .column(column)
      self.test = test
      self.format = format
    }

    public init(attribute: String, test: Test) {
      subject = .attribute(attribute)
      self.test = test
    }

    /// All that it names.
    public var columns: [String] {
      guard case .column(let column) = subject else { return [] }
      return if case .isNot(_, let key) = test { [column] + key } else { [column] }
    }
  }

  public enum Subject: Hashable, Sendable {
    case column(String)
    /// As the plan defines it: its levels by their names, ages in completed years.
    case attribute(String)
  }

  public enum Test: Hashable, Sendable {
    case isOneOf([String])
    case isNoneOf([String])
    case below(Double)
    case atLeast(Double)
    /// Days as `yyyymmdd`; before it, or on it and later.
    case before(Int)
    case from(Int)
    case missing(Bool)
    /// By the column, a moment or a number, the row is another than the last (first) of those that the rules before kept
    /// and that have the same values in these columns. A row without a key stands alone.
    case isNot(End, of: [String])
  }

  public enum End: String, Hashable, Sendable, CaseIterable {
    case last, first
  }
}

/// What one rule left out, or one file that is joined, in which these rows have no row of their own.
public struct ExclusionCount: Hashable, Sendable {
  /// That of the rule, or the file's path.
  public let id: String
  /// Whether a join left them out.
  public let isJoin: Bool
  public let reason: String
  public let isOutsideIntendedUse: Bool
  public let dependsOnResult: Bool
  public let rows: Int
  /// By attribute, in the order of the plan.
  public let attributes: [AttributeCount]

  public struct AttributeCount: Hashable, Sendable {
    public let name: String
    /// Levels that any row has; the unknown one last.
    public let levels: [(level: Level, rows: Int)]

    public init(name: String, levels: [(level: Level, rows: Int)]) {
      self.name = name
      self.levels = levels
    }

    public static func == (one: Self, other: Self) -> Bool {
      one.name == other.name && one.levels.elementsEqual(other.levels, by: ==)
    }

    public func hash(into hasher: inout Hasher) {
      hasher.combine(name)
      for level in levels {
        hasher.combine(level.level)
        hasher.combine(level.rows)
      }
    }
  }

  public init(_ rule: ExclusionRule, rows: Int, attributes: [AttributeCount]) {
    id = rule.id
    isJoin = false
    reason = rule.reason
    isOutsideIntendedUse = rule.isOutsideIntendedUse
    dependsOnResult = rule.dependsOnResult
    self.rows = rows
    self.attributes = attributes
  }

  /// `dependsOnResult`: the file holds outputs of a model or the reference standard.
  public init(
    withoutRowIn join: JoinDefinition, dependsOnResult: Bool, rows: Int, attributes: [AttributeCount]
  ) {
    id = join.file.path
    isJoin = true
    reason = "no row in \(join.file.path)"
    isOutsideIntendedUse = false
    self.dependsOnResult = dependsOnResult
    self.rows = rows
    self.attributes = attributes
  }
}
