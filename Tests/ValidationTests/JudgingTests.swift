import Statistics
import Testing
import Validation

@Suite struct JudgingTests {
  /// 88 of 100 positives flagged, all of 100 negatives unflagged.
  private func study(
    _ criteria: [Criterion], successes: Int = 88, positives: Int = 100, groups: [String?]? = nil,
    unverified: UnverifiedOutputs? = nil, _ change: (inout AnalysisPlan) -> Void = { _ in }
  ) throws -> Study {
    let truth = (0..<(positives + 100)).map { $0 < positives }
    let scores = truth.indices.map { truth[$0] ? ($0 < successes ? 0.9 : 0.1) : 0.2 }
    var made = cohort(
      scores: scores, isPositive: truth, attributes: groups.map { [("group", $0)] } ?? [])
    if let unverified {
      made = Cohort(
        isPositive: made.isPositive, models: made.models, attributes: made.attributes,
        flow: Flow(
          read: made.count + unverified.flagged + unverified.unflagged,
          noReference: unverified.flagged + unverified.unflagged, analysed: made.count,
          unverified: [unverified]))
    }
    return try Study(
      of: made, following: plan(attributes: groups == nil ? [] : ["group"], criteria: criteria, change))
  }

  private func sensitivity(_ goal: Double, id: String = "C1", scope: Criterion.Scope = .overall) -> Criterion
  {
    Criterion(id: id, metric: "sensitivity", scope: scope, evidence: .lowerBound(atLeast: goal))
  }

  /// 88/100: Wilson (.8019, .9300).
  @Test(arguments: [(0.80, Verdict.met), (0.85, .inconclusive), (0.93, .inconclusive), (0.94, .notMet)])
  func aLowerBoundIsHeldAgainstTheGoal(_ goal: Double, _ verdict: Verdict) throws {
    let study = try study([sensitivity(goal)])
    #expect(study.verdict == verdict)
    #expect(study.judgements.count == 2)
    let row = try #require(study.judgements.first)
    #expect(row.subgroup == .everyone)
    #expect(study.judgements.last?.subgroup == nil)
    let p = try #require(row.p)
    #expect((p <= 0.025) == (verdict == .met))
  }

  @Test(arguments: [(0.20, Verdict.met), (0.15, .inconclusive), (0.06, .notMet)])
  func anUpperBoundIsMirrored(_ goal: Double, _ verdict: Verdict) throws {
    let criterion = Criterion(
      id: "C1", metric: "false_negative_rate", scope: .overall, evidence: .upperBound(atMost: goal))
    #expect(try study([criterion]).verdict == verdict)
  }

