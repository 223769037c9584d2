internal import Validation

/// What stands above everything: which study, of what, and how it ended.
struct Cover: Sendable {
  let facts: [Fact]
  let criteria: [Line]

  struct Line: Sendable {
    let name: String
    let verdict: Verdict
    let sentence: String
  }

  init(_ evidence: Evidence) {
    let plan = evidence.plan
    let device = plan.device
    let named = [device?.name, device?.version.map { "version \($0)" }].compactMap { $0 }
    facts = [
      Fact("Study", plan.id),
      named.isEmpty ? nil : Fact("Device", named.joined(separator: ", ")),
      device?.manufacturer.map { Fact("Manufacturer", $0) },
      device?.kind.map { Fact("Kind", $0) },
      device?.intendedUse.map { Fact("Intended use", $0) },
      Fact(
        evidence.hasSeveralModels ? "Models tested" : "Model tested", plan.cohort.modelNames.enumeration),
      plan.cohort.findings.count > 1
        ? Fact("Findings", plan.cohort.findings.compactMap(\.id).enumeration) : nil,
      Fact("Report", evidence.reportID),
    ].compactMap { $0 }
    criteria = evidence.judgements.filter { $0.subgroup == nil }.map { judgement in
      let name = [judgement.criterion, evidence.aim(of: judgement)].compactMap { $0 }.joined(separator: ", ")
      return Line(name: name, verdict: judgement.verdict, sentence: judgement.sentence)
    }
  }
}
