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
}

/// The columns that a definition needs, each once, and the role of each.
struct ColumnPlan: Sendable {
  private(set) var requests: [ColumnRequest] = []
  private(set) var caseID: Int?
  private(set) var patient: Int?
  private(set) var date: Int?
  private(set) var reference = 0
  private(set) var models: [(score: Int?, decision: Int?, status: Int?)] = []
  private(set) var attributes: [Int] = []

  init(_ definition: CohortDefinition) {
    let identifying = [definition.caseColumn, definition.patientColumn]
    func request(_ name: String, _ reading: ColumnRequest.Reading, in requests: inout [ColumnRequest]) -> Int
    {
      let request = ColumnRequest(name: name, reading: reading, isShown: !identifying.contains(name))
      if let known = requests.firstIndex(of: request) { return known }
      requests.append(request)
      return requests.count - 1
    }
    caseID = definition.caseColumn.map { request($0, .text, in: &requests) }
    patient = definition.patientColumn.map { request($0, .text, in: &requests) }
    date = definition.date.map { request($0.column, .text, in: &requests) }
    reference = request(definition.reference.column, .text, in: &requests)
    for model in definition.models {
      // What one model declares for a score column holds for the column: a cell has one meaning and one message.
      let sharing = definition.models.filter { $0.score == model.score && $0.scale == model.scale }
      let ownMissing = sharing.compactMap(\.missing)
      let rule = NumberRule(
        failed: DeclaredValues(sharing.filter { $0.statusColumn == nil }.flatMap(\.indeterminate)),
        missing: Set(ownMissing.isEmpty ? definition.missing : ownMissing.flatMap(\.self)),
        isProbability: sharing.contains(where: \.isProbability), isPercent: model.scale == .percent,
        declareIn: model.statusColumn == nil ? "models[].indeterminate" : "models[].missing")
      var reading = ColumnRequest.Reading.number(rule)
      if case .ordinal = model.scale { reading = .text }
      let score = model.score.map { request($0, reading, in: &requests) }
      let status = model.statusColumn.map { request($0, .text, in: &requests) }
      let decision = model.decision.map { request($0.column, .text, in: &requests) }
      models.append((score, decision, status))
    }
    attributes = definition.attributes.map { request($0.column, .text, in: &requests) }
  }
}
