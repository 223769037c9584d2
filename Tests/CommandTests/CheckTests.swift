import Foundation
import TestSupport
import Testing

struct CheckTests {
  static let plan = """
    study: {id: checked}
    cohort:
      cases: cases.csv
      join: [{file: patients.csv, on: {pid: patient}, unmatched: count}]
      patient: pid
      exclude: [{id: E1, reason: lateral view, when: {column: view, is: LAT}}]
      reference: {column: label, positive: ["1"], negative: ["0"], equivocal: {values: ["?"]}}
      models:
        - {name: M, score: score, threshold: 0.5}
      attributes:
        sex: {column: sex}
        ward: {column: ward}
    subgroups: [[sex], [sex, ward]]
    criteria:
      - {id: C1, metric: sensitivity, evidence: lower_bound, at_least: 0.05}
      - {id: C2, metric: sensitivity, evidence: lower_bound, at_least: 0.5}

    """

  static func cases(_ labels: [String]) -> String {
    let rows = [
      "P1,PA,0.9,A,x", "P1,PA,-1,a,x", "P2,PA,0.3,B,y", "P2,LAT,-1,A,y", "P3,PA,0.4,B,z", "P9,PA,0.8,B,z",
    ]
    return "pid,view,score,ward,note,label\n" + zip(rows, labels).map { "\($0),\($1)\n" }.joined()
  }

  static let labels = ["1", "0", "", "1", "0", "?"]

  private func check(_ labels: [String]) throws -> Equipoise.Outcome {
    let folder = try ScratchFolder()
    try folder.write(Self.plan, to: "plan.yaml")
    try folder.write(Self.cases(labels), to: "cases.csv")
    try folder.write("patient,sex,name\nP1,F,Ann\nP2,M,Bob\nP3,,Cy\nP4,M,Dan\n", to: "patients.csv")
    return try Equipoise.run("check", "plan.yaml", in: folder)
  }

