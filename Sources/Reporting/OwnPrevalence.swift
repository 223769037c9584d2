internal import Validation

/// What must not be carried over to patients as they come: measures that depend on prevalence, in a cohort that was not
/// sampled so and has no weights.
extension Evidence {
  /// At a stated prevalence a predictive value holds wherever the condition is as common.
  func holdsOnlyHere(_ metric: Metric, at setting: Setting = .headline) -> Bool {
    metric.dependsOnPrevalence && setting.prevalence == nil && plan.cohort.hasOwnPrevalenceOnly
  }

  /// Printed in grey: it decides nothing, or holds in this test set only.
  func isMuted(_ row: Row) -> Bool {
    !row.isAssessable
      || Metric.named(row.key.metric).map { holdsOnlyHere($0, at: row.key.setting) } ?? false
  }

  /// For a table of these metrics; nil where each carries over.
  func ownPrevalenceNote(_ metrics: [Metric]) -> String? {
    let names = metrics.filter { holdsOnlyHere($0) }.map(\.name)
    guard !names.isEmpty else { return nil }
    return
      "\(names.enumeration) \(names.count == 1 ? "depends" : "depend") on how common the condition is: grey, as \(names.count == 1 ? "it holds" : "they hold") only in this test set."
  }

  /// For the caption of a figure of one metric; empty where it carries over.
  func ownPrevalenceRemark(_ metric: Metric) -> String {
    holdsOnlyHere(metric) ? " (holds only in this test set)" : ""
  }
}
