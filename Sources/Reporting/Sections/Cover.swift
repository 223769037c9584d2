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

  init(facts: [Fact], criteria: [Line]) {
    self.facts = facts
    self.criteria = criteria
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
    let sums = evidence.judgements.filter { $0.subgroup == nil }
    guard plan.cohort.findings.count == 1 else {
      criteria = plan.criteria.map { criterion in
        Cover.line(criterion, sums.filter { $0.criterion == criterion.id }, evidence)
      }
      return
    }
    criteria = sums.map { judgement in
      let name = [judgement.criterion, evidence.aim(of: judgement)].compactMap { $0 }.joined(separator: ", ")
      return Line(name: name, verdict: judgement.verdict, sentence: judgement.sentence)
    }
  }

  /// A criterion over all the findings and models that it judges, those named in which it is not met.
  private static func line(_ criterion: Criterion, _ sums: [Judgement], _ evidence: Evidence) -> Line {
    let others = [Verdict.notMet, .inconclusive, .notAssessable].compactMap { verdict -> String? in
      let names = sums.filter { $0.verdict == verdict }.compactMap { evidence.aim(of: $0) }
      return names.isEmpty ? nil : "\(verdict.words): \(names.joined(separator: "; "))"
    }
    let met = sums.count { $0.verdict == .met }
    let what =
      evidence.hasSeveralModels ? ("finding and model", "findings and models") : ("finding", "findings")
    let share =
      "met in \(NumberText.count(met)) of \(counted(sums.count, what.0, what.1))"
    return Line(
      name: criterion.id, verdict: Verdict(over: sums),
      sentence: ([criterion.words + ": " + share] + others).joined(separator: "; ") + ".")
  }
}