  @Test func saysWhatItSees() throws {
    let outcome = try check(Self.labels)
    #expect(outcome.status == 0, "\(outcome.words)")
    for sentence in [
      "cases.csv: 6 rows.", "Read: pid, view, score, ward, label. Ignored: note.",
      "patients.csv: 4 rows. Read: patient, sex. Ignored: name. 5 of 6 cases have a row here, 1 without (cases.csv:7); 1 row belongs to no case (patients.csv:5).",
      "label, the reference standard, in all rows: negative \"0\" 2; positive \"1\" 2; missing (empty) 1; equivocal \"?\" 1.",
      "ward: are \"A\", \"a\" one? They differ only in case, spaces, accents or marks and mean different things",
      "score: numbers from -1.0 to 0.9 on 5 rows.",
      "A case is a row.", "1 patient has several cases (at most 2), taken as dependent.",
      "Patients whose rows differ: ward 1.",
      "5 cases of 4 patients, from 6 rows, left out 1 by E1 (lateral view); 7 groups, 7 of them too small to assess.",
      "sex is unknown on 2 rows of 5.",
      "The truth, label: 1 positive and 2 negative, so 3 cases are analysed; 1 equivocal and 1 without are not.",
      "M, threshold 0.5: flags 2 of 5 cases with an output, analysed or not.",
      "sex: F 2, too few; M 1, too few; (unknown) 2, too few ((empty) 1, (no cell) 1).",
      "sex and ward: F · A 1, too few; F · a 1, too few;",
      "By default: sampling: consecutive; sampling weight: none; confidence: 0.95;",
      "C1 asks for a lower limit of at least 0.05: so close to 0, ", "no patient id, no row of the data",
      "equipoise validate plan.yaml",
    ] {
      #expect(outcome.output.contains(sentence), "\(sentence)\n\(outcome.output)")
    }
    #expect(!outcome.output.contains("C2 asks"))
    for secret in ["Ann", "P1", "P9"] { #expect(!outcome.output.contains(secret)) }
  }

  /// What a rule leaves out is neither counted nor asked about; several findings are told apart.
  @Test func looksAtTheRowsThatStay() throws {
    let folder = try ScratchFolder()
    try folder.write(
      "exam,kind,day,site,l_A,l_B,s_A,s_B\n"
        + (0..<8).map {
          "\($0 / 2),image,2024-01-0\($0 + 1),S,\($0 / 2 % 2),\($0 / 4),0.\($0 + 11),\($0 < 6 ? "0.\(29 - $0)" : "-1")\n"
        }.joined() + "9,test,2031-01-01,T,7,,-1,\n", to: "cases.csv")
    try folder.write(
      """
      study: {id: s}
      cohort:
        cases: cases.csv
        unit: {by: exam}
        date: day
        exclude: [{id: E, reason: tests, when: {column: kind, is: test}}]
        findings:
          ids: [A, B]
          reference: {column: "l_{finding}", positive: ["1"]}
          models: {M: {score: "s_{finding}", threshold: 0.2}}
        attributes: {site: {column: site}}
      subgroups: [[site]]

      """, to: "plan.yaml")
    let check = try Equipoise.run("check", "plan.yaml", in: folder)
    for sentence in [
      "The truth, l_B: 2 positive and 2 negative, so 4 cases are analysed.",
      "l_B, the reference standard of B, in all rows: negative \"0\" 4; positive \"1\" 4; missing (empty) 1.",
      "s_A: numbers from 0.11 to 0.18 on 8 rows.\n",
      "s_B: numbers from -1.0 to 0.29 on 8 rows.\n", "s_B: does -1.0 mean \"no output\"?",
      "Dated from 2024-01-01 to 2024-01-07.",
      "in 4 of them they differ in the score of M on A, in 3 of them they differ in the score of M on B.",
    ] { #expect(check.output.contains(sentence), "\(sentence)\n\(check.words)\(check.output)") }
    for seen in ["\"T\"", "without a score", "s_A: does"] {
      #expect(!check.output.contains(seen), "\(seen)\n\(check.output)")
    }
    let study = try Equipoise.run("validate", "plan.yaml", "--out", "out", in: folder)
    #expect(study.words.contains("4 cases, 2 findings"), "\(study.words)")
    let text = try String(contentsOfFile: folder.path + "/out/study.json", encoding: .utf8)
    #expect(!text.contains("\"site\": \"T\"") && !text.contains("\"site\":\"T\""))
  }

  /// What is open stands above what was seen, and nothing is asked where nothing is.
  @Test func questionsComeFirst() throws {
    let asked = try check(Self.labels).output
    let headings = asked.split(separator: "\n").filter { !$0.hasPrefix(" ") }
    #expect(headings.prefix(3) == ["In short", "Questions", "Files"])
    let folder = try ScratchFolder()
    try folder.write("id,pid,s,y\na,P1,0.1,0\nb,P2,0.7,1\nc,P3,0.6,0\nd,P3,0.3,1\n", to: "cases.csv")
    let plan = """
      study: {id: s}
      cohort:
        cases: cases.csv
        case: id
        patient: pid
        reference: {column: y, positive: ["1"]}
        models: [{name: M, score: s, threshold: 0.5}]

      """
    try folder.write(plan, to: "plan.yaml")
    let settled = try Equipoise.run("check", "plan.yaml", in: folder)
    #expect(
      settled.output.contains(
        "Questions\n  None. If this is how the files are meant (all that was seen stands below): equipoise validate plan.yaml\n"
      ),
      "\(settled.output)")
    try folder.write(plan.replacingOccurrences(of: "id\n", with: "id # guess: a name\n"), to: "plan.yaml")
    let marked = try Equipoise.run("check", "plan.yaml", in: folder)
    #expect(
      marked.output.contains("2 lines of plan.yaml are marked as guesses: what you leave, you confirm."),
      "\(marked.output)")
    let study = try Equipoise.run("validate", "plan.yaml", in: folder)
    #expect(
      !study.words.contains("still marks") && study.words.contains("n⁺  n⁻  sensitivity"), "\(study.words)")
  }

  /// Patients move between wards; their sex does not change unasked.
  @Test func aSexThatDiffersIsAsked() throws {
    let folder = try ScratchFolder()
    try folder.write(
      "pid,s,y,gender\nP1,0.1,0,F\nP1,0.7,1,M\nP2,0.6,0,F\nP3,0.3,1,F\n", to: "cases.csv")
    try folder.write(
      """
      study: {id: s}
      cohort:
        cases: cases.csv
        patient: pid
        reference: {column: y, positive: ["1"]}
        models: [{name: M, score: s, threshold: 0.5}]
        attributes: {sex: {column: gender}}

      """, to: "plan.yaml")
    let check = try Equipoise.run("check", "plan.yaml", in: folder)
    #expect(
      check.output.contains(
        "sex differs between rows of 1 patient, for example at cases.csv:3: is that meant?"),
      "\(check.output)")
  }

  /// No case has an age in the file that a rule reads: it leaves nobody out.
  @Test func aRuleOnAnAgeThatNobodyHas() throws {
    let folder = try ScratchFolder()
    try folder.write("id,s,y\n1,0.1,0\n2,0.7,1\n3,0.6,0\n", to: "cases.csv")
    try folder.write("nr,age\n1,\n7,12\n", to: "people.csv")
    try folder.write(
      """
      study: {id: s}
      cohort:
        cases: cases.csv
        join: [{file: people.csv, on: {id: nr}, unmatched: count}]
        case: id
        reference: {column: y, positive: ["1"]}
        models: [{name: M, score: s, threshold: 0.5}]
        attributes: {age: {column: age, bands: [18]}}
        exclude: [{id: E1, reason: minors, when: {attribute: age, below: 18}}]

      """, to: "plan.yaml")
    let check = try Equipoise.run("check", "plan.yaml", in: folder)
    #expect(
      check.status == 0 && check.output.contains("3 cases, from 3 rows"), "\(check.words)\(check.output)")
  }

  /// A rule that leaves out all negatives would turn a count of flags into the sensitivity.
  @Test func aRuleOnTheReferenceSilencesTheModels() throws {
    let folder = try ScratchFolder()
    try folder.write("id,s,y\na,0.1,0\nb,0.7,1\nc,0.6,0\nd,0.3,1\n", to: "cases.csv")
    try folder.write(
      """
      study: {id: s}
      cohort:
        cases: cases.csv
        case: id
        exclude: [{id: E1, reason: r, depends_on_result: true, when: [{column: y, is: ["0"]}, {column: s, below: 0.5}]}]
        reference: {column: y, positive: ["1"], negative: ["0"]}
        models: [{name: M, score: s, threshold: 0.5}]

      """, to: "plan.yaml")
    let outcome = try Equipoise.run("check", "plan.yaml", in: folder)
    #expect(outcome.status == 0, "\(outcome.words)")
    #expect(outcome.output.contains("What the models flag is not counted"), "\(outcome.output)")
    #expect(!outcome.output.contains("flags "), "\(outcome.output)")
    #expect(outcome.output.contains("s: numbers from 0.1 to 0.7 on 4 rows."), "\(outcome.output)")
  }

  /// The order of the reference standard among the rows that stay does not show: it is crossed with nothing but the rules.
  @Test func neverCrossesTheReference() throws {
    let first = try check(Self.labels).output
    let kept = Self.labels.indices.filter { $0 != 3 }
    for shift in 1..<kept.count {
      var labels = Self.labels
      for (place, row) in kept.enumerated() {
        labels[row] = Self.labels[kept[(place + shift) % kept.count]]
      }
      #expect(try check(labels).output == first)
    }
  }

  /// Where a rule reads an output, or a join leaves out cases without one, the truth is counted in all rows: among what
  /// stays it would say how often the model is right.
  @Test func neverCountsTheTruthOfWhatAnOutputLeaves() throws {
    let rows = ["a,0.9", "b,0.8", "c,0.3", "d,0.4", "e,0.7", "f,0.1"]
    func check(_ labels: [String], _ exclude: String, _ join: String = "count") throws -> String {
      let folder = try ScratchFolder()
      try folder.write("id,y\n" + zip(rows, labels).map { "\($0.prefix(1)),\($1)\n" }.joined(), to: "t.csv")
      try folder.write("id,s\n" + rows.dropLast(2).map { $0 + "\n" }.joined(), to: "s.csv")
      try folder.write(
        """
        study: {id: s}
        cohort:
          cases: t.csv
          case: id
          join: [{file: s.csv, on: id, unmatched: \(join)}]
          exclude: \(exclude)
          reference: {column: y, positive: ["1"], negative: ["0"]}
          models: [{name: M, score: s, threshold: 0.5}]

        """, to: "plan.yaml")
      let outcome = try Equipoise.run("check", "plan.yaml", in: folder)
      #expect(outcome.status == 0, "\(outcome.words)")
      return outcome.output
    }
    let rule = "[{id: E1, reason: low, depends_on_result: true, when: {column: s, below: 0.5}}]"
    let (one, other) = (["1", "0", "1", "0", "1", "0"], ["1", "0", "0", "1", "0", "1"])
    let counted = try check(one, rule)
    #expect(
      counted.contains("The truth, y, in all rows: negative on 3 rows, positive on 3 rows."), "\(counted)")
    #expect(try check(other, rule) == counted)
    #expect(try check(one, "", "exclude") == check(["0", "0", "1", "0", "1", "1"], "", "exclude"))
  }

  /// Spellings of failures that the plan leaves out, and what stands in place of their scores.
  @Test func failuresThatThePlanLeavesOutAreAsked() throws {
    let folder = try ScratchFolder()
    let states = ["OK", "FAILED", "failed", "timeout", "OK", "OK"]
    try folder.write(
      "id,state,s,y\n"
        + (0..<300).map { row in
          let state = row < 24 ? states[row % 6] : "OK"
          return "\(row),\(state),\(state == "OK" ? "0.\(row + 101)" : "0.0"),\(row % 2)\n"
        }.joined(), to: "cases.csv")
    func check(_ values: String) throws -> String {
      try folder.write(
        """
        study: {id: s}
        cohort:
          cases: cases.csv
          case: id
          reference: {column: y, positive: ["1"], negative: ["0"]}
          models: [{name: M, score: s, threshold: 0.5, indeterminate: {column: state, values: \(values)}}]

        """, to: "plan.yaml")
      return try Equipoise.run("check", "plan.yaml", in: folder).output
    }
    let some = try check("[FAILED]")
    for sentence in [
      "state: are \"FAILED\", \"failed\" one?",
      "mean different things: if they are, declare them all in indeterminate.",
      "state: does \"timeout\" mean \"no output\"? Its 4 rows count as outputs.",
      "s: does 0.0 mean \"no output\"? It stands at an end of the range on 8 rows.",
      "state, the status of outputs: output \"OK\" 288, \"failed\" 4, \"timeout\" 4; no output \"FAILED\" 4.",
    ] { #expect(some.contains(sentence), "\(sentence)\n\(some)") }
    // Four of three hundred are few, but nothing stands beside them.
    let most = try check("[FAILED, failed]")
    #expect(
      most.contains("s: does 0.0 mean \"no output\"? It stands at an end of the range on 4 rows."), "\(most)")
    let all = try check("[FAILED, failed, timeout]")
    #expect(!all.contains("mean \"no output\"") && !all.contains("one?"), "\(all)")
  }

  @Test func wrongInputIs65() throws {
    let folder = try ScratchFolder()
    try folder.write(Self.plan, to: "plan.yaml")
    try folder.write(Self.cases(["1", "maybe", "0", "1", "0", "0"]), to: "cases.csv")
    try folder.write("patient,sex\nP1,F\n", to: "patients.csv")
    let outcome = try Equipoise.run("check", "plan.yaml", in: folder)
    #expect(outcome.status == 65 && outcome.output.isEmpty)
    #expect(outcome.words.contains("label is \"maybe\""))
  }

  /// Whether rows of one case replace each other is asked, with the rule that says so; then it is not asked again.
  @Test func rowsThatReplaceOthers() throws {
    let folder = try ScratchFolder()
    let runs = (0..<8).map { "F\($0 / 2),\($0 + 10).02.2025 08:00,0.\($0 == 7 ? 9 : $0 / 2 + 1)\n" }
    try folder.write("film,run_at,score\n" + runs.joined(), to: "runs.csv")
    try folder.write("film,truth\nF0,0\nF1,1\nF2,0\nF3,1\n", to: "truth.csv")
    func asked(_ line: String) throws -> String {
      let plan = """
        study: {id: s}
        cohort:
          cases: runs.csv
          join: [{file: truth.csv, on: film}]
          \(line)
          reference: {column: truth, positive: ["1"]}
          models: [{name: M, score: score, threshold: 0.5}]

        """
      try folder.write(plan, to: "plan.yaml")
      return try Equipoise.run("check", "plan.yaml", in: folder).output
    }
    let none = try asked("sampling: consecutive")
    #expect(none.contains("when: {column: TIME, not_last_of: film}}]"), "\(none)")
    let unit = try asked("unit: {by: film}")
    #expect(
      unit.contains(
        "the scores differ; is the max meant? If the last: exclude, when: {column: TIME, not_last_of: film}."),
      "\(unit)")
    let rule = try asked(
      "exclude: [{id: X1, reason: sent again, when: {column: run_at, format: dd.MM.yyyy, not_last_of: film}}]"
    )
    #expect(
      rule.contains("left out 4 by X1 (sent again)") && rule.contains("from 0.1 to 0.9 on 4 rows"), "\(rule)")
    #expect(!rule.contains("truths of"), "\(rule)")
  }

  /// Joins and rules stand in the study's flow, and it adds up.
  @Test func flowOfTheStudyAddsUp() throws {
    let folder = try ScratchFolder()
    try folder.write(
      Self.plan.replacingOccurrences(of: "{column: view, is: LAT}", with: "{column: score, below: 0}")
        .replacingOccurrences(of: "id: E1,", with: "id: E1, depends_on_result: true,"), to: "plan.yaml")
    try folder.write(Self.cases(["1", "0", "1", "1", "0", "?"]), to: "cases.csv")
    try folder.write("patient,sex\nP1,F\nP2,M\nP3,\nP4,M\n", to: "patients.csv")
    let outcome = try Equipoise.run("validate", "plan.yaml", "--out", "out", in: folder)
    #expect([0, 1, 2].contains(outcome.status), "\(outcome.words)")
    let files = folder.contents(of: "out")
    let study = try JSONSerialization.jsonObject(with: files["study.json"] ?? Data()) as? [String: Any]
    let flow = (study?["cohort"] as? [String: Any])?["flow"] as? [[String: Any]] ?? []
    let boxes = flow.map { "\($0["box"] ?? "") \($0["file"] ?? $0["id"] ?? "") \($0["cases"] ?? "")" }
    #expect(
      boxes == [
        "read  6", "without_partner patients.csv 1", "only_in_joined_file patients.csv 1", "excluded E1 2",
        "no_reference  0", "equivocal  1", "analysed  3",
      ])
    let inputs = (study?["inputs"] as? [[String: Any]] ?? []).compactMap { $0["path"] as? String }
    #expect(inputs == ["cases.csv", "patients.csv"])
    let report = String(decoding: files["report.html"] ?? Data(), as: UTF8.self)
    let summary = report.components(separatedBy: "id=\"summary\"").last?.components(separatedBy: "<section")
    #expect(summary?.first?.contains("Rule E1 left out 2 rows") == true)
  }

  /// Cases without a row in a file that says so are named wherever rules are.
  @Test func casesThatAJoinLeavesOutAreNamed() throws {
    let folder = try ScratchFolder()
    try folder.write(
      Self.plan.replacingOccurrences(of: "unmatched: count", with: "unmatched: exclude"), to: "plan.yaml")
    try folder.write(Self.cases(["1", "0", "1", "1", "0", "?"]), to: "cases.csv")
    try folder.write("patient,sex\nP1,F\nP2,M\nP3,\nP4,M\n", to: "patients.csv")
    let check = try Equipoise.run("check", "plan.yaml", in: folder).output
    for sentence in [
      "from 6 rows, left out 1 with no row in patients.csv, 1 by E1 (lateral view);"
    ] {
      #expect(check.contains(sentence), "\(sentence)\n\(check)")
    }
    let outcome = try Equipoise.run("validate", "plan.yaml", "--out", "out", in: folder)
    #expect(
      outcome.words.contains("6 rows were read; left out: 1 without a row in patients.csv, 1 by rule E1"),
      "\(outcome.words)")
    let files = folder.contents(of: "out")
    let study = try JSONSerialization.jsonObject(with: files["study.json"] ?? Data()) as? [String: Any]
    let flow = (study?["cohort"] as? [String: Any])?["flow"] as? [[String: Any]] ?? []
    #expect(
      flow.map { "\($0["box"] ?? "") \($0["file"] ?? $0["id"] ?? "") \($0["cases"] ?? "")" } == [
        "read  6", "without_partner patients.csv 1", "only_in_joined_file patients.csv 1",
        "excluded patients.csv 1", "excluded E1 1", "no_reference  0", "equivocal  0", "analysed  4",
      ])
    let report = String(decoding: files["report.html"] ?? Data(), as: UTF8.self)
    for sentence in [
      "No row in patients.csv", "Left out: no row in patients.csv", "1 no row in patients.csv",
      "but for those without a row in patients.csv, which are left out",
      "1 row of the cases found no row in patients.csv and was left out",
    ] {
      #expect(report.contains(sentence), "\(sentence)")
    }
    #expect(!report.contains("although the file holds"))
  }

  /// `--cases` are relative to the working folder, joined files to the plan.
  @Test func joinedFilesStandBesideThePlan() throws {
    let folder = try ScratchFolder()
    try folder.write(Self.plan, to: "protocol/plan.yaml")
    try folder.write("patient,sex\nP1,F\nP2,M\nP3,\nP4,M\n", to: "protocol/patients.csv")
    try folder.write(Self.cases(Self.labels), to: "site/cases.csv")
    let command = ["validate", "protocol/plan.yaml", "--cases", "site/cases.csv", "--out", "out"]
    let outcome = try Equipoise.run(command, in: folder)
    #expect([0, 1, 2].contains(outcome.status), "\(outcome.words)")
    let data = folder.contents(of: "out")["study.json"] ?? Data()
    let study = try JSONSerialization.jsonObject(with: data) as? [String: Any]
    let inputs = study?["inputs"] as? [[String: Any]] ?? []
    #expect(inputs.compactMap { $0["path"] as? String } == ["cases.csv", "patients.csv"])
    #expect(inputs.compactMap { $0["rows"] as? Int } == [6, 4])
    #expect(inputs.allSatisfy { ($0["sha256"] as? String)?.count == 64 })
    let check = try Equipoise.run(["check"] + command[1...3], in: folder)
    #expect(check.status == 0 && check.output.contains("patients.csv: 4 rows. Read: patient, sex."))
  }
}
