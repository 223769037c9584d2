import Reporting
import Statistics
import Testing
import Validation

/// The sample study, for several findings.
@Suite struct FindingsReportTests {
  static func study(findings: Int) throws -> Study {
    let one = try SimulatedStudy.study(patients: 600)
    let ids = (1...findings).map { "Finding \($0)" }
    var plan = one.plan
    plan.cohort.findings = ids.map {
      FindingDefinition(id: $0, reference: one.plan.cohort.reference, models: one.plan.cohort.models)
    }
    return try Study(
      of: ids.map { _ in try SimulatedStudy.cohort(patients: 600) }, following: plan)
  }

  private func page(findings: Int) throws -> String {
    Report(on: try Self.study(findings: findings), provenance: SampleStudy.provenance).html
  }

  @Test func putsFindingsSideBySideThenInChapters() throws {
    let page = try page(findings: 3)
    #expect(tagProblems(in: page) == [])
    let text = words(of: page)
    #expect(text.contains("Findings side by side"))
    #expect(text.contains("nothing here is an average over findings"))
    for number in 1...3 { #expect(page.contains("<h2 id=\"finding-\(number)\">")) }
    #expect(page.count(of: "id=\"finding-2-overall\"") == 1)
    #expect(text.contains("met in 3 of 3 findings") || text.contains("met in 0 of 3 findings"))
  }

  @Test func manyFindingsKeepTheContentsShort() throws {
    let page = try page(findings: 12)
    let contents = page.range(of: "<nav").map { page[$0.lowerBound...] } ?? ""
    let list = contents.range(of: "</nav>").map { contents[..<$0.lowerBound] } ?? ""
    #expect(String(list).count(of: "<li>") == 17)
  }
}
