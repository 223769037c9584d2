/// What two raters, models or thresholds say of the same cases, in cases of one class: whom of them both hit, only one, none.
///
/// Counts may be fractional: effective numbers of clustered cases usually are.
public struct PairedCounts: Hashable, Sendable {
  public let both, firstOnly, secondOnly, neither: Double

  /// - Precondition: All at or above 0, and not all 0.
  public init(both: Double, firstOnly: Double, secondOnly: Double, neither: Double) {
    precondition(
      min(both, firstOnly, secondOnly, neither) >= 0 && both + firstOnly + secondOnly + neither > 0)
    self.both = both
    self.firstOnly = firstOnly
    self.secondOnly = secondOnly
    self.neither = neither
  }

  public init(both: Int, firstOnly: Int, secondOnly: Int, neither: Int) {
    self.init(
      both: Double(both), firstOnly: Double(firstOnly), secondOnly: Double(secondOnly),
      neither: Double(neither))
  }

  public var cases: Double { both + firstOnly + secondOnly + neither }
  public var discordant: Double { firstOnly + secondOnly }
  public var first: Proportion { Proportion(successes: min(both + firstOnly, cases), trials: cases) }
  public var second: Proportion { Proportion(successes: min(both + secondOnly, cases), trials: cases) }

  /// First share minus second, in [−1, 1].
  public var difference: Double { (firstOnly - secondOnly) / cases }

  /// What they miss, in place of what they hit.
  public var inverted: PairedCounts {
    PairedCounts(both: neither, firstOnly: secondOnly, secondOnly: firstOnly, neither: both)
  }

  public var swapped: PairedCounts {
    PairedCounts(both: both, firstOnly: secondOnly, secondOnly: firstOnly, neither: neither)
  }

  func scaled(by factor: Double) -> PairedCounts {
    PairedCounts(
      both: both * factor, firstOnly: firstOnly * factor, secondOnly: secondOnly * factor,
      neither: neither * factor)
  }
}
