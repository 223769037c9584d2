import Statistics
import TestSupport
import Testing

@Suite struct UnknownGroupTests {
  typealias Count = UnknownGroup.Count

  /// Every way to give up to six unknown cases to two or three groups.
  @Test(arguments: [2, 3], [UInt64(1), 2, 3, 4, 5, 6, 7, 8])
  func boundsAreThoseOfEveryAssignment(groups: Int, seed: UInt64) throws {
    var random = RandomStream(seed, UInt64(groups))
    func below(_ limit: Int) -> Int { Int(random.uniform() * Double(limit)) }
    let known = (0..<groups).map { _ -> Count in
      let trials = 1 + below(12)
      return Count(successes: Double(below(trials + 1)), trials: Double(trials))
    }
    let outcomes = (0..<(1 + below(6))).map { _ in below(3) > 0 }
    let unknown = Count(
      successes: Double(outcomes.count { $0 }), trials: Double(outcomes.count))
    var ends = [(Double, Double)](repeating: (2, -2), count: groups)
    var gaps = (2.0, -2.0)
    let ways = outcomes.reduce(1) { total, _ in total * groups }
    for way in 0..<ways {
      var counts = known
      var rest = way
      for isSuccess in outcomes {
        let group = rest % groups
        rest /= groups
        counts[group] = Count(
          successes: counts[group].successes + (isSuccess ? 1 : 0), trials: counts[group].trials + 1)
      }
      let shares = counts.map(\.share)
      for group in 0..<groups {
        ends[group] = (min(ends[group].0, shares[group]), max(ends[group].1, shares[group]))
      }
      let gap = (shares.max() ?? 0) - (shares.min() ?? 0)
      gaps = (min(gaps.0, gap), max(gaps.1, gap))
    }
    let bounds = UnknownGroup(groups: known, unknown: unknown)
    for group in 0..<groups {
      #expect(agrees(bounds.share(of: group).lowerBound, ends[group].0, within: 1e-12))
      #expect(agrees(bounds.share(of: group).upperBound, ends[group].1, within: 1e-12))
    }
    let range = try #require(bounds.largestGap)
    #expect(agrees(range.upperBound, gaps.1, within: 1e-12))
    #expect(range.lowerBound <= gaps.0 + 1e-12)
    // A pair that cannot change its order keeps its least difference, and reaches it.
    if groups == 2, range.lowerBound > 0 { #expect(agrees(range.lowerBound, gaps.0, within: 1e-12)) }
  }

  @Test func nobodyUnknownHidesNothing() throws {
    let bounds = UnknownGroup(
      groups: [Count(successes: 8, trials: 10), Count(successes: 3, trials: 6)],
      unknown: Count(successes: 0, trials: 0))
    #expect(bounds.share(of: 0) == 0.8...0.8)
    let gap = try #require(bounds.largestGap)
    #expect(agrees(gap.lowerBound, 0.3, within: 1e-12) && agrees(gap.upperBound, 0.3, within: 1e-12))
  }
}
