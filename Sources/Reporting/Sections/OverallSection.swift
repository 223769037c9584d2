internal import Statistics
internal import Validation

extension Section {
  /// Each model over all cases.
  static let overall = Section(anchor: "overall", title: "Overall results") { evidence in
    evidence.models.enumerated().flatMap { index, model in
      let heading = Block.heading(Heading(level: 3, text: model.name, anchor: "overall-\(index + 1)"))
      return (evidence.hasSeveralModels ? [heading] : []) + overall(model, evidence)
    }
  }

  private static func overall(_ model: ModelDefinition, _ evidence: Evidence) -> [Block] {
    let tables = OverallTables(evidence: evidence, model: model)
    let absent = evidence.plan.metrics.compactMap(Metric.named).filter {
      evidence.missing($0, of: model.name) != nil
    }
    var blocks: [Block] = [tables.decisions, tables.measures, tables.prevalences].compactMap { $0 }
    var said: Set<Undefined> = []
    for reason in absent.compactMap({ evidence.missing($0, of: model.name) })
    where said.insert(reason).inserted {
      let names = absent.filter { evidence.missing($0, of: model.name) == reason }.map(\.name.sentenceCase)
      blocks.append(.paragraph("Not computed for this model (\(reason)): \(names.enumeration)."))
    }
    blocks += OverallFigures(evidence: evidence, model: model).blocks
    blocks += ResamplingTable(evidence: evidence, model: model).blocks
    blocks += [tables.brierParts, tables.operatingPoints, tables.failedOutputs].compactMap { $0 }
    blocks += [
      FailedOutputTables(evidence: evidence, model: model).verdicts,
      VerificationTable(evidence: evidence, model: model).overall,
    ].compactMap { $0 }.map { .table($0) }
    return blocks
  }
}
