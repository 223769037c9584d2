import Reporting
import Testing
import Validation

/// What was seen to be wrong on the page.
@Suite struct LookTests {
  private func page(_ change: (inout AnalysisPlan) -> Void = { _ in }) throws -> String {
    Report(on: try SimulatedStudy.study(change), provenance: SampleStudy.provenance).html
  }

  /// The first figure whose title begins so, up to its end.
  private func figure(_ title: String, in page: String) throws -> String {
    let start = try #require(page.range(of: "-title\">\(title)"))
    let rest = page[start.lowerBound...]
    return String(rest[..<(rest.range(of: "</svg>")?.lowerBound ?? rest.endIndex)])
  }

  @Test func aFigureWithoutCasesHasNoColumnsForThem() throws {
    let page = try page {
      $0.populations = [
        Population(
          kind: .intended, name: "Region",
          attributes: [
            .init(
              attribute: "sex",
              levels: [.init(level: "Female", share: 0.4), .init(level: "Male", share: 0.6)])
          ])
      ]
    }
    #expect(try !figure("Representation of Region", in: page).contains("n⁺"))
    #expect(try figure("Sensitivity by sex", in: page).contains("n⁺"))
  }

  @Test func slicesAreNamedLikeOtherGroups() throws {
    let text = words(of: try page { $0.slices = SlicePlan() })
    let start = try #require(text.range(of: "Slice, against all other cases"))
    #expect(!text[start.lowerBound...].prefix(2000).contains("="))
  }

  /// The caption says grey; the band of a curve is blue.
  @Test func bandsOfMarginsAreGrey() throws {
    let page = try page()
    #expect(page.contains("Grey bands are the margins"))
    #expect(try figure("Differences in specificity", in: page).contains("class=\"margin\""))
    #expect(page.contains("svg .margin { fill: var(--soft)"))
  }
}
