/// A part of the report: its heading, and what it makes of the evidence.
struct Section: Sendable {
  let anchor: String
  let title: String
  /// Empty where the study has nothing for this section: it is then left out.
  let blocks: @Sendable (Evidence) -> [Block]

  /// In their printed order.
  static let catalog: [Section] = [
    .summary, .criteria, .cohort, .flow, .overall, .subgroups, .gaps, .intersections, .methods, .limitations,
    .provenance,
  ]
}
