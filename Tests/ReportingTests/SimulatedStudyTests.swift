import Reporting
import Testing
import Validation

@Suite struct SimulatedStudyTests {
  @Test func reportsWhatTheEngineFound() throws {
    let study = try SimulatedStudy.study()
    let page = Report(on: study, provenance: SampleStudy.provenance).html
    #expect(tagProblems(in: page) == [])
    let tokens = page.lowercased().split { !$0.isLetter && !$0.isNumber }
    #expect(!tokens.contains("nan") && !tokens.contains("inf"))
    let shown = study.rows.filter {
      $0.key.subgroupMinus != nil
        && GapReading(of: $0, margin: nil, confidence: study.plan.confidence).showsDifference
    }
    #expect(shown.contains { $0.key.subgroup.description == "ethnicity=Black" }, "the planted gap")
    #expect(words(of: page).contains("difference shown"))
    #expect(page == Report(on: try SimulatedStudy.study(), provenance: SampleStudy.provenance).html)
  }
}
