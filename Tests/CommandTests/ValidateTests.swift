import Foundation
import TestSupport
import Testing

struct ValidateTests {
  static let files = ["SHA256SUMS", "manifest.json", "plan.yaml", "report.html", "rows.csv", "study.json"]

  @Test func bundleHoldsEverything() throws {
    let trial = try Trial()
    let outcome = try trial.validate()
    #expect(outcome.status == 0, "\(outcome.words)")
    #expect(outcome.output.isEmpty, "results are in files")
    #expect(outcome.lines.contains { $0.hasPrefix("Met:") })
    #expect(outcome.lines.last == "Report: Reports/trial/report.html")
    let files = trial.folder.contents(of: "Reports/trial")
    #expect(files.keys.sorted() == ValidateTests.files)
    #expect(files["plan.yaml"] == Data(Trial.plan.utf8))
    let study = try JSON(contentsOf: URL(filePath: trial.folder.path + "/Reports/trial/study.json"))
    #expect(study["schema"].string == "equipoise.study/1" && study["verdict"].string == "met")
    #expect(study["inputs"][0]["path"].string == "cases.csv" && study["inputs"][0]["rows"].int == 40)
    #expect(study["judgements"].array.count == 2)
  }

  @Test func rowsAreNamedOnceAndNeverNaN() throws {
    let trial = try Trial()
    #expect(try trial.validate().status == 0)
    let rows = try ResultTable(contentsOfFile: trial.folder.path + "/Reports/trial/rows.csv").rows
    let names = rows.map { row in
      ["model", "model_minus", "finding", "subgroup", "subgroup_minus", "metric", "at", "outputs"].map {
        row[$0] ?? ""
      }
    }
    #expect(Set(names).count == rows.count && rows.count > 100)
    #expect(rows.contains { $0["subgroup"] == "sex=(unknown)" && $0["assessable"] == "false" })
    #expect(rows.contains { $0["status"] == "undefined" && $0["reason"] != "" && $0["value"] == "" })
    #expect(rows.contains { $0["at"] == "prevalence=0.02" && $0["metric"] == "ppv" })
    for row in rows {
      for key in ["value", "lower", "upper", "p", "design_effect"] {
        let text = row[key] ?? "missing"
        #expect(text.isEmpty || Double(text)?.isFinite == true, "\(key) is \(text)")
      }
    }
    for (name, data) in trial.folder.contents(of: "Reports/trial") {
      let text = String(decoding: data, as: UTF8.self)
      #expect(text.range(of: #"\b(NaN|nan|inf)\b"#, options: .regularExpression) == nil, "\(name)")
    }
  }

