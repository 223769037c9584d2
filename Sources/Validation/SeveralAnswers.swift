/// How an attribute says that a case has several levels: alone or in combination, it belongs to each that it names.
public enum SeveralAnswers: Hashable, Sendable {
  /// In one cell, between these signs.
  case separated(by: String)
  /// A column for each level.
  case columns(AnswerColumns)
}

/// One column for each level, ticked or not.
public struct AnswerColumns: Hashable, Sendable {
  /// In printed order.
  public var levels: [Answer]
  /// Values that mean that the level is the case's. Another value, or none, means that it is not.
  public var checked: [String]

  public struct Answer: Hashable, Sendable {
    public var level: String
    public var column: String
    public init(level: String, column: String) {
      self.level = level
      self.column = column
    }
  }

  public init(levels: [Answer], checked: [String]) {
    self.levels = levels
    self.checked = checked
  }

  /// As many as fit into a word of marks.
  public static let most = 64
}
