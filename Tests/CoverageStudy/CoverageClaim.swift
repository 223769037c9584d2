import CoverageSupport

/// What is claimed of an interval: where, and between which shares its coverage lies.
enum CoverageClaim {
  /// Fresh samples for a cell that chance alone could have put on the wrong side of an edge.
  static let replicatesNearEdge = 20_000
  /// In standard errors of the first measurement.
  static let nearEdge = 3.0

  static func isInside(_ quantity: Quantity, _ scenario: Scenario, _ coverage: Coverage) -> Bool {
    guard coverage.intervals > 0 else { return false }
    return holdsFromBelow(quantity) || hasEventsEnough(quantity, scenario)
  }

  /// An area has no cell outside the claim: where few cases are out of order its interval leans on no variance, and covers
  /// rather too much (docs/decisions/0012).
  private static func holdsFromBelow(_ quantity: Quantity) -> Bool { quantity.metric == "auc" }

  private static func hasEventsEnough(_ quantity: Quantity, _ scenario: Scenario) -> Bool {
    let events = quantity.expectedEvents(in: scenario)
    if scenario.imagesPerPatient == 1 { return events >= 5 }
    return events >= 10 && scenario.patientsInSmallerClass * quantity.smallerSide(in: scenario) >= 50
  }

  static func range(of quantity: Quantity, in scenario: Scenario) -> ClosedRange<Double> {
    let most = scenario.imagesPerPatient == 1 ? 0.98 : 0.99
    return 0.92...(hasEventsEnough(quantity, scenario) ? most : 1)
  }

  /// From either side: a cell that just keeps the claim is doubted as much as one that just breaks it.
  static func isNearEdge(_ quantity: Quantity, _ scenario: Scenario, _ coverage: Coverage) -> Bool {
    guard let rate = coverage.rate else { return false }
    let range = range(of: quantity, in: scenario)
    return [range.lowerBound, range.upperBound].contains { edge in
      guard edge < 1 else { return false }
      let error = (edge * (1 - edge) / Double(coverage.intervals)).squareRoot()
      return abs(rate - edge) <= nearEdge * error
    }
  }
}

/// A cell of the study: its first measurement, and a longer one that decides where the first came near an edge.
struct MeasuredCell {
  let first: Coverage
  var again: Coverage?

  var coverage: Coverage { again ?? first }
}

extension CoverageGrid {
  /// Every cell, those near an edge of the claim measured again on samples of their own.
  func measured(replicates: Int, _ checkpoint: Checkpoint) throws -> CoverageDocument.Results {
    var results: CoverageDocument.Results = [:]
    let scenarios = scenarios
    for (index, scenario) in scenarios.enumerated() {
      let first = try checkpoint.coverage("\(name) \(index)") {
        try scenario.coverage(replicates: replicates, seed: seed &+ UInt64(index))
      }
      var cells = first.mapValues { MeasuredCell(first: $0) }
      let doubted = Quantity.all.filter { quantity in
        first[quantity].map {
          CoverageClaim.isInside(quantity, scenario, $0) && CoverageClaim.isNearEdge(quantity, scenario, $0)
        } ?? false
      }
      if !doubted.isEmpty {
        let again = try checkpoint.coverage("\(name) \(index) again") {
          try scenario.coverage(
            replicates: CoverageClaim.replicatesNearEdge, seed: seed &+ 1_000_000 &+ UInt64(index))
        }
        for quantity in doubted { cells[quantity]?.again = again[quantity] }
      }
      results[scenario] = cells
      showProgress(name, index + 1, scenarios.count)
    }
    return results
  }
}

extension Checkpoint {
  /// One entry for each quantity, in their order; nil where it was not met with.
  fileprivate func coverage(
    _ name: String, _ measure: () throws -> [Quantity: Coverage]
  ) throws -> [Quantity: Coverage] {
    let values: [Coverage?] = try cell(name) {
      let measured = try measure()
      return Quantity.all.map { measured[$0] }
    }
    return Dictionary(
      uniqueKeysWithValues: zip(Quantity.all, values).compactMap { quantity, coverage in
        coverage.map { (quantity, $0) }
      })
  }
}
