import Reporting
import Testing
import Validation

/// What says that the plan asked for it, and what stands beside it unasked.
@Suite struct StandingTests {
  /// Beginnings of captions, each with the key of the plan that names what the table holds.
  private static let asked = [
    ("Criteria and verdicts", "criteria"), ("Every row that a criterion judged", "criteria"),
    ("What each model said of the analysed cases", "models.threshold"),
    ("Decisions against the reference standard", "models.threshold"),
    ("All measures over all cases", "analysis.metrics"),
    ("Predictive values at stated prevalences", "analysis.prevalence"),
    ("Sensitivity", "subgroups"), ("Specificity", "subgroups"), ("AUC", "subgroups"),
    ("Calibration slope", "subgroups"), ("Differences between groups", "analysis.gaps"),
    ("Differences in", "analysis.gaps"), ("Differences with simultaneous intervals", "analysis.gap_family"),
    ("Intervals by resampling", "analysis.bootstrap"),
  ]

  private func captions(_ page: String) -> [(text: String, standing: String?)] {
    page.split(separator: "<caption").dropFirst().map { piece in
      let caption = piece[..<(piece.range(of: "</caption>")?.lowerBound ?? piece.endIndex)]
      let body = caption[caption.index(after: caption.firstIndex(of: ">") ?? caption.startIndex)...]
      let parts = body.split(separator: "<span class=\"standing\">")
      let title = parts[0].split(separator: "</strong>").last ?? ""
      return (
        String(title.drop { $0 == " " }), parts.count > 1 ? String(parts[1].prefix { $0 != "<" }) : nil
      )
    }
  }

  @Test func onlyWhatAKeyOfThePlanNamesIsByThePlan() throws {
    let study = try SimulatedStudy.study {
      $0.gapFamily = .maxT
      $0.bootstrap = BootstrapPlan(replicates: 199, metrics: ["auc"])
      $0.slices = SlicePlan()
    }
    let captions = captions(Report(on: study, provenance: SampleStudy.provenance).html)
    for (text, standing) in captions where standing?.hasPrefix("by the plan") == true {
      #expect(Self.asked.contains { text.hasPrefix($0.0) }, "\(text)")
    }
    for unasked in [
      "Heterogeneity over", "What unknown sex", "Verdicts under the other rules", "Failed outputs (",
      "Parts of the Brier score", "Small groups by",
    ] {
      let found = captions.filter { $0.text.hasPrefix(unasked) }
      #expect(!found.isEmpty && found.allSatisfy { $0.standing == "exploratory" }, "\(unasked)")
    }
  }

  @Test func everyCriterionStandsUnderTheOtherRules() throws {
    let study = try SimulatedStudy.study {
      $0.criteria.append(
        Criterion(
          id: "C4", metric: "calibration_slope", scope: .overall, evidence: .lowerBound(atLeast: 0.8)))
    }
    #expect(Set(study.robustness.verdictsByRule.map(\.criterion)) == ["C1", "C2", "C3"])
    let page = Report(on: study, provenance: SampleStudy.provenance).html
    let start = try #require(page.range(of: "Verdicts under the other rules"))
    let rest = page[start.lowerBound...]
    let table = rest[..<(rest.range(of: "</table>")?.lowerBound ?? rest.endIndex)]
    for id in ["C1", "C2", "C3", "C4"] {
      #expect(String(table).contains("<th scope=\"row\">\(id)"), "\(id)")
    }
    #expect(String(table).contains("of scored cases alone"))
  }
}
