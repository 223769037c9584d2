internal import Ingestion
internal import Statistics
package import Validation

/// Reads files of the scratch directory as a definition says, and ends the process where a promise is broken:
///
/// - the cohort or the complaints are the same however the files are cut and by however many hands they are read;
/// - a cohort is sound, and its flow adds up;
/// - complaints have no empty line, and tell no cell that they must not.
package struct Reading {
  let definition: CohortDefinition
  let files: [CaseFile]
  /// Stands in cells only: what has no cells' contents does not hold it.
  let mark: String?

  package init(_ definition: CohortDefinition, from files: [CaseFile], mark: String? = nil) {
    self.definition = definition
    self.files = files
    self.mark = mark
  }

  /// What came of it, for comparisons: the cohorts, or the complaints.
  ///
  /// - Parameter block: the size of the blocks to try; nil where what is told depends on how a file is cut.
  @discardableResult package func check(block: Int?) -> String {
    let asOne = BlockSizes(block: 64 << 10, blocksInBatch: 2)
    let whole = outcome(asOne, .one)
    switch whole {
    case .success(let ingested): checkCohorts(ingested)
    case .failure(let errors): checkComplaints(errors)
    }
    let expected = text(whole)
    let sizes = block.map { BlockSizes(block: $0, blocksInBatch: 2 + $0 % 3) } ?? asOne
    for workers in [Workers.one, .threads(2)] {
      let found = text(outcome(sizes, workers))
      if found != expected {
        broken("blocks of \(sizes.block), \(workers.count) workers:\n\(found)\ninstead of\n\(expected)")
      }
    }
    switch whole {
    case .success(let ingested): return "\(ingested.cohorts)"
    case .failure(let errors): return errors.description
    }
  }

  private func outcome(_ sizes: BlockSizes, _ workers: Workers) -> Result<IngestedCohort, InputErrors> {
    do throws(InputErrors) {
      return .success(
        try readCohort(definition, from: files, relativeTo: Scratch.path, sizes: sizes, workers: workers))
    } catch {
      return .failure(error)
    }
  }

  private func text(_ outcome: Result<IngestedCohort, InputErrors>) -> String {
    switch outcome {
    case .success(let ingested): "\(ingested.cohorts) \(ingested.inputs) \(ingested.joinedInputs)"
    case .failure(let errors): "\(errors)\n\(errors.groups.map { ($0.count, $0.places, $0.contents) })"
    }
  }

  private func checkCohorts(_ ingested: IngestedCohort) {
    if ingested.cohorts.count != definition.findings.count { broken("a finding has no cohort") }
    if ingested.inputs.count != files.count { broken("a file is not among the inputs") }
    if ingested.joinedInputs.count != definition.joins.count { broken("a joined file is not an input") }
    for cohort in ingested.cohorts {
      if let promise = cohort.brokenPromise { broken("\(promise): \(cohort)") }
    }
  }

  private func checkComplaints(_ errors: InputErrors) {
    if errors.isEmpty { broken("neither a cohort nor a complaint") }
    let (description, redacted) = (errors.description, errors.redacted)
    for text in [description, redacted] {
      let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
      if lines.contains(where: { $0.allSatisfy(\.isWhitespace) }) { broken("an empty line in:\n\(text)") }
    }
    if let mark, redacted.contains(mark) { broken("a cell is told in:\n\(redacted)") }
    let answers = definition.attributes.flatMap(\.answerColumns)
    let described = Set((definition.describedColumns + answers).flatMap { [$0, ownName($0)] })
    for group in errors.groups {
      guard let name = group.first.columnName, !described.contains(name) || isKey(name) else { continue }
      if group.contents != nil || group.places.contains(where: { $0.found != nil }) {
        broken("a cell of \(name) is told in:\n\(description)")
      }
    }
  }

  /// A joined file complains of its columns by their own names.
  private func ownName(_ column: String) -> String {
    let prefix = definition.joins.map(\.prefix).first { !$0.isEmpty && column.hasPrefix($0) }
    return String(column.dropFirst(prefix?.count ?? 0))
  }

  private func isKey(_ column: String) -> Bool {
    column == definition.caseColumn || column == definition.patientColumn
      || definition.joins.contains { $0.keys.contains { $0.here == column || $0.there == column } }
  }
}

extension AttributeDefinition {
  fileprivate var answerColumns: [String] {
    guard case .columns(let answers) = severalAnswers else { return [] }
    return answers.levels.map(\.column)
  }
}
