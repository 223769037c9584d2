internal import Validation

extension CohortCheck {
  /// What a model's outputs are by themselves: how many cases its operating points flag, whatever the truth.
  public struct ModelCheck: Sendable {
    public let finding: String?
    public let name: String
    public let cases: Int
    public let failed: Int
    /// One for each operating point; a single one, without a threshold, of delivered decisions; none where nothing says
    /// how to flag.
    public let flagged: [(threshold: String?, cases: Int)]
    /// Cases of several rows whose scores are not all the same; nil where every row is a case.
    public let differing: Int?
  }

  /// Of a unit of several rows.
  public struct UnitCheck: Sendable {
    public let several: Int
    /// Units whose rows have different dates; the first one counts.
    public let differingDates: Int
    public let most: Int
  }
}

extension CohortBuilder {
  /// None where a rule reads the reference standard: what it leaves would cross it with the outputs.
  mutating func modelChecks(_ cases: CaseRows) -> [CohortCheck.ModelCheck] {
    guard !rulesReadReference else { return [] }
    let all = Selection(
      [Bool](repeating: true, count: cases.count), starts: cases.starts, workers: workers)
    var checks: [CohortCheck.ModelCheck] = []
    for (place, finding) in definition.findings.enumerated() {
      for (index, model) in finding.models.enumerated() {
        let outputs = readModel(index, ofFinding: place, all, nil, of: cases).outputs
        let thresholds = model.decision != nil ? [nil] : model.operatingPoints.map { Optional($0.words) }
        checks.append(
          CohortCheck.ModelCheck(
            finding: finding.id, name: model.name, cases: cases.count,
            failed: outputs.failed.count { $0 == 1 },
            flagged: outputs.flagged.isEmpty
              ? []
              : thresholds.enumerated().map { bit, threshold in
                (threshold, outputs.flagged.count { $0 >> UInt16(bit) & 1 == 1 })
              },
            differing: differing(columns.findings[place].models[index].score, cases)))
      }
    }
    return checks
  }

  private func differing(_ request: Int?, _ cases: CaseRows) -> Int? {
    guard let request, !columns.unit.isEmpty, case .number = table.requests[request].reading else {
      return nil
    }
    let values = table.numberChunks(request).flatMap(\.values)
    // Not a number has no equal: of those, none differs.
    let ranges: [(least: Double, most: Double)] = cases(values.map { ($0, $0) }) { one, other in
      (
        one.least.isNaN ? other.least : min(one.least, other.least.isNaN ? one.least : other.least),
        one.most.isNaN ? other.most : max(one.most, other.most.isNaN ? one.most : other.most)
      )
    }
    return ranges.count { $0.least < $0.most }
  }

  private func differingDates(_ cases: CaseRows) -> Int {
    let ranges = cases(caseDates().map { (least: $0, most: $0) }) { one, other in
      guard one.least != .min, other.least != .min else { return one.least == .min ? other : one }
      return (min(one.least, other.least), max(one.most, other.most))
    }
    return ranges.count { $0.least < $0.most }
  }

  func unitCheck(_ cases: CaseRows) -> CohortCheck.UnitCheck? {
    guard !columns.unit.isEmpty else { return nil }
    let sizes = cases([Int](repeating: 1, count: table.rowCount), +)
    return CohortCheck.UnitCheck(
      several: sizes.count { $0 > 1 }, differingDates: differingDates(cases), most: sizes.max() ?? 0)
  }
}

extension OperatingPoint {
  /// As the plan writes it.
  fileprivate var words: String {
    written ?? (Int(exactly: threshold).map(String.init) ?? threshold.description)
  }
}
