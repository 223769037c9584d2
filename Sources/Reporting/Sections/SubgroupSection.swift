internal import Statistics
internal import Validation

extension Section {
  /// Every dimension of one attribute: a reading, a table and a forest plot for each metric.
  static let subgroups = Section(anchor: "subgroups", title: "Results by subgroup") { evidence in
    guard !evidence.dimensions.isEmpty else {
      return evidence.intersections.isEmpty
        ? [
          .paragraph("The plan names no subgroups: how the model works in different groups was not examined.")
        ]
        : []
    }
    let least = evidence.plan.smallestSubgroup
    let introduction = Block.paragraph(
      "A group with fewer than \(least.words) is not assessable: it is shown in grey with its interval, and decides nothing. Cases whose attribute is unknown are a row of their own and decide nothing either."
    )
    return [introduction]
      + evidence.dimensions.enumerated().flatMap { index, dimension in
        let anchor = "subgroup-\(index + 1)"
        let heading = Block.heading(
          Heading(level: 3, text: "By \(dimension.joined(separator: " × "))", anchor: anchor))
        return [heading]
          + evidence.models.enumerated().flatMap { index, model in
            let name = Block.heading(
              Heading(level: 4, text: model.name, anchor: "\(anchor)-model-\(index + 1)"))
            return (evidence.hasSeveralModels ? [name] : [])
              + SubgroupResults(evidence: evidence, model: model, dimension: dimension).blocks
          }
      }
  }
}
