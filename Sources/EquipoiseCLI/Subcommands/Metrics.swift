internal import ArgumentParser
internal import Validation

struct Metrics: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Lists the metrics, or explains one.",
    discussion: """
      EXAMPLE
        equipoise metrics auc
      """)

  @Argument(help: "A metric id.", completion: .list(Metric.catalog.map(\.id)))
  var id: String?

  func validate() throws {
    if let id, Metric.named(id) == nil {
      throw ValidationError("\"\(id)\" is no metric; equipoise metrics lists them")
    }
  }

  func run() {
    guard let metric = id.flatMap(Metric.named) else { return Words.print(Metrics.list) }
    Words.print(
      """
      \(metric.id): \(metric.name)

      \(metric.definition)

      Formula      \(metric.formula)
      Interval     \(metric.intervalText)
      Assumptions  \(metric.assumptions)
      Needs        \(metric.needs.words)
      Reference    \(metric.reference)
      \(metric.agreementName.map { "Comparator   against one (reference: {kind: comparator}): \($0)\n" } ?? "")
      """)
  }

  private static var list: String {
    let width = Metric.catalog.map(\.id.count).max() ?? 0
    let families = Metric.Family.allCases.map { family in
      let lines = Metric.catalog.filter { $0.family == family }.map { metric in
        let id = metric.id + String(repeating: " ", count: width - metric.id.count)
        return "  \(metric.isDefault ? "*" : " ") \(id)  \(metric.name)\n"
      }
      return family.rawValue + "\n" + lines.joined()
    }
    return families.joined(separator: "\n") + "\n* computed by default\n"
  }
}

extension Metric.Needs {
  fileprivate var words: String {
    switch self {
    case .decision: "an operating point or a delivered decision"
    case .score: "a score"
    case .probability: "a score that is a probability"
    case .nothing: "nothing beyond the cases"
    }
  }
}
