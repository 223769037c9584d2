internal import Validation

/// How many comparisons of groups a model's family has, how many could be tested, and how many showed a difference.
///
/// The family is every assessable difference in sensitivity, specificity and AUC, tested or not: Holm counts them all.
struct Comparisons {
  /// Assessable differences of the family, or of one dimension's share of it.
  let rows: [Row]
  let shown: [Row]
  private let size: Int
  private let metrics: [Metric]
  private let isPart: Bool
  private let choice: GapFamily

  private static let family = ["sensitivity", "specificity", "auc"].compactMap(Metric.named)

  /// - Parameter dimension: Nil: the whole family.
  init(of model: ModelDefinition, in evidence: Evidence, by dimension: [String]? = nil) {
    let family = Self.family.flatMap { evidence.gaps(in: $0.id, of: model.name) }.filter(\.isAssessable)
    rows = family.filter { row in dimension.map { $0 == row.key.subgroup.attributes } ?? true }
    isPart = dimension != nil || evidence.finding != nil
    choice = evidence.plan.gapFamily
    shown = rows.filter { evidence.reading(of: $0).showsDifference }
    size =
      evidence.finding == nil ? family.count : Self.size(ofFamilyOf: model.name, in: evidence.study.rows)
    metrics = Self.family.filter { metric in family.contains { $0.key.metric == metric.id } }
  }

  /// Through all findings.
  private static func size(ofFamilyOf model: String, in rows: [Row]) -> Int {
    rows.count { row in
      row.key.subgroupMinus != nil && row.key.model == model && row.key.setting.isHeadline
        && row.key.outputs == .primary && row.isAssessable && family.contains { $0.id == row.key.metric }
    }
  }

  static func includes(_ metric: Metric) -> Bool { family.contains { $0.id == metric.id } }

  private var tested: Int { rows.filter { $0.test != nil }.count }
  private var names: String { metrics.map(\.name.sentenceCase).joined(separator: ", ") }

  /// Without its full stop; the same numbers wherever it stands.
  var sentence: String {
    let what =
      !isPart
      ? "\(counted(rows.count, "comparison")) in the family (\(names))"
      : "\(counted(rows.count, "comparison")) here (of \(NumberText.count(size)) in the family: \(names))"
    let none = shown.isEmpty
    return
      "Of \(what), \(NumberText.count(tested)) had events enough to be tested and \(none ? "none" : NumberText.count(shown.count)) showed a difference after adjustment (\(adjustment))\(none ? "; this does not show that there is none" : "")"
  }

  private var adjustment: String {
    switch choice {
    case .holm: "Holm over all \(NumberText.count(size))"
    case .maxT: "max-T over those of one measure"
    case .benjaminiHochberg: "Benjamini and Hochberg over all \(NumberText.count(size))"
    }
  }

  var columnTitle: String { choice == .benjaminiHochberg ? "q" : "Adjusted p" }

  /// Under the table of differences.
  var note: String? {
    guard !rows.isEmpty else { return nil }
    let family = "\(counted(size, "assessable comparison")) (\(names)), tested or not"
    return switch choice {
    case .holm: "Adjusted p: Holm over the family of \(family)."
    case .maxT:
      "Adjusted p: max-T, over the assessable comparisons of one measure as they move together; each measure is a family of its own."
    case .benjaminiHochberg:
      "q: Benjamini and Hochberg over \(family). By the plan this is a screening: of the differences that it shows, a share of q at most is expected to be none."
    }
  }
}
