public import Statistics
public import Validation

/// What was read, and from which files.
public struct IngestedCohort: Sendable {
  /// One for each finding, in the order of the definition.
  public let cohorts: [Cohort]
  /// Of a definition with one finding.
  public var cohort: Cohort { cohorts[0] }
  /// The files of cases.
  public let inputs: [Provenance.Input]
  /// The files that were joined to them.
  public let joinedInputs: [Provenance.Input]
}

/// Reads a cohort as its definition says: all files in their order, or everything that is wrong with them.
///
/// - Parameters:
///   - files: paths or globs, usually `definition.cases`; what they are relative to is `base`.
///   - joinBase: what the paths of joined files are relative to; default `base`.
///   - workers: how many hands; the result does not depend on their number.
///   - keepingProblems: of each kind of problem in a column, how many places are kept.
///   - progress: bytes read and bytes in all, now and then, on the calling thread.
public func readCohort(
  _ definition: CohortDefinition, from files: [CaseFile], relativeTo base: String,
  joinsRelativeTo joinBase: String? = nil, workers: Workers = .one,
  keepingProblems: Int = InputErrors.fewPlaces,
  progress: (@Sendable (_ bytesDone: Int, _ bytesTotal: Int) -> Void)? = nil
) throws(InputErrors) -> IngestedCohort {
  try readCohort(
    definition, from: files, relativeTo: base, joinsRelativeTo: joinBase,
    sizes: BlockSizes(keptProblems: keepingProblems), workers: workers, progress: progress)
}

package func readCohort(
  _ definition: CohortDefinition, from files: [CaseFile], relativeTo base: String,
  joinsRelativeTo joinBase: String? = nil, sizes: BlockSizes, workers: Workers,
  progress: (@Sendable (Int, Int) -> Void)? = nil
) throws(InputErrors) -> IngestedCohort {
  let columns = ColumnPlan(definition)
  var reading = try CaseReading(
    definition, columns, from: files, relativeTo: base, joinsRelativeTo: joinBase ?? base, sizes: sizes,
    workers: workers)
  reading.read(progress)
  var problems = reading.problems
  // Where columns are missing nothing more can be said; else the cells are looked at even if a file ended early.
  if let table = reading.table, table.rowCount > 0 {
    var builder = CohortBuilder(
      table, isWhole: problems.isEmpty, definition: definition, columns: columns,
      keptProblems: sizes.keptProblems, workers: workers, joins: reading.accounts)
    if let cohorts = builder.build() {
      return IngestedCohort(cohorts: cohorts, inputs: reading.inputs, joinedInputs: reading.joinedInputs)
    }
    problems.merge(builder.problems)
  }
  problems.sort(files: reading.fileNames)
  throw problems
}
