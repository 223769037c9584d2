import Dispatch
import Exchange
import Ingestion
import Statistics
import Synchronization
import TestSupport
import Testing
import Validation

/// The shipped recipes under two hundred seeds each, from the file to the report's words.
@Suite struct PlantedTruthTests {
  private struct Finding: Sendable {
    var anyDifference = 0
    var planted = 0
    var site = 0
  }

  private static let seeds = 200
  /// Decision 0004 was settled with seeds 1 to 200 in sight; these were not looked at before.
  private static let firstSeed: UInt64 = 1001
  private let olderBlackWomen = Subgroup([
    Subgroup.Term("age", .named("65+")), Subgroup.Term("sex", .named("Female")),
    Subgroup.Term("ethnicity", .named("Black or African American")),
  ])
  private let newScanner = Subgroup([Subgroup.Term("site", .named("Lakeside"))])

  /// "Difference shown" appears in no more audits of a fair model than chance allows.
  @Test func aFairModelRaisesNoMoreThanChance() throws {
    let found = try audits(of: "cxr-fair")
    print("fair audits with a difference shown: \(found.anyDifference) of \(Self.seeds)")
    #expect(Double(found.anyDifference) <= 0.065 * Double(Self.seeds), "\(found)")
  }

  @Test func thePlantedGapsAreFound() throws {
    let found = try audits(of: "cxr-triage-gap")
    #expect(Double(found.planted) >= 0.9 * Double(Self.seeds), "\(found)")
    #expect(Double(found.site) >= 0.9 * Double(Self.seeds), "\(found)")
  }

  private func audits(of name: String) throws -> Finding {
    let recipe = try SimulationFile.read(Package.text("Cohorts/\(name)/spec.yaml"), file: "spec.yaml")
    var plan = try PlanFile.read(Package.text("Cohorts/\(name)/plan.yaml"), file: "plan.yaml")
    // The family of tested gaps, which is what raises flags; the other metrics would only take time.
    plan.metrics = ["sensitivity", "specificity", "auc"]
    let (frozenPlan, olderBlackWomen, newScanner) = (plan, olderBlackWomen, newScanner)
    let next = Atomic(0)
    let sum = Mutex(Finding())
    let failure = Mutex<(any Error)?>(nil)
    DispatchQueue.concurrentPerform(iterations: 2) { _ in
      while true {
        let seed = next.wrappingAdd(1, ordering: .relaxed).oldValue
        guard seed < Self.seeds else { break }
        do {
          var recipe = recipe
          recipe.seed = Self.firstSeed + UInt64(seed)
          let folder = try ScratchFolder()
          try folder.write(SimulatedCohortFile.cases(of: SimulatedCohort(recipe)), to: "cases.csv")
          let cohort = try readCohort(
            frozenPlan.cohort, from: frozenPlan.cohort.cases, relativeTo: folder.path
          ).cohort
          let study = try Study(of: cohort, following: frozenPlan)
          let shown = study.rows.filter {
            GapReading(of: $0, margin: nil, confidence: frozenPlan.confidence).showsDifference
          }
          sum.withLock { sum in
            if !shown.isEmpty { sum.anyDifference += 1 }
            if shown.contains(where: { $0.key.subgroup == olderBlackWomen && $0.key.metric == "sensitivity" })
            {
              sum.planted += 1
            }
            if shown.contains(where: { $0.key.subgroup == newScanner && $0.key.metric == "sensitivity" }) {
              sum.site += 1
            }
          }
        } catch {
          failure.withLock { $0 = error }
          break
        }
      }
    }
    if let failure = failure.withLock({ $0 }) { throw failure }
    return sum.withLock { $0 }
  }
}
