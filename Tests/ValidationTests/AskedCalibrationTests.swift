import Statistics
import TestSupport
import Testing
import Validation

/// Measures of calibration that a plan has to ask for.
@Suite struct AskedCalibrationTests {
  private let draw = Draw(positives: 60, negatives: 90, seed: 31)
  private let tests = ["spiegelhalter_z", "hosmer_lemeshow"]

  private func study(
    patients: [UInt32]? = nil, weights: [Double]? = nil, _ metrics: [String]
  ) throws -> Study {
    try Study(
      of: cohort(
        scores: draw.scores, isPositive: draw.isPositive, patients: patients, weights: weights),
      following: plan(patients: patients != nil) { $0.metrics = metrics })
  }

  @Test func testsBringTheirP() throws {
    let study = try study(tests)
    for id in tests {
      let row = try #require(study.row(id))
      let estimate = try #require(row.estimate)
      // Of Hosmer's test not where few are expected.
      let hasP = estimate.caveat?.contains("too few expected") != true
      #expect(estimate.interval == nil && row.test?.family == (hasP ? "perfect calibration" : nil), "\(id)")
      #expect(hasP || id == "hosmer_lemeshow")
    }
  }

  @Test func aPatientWithOneCaseIsIndependent() throws {
    let own = try study(patients: draw.scores.indices.map(UInt32.init), tests)
    let none = try study(tests)
    for id in tests { #expect(own.row(id)?.estimate?.value == none.row(id)?.estimate?.value, "\(id)") }
  }

  @Test func dependentOrWeightedCasesHaveNoTest() throws {
    for study in [
      try study(patients: draw.scores.indices.map { UInt32($0 / 2) }, tests),
      try study(weights: draw.scores.indices.map { Double(1 + $0 % 3) }, tests),
    ] {
      for id in tests {
        let row = try #require(study.row(id))
        guard case .undefined(.notComputed) = row.result else {
          Issue.record("\(id) is \(row.result)")
          continue
        }
        #expect(row.test == nil)
      }
    }
  }

  @Test func thePartsAddUpToTheRow() throws {
    let study = try study(["brier"])
    let parts = try #require(study.brierParts.first?.parts)
    #expect(agrees(parts.brier, try #require(study.row("brier")?.estimate?.value), within: 1e-12))
    #expect(try self.study(["auc"]).brierParts.isEmpty)
  }

  @Test func aCurveIsDrawnOnlyWhereAskedFor() throws {
    let asked = try study(["ici", "emax"])
    let curve = try #require(asked.curves.first { $0.kind == .smoothCalibration })
    #expect(curve.points.count > 50 && curve.points.count <= 102)
    #expect(zip(curve.points, curve.points.dropFirst()).allSatisfy { $0.x < $1.x })
    for point in curve.points {
      let (lower, upper) = (try #require(point.lower), try #require(point.upper))
      #expect(lower <= point.y && point.y <= upper && lower >= 0 && upper <= 1)
    }
    let (ici, emax) = (asked.row("ici")?.estimate, asked.row("emax")?.estimate)
    #expect(try #require(ici).value <= (try #require(emax)).value && ici?.interval == nil)
    #expect(!(try study(["brier"]).curves.contains { $0.kind == .smoothCalibration }))
    let few = try study(patients: draw.scores.indices.map { UInt32($0 % 4) }, ["ici"])
    let bandless = try #require(few.curves.first { $0.kind == .smoothCalibration })
    #expect(bandless.points.allSatisfy { $0.lower == nil })
  }
}
