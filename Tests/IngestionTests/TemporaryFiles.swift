import Foundation
import Ingestion
import Statistics
import Testing
import Validation

/// A directory that is gone when the test is.
final class TemporaryDirectory: Sendable {
  let path: String

  init() throws {
    path = FileManager.default.temporaryDirectory.appending(path: "ingestion-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  func write(_ name: String, _ bytes: some Sequence<UInt8>) throws {
    try Data(bytes).write(to: URL(filePath: path + "/" + name))
  }

  func write(_ name: String, _ text: String) throws { try write(name, text.utf8) }

  /// What `gzip` makes of these bytes.
  func gzip(_ bytes: some Sequence<UInt8>) throws -> [UInt8] {
    try write("plain", bytes)
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["gzip", "-kf", path + "/plain"]
    try process.run()
    process.waitUntilExit()
    return [UInt8](try Data(contentsOf: URL(filePath: path + "/plain.gz")))
  }
}

extension CohortDefinition {
  /// Label and score, one operating point at 0.5.
  static func simple(attributes: [AttributeDefinition] = []) -> CohortDefinition {
    CohortDefinition(
      cases: ["cases.csv"], reference: .init(column: "label", positive: ["1"], negative: ["0"]),
      models: [.init(name: "A", score: "score", operatingPoints: [.init(name: "high", threshold: 0.5)])],
      attributes: attributes)
  }

  func with(_ change: (inout CohortDefinition) -> Void) -> CohortDefinition {
    var copy = self
    change(&copy)
    return copy
  }
}

/// Reads one file with these contents.
func read(
  _ bytes: some Sequence<UInt8>, _ definition: CohortDefinition = .simple(), named name: String = "cases.csv",
  sizes: BlockSizes = BlockSizes(), workers: Workers = .one
) throws -> IngestedCohort {
  let directory = try TemporaryDirectory()
  try directory.write(name, bytes)
  return try readCohort(
    definition, from: [CaseFile(name, format: definition.cases.first?.format ?? TableFormat())],
    relativeTo: directory.path,
    sizes: sizes, workers: workers)
}

func read(_ text: String, _ definition: CohortDefinition = .simple(), named name: String = "cases.csv") throws
  -> Cohort
{
  try read(text.utf8, definition, named: name).cohort
}

/// What is said of a file with these contents.
func complaint(
  _ bytes: some Sequence<UInt8>, _ definition: CohortDefinition = .simple(), named name: String = "cases.csv",
  sizes: BlockSizes = BlockSizes(), workers: Workers = .one
) -> InputErrors? {
  do {
    _ = try read(bytes, definition, named: name, sizes: sizes, workers: workers)
    return nil
  } catch {
    return error as? InputErrors
  }
}

func complaint(_ text: String, _ definition: CohortDefinition = .simple(), named name: String = "cases.csv")
  -> String
{
  complaint(text.utf8, definition, named: name)?.description ?? "(accepted)"
}

/// Everything that a cohort holds, to compare two of them.
func facts(_ ingested: IngestedCohort) -> [String] {
  let cohort = ingested.cohort
  return [
    "\(cohort.isPositive)", "\(cohort.patients ?? [])", "\(cohort.patientCount)", "\(cohort.months ?? [])",
    "\(cohort.flow)", "\(ingested.inputs)",
  ]
    + cohort.models.map {
      "\($0.name) \($0.scores ?? []) \($0.failed) \($0.flagged) \($0.disagreements ?? -1)"
    }
    + cohort.attributes.map { "\($0.name) \($0.levels) \($0.codes) \(String(describing: $0.numeric))" }
}
