internal import Validation

extension CohortCheck {
  /// What the cases are by the reference standard of one finding, as the plan combines and counts its rows.
  public struct TruthCheck: Sendable {
    public let column: String
    public let positive: Int
    public let negative: Int
    public let equivocal: Int
    public let missing: Int

    public var analysed: Int { positive + negative }
  }
}

extension CohortBuilder {
  /// By finding; nil where what is left out depends on an output: to count what stays would cross it with the truth.
  mutating func truthChecks(_ cases: CaseRows) -> [CohortCheck.TruthCheck]? {
    guard !leavesOutByOutputs else { return nil }
    return definition.findings.indices.map { index in
      let truth = readTruth(ofFinding: index, of: cases)
      func count(_ meaning: BinaryValues.Meaning) -> Int { truth.count { $0 == meaning } }
      return CohortCheck.TruthCheck(
        column: definition.findings[index].reference.column, positive: count(.positive),
        negative: count(.negative), equivocal: count(.aside), missing: count(.missing))
    }
  }

  private var leavesOutByOutputs: Bool {
    let outputs = Set(definition.resultColumns).subtracting(definition.referenceColumns)
    let rules = definition.exclusions.flatMap(\.conditions).flatMap(definition.columns)
    return rules.contains(where: outputs.contains)
      || definition.joins.enumerated().contains { index, join in
        join.unmatched == .exclude
          && table.origins.contains { $0.value.file == index && outputs.contains($0.key.name) }
      }
  }
}