  @Test func studyAndTableSayTheSame() throws {
    let trial = try Trial()
    #expect(try trial.validate().status == 0)
    let table = try ResultTable(contentsOfFile: trial.folder.path + "/Reports/trial/rows.csv").rows
    let study = try JSON(contentsOf: URL(filePath: trial.folder.path + "/Reports/trial/study.json"))["rows"]
      .array
    #expect(study.count == table.count)
    for (row, line) in zip(study, table) {
      #expect(row.keys == line.keys.sorted())
      #expect(row["metric"].string == line["metric"] && row["status"].string == line["status"])
      #expect(
        row["value"].isNull
          ? line["value"] == ""
          : agrees(Double(line["value"] ?? "") ?? .nan, row["value"].number, within: 1e-15))
    }
  }

  @Test(arguments: [
    ("at_least: 0.3", 0, "Met:"), ("at_least: 0.99", 1, "Not met:"), ("at_least: 0.8", 2, "Inconclusive:"),
  ])
  func statusFollowsTheVerdict(_ goal: String, _ status: Int32, _ word: String) throws {
    let trial = try Trial(plan: Trial.plan.replacing("at_least: 0.3", with: goal))
    let outcome = try trial.validate()
    #expect(outcome.status == status)
    #expect(outcome.lines.contains { $0.hasPrefix(word) }, "\(outcome.words)")
  }

  @Test func withoutCriteriaNothingIsJudged() throws {
    let trial = try Trial(plan: String(Trial.plan.prefix(upTo: Trial.plan.range(of: "criteria")!.lowerBound)))
    #expect(try trial.validate().status == 0)
  }

  /// Threads, runs, folders, working folders and the hash seed of the process change no byte.
  @Test func sameBytesHoweverItIsRun() throws {
    let trial = try Trial()
    #expect(try trial.validate("--threads", "1", "--out", "one").status == 0)
    #expect(try trial.validate("--threads", "2", "--out", "two", "--quiet").status == 0)
    #expect(try trial.validate("--threads", "2", "--out", "three/deep").status == 0)
    let other = try ScratchFolder()
    #expect(
      try Equipoise.run("validate", trial.folder.path + "/plan.yaml", "--out", "four", in: other).status == 0)
    let one = trial.folder.contents(of: "one")
    #expect(one.count == 6)
    #expect(one == trial.folder.contents(of: "two"))
    #expect(one == trial.folder.contents(of: "three/deep"))
    #expect(one == other.contents(of: "four"))
  }

  @Test func casesOnTheCommandLineTakeThePlaceOfThePlans() throws {
    let trial = try Trial()
    let lines = Trial.cases.split(separator: "\n")
    try trial.folder.write(lines[..<21].joined(separator: "\n") + "\n", to: "part/a.csv")
    try trial.folder.write(([lines[0]] + lines[21...]).joined(separator: "\n") + "\n", to: "part/b.csv")
    #expect(try trial.validate("--out", "whole").status == 0)
    #expect(try trial.validate("--cases", "part/*.csv", "--out", "parts").status == 0)
    #expect(trial.folder.contents(of: "whole")["rows.csv"] == trial.folder.contents(of: "parts")["rows.csv"])
  }

  /// Wherever the command was started, the bundle names the files in the same way.
  @Test func theManifestNamesTheCasesOfTheCommandLine() throws {
    let trial = try Trial()
    try trial.folder.write(Trial.cases, to: "part/a.csv")
    func said(_ out: String, in folder: ScratchFolder, _ arguments: String...) throws -> ([String], String?) {
      let outcome = try Equipoise.run(["validate"] + arguments + ["--out", out], in: folder)
      #expect(outcome.status == 0, "\(outcome.words)")
      let manifest = try JSON(contentsOf: URL(filePath: "\(folder.path)/\(out)/manifest.json"))
      return (manifest["command"].array.compactMap(\.string), manifest["inputs"][0]["path"].string)
    }
    let inside = try said("one", in: trial.folder, "plan.yaml", "--cases", "part/*.csv")
    #expect(inside == (["equipoise", "validate", "plan.yaml", "--cases", "part/*.csv"], "part/a.csv"))
    let other = try ScratchFolder()
    let plan = trial.folder.path + "/plan.yaml"
    let absolute = try said("two", in: other, plan, "--cases", trial.folder.path + "/part/a.csv")
    #expect(absolute == (["equipoise", "validate", "plan.yaml", "--cases", "part/a.csv"], "part/a.csv"))
    try other.write(Trial.cases, to: "far/b.csv")
    let outside = try said("three", in: other, plan, "--cases", "far/b.csv")
    #expect(outside == (["equipoise", "validate", "plan.yaml", "--cases", "b.csv"], "b.csv"))
  }

  @Test func criteriaThatCannotBeJudgedAreNotCalledTooFew() throws {
    let plan = Trial.plan.replacing("{positives: 2, negatives: 2}", with: "{positives: 200}")
    let outcome = try Trial(plan: plan).validate()
    #expect(outcome.status == 2)
    #expect(
      outcome.words.contains("Not assessable: 1 of 1 criterion cannot be judged (see the report)."),
      "\(outcome.words)")
  }

  @Test func theUnadjustedLimitComesFirst() throws {
    let plan = Trial.plan.replacing("analysis: {", with: "analysis: {multiplicity: holm, ").replacing(
      "criteria:\n",
      with: "criteria:\n  - {id: C0, metric: specificity, evidence: lower_bound, at_least: 0.2}\n")
    let words = try Trial(plan: plan).validate().words
    #expect(
      words.range(
        of: #"lower limit [^,]+%, adjusted limit [^,]+%, goal"#, options: .regularExpression)
        != nil, "\(words)")
  }

  @Test func checksumsHold() throws {
    let trial = try Trial()
    #expect(try trial.validate("--out", "out").status == 0)
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/sha256sum")
    process.arguments = ["--check", "--strict", "--status", "SHA256SUMS"]
    process.currentDirectoryURL = URL(filePath: trial.folder.path + "/out")
    try process.run()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
  }

  /// Rows become cases in steps, and what is left out stands apart from what is combined.
  @Test func rowsAreAccountedFor() throws {
    let trial = try Trial(
      plan: """
        study: {id: trial}
        cohort:
          cases: cases.csv
          unit: {by: exam}
          exclude: [{id: E1, reason: tests, when: {column: kind, is: test}}]
          reference: {column: label, positive: ["1"], negative: ["0"]}
          models: [{name: M, score: score, threshold: 0.5}]

        """,
      cases: "exam,kind,label,score\n1,image,1,0.9\n1,image,1,0.8\n2,image,0,0.1\n3,image,,0.3\n4,test,,\n")
    let outcome = try trial.validate("--out", "out")
    #expect(
      outcome.words.contains(
        "5 rows were read; left out: 1 by rule E1; combined into 3 cases; left out: 1 without a reference standard"
      ),
      "\(outcome.words)")
  }
}
