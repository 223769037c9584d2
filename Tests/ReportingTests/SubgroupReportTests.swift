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
