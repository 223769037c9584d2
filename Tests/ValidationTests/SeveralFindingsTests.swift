import Statistics
import Testing
import Validation

@Suite struct SeveralFindingsTests {
  private func definition(_ id: String) -> FindingDefinition {
    FindingDefinition(
      id: id, reference: ReferenceColumn(column: id, positive: ["1"]),
      models: [
        ModelDefinition(
          name: "Model", score: "score",
          operatingPoints: [
            OperatingPoint(name: "rule-in", threshold: 0.5), OperatingPoint(name: "rule-out", threshold: 0.3),
          ], isProbability: true)
      ])
  }

  private func drawn(_ seed: UInt64, separation: Double = 1.5) -> Cohort {
    let draw = Draw(positives: 120, negatives: 240, separation: separation, seed: seed)
    let groups = draw.scores.indices.map { $0 % 3 == 0 ? "a" : "b" }
    let made = cohort(scores: draw.scores, isPositive: draw.isPositive, attributes: [("group", groups)])
    let flagged = draw.scores.map { UInt16($0 >= 0.5 ? 1 : 0) | ($0 >= 0.3 ? 2 : 0) }
    return Cohort(
      isPositive: made.isPositive,
      models: [ModelOutputs(name: "Model", count: made.count, scores: draw.scores, flagged: flagged)],
      attributes: made.attributes, flow: made.flow)
  }

  private func study(_ criteria: [Criterion], _ change: (inout AnalysisPlan) -> Void = { _ in }) throws
    -> Study
  {
    let plan = plan(attributes: ["group"], criteria: criteria) {
      $0.cohort.findings = ["A", "B"].map(definition)
      change(&$0)
    }
    return try Study(of: [drawn(1), drawn(2, separation: 0.4)], following: plan)
  }

  /// Each finding has the rows that a study of it alone would have; only what is adjusted differs.
  @Test func eachFindingIsEvaluatedByItself() throws {
    let both = try study([])
    let alone = try Study(
      of: drawn(2, separation: 0.4),
      following: plan(attributes: ["group"]) { $0.cohort.findings = [definition("B")] })
    let rows = both.rows.filter { $0.key.finding == "B" }
    #expect(rows.map(\.key) == alone.rows.map(\.key))
    #expect(rows.map(\.result) == alone.rows.map(\.result))
    #expect(Set(both.rows.map(\.key)).count == both.rows.count)
    #expect(both.cohorts.map(\.finding) == ["A", "B"])
    #expect(
      both.curves.filter { [.roc, .calibration].contains($0.kind) }.map(\.finding) == ["A", "A", "B", "B"])
  }

  /// Three measures, one comparison of two groups, two findings: a family of six.
  @Test func gapsAreOneFamilyOverFindings() throws {
    let tests = try study([]).rows.filter { $0.key.subgroupMinus != nil }.compactMap(\.test)
    #expect(tests.count == 6)
    #expect(tests.map(\.pAdjusted) == FamilyWise.holm(tests.map(\.p)))
  }

  @Test func criteriaAreAimed() throws {
    let auc = Criterion(id: "C1", metric: "auc", scope: .overall, evidence: .lowerBound(atLeast: 0.75))
    var aimed = auc
    aimed.id = "C2"
    aimed.finding = "A"
    var ruleOut = Criterion(
      id: "C3", metric: "sensitivity", scope: .overall, evidence: .lowerBound(atLeast: 0.5), finding: "A")
    ruleOut.operatingPoint = "rule-out"
    let study = try study([auc, aimed, ruleOut])
    let sums = study.judgements.filter { $0.subgroup == nil }
    #expect(sums.map(\.criterion) == ["C1", "C1", "C2", "C3"])
    #expect(sums.map(\.finding) == ["A", "B", "A", "A"])
    #expect(sums.map(\.verdict) == [.met, .notMet, .met, .met])
    let row = study.rows.first {
      $0.key.finding == "A" && $0.key.metric == "sensitivity" && $0.key.subgroup.isEveryone
        && $0.key.setting.operatingPoint == "rule-out"
    }
    #expect(sums[3].value == row?.estimate?.value)
    #expect(sums[3].sentence.hasPrefix("Sensitivity at rule-out: "))
  }

  @Test func aGapMayBeAimedAtAnOperatingPoint() throws {
    let gap = Criterion(
      id: "C1", metric: "sensitivity", scope: .gap(across: "group"), evidence: .interval(within: 0.9),
      finding: "A", operatingPoint: "rule-out")
    let study = try study([gap])
    #expect(study.verdict == .met)
    #expect(study.judgements.map(\.finding) == ["A", "A"])
  }

  /// The claims of both findings are adjusted together: two claims of p double.
  @Test func claimsAreOneFamilyOverFindings() throws {
    let criterion = Criterion(
      id: "C1", metric: "auc", scope: .overall, evidence: .lowerBound(atLeast: 0.5))
    let sums = try study([criterion]) { $0.multiplicity = .holm }.judgements.filter { $0.subgroup == nil }
    #expect(sums.compactMap(\.pAdjusted) == FamilyWise.holm(sums.compactMap(\.p)))
    #expect(sums.count == 2)
  }
}
