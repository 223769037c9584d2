import TestSupport
import Testing

/// `plan power`: sizes under assumed values, before any result is seen.
struct PowerTests {
  private static let plan = """
    study: {id: s}
    cohort:
      cases: cases.csv
      case: id
      reference: {column: y, positive: ["1"]}
      models: [{name: M, score: s, threshold: 0.5}]
      attributes: {sex: {column: sex}}
    criteria:
      - {id: C1, metric: sensitivity, evidence: lower_bound, at_least: 0.80}
      - {id: C2, metric: specificity, scope: every_subgroup, evidence: lower_bound, at_least: 0.70}
      - {id: C3, metric: sensitivity, scope: gap, across: sex, evidence: interval, within: 0.10}
      - {id: C4, metric: ppv, evidence: lower_bound, at_least: 0.5}
      - {id: C5, metric: auc, evidence: lower_bound, at_least: 0.95}

    """
  private static let planning =
    "planning: {assumed: {sensitivity: 0.90, specificity: 0.85, auc: 0.92}, prevalence: 0.25}\n"

  private func power(_ plan: String, positives: Int = 100) throws -> Equipoise.Outcome {
    let folder = try ScratchFolder()
    let cases = (0..<1000).map {
      "\($0),0.\($0 % 90 + 10),\($0 < positives ? 1 : 0),\($0 % 20 == 0 ? "X" : $0 % 2 == 0 ? "F" : "M")\n"
    }
    try folder.write("id,s,y,sex\n" + cases.joined(), to: "cases.csv")
    try folder.write(plan, to: "plan.yaml")
    return try Equipoise.run("plan", "power", "plan.yaml", in: folder)
  }

  @Test func saysWhatIsNeededAndAtHand() throws {
    let outcome = try power(Self.plan + Self.planning)
    #expect(outcome.status == 0, "\(outcome.words)")
    for line in [
      "1,000 cases, so about 250 positives and 750 negatives. Their reference standard is not looked at.",
      "C1: Sensitivity, lower limit at least 80.0 %: needs 112 positives, 448 cases.",
      "at hand about 250: power 99.4 %", "at hand: enough in 2 of 3 groups; not in\n",
      "sex=X: about 38, power",
      "C3: Sensitivity, difference within ±10.0 points: needs 190 positives on either side, 760 cases.",
      "C4: not planned: nothing is assumed of ppv",
      "C5: AUC, lower limit at least 0.950: no sample is large enough",
      "sex=F      113        338",
    ] {
      #expect(
        outcome.output.replacing("\u{202F}", with: " ").contains(line), "\(line)\n\(outcome.output)")
    }
  }

  /// The same sizes whatever the reference standard says: it is never crossed with anything.
  @Test func theReferenceChangesNothing() throws {
    let one = try power(Self.plan + Self.planning)
    let other = try power(Self.plan + Self.planning, positives: 700)
    #expect(one.output == other.output)
  }

  @Test func withoutAssumptionsItSaysWhatToAdd() throws {
    let outcome = try power(Self.plan)
    #expect(outcome.status == 65 && outcome.words.contains("add for example: planning: {assumed:"))
    let empty = try power(Self.plan + "planning: {assumed: {}, prevalence: 0.1}\n")
    #expect(
      empty.status == 65 && empty.words.contains("nothing is assumed: name sensitivity"), "\(empty.words)")
    let low = try power(Self.plan + "planning: {assumed: {auc: 0.4}, prevalence: 0.1}\n")
    #expect(low.status == 65 && low.words.contains("an area below 0.5"), "\(low.words)")
  }

  /// Twice the dependence, twice the cases.
  @Test func dependenceCostsCases() throws {
    let outcome = try power(
      Self.plan
        + "planning: {assumed: {sensitivity: 0.90}, prevalence: 0.25, design_effect: 2}\n")
    #expect(outcome.output.contains("needs 224 positives, 896 cases"), "\(outcome.output)")
  }
}
