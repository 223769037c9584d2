/// One finding that a product looks for: its own truth, and where its models' outputs stand.
public struct FindingDefinition: Hashable, Sendable {
  /// Nil in a plan with one finding, which needs no name.
  public var id: String?
  public var reference: ReferenceColumn
  public var models: [ModelDefinition]

  public init(id: String? = nil, reference: ReferenceColumn, models: [ModelDefinition]) {
    self.id = id
    self.reference = reference
    self.models = models
  }
}

extension CohortDefinition {
  /// The truth of the only finding; of several, of the first.
  public var reference: ReferenceColumn {
    get { findings[0].reference }
    set { findings[0].reference = newValue }
  }

  /// The models of the only finding; of several, of the first.
  public var models: [ModelDefinition] {
    get { findings[0].models }
    set { findings[0].models = newValue }
  }

  /// Every model of every finding by name, in the order of the plan.
  public var modelNames: [String] {
    var seen: Set<String> = []
    return findings.flatMap(\.models).map(\.name).filter { seen.insert($0).inserted }
  }

  /// The same files, read for one finding alone.
  public func only(_ finding: FindingDefinition) -> CohortDefinition {
    var copy = self
    copy.findings = [finding]
    return copy
  }
}

extension AnalysisPlan {
  /// The plan as it stands for one finding: its truth, its models and the criteria that are aimed at it.
  public func only(_ finding: FindingDefinition) -> AnalysisPlan {
    var copy = self
    copy.cohort = cohort.only(finding)
    copy.criteria = criteria.filter { $0.finding == nil || $0.finding == finding.id }
    return copy
  }
}
