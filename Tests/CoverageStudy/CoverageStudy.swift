import CoverageSupport
import Foundation
import Statistics
import Validation

/// Measures the coverage of every interval and writes the document: `CoverageStudy OUTPUT.md [REPLICATES]`.
///
/// Cells, seeds and replicates are fixed here, and none is omitted.
@main enum CoverageStudy {
  static let patients = [40, 100, 400, 2000]
  static let prevalences = [0.1, 0.5]
  /// AUC with the sensitivity of the operating point.
  static let values: [(auc: Double, sensitivity: Double)] = [
    (auc: 0.6, sensitivity: 0.5), (0.8, 0.8), (0.95, 0.9), (0.99, 0.95),
  ]
  /// Images per patient with the correlation of their latent scores.
  static let clusters: [(images: Int, correlation: Double)] = [
    (images: 1, correlation: 0.0), (4, 0.5), (4, 0.8),
  ]
  static let seed: UInt64 = 20_261_121

  static func main() throws {
    let arguments = CommandLine.arguments
    guard arguments.count >= 2 else { throw Usage() }
    let replicates = arguments.count > 2 ? Int(arguments[2]) ?? 2500 : 2500
    var results: [Scenario: [Quantity: Coverage]] = [:]
    let scenarios = scenarios()
    for (index, scenario) in scenarios.enumerated() {
      results[scenario] = try scenario.coverage(replicates: replicates, seed: seed &+ UInt64(index))
      FileHandle.standardError.write(Data("\r\(index + 1) of \(scenarios.count) cells".utf8))
    }
    FileHandle.standardError.write(Data("\n".utf8))
    let document = CoverageDocument(scenarios: scenarios, results: results, replicates: replicates)
    try document.text.write(toFile: arguments[1], atomically: true, encoding: .utf8)
  }

  static func scenarios() -> [Scenario] {
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

  struct Usage: Error, CustomStringConvertible {
    var description: String { "usage: CoverageStudy OUTPUT.md [REPLICATES]" }
  }
}