  @Test func notMetComesBeforeInconclusiveBeforeMet() throws {
    #expect(try study([sensitivity(0.8), sensitivity(0.85, id: "C2")]).verdict == .inconclusive)
    #expect(
      try study([sensitivity(0.8), sensitivity(0.85, id: "C2"), sensitivity(0.94, id: "C3")]).verdict
        == .notMet)
    #expect(try study([]).verdict == .noCriteria)
  }

  @Test func aSmallGroupIsNotAssessableAndMakesTheWholeInconclusive() throws {
    let groups = (0..<200).map { $0 < 95 || $0 >= 105 ? "large" : "small" }
    var criterion = sensitivity(0.7, scope: .everySubgroup(of: nil))
    #expect(try study([criterion], groups: groups).verdict == .inconclusive)
    criterion.whenNotAssessable = .report
    let study = try study([criterion], groups: groups)
    #expect(study.verdict == .met)
    let sum = try #require(study.judgements.first { $0.subgroup == nil })
    #expect(sum.sentence.contains("met in 1 of 1 assessable groups"))
    #expect(sum.sentence.contains("1 not assessable: small"))
  }

  @Test func equivalenceNeedsTheWholeIntervalInside() throws {
    let groups = (0..<200).map { $0 % 2 == 0 ? "a" : "b" }
    func verdict(_ margin: Double) throws -> Verdict {
      try study(
        [
          Criterion(
            id: "C1", metric: "sensitivity", scope: .gap(across: "group"), evidence: .interval(within: margin)
          )
        ], groups: groups
      ).verdict
    }
    #expect(try verdict(0.30) == .met)
    #expect(try verdict(0.02) == .inconclusive)
  }

  @Test func aGapCriterionBringsItsRows() throws {
    let groups = (0..<200).map { $0 % 2 == 0 ? "a" : "b" }
    let study = try study(
      [Criterion(id: "C1", metric: "ppv", scope: .gap(across: "group"), evidence: .interval(within: 0.5))],
      groups: groups
    ) {
      $0.gaps = .none
      $0.metrics = ["sensitivity"]
    }
    #expect(study.row("ppv", .of("group", "a"), minus: .complement) != nil)
    #expect(study.verdict == .met)
  }

  /// Three criteria whose p are .0005…, .018 and .02: Holm stops after the first, Hochberg claims all, co-primary too.
  @Test func familiesAdjust() throws {
    let criteria = [
      sensitivity(0.75, id: "A"), sensitivity(0.795, id: "B"), sensitivity(0.798, id: "C"),
    ]
    func verdicts(_ multiplicity: Multiplicity) throws -> [Verdict] {
      try study(criteria) { $0.multiplicity = multiplicity }.judgements.filter { $0.subgroup == nil }.map(
        \.verdict)
    }
    #expect(try verdicts(.coPrimary) == [.met, .met, .met])
    #expect(try verdicts(.hochberg) == [.met, .met, .met])
    #expect(try verdicts(.holm) == [.met, .inconclusive, .inconclusive])
    #expect(try verdicts(.fixedSequence) == [.met, .met, .met])
    let holm = try study(criteria) { $0.multiplicity = .holm }.judgements.filter { $0.subgroup == nil }
    let adjusted = try #require(holm[1].adjustedBound)
    #expect(adjusted < (try #require(holm[1].bound)) && adjusted < 0.795)
    #expect(try #require(holm[1].pAdjusted) > 0.025)
  }

  @Test func aFixedSequenceStopsAtTheFirstFailure() throws {
    let study = try study([sensitivity(0.85, id: "A"), sensitivity(0.7, id: "B")]) {
      $0.multiplicity = .fixedSequence
    }
    #expect(study.judgements.filter { $0.subgroup == nil }.map(\.verdict) == [.inconclusive, .inconclusive])
  }

  /// Policy 14: verification that depends on the output biases sensitivity; PPV stays.
  @Test func dependentVerificationIsNotAssessable() throws {
    let few = UnverifiedOutputs(model: "Model", flagged: 0, unflagged: 30, failed: 0)
    #expect(try study([sensitivity(0.8)], unverified: few).verdict == .notAssessable)
    let ppv = Criterion(id: "P", metric: "ppv", scope: .overall, evidence: .lowerBound(atLeast: 0.5))
    #expect(try study([ppv], unverified: few).verdict == .met)
    let balanced = UnverifiedOutputs(model: "Model", flagged: 9, unflagged: 11, failed: 0)
    #expect(try study([sensitivity(0.8)], unverified: balanced).verdict == .met)
  }

  @Test func numbersThatPrintAlikeAreToldApart() throws {
    let bound = Proportion(successes: 88, trials: 100).wilson(tail: 0.025).lower
    let study = try study([sensitivity(bound + 1e-5)])
    let sentence = try #require(study.judgements.first?.sentence)
    #expect(study.verdict == .inconclusive)
    #expect(sentence.contains("lower limit 80.1") || sentence.contains("lower limit 80.2"))
    let parts = sentence.split(separator: ";")[1]
    let numbers = parts.split(whereSeparator: { !"0123456789.".contains($0) }).filter {
      $0.contains(".") && $0.count > 2
    }
    #expect(Set(numbers).count == numbers.count)
  }

  @Test func unknownNamesAreRefused() {
    #expect(throws: PlanError.self) {
      try Study(
        of: cohort(scores: [0.1, 0.9], isPositive: [false, true]), following: plan(subgroups: [["nowhere"]]))
    }
  }
}
