import CoverageSupport
import Foundation
import Statistics
import Validation

/// A set of populations and sizes, with the seed from which their samples are drawn.
struct CoverageGrid {
  let name: String
  let explanation: String
  let patients: [Int]
  let prevalences: [Double]
  /// AUC with the sensitivity of the operating point.
  let values: [(auc: Double, sensitivity: Double)]
  /// Images per patient with the correlation of their latent scores.
  let clusters: [(images: Int, correlation: Double)]
  /// Plus a cell's number: the seed of its first sample.
  let seed: UInt64

  var scenarios: [Scenario] {
    patients.flatMap { patients in
      prevalences.flatMap { prevalence in
        values.flatMap { value in
          clusters.map { cluster in
            Scenario(
              patients: patients, imagesPerPatient: cluster.images, correlation: cluster.correlation,
              prevalence: prevalence, auc: value.auc, sensitivity: value.sensitivity)
          }
        }
      }
    }
  }
}

/// Measures the coverage of every interval, the size and power of every test, and writes the document: `CoverageStudy
/// OUTPUT.md CHECKPOINT [REPLICATES]`, the replicates being those of an interval's cell, a quarter of a test's.
///
/// Cells, seeds and replicates are fixed here, and none is omitted. An interrupted study goes on from its checkpoint.
@main enum CoverageStudy {
  static let grids = [
    CoverageGrid(
      name: "First grid", explanation: "Intervals and the claim were chosen with these populations in sight.",
      patients: [40, 100, 400, 2000], prevalences: [0.1, 0.5],
      values: [(auc: 0.6, sensitivity: 0.5), (0.8, 0.8), (0.95, 0.9), (0.99, 0.95)],
      clusters: [(images: 1, correlation: 0.0), (4, 0.5), (4, 0.8)], seed: 20_261_121),
    CoverageGrid(
      name: "Confirmation",
      explanation:
        "Populations and sizes that were not in sight when the intervals and the claim were chosen. Measured twice before, each time with another seed: first a gap in slopes covered 91.8 % and gaps in slopes took Student's quantile; then a gap in observed to expected ratios covered 98.4 % and that ratio took the cube-root scale. This is the third measurement.",
      patients: [60, 250, 1000], prevalences: [0.2, 0.35],
      values: [(auc: 0.7, sensitivity: 0.7), (0.9, 0.85), (0.97, 0.9)],
      clusters: [(images: 1, correlation: 0.0), (3, 0.3), (6, 0.6)], seed: 730_846_021),
  ]

  static func main() throws {
    let arguments = CommandLine.arguments
    guard arguments.count >= 3 else { throw Usage() }
    let replicates = arguments.count > 3 ? Int(arguments[3]) ?? 2500 : 2500
    let ofTests = 4 * replicates
    let checkpoint = try Checkpoint(at: arguments[2], replicates: replicates)
    if checkpoint.count > 0 {
      FileHandle.standardError.write(Data("Going on after \(checkpoint.count) finished cells.\n".utf8))
    }
    let chapters = [
      try TestsChapter(replicates: ofTests, checkpoint: checkpoint).text(),
      try FamiliesChapter(replicates: ofTests, checkpoint: checkpoint).text(),
      try GroupsChapter(replicates: ofTests, checkpoint: checkpoint).text(),
    ]
    let measured = try grids.map { grid in
      (grid: grid, results: try grid.measured(replicates: replicates, checkpoint))
    }
    let document = CoverageDocument(measured: measured, replicates: replicates, chapters: chapters)
    try document.text.write(toFile: arguments[1], atomically: true, encoding: .utf8)
    try checkpoint.remove()
  }

  struct Usage: Error, CustomStringConvertible {
    var description: String { "usage: CoverageStudy OUTPUT.md CHECKPOINT [REPLICATES]" }
  }
}
