import Foundation
import TestSupport
import Testing

/// Missing and imperfect truth, from the files to the report.
@Suite struct TruthTests {
  /// Two hundred cases of a hundred patients; the flagged ones are verified more often; two readers, and one more of some.
  private static let cases: String = {
    var text = "id,patient,sex,label,score,r1,r2,r3,n1,n2\n"
    for index in 0..<200 {
      let isPositive = index % 3 == 0
      let isFlagged = isPositive != (index % 7 == 0)
      let isVerified = isFlagged || index % 2 == 0
      let label = isVerified ? (isPositive ? "1" : "0") : ""
      let reads = [index % 3 == 0 ? "b" : "a", index % 3 == 0 || index % 11 == 0 ? "b" : "a"]
      let third = index % 5 == 0 ? "" : index % 4 == 0 ? "c" : reads[0]
      text += "c\(index),p\(index / 2),\(index % 9 == 0 ? "" : index % 2 == 0 ? "F" : "M"),\(label),"
      text +=
        "\(isFlagged ? 0.9 : 0.1),\(reads[0]),\(reads[1]),\(third),\(index % 13),\(index % 13 + index % 2)\n"
    }
    return text
  }()

  private static func plan(reference: String = "", analysis: String = "", after: String = "") -> String {
    """
    study: {id: truth}
    cohort:
      cases: cases.csv
      case: id
      patient: patient
      reference: {column: label, positive: ["1"], negative: ["0"]\(reference)}
      models: [{name: M, score: score, threshold: 0.5}]
      attributes:
        sex: {column: sex, levels: {Female: F, Male: M}}
    analysis: {smallest_subgroup: {positives: 2, negatives: 2}\(analysis)}
    criteria:
      - {id: C1, metric: sensitivity, evidence: lower_bound, at_least: 0.3}
    \(after)
    """
  }

  private func study(_ plan: String) throws -> (outcome: Equipoise.Outcome, study: JSON, report: String) {
    let trial = try Trial(plan: plan, cases: Self.cases)
    let outcome = try trial.validate("--out", "out")
    let folder = URL(fileURLWithPath: trial.folder.path).appending(path: "out")
    return (
      outcome, try JSON(contentsOf: folder.appending(path: "study.json")),
      try String(contentsOf: folder.appending(path: "report.html"), encoding: .utf8)
    )
  }

  @Test func verificationDecidesWhatIsJudged() throws {
    let plain = try study(Self.plan())
    #expect(plain.outcome.status == 2)
    #expect(plain.study["judgements"][0]["verdict"].string == "not_assessable")
    let corrected = try study(Self.plan(analysis: ", verification: begg_greenes"))
    #expect(corrected.outcome.status == 0)
    let rows = corrected.study["rows"].array.filter { $0["at"]["verification"].string == "begg_greenes" }
    #expect(Set(rows.compactMap { $0["metric"].string }).contains("sensitivity"))
    #expect(rows.contains { $0["subgroup"]["sex"].string == "Female" })
    #expect(corrected.report.contains("Corrected for cases without a reference standard"))
  }

  @Test func readersAgree() throws {
    let (_, study, report) = try study(Self.plan(reference: ", readers: {columns: [r1, r2]}"))
    let everyone = study["robustness"]["agreement"][0]
    // Those without a reference standard were read too.
    #expect(everyone["cases"].int == 200 && everyone["partly_read"].int == 0)
    let measures = everyone["measures"].array
    #expect(measures.compactMap { $0["id"].string } == ["percent_agreement", "kappa", "ac1"])
    let differ = Double((0..<200).count { $0 % 11 == 0 && $0 % 3 != 0 })
    #expect(agrees(measures[0]["value"].number, 1 - differ / 200, within: 1e-12))
    #expect(measures[1]["method"].string == "jackknife, by patient")
    #expect(study["robustness"]["agreement"].array.count == 4)
    #expect(report.contains("Agreement of readers by sex"))
    let three = try self.study(
      Self.plan(reference: ", readers: {columns: [r1, r2, r3], scale: [a, b, c]}")
    ).study
    let ids = three["robustness"]["agreement"][0]["measures"].array.compactMap { $0["id"].string }
    #expect(ids == ["percent_agreement", "kappa", "kappa_linear", "kappa_quadratic", "fleiss_kappa", "ac1"])
    #expect(three["robustness"]["agreement"][0]["partly_read"].int == 40)
    let numbers = try self.study(
      Self.plan(reference: ", readers: {columns: [n1, n2], scale: number}")
    ).study
    let bias = numbers["robustness"]["agreement"][0]["measures"].array.first { $0["id"].string == "bias" }
    #expect(agrees(try #require(bias)["value"].number, -0.5, within: 1e-12))
  }

  @Test func aReadThatIsNotOnTheScaleIsRefused() throws {
    let plan = Self.plan(reference: ", readers: {columns: [r1, r2], scale: [a, c]}")
    let outcome = try Trial(plan: plan, cases: Self.cases).validate()
    #expect(outcome.status == 65)
    #expect(outcome.words.contains("cohort.reference.readers.scale"))
  }

  @Test func aComparatorChangesTheWords() throws {
    let (outcome, study, report) = try study(
      Self.plan(reference: ", kind: comparator", analysis: ", verification: begg_greenes"))
    #expect(study["judgements"][0]["sentence"].string?.hasPrefix("Positive percent agreement") == true)
    let body = report.components(separatedBy: "<body>").last ?? ""
    let words = body.replacingOccurrences(
      of: "<pre[^>]*>.*?</pre>|<code[^>]*>.*?</code>|<[^>]*>", with: " ", options: .regularExpression
    ).lowercased()
    for word in ["sensitivity", "specificity", "reference standard"] {
      #expect(!words.contains(word), "says \(word)")
    }
    #expect(!outcome.words.lowercased().contains("sensitivity"))
  }

  @Test func populationsAndUnknownsStandBeside() throws {
    let (_, study, report) = try study(
      Self.plan(after: "populations: {intended: {name: Region, shares: {sex: {Female: 0.4, Male: 0.6}}}}"))
    let population = study["robustness"]["populations"][0]
    #expect(population["levels"].array.count == 2 && population["unknown"].int ?? 0 > 0)
    // All of unknown sex are positive.
    #expect(study["robustness"]["unknown_bounds"].array.compactMap { $0["metric"].string } == ["sensitivity"])
    for text in ["The cohort beside Region (intended use)", "What unknown sex could hide"] {
      #expect(report.contains(text), "\(text) missing")
    }
  }
}
