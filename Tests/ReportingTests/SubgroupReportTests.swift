import Reporting
import Testing
import Validation

@Suite struct SubgroupReportTests {
  private func page(_ change: (inout AnalysisPlan) -> Void = { _ in }) throws -> String {
    words(of: Report(on: try SimulatedStudy.study(change), provenance: SampleStudy.provenance).html)
  }

  @Test func heterogeneityAdjustmentAndSitesAreReported() throws {
    let text = try page()
    for phrase in [
      "Heterogeneity over the groups by ethnicity", "by more than chance",
      "Crude and adjusted differences", "All cases but those of one site",
      "3 with an estimate, at least 5 needed",
      "over pairs of the same site",
    ] { #expect(text.contains(phrase), "\(phrase)") }
  }

  @Test func whatIsAskedForIsReported() throws {
    let text = try page {
      $0.gapFamily = .maxT
      $0.bootstrap = BootstrapPlan(replicates: 199, metrics: ["auc", "ppv"])
      $0.slices = SlicePlan()
    }
    for phrase in [
      "Differences with simultaneous intervals", "max-T over those of one measure", "Intervals by resampling",
      "Whole patients were drawn again 199 times", "Slices found by search", "asked of the other half",
      "drawn towards their mean",
    ] { #expect(text.contains(phrase), "\(phrase)") }
    let screening = try page { $0.gapFamily = .benjaminiHochberg }
    #expect(screening.contains("By the plan this is a screening"))
    #expect(!screening.contains("Intervals by resampling") && !screening.contains("Slices found"))
  }

  @Test func withoutGapsNothingIsCompared() throws {
    let text = try page {
      $0.gaps = .none
      $0.criteria = []
    }
    for phrase in ["Heterogeneity over", "Crude and adjusted", "Generalisability"] {
      #expect(!text.contains(phrase), "\(phrase)")
    }
  }
}
