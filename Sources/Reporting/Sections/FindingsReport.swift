internal import Validation

/// The report of a study of several findings: all of them side by side, then a chapter for each.
struct FindingsReport {
  /// Of every finding.
  let evidence: Evidence
  /// One for each, in the plan's order.
  let findings: [Evidence]

  var blocks: [Block] {
    [heading("Summary", "summary")] + FindingsSummary(evidence: evidence, findings: findings).blocks
      + Section.criteria.headed(evidence)
      + findings.enumerated().flatMap { chapter($1, number: $0 + 1) }
      + Section.methods.headed(evidence)
      + [heading(Section.limitations.title, Section.limitations.anchor)]
      + Limitations.blocks(Limitations.sentences(of: findings))
      + Section.provenance.headed(evidence)
  }

  private func heading(_ text: String, _ anchor: String) -> Block {
    .heading(Heading(level: 2, text: text, anchor: anchor))
  }

  /// What a study of this finding alone would say, one level down.
  private func chapter(_ finding: Evidence, number: Int) -> [Block] {
    let anchor = "finding-\(number)"
    let sections = Section.ofAFinding.flatMap { $0.headed(finding) }.map { $0.lowered(into: anchor) }
    return [heading(finding.finding ?? "", anchor)] + Section.results(finding) + sections
  }
}

extension Block {
  /// A heading becomes one of a part; anchors are told apart by the part's.
  fileprivate func lowered(into part: String) -> Block {
    guard case .heading(var heading) = self else { return self }
    heading.level += 1
    heading.anchor = part + "-" + heading.anchor
    return .heading(heading)
  }
}
