/// A part of the report: its heading, and what it makes of the evidence.
struct Section: Sendable {
  let anchor: String
  let title: String
  /// Empty where the study has nothing for this section: it is then left out.
  let blocks: @Sendable (Evidence) -> [Block]

  /// In their printed order.
  static let catalog: [Section] =
    [.summary, .criteria] + ofAFinding + [.methods, .limitations, .provenance]

  /// What a study of several findings has for each.
  static let ofAFinding: [Section] = [
    .cohort, .flow, .referenceStandard, .overall, .subgroups, .gaps, .adjustedGaps, .intersections,
    .slices, .generalisability, .recalibration,
  ]

  /// With its heading; nothing where there is nothing under it.
  func headed(_ evidence: Evidence) -> [Block] {
    let body = blocks(evidence)
    return body.isEmpty ? [] : [.heading(Heading(level: 2, text: title, anchor: anchor))] + body
  }
}
