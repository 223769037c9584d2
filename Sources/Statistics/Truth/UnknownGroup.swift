/// What cases of an unknown group could hide: each of them belongs to one of the known groups, and nobody knows which.
///
/// Bounds in closed form over every way to assign them: a share is highest when all unknown successes and no unknown failure
/// are the group's. Horowitz and Manski 1995, doi:10.2307/2171787, of missing group membership. Agrees with a search over
/// every assignment.
public struct UnknownGroup: Hashable, Sendable {
  /// Successes among trials, or their weights.
  public struct Count: Hashable, Sendable {
    public let successes, trials: Double
    public init(successes: Double, trials: Double) {
      precondition(0 <= successes && successes <= trials)
      self.successes = successes
      self.trials = trials
    }
    public var share: Double { successes / trials }
    var failures: Double { trials - successes }
  }

  public let groups: [Count]
  public let unknown: Count

  /// - Precondition: Every known group has trials.
  public init(groups: [Count], unknown: Count) {
    precondition(groups.allSatisfy { $0.trials > 0 })
    self.groups = groups
    self.unknown = unknown
  }

  /// Of a group's share.
  public func share(of group: Int) -> ClosedRange<Double> { lowest(group)...highest(group) }

  /// Of the share of one group minus that of another.
  public func difference(_ first: Int, minus second: Int) -> ClosedRange<Double> {
    (lowest(first) - highest(second))...(highest(first) - lowest(second))
  }

  /// Of the largest gap between any two groups. The upper end is reached; the lower is what some pair keeps at least, and with
  /// two groups it is reached but for whole cases. Nil for fewer than two groups.
  public var largestGap: ClosedRange<Double>? {
    guard groups.count > 1 else { return nil }
    var (least, most) = (0.0, 0.0)
    for first in groups.indices {
      for second in groups.indices where second != first {
        let range = difference(first, minus: second)
        most = max(most, range.upperBound)
        least = max(least, range.lowerBound)
      }
    }
    return least...most
  }

  private func highest(_ group: Int) -> Double {
    let own = groups[group]
    return (own.successes + unknown.successes) / (own.trials + unknown.successes)
  }

  private func lowest(_ group: Int) -> Double {
    groups[group].successes / (groups[group].trials + unknown.failures)
  }
}
