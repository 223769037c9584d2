import Exchange
import Foundation
import Ingestion
import Statistics
import TestSupport
import Testing
import Validation

/// Files as hospitals and vendors write them. Each folder of Files/ holds a plan and its files, and either
///
/// - `cohort.csv`: what must be read from them, cell by cell (written by hand, never from a run); or
/// - `refused.txt`: the first line of the message, with `remedied.yaml`, the plan after doing what the message says, and
///   the `cohort.csv` that this one must give.
///
/// The comment at the head of a plan is its title and text in docs/cookbook.md.
@Suite struct MessyFileTests {
  static let folder = Package.root + "/Tests/MessyTests/Files"

  static let names: [String] = {
    let found = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return found.sorted()
  }()

  @Test(arguments: names) func isReadOrRefusedWithARemedy(_ name: String) throws {
    if let program = missingProgram(for: name) { return print("\(name): not tested without \(program)") }
    #expect(text("plan.yaml", of: name)?.hasPrefix("# ") == true, "\(name) has no title")
    let refused = text("refused.txt", of: name)
    let expected = try #require(text("cohort.csv", of: name), "\(name) has no cohort.csv")
    guard let refused else {
      return #expect(try cohort(of: name, "plan.yaml") == expected)
    }
    let message = #expect(throws: (any Error).self) { try cohort(of: name, "plan.yaml") }
    let line = message.map { "\($0)".split(separator: "\n").first.map(String.init) ?? "" }
    #expect(line == refused.trimmingCharacters(in: .newlines))
    #expect(try cohort(of: name, "remedied.yaml") == expected)
  }

  /// A workbook is read by another program, which need not be there.
  private func missingProgram(for name: String) -> String? {
    let files = (try? FileManager.default.contentsOfDirectory(atPath: "\(Self.folder)/\(name)")) ?? []
    return files.contains { $0.hasSuffix(".xlsx") } && !Program.exists("xlsx2csv") ? "xlsx2csv" : nil
  }

  private func text(_ file: String, of name: String) -> String? {
    try? String(contentsOfFile: "\(Self.folder)/\(name)/\(file)", encoding: .utf8)
  }

  private func cohort(of name: String, _ file: String) throws -> String {
    let plan = try #require(text(file, of: name), "\(name) has no \(file)")
    let definition = try PlanFile.read(plan, file: file).cohort
    let cohort = try readCohort(
      definition, from: definition.cases, relativeTo: "\(Self.folder)/\(name)", workers: .threads(2)
    ).cohort
    return CohortText(cohort).text
  }
}

/// A cohort as a table for a person to check: one line a case, then the flow.
struct CohortText {
  let text: String

  init(_ cohort: Cohort) {
    var names = ["positive"]
    if cohort.patients != nil { names.append("patient") }
    if cohort.weights != nil { names.append("weight") }
    if cohort.months != nil { names.append("month") }
    for model in cohort.models {
      if model.scores != nil { names.append("\(model.name) score") }
      if !model.flagged.isEmpty { names.append("\(model.name) flagged") }
    }
    names += cohort.attributes.map(\.name)
    var lines = [names.joined(separator: ",")]
    for index in 0..<cohort.count {
      var cells = ["\(cohort.isPositive[index])"]
      if let patients = cohort.patients { cells.append("\(patients[index])") }
      if let weights = cohort.weights { cells.append("\(weights[index])") }
      if let months = cohort.months { cells.append(CohortText.month(months[index])) }
      for model in cohort.models {
        let hasFailed = !model.failed.isEmpty && model.failed[index] == 1
        if let scores = model.scores { cells.append(hasFailed ? "failed" : "\(scores[index])") }
        if !model.flagged.isEmpty {
          cells.append(hasFailed ? "failed" : String(model.flagged[index], radix: 2))
        }
      }
      cells += cohort.attributes.map {
        CohortText.level(of: $0, index)
      }
      lines.append(cells.joined(separator: ","))
    }
    let flow = cohort.flow
    lines.append(
      "read \(flow.read), no reference \(flow.noReference), equivocal \(flow.equivocal), analysed \(flow.analysed)"
    )
    if flow.equivocalAnalysed > 0 { lines.append("analysed though equivocal \(flow.equivocalAnalysed)") }
    if flow.withoutPatient > 0 { lines.append("without a patient \(flow.withoutPatient)") }
    lines += flow.exclusions.map { "\($0.id): left out \($0.rows)" }
    if flow.isCombined { lines.append("combined into \(flow.cases)") }
    lines += flow.joins.map {
      "\($0.file): matched \($0.matched), only here \($0.onlyHere), only there \($0.onlyThere)"
        + ($0.repeated > 0 ? ", repeated \($0.repeated)" : "")
        + ($0.replaced > 0 ? ", replaced \($0.replaced)" : "")
        + ($0.respelt > 0 ? ", spelt otherwise \($0.respelt)" : "")
    }
    text = lines.joined(separator: "\n") + "\n"
  }

  /// Several levels of one case are joined by a plus sign.
  private static func level(of attribute: Attribute, _ index: Int) -> String {
    let code = attribute.codes[index]
    guard code != Attribute.unknown else { return "(unknown)" }
    let levels = attribute.combinations.map { $0[Int(code)] } ?? [Int(code)]
    return levels.map { attribute.levels[$0] }.joined(separator: "+")
  }

  private static func month(_ month: Int32) -> String {
    guard month != .min else { return "(unknown)" }
    let number = month % 12 + 1
    return "\(month / 12)-\(number < 10 ? "0" : "")\(number)"
  }
}
