public import Statistics
public import Validation

/// A cohort, and the files that it was read from.
public struct IngestedCohort: Sendable {
  public let cohort: Cohort
  public let inputs: [Provenance.Input]
}

/// Reads a cohort as its definition says: all files in their order, or everything that is wrong with them.
///
/// - Parameters:
///   - files: paths or globs, usually `definition.cases`; what they are relative to is `base`.
///   - workers: how many hands; the result does not depend on their number.
///   - keepingProblems: of each kind of problem in a column, how many places are kept.
///   - progress: bytes read and bytes in all, now and then, on the calling thread.
public func readCohort(
  _ definition: CohortDefinition, from files: [CaseFile], relativeTo base: String, workers: Workers = .one,
  keepingProblems: Int = InputErrors.fewPlaces,
  progress: (@Sendable (_ bytesDone: Int, _ bytesTotal: Int) -> Void)? = nil
) throws(InputErrors) -> IngestedCohort {
  try readCohort(
    definition, from: files, relativeTo: base, sizes: BlockSizes(keptProblems: keepingProblems),
    workers: workers,
    progress: progress)
}

package func readCohort(
  _ definition: CohortDefinition, from cases: [CaseFile], relativeTo base: String, sizes: BlockSizes,
  workers: Workers, progress: (@Sendable (Int, Int) -> Void)? = nil
) throws(InputErrors) -> IngestedCohort {
  let files = try TableReader.open(InputPaths.resolve(cases, relativeTo: base))
  let total = files.reduce(0) { $0 + $1.size }
  let columns = ColumnPlan(definition)
  var reader = TableReader(columns.requests, sizes: sizes, workers: workers)
  var (done, isComplete) = (0, true)
  for file in files {
    let hasColumns = reader.read(file) { progress?(done + $0, total) }
    isComplete = isComplete && hasColumns
    done += file.size
  }
  var problems = reader.problems
  // Where columns are missing nothing more can be said; else the cells are looked at even if a file ended early.
  if isComplete && reader.table.rowCount > 0 {
    var builder = CohortBuilder(
      reader.table, isWhole: problems.isEmpty, definition: definition, columns: columns,
      keptProblems: sizes.keptProblems, workers: workers)
    if let cohort = builder.build() { return IngestedCohort(cohort: cohort, inputs: reader.inputs) }
    problems.merge(builder.problems)
  }
  problems.sort(files: files.map(\.shownAs))
  throw problems
}
