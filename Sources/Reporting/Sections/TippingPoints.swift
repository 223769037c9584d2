internal import Statistics
internal import Validation

/// How far the reference standard would have to be wrong for the gaps that were shown to go (policy 16).
struct TippingPoints {
  let evidence: Evidence
  let model: ModelDefinition

  /// Empty where no gap was shown.
  var blocks: [Block] {
    let points = evidence.study.robustness.tippingPoints.filter {
      $0.key.model == model.name && $0.key.finding == evidence.finding
    }
    guard !points.isEmpty else { return [] }
    return [
      .paragraph(
        "Could errors of the reference standard explain these differences? If it missed positives of one group only, the cases would stand among that group's negatives. The interval is taken to keep its width."
      ), .list(points.map(sentence)),
    ]
  }

  private func sentence(_ point: TippingPoint) -> String {
    let metric = Metric.named(point.key.metric)?.name ?? point.key.metric
    let other =
      switch point.key.subgroupMinus {
      case .group(let group): group.label
      case .complement, nil: "all others"
      }
    let kind = point.wouldBeFlagged ? "flagged" : "unflagged"
    let subject = "\(metric), \(point.key.subgroup.label) against \(other): the difference"
    guard let unshown = point.missedUntilNotShown else {
      return
        "\(subject) would still be shown if all \(counted(point.candidates, "\(kind) negative")) of the group were missed positives."
    }
    let vanishing =
      point.missedUntilEqual.map { "vanish with \(missed($0, point))" }
      ?? "not vanish with all \(NumberText.count(point.candidates)) of them"
    return
      "\(subject) would no longer be shown if the reference standard missed \(NumberText.count(unshown)) more of the positives in this group, all of them \(kind) (\(NumberText.percent(point.share(unshown))) of its positives), and would \(vanishing)."
  }

  private func missed(_ count: Int, _ point: TippingPoint) -> String {
    "\(NumberText.count(count)) (\(NumberText.percent(point.share(count))))"
  }
}
