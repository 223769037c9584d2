import CoverageSupport
import Testing

/// A slice of docs/coverage-tests.md, small enough for every run of the tests.
@Suite struct SubgroupSliceTests {
  private static let replicates = 600
  /// Four Monte-Carlo standard errors of 5 %.
  private static let most = 0.065 + 4 * (0.05 * 0.95 / Double(replicates)).squareRoot()

  @Test(arguments: [
    GroupScenario(groups: 4, perClass: 60, sensitivity: 0.8),
    GroupScenario(groups: 4, perClass: 40, sensitivity: 0.8, images: 4, correlation: 0.8),
  ])
  func groupsThatAreAlikeAreRarelyTold(_ scenario: GroupScenario) throws {
    let size = try scenario.rejections(replicates: Self.replicates, seed: 5)
    for (name, share) in zip(GroupScenario.names, size) { #expect(share <= Self.most, "\(name): \(share)") }
    let worse = GroupScenario(
      groups: 4, perClass: scenario.perClass, sensitivity: 0.8, images: scenario.images,
      correlation: scenario.correlation, deficit: 1.2)
    let power = try worse.rejections(replicates: 200, seed: 6)
    #expect(power[2] > 0.8 && power[3] > 0.8, "\(power)")
  }

  @Test(arguments: [(5, 0.3), (8, 0.0), (20, 0.6)])
  func theMeanOverSitesIsHeld(_ sites: Int, _ tau: Double) throws {
    let shares = try SiteScenario(sites: sites, tau: tau).coverage(replicates: 2000, seed: 8)
    #expect((0.91...0.995).contains(shares.mean), "\(shares)")
    #expect(shares.prediction > 0.75, "\(shares)")
  }

  /// The correlation of sensitivity and specificity over sites is −0.5: the model seldom says that they move together.
  @Test func theCorrelationOverSitesIsHeld() throws {
    let shares = try JointSiteScenario(sites: 8, tau: 0.6).shares(replicates: 200, seed: 11)
    #expect(shares[0] > 0.88 && shares[1] > 0.8, "\(shares)")
    #expect(shares[3] > 0.9 && shares[4] > 0.87, "\(shares)")
    #expect(shares[5] > 0.1 && shares[6] < 0.03, "\(shares)")
  }

  @Test func aScoreThatKnowsOnlyTheHospitalIsNamedAndAFairOneIsNot() throws {
    let planted = try ShortcutScenario(separation: 0, shortcut: 1).named(replicates: 200, seed: 9)
    #expect(planted.onlyTheSite > 0.9, "\(planted)")
    let fair = try ShortcutScenario(separation: 1.5, shortcut: 0).named(replicates: 1000, seed: 10)
    #expect(fair.onlyTheSite + fair.higher <= 0.065, "\(fair)")
  }
}
