/// Decisions against the reference standard, in cases.
public struct TwoByTwo: Hashable, Sendable {
  public var truePositives: Int
  public var falsePositives: Int
  public var falseNegatives: Int
  public var trueNegatives: Int

  public init(truePositives: Int, falsePositives: Int, falseNegatives: Int, trueNegatives: Int) {
    self.truePositives = truePositives
    self.falsePositives = falsePositives
    self.falseNegatives = falseNegatives
    self.trueNegatives = trueNegatives
  }

  public var positives: Int { truePositives + falseNegatives }
  public var negatives: Int { falsePositives + trueNegatives }
  public var flagged: Int { truePositives + falsePositives }
  public var unflagged: Int { falseNegatives + trueNegatives }
  public var cases: Int { positives + negatives }
}
