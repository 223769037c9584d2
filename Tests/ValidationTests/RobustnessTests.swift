import Statistics
import TestSupport
import Testing
import Validation

@Suite struct RobustnessTests {
  /// For each group, how many positives of how many are flagged, and how many negatives of how many are not.
  private func study(
    _ groups: [(name: String?, found: Int, positives: Int, cleared: Int, negatives: Int)]
  ) throws -> Study {
    var (scores, truth, names): ([Double], [Bool], [String?]) = ([], [], [])
    for group in groups {
      for index in 0..<group.positives {
        scores.append(index < group.found ? 0.9 : 0.1)
        truth.append(true)
        names.append(group.name)
      }
      for index in 0..<group.negatives {
        scores.append(index < group.cleared ? 0.1 : 0.9)
        truth.append(false)
        names.append(group.name)
      }
    }
    return try Study(
      of: cohort(scores: scores, isPositive: truth, attributes: [("sex", names)]),
      following: plan(attributes: ["sex"]) { $0.metrics = ["sensitivity", "specificity"] })
  }

  /// 13. Unknown demographics are bounded: what they could hide stands beside the known groups.
  @Test("Policy 13: what unknown demographics could hide is bounded") func unknownCasesAreBounded() throws {
    let study = try study([
      ("Female", 80, 100, 90, 100), ("Male", 45, 50, 180, 200), (nil, 6, 10, 20, 20),
    ])
    let bounds = study.robustness.unknownBounds
    #expect(bounds.map(\.metric) == ["sensitivity", "specificity"])
    let sensitivity = bounds[0]
    #expect(sensitivity.unknown == 10)
    #expect(sensitivity.groups.map(\.value) == [0.8, 0.9])
    #expect(sensitivity.groups[0].bounds == (80.0 / 104)...(86.0 / 106))
    #expect(sensitivity.groups[1].bounds == (45.0 / 54)...(51.0 / 56))
    #expect(agrees(sensitivity.gap, 0.1, within: 1e-12))
    #expect(agrees(sensitivity.gapBounds.upperBound, 51.0 / 56 - 80.0 / 104, within: 1e-12))
    #expect(agrees(sensitivity.gapBounds.lowerBound, 45.0 / 54 - 86.0 / 106, within: 1e-12))
    let whole = try self.study([("Female", 80, 100, 90, 100), ("Male", 45, 50, 180, 200)])
    #expect(whole.robustness.unknownBounds.isEmpty)
  }

  /// 16. A shown gap says how many positives the reference standard would have had to miss.
  @Test("Policy 16: a shown gap says what would make it vanish") func aShownGapHasATippingPoint() throws {
    let study = try study([("Female", 70, 100, 130, 200), ("Male", 180, 200, 380, 400)])
    let points = study.robustness.tippingPoints
    #expect(points.map(\.key.metric) == ["sensitivity", "specificity"])
    let sensitivity = points[0]
    #expect(sensitivity.key.subgroup == .of("sex", "Female"))
    #expect(sensitivity.wouldBeFlagged && sensitivity.candidates == 70 && sensitivity.positives == 100)
    // (70 + x) / (100 + x) = .9 needs 200 flagged negatives; there are 70.
    #expect(sensitivity.missedUntilEqual == nil)
    let row = try #require(study.row("sensitivity", .of("sex", "Female"), minus: .complement)?.estimate)
    let shift = -(try #require(row.interval).upper)
    let unshown = try #require(sensitivity.missedUntilNotShown)
    #expect(Double(70 + unshown) / Double(100 + unshown) >= 0.7 + shift)
    #expect(Double(69 + unshown) / Double(99 + unshown) < 0.7 + shift)
    // 130 / (200 − x) = .95.
    #expect(points[1].missedUntilEqual == 64)
    let alike = try self.study([("Female", 85, 100, 190, 200), ("Male", 170, 200, 380, 400)])
    #expect(alike.robustness.tippingPoints.isEmpty)
  }

  /// A group that does better needs missed positives that were not flagged.
  @Test func aHigherShareTipsTheOtherWay() throws {
    // Compared is the first of two groups.
    let study = try study([("A", 190, 200, 300, 400), ("B", 70, 100, 200, 200)])
    let point = try #require(study.robustness.tippingPoints.first { $0.key.metric == "sensitivity" })
    #expect(!point.wouldBeFlagged && point.candidates == 300)
    // 190 / (200 + x) = .7.
    #expect(point.missedUntilEqual == 72)
  }
}
