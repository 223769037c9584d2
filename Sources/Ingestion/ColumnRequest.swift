internal import Validation

/// A column that is wanted, and how its cells are read.
struct ColumnRequest: Hashable, Sendable {
  let name: String
  let reading: Reading
  /// Whether messages may quote its cells.
  let isShown: Bool

  enum Reading: Hashable, Sendable {
    /// Dictionary-coded text; what it means is decided per distinct value, when all are known.
    case text
    case number(NumberRule)
  }
}

/// How the cells of a score column are read.
struct NumberRule: Hashable, Sendable {
  /// "The model gave no output": as text, and as numbers where both sides are numbers.
  let failed: DeclaredValues
  /// Exact text only.
  let missing: Set<String>
  let isProbability: Bool
  /// Cells are percentages, with or without the sign; values are shares.
  let isPercent: Bool
  /// The key of the plan that takes what means "no output".
  let declareIn: String
  /// Other columns say which rows have no score to be asked for: what is refused is kept until those are known.
  let isJudgedLater: Bool
}

/// The columns that a definition needs, each once, and the role of each.
struct ColumnPlan: Sendable {
  private(set) var requests: [ColumnRequest] = []
  private(set) var caseID: Int?
  private(set) var patient: Int?
  private(set) var date: Int?
  private(set) var weight: Int?
  /// For each finding.
  private(set) var findings: [Finding] = []
  private(set) var attributes: [Int] = []
  /// Of every joined file, the columns of the cases that its keys are compared with.
  private(set) var joinKeys: [[Int]] = []
  /// The columns that name a unit.
  private(set) var unit: [Int] = []
  /// Of every rule, the columns of its conditions: each one's own, then those of its key.
  private(set) var exclusions: [[[Int]]] = []
  /// For each attribute, its columns where every level has one; else none.
  private(set) var answers: [[Int]] = []
  /// Those whose cells name cases and patients, or are keys.
  private(set) var ids: Set<Int> = []

  struct Finding {
    let reference: Int
    let readers: [Int]
    let models: [Model]
  }

  struct Model {
    let score: Int?
    let decision: Int?
    /// The column that says whether there is an output at all.
    let status: Int?
  }

  init(_ definition: CohortDefinition) {
    let keys = definition.joins.flatMap { $0.keys.map(\.here) }
    let identifying = [definition.caseColumn, definition.patientColumn] + keys
    let shown = Set(definition.describedColumns)
    let isAside = Set(
      (definition.unit?.columns ?? []) + definition.exclusions.flatMap { $0.conditions.flatMap(\.columns) }
    ).subtracting(shown)
    func request(_ name: String, _ reading: ColumnRequest.Reading, in requests: inout [ColumnRequest]) -> Int
    {
      let request = ColumnRequest(
        name: name, reading: reading, isShown: !identifying.contains(name) && !isAside.contains(name))
      if let known = requests.firstIndex(of: request) { return known }
      requests.append(request)
      return requests.count - 1
    }
    caseID = definition.caseColumn.map { request($0, .text, in: &requests) }
    patient = definition.patientColumn.map { request($0, .text, in: &requests) }
    date = definition.date.map { request($0.column, .text, in: &requests) }
    weight = definition.weightColumn.map { request($0, .text, in: &requests) }
    let everyModel = definition.findings.flatMap(\.models)
    for finding in definition.findings {
      let reference = request(finding.reference.column, .text, in: &requests)
      var models: [Model] = []
      for model in finding.models {
        let score = model.score.map {
          request($0, Self.reading(model, of: everyModel, definition), in: &requests)
        }
        let status = model.statusColumn.map { request($0, .text, in: &requests) }
        let decision = model.decision.map { request($0.column, .text, in: &requests) }
        models.append(Model(score: score, decision: decision, status: status))
      }
      let readers = (finding.reference.readers?.columns ?? []).map { request($0, .text, in: &requests) }
      findings.append(Finding(reference: reference, readers: readers, models: models))
    }
    attributes = definition.attributes.map { request($0.column, .text, in: &requests) }
    unit = (definition.unit?.columns ?? []).map { request($0, .text, in: &requests) }
    exclusions = definition.exclusions.map {
      $0.conditions.map { $0.columns.map { request($0, .text, in: &requests) } }
    }
    joinKeys = definition.joins.map { $0.keys.map { request($0.here, .text, in: &requests) } }
    answers = definition.attributes.map { attribute in
      guard case .columns(let answers) = attribute.severalAnswers else { return [] }
      return answers.levels.map { request($0.column, .text, in: &requests) }
    }
    var naming = Set(identifying.compactMap(\.self))
    naming.formUnion(definition.unit?.columns ?? [])
    for condition in definition.exclusions.flatMap(\.conditions) {
      if case .isNot(_, let key) = condition.test { naming.formUnion(key) }
    }
    naming.subtract(shown)
    ids = Set(requests.indices.filter { naming.contains(requests[$0].name) })
  }

  /// What one model declares for a score column holds for the column: a cell has one meaning and one message.
  private static func reading(
    _ model: ModelDefinition, of models: [ModelDefinition], _ definition: CohortDefinition
  ) -> ColumnRequest.Reading {
    if case .ordinal = model.scale { return .text }
    let sharing = models.filter { $0.score == model.score && $0.scale == model.scale }
    let ownMissing = sharing.compactMap(\.missing)
    return .number(
      NumberRule(
        failed: DeclaredValues(
          sharing.filter { $0.statusColumn == nil }.flatMap(\.indeterminate),
          ignoring: definition.spelling.values),
        missing: Set(ownMissing.isEmpty ? definition.missing : ownMissing.flatMap(\.self)),
        isProbability: sharing.contains(where: \.isProbability), isPercent: model.scale == .percent,
        declareIn: model.statusColumn == nil ? "models[].indeterminate" : "models[].missing",
        isJudgedLater: definition.leavesRowsOut || sharing.contains { $0.statusColumn != nil }))
  }
}
