import Testing
import Validation

/// Which intervals say that they may cover less than their level.
@Suite struct SparseMarkTests {
  private func study(_ draw: Draw, _ interval: AUCInterval) throws -> Study {
    let groups = draw.scores.indices.map { $0 % 2 == 0 ? "A" : "B" }
    return try Study(
      of: cohort(scores: draw.scores, isPositive: draw.isPositive, attributes: [("group", groups)]),
      following: plan(attributes: ["group"]) {
        $0.metrics = ["sensitivity", "auc"]
        $0.aucInterval = interval
      })
  }

  private func marks(_ study: Study, _ metric: String) -> [Bool] {
    study.rows.filter { $0.key.metric == metric }.compactMap { $0.estimate?.hasFewEvents }
  }

  /// Fewer than five of thirty positives are out of order: Newcombe's limit holds there, DeLong's variance does not.
  @Test func anAreaIsMarkedWhereItsVarianceAloneDecides() throws {
    let draw = Draw(positives: 30, negatives: 60, separation: 2.5, seed: 3)
    let whole = try study(draw, .logitDeLong)
    let auc = try #require(whole.row("auc")?.estimate?.value)
    #expect(auc < 1 && (1 - auc) * 30 < 5)
    #expect(marks(whole, "auc").count == 4 && !marks(whole, "auc").contains(true))
    #expect(marks(whole, "sensitivity").contains(true))
    #expect(!marks(try study(draw, .deLong), "auc").contains(false))
  }

  @Test func aPerfectAreaLeansOnNoVariance() throws {
    let draw = Draw(positives: 30, negatives: 60, separation: 12, seed: 3)
    #expect(try study(draw, .logitDeLong).row("auc")?.estimate?.value == 1)
    #expect(!marks(try study(draw, .logitDeLong), "auc").contains(true))
  }
}
