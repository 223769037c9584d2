import Foundation
import TestSupport
import Testing

/// First plans for files as hospitals and vendors write them.
struct DraftTests {
  /// A draft, with what it takes from the files to be checked.
  private func draft(_ files: [(String, String)], _ arguments: String...) throws -> (
    text: String, check: String
  ) {
    let folder = try ScratchFolder()
    for (name, text) in files { try folder.write(text, to: name) }
    let draft = try Equipoise.run(["plan", "init"] + arguments + ["--out", "plan.yaml"], in: folder)
    #expect(draft.status == 0, "\(draft.words)")
    let check = try Equipoise.run("check", "plan.yaml", in: folder)
    #expect(check.status == 0, "\(check.words)")
    return (String(decoding: folder.contents(of: "")["plan.yaml"] ?? .init(), as: UTF8.self), check.output)
  }

  private func expect(_ text: String, holds lines: [String], lacks words: [String] = []) {
    for line in lines { #expect(text.contains(line), "\(line)\n\(text)") }
    for word in words { #expect(!text.contains(word), "\(word)\n\(text)") }
  }

  @Test func germanExports() throws {
    let scores = ["85,4", "38,5", "FEHLER", "3,1", "97,0", "12,9"]
    let (text, check) = try draft(
      [
        (
          "ki.csv",
          "Fallnummer;Untersuchungsdatum;KI-Score (%)\n"
            + scores.enumerated().map { "F-\($0);1\($0).04.2025;\($1)\n" }.joined()
        ),
        (
          "patienten.csv",
          "Fallnummer;Geschlecht;Alter;Standort;Größe (cm)\n"
            + (0..<6).map {
              "F-\($0);\(["männlich", "weiblich", "k. A."][$0 % 3]);6\($0);\(["Köln", "Bonn"][$0 % 2]);16\($0),5\n"
            }.joined()
        ),
        (
          "befunde.csv",
          "Fallnummer;Befund Pneumothorax;Befunder\n"
            + (0..<6).map { "F-\($0);\(["ja", "nein", "nein", "ja", "unklar", "nein"][$0]);Dr. \($0 % 2)\n" }
            .joined()
        ),
      ], "ki.csv", "patienten.csv", "--truth", "befunde.csv")
    expect(
      text,
      holds: [
        "case: Fallnummer", "date: {column: Untersuchungsdatum, format: dd.MM.yyyy}",
        "    positive: [ja]\n    negative: [nein]\n    equivocal: {values: [unklar]}\n",
        "scale: percent, probability: true, indeterminate: {values: [FEHLER]}, threshold: }",
        "levels: {Male: [\"männlich\"], Female: [weiblich]}, missing: [\"\", \"k. A.\"]",
        "age: {column: Alter", "site: {column: Standort}", "# Not used: Größe (cm), Befunder\n",
      ], lacks: ["score: \"Größe", "[Befunder]"])
    expect(
      check,
      holds: [
        "KI-Score (%): no threshold, so no case is flagged. 1 case without an output: each counts as an error."
      ])
  }

  /// One truth for the images of an examination; patients who are named only beside it.
  @Test func imagesOfExaminations() throws {
    let (text, check) = try draft(
      [
        (
          "vendor.csv",
          "Accession Number,SOP Instance UID,View,AI_Score,AI_Decision,Processed At\n"
            + (0..<12).map {
              "00\(70 + $0 / 2),1.2.\($0),\($0 % 2 == 0 ? "PA" : "LAT"),0.\($0 * 7 + 11),\($0 > 6 ? "POSITIVE" : "NEGATIVE"),\($0 + 13).02.2025 08:00\n"
            }.joined()
        ),
        (
          "people.csv",
          "MRN,Patient Name,PatientSex,Race,PatientAge\n"
            + (0..<4).map {
              "0011\($0),X^Y,\(["M", "F", "unk", "F"][$0]),\(["White", "Asian;White", "Asian", "White"][$0]),04\($0)Y\n"
            }.joined()
        ),
        (
          "truth.csv",
          "Accession,MRN,Final_Read,Reader\n"
            + (0..<6).map { "00\(70 + $0),0011\($0 % 4),\($0 % 2),\(["JD", "RS"][$0 % 2])\n" }.joined()
        ),
      ], "people.csv", "vendor.csv", "--truth", "truth.csv")
    expect(
      text,
      holds: [
        "cases: [vendor.csv]\n", "on: {\"Accession Number\": Accession}", "people.csv, on: {truth.MRN: MRN}",
        "unit: {by: \"Accession Number\"}",
        "\n    # - {id: X1, reason: sent again, when: {column: \"Processed At\", not_last_of: \"Accession Number\"}}\n",
        "  # question: 12 rows are of 6 cases: images, of which the highest score counts? If sent again, take the # of X1 away.\n  unit: ",
        "column: truth.Final_Read, positive: [\"1\"], negative: [\"0\"]", "separator: \";\"",
        "missing: [\"\", unk]",
        "age: {column: PatientAge", "decision: AI_Decision, positive: [POSITIVE]",
      ], lacks: ["[View]", "decision: Final_Read", "JD"])
    expect(
      check,
      holds: [
        "from 12 rows;",
        "; 6 have several rows (at most 2), in 6 of them they differ in the score of AI_Score",
      ])
  }

  @Test func whatStandsForNoOutput() throws {
    let (text, check) = try draft(
      [
        (
          "a.csv",
          "study,malignancy_prob,status\n"
            + (0..<9).map { "S\($0),0.\($0 + 1),\($0 == 4 ? "ERROR" : "OK")\n" }
            .joined()
        ),
        (
          "b.csv",
          "study,suspicion\n" + [1, 2, -1, 4, 5, 3, -1, 2, 1].enumerated().map { "S\($0),\($1)\n" }.joined()
        ),
        ("t.csv", "study,outcome\n" + (0..<9).map { "S\($0),\($0 % 2 == 0 ? "neg" : "pos")\n" }.joined()),
      ], "a.csv", "b.csv", "--truth", "t.csv")
    expect(
      text,
      holds: [
        "# question: from which score on (of 0.1 to 0.9) is a case flagged? Write it after threshold.\n    - {name: malignancy_prob",
        "malignancy_prob, probability: true, indeterminate: {column: status, values: [ERROR]}, threshold: }\n",
        "score: suspicion, indeterminate: {values: [\"-1\"]}, threshold: } # guess: -1 is no output\n",
      ])
    expect(
      check,
      holds: [
        "suspicion: from which score on is a case flagged?",
        "2 cases without an output: each counts as an error.",
        "still marked as a question.",
      ])
  }

  /// What would double the cases in silence is asked.
  @Test func aTruthForSeveralRowsIsAsked() throws {
    let folder = try ScratchFolder()
    try folder.write(
      """
      study: {id: s}
      cohort:
        cases: a.csv
        join: [{file: t.csv, on: id}]
        reference: {column: label, positive: ["1"]}
        models: [{name: A, score: score, scale: percent, threshold: 0.5}]

      """, to: "plan.yaml")
    try folder.write("id,score\na,10\na,10\nb,20\nc,90\n", to: "a.csv")
    try folder.write("id,label\na,0\nb,1\nc,1\n", to: "t.csv")
    let check = try Equipoise.run("check", "plan.yaml", in: folder)
    expect(
      check.output,
      holds: [
        "4 rows of the cases share 3 truths of t.csv. Images of one examination: unit: {by: id}. Repeats: exclude: [{id: X1,",
        "Which column names a case (cohort.case)? Without it a row that stands twice counts twice.",
        "A, threshold 0.5%: flags 4 of 4 cases with an output.",
        "A, threshold 0.5%: is it on the scale of the scores? It flags every case.",
      ])
  }
}

/// What a newcomer's drafts got wrong in silence, and must not again.
struct DraftQuestionTests {
  private func draft(_ files: [(String, String)], _ arguments: String...) throws -> String {
    let folder = try ScratchFolder()
    for (name, text) in files { try folder.write(text, to: name) }
    let draft = try Equipoise.run(["plan", "init"] + arguments, in: folder)
    #expect(draft.status == 0, "\(draft.words)")
    return draft.output
  }

  private static let scores =
    "id,score\n" + (0..<12).map { "\($0),0.\($0 + 11)\n" }.joined()

  /// Of `s.csv`, whose cases go by `id`.
  private static func plan(truth: String, score: String, threshold: Double, _ attributes: String = "")
    -> String
  {
    """
    study: {id: s}
    cohort:
      cases: s.csv
      case: id
      reference: {column: \(truth), positive: ["1"]}
      models: [{name: M, score: \(score), threshold: \(threshold)}]
      \(attributes)

    """
  }

  @Test(arguments: [
    (
      ["PE", "No PE", "Equivocal", "NK"],
      ["[PE]", "[\"No PE\"]", "[Equivocal, NK]"]
    ),
    (
      ["carcinoma", "negativo", "In attesa"],
      ["[carcinoma]", "[negativo]", "[\"In attesa\"]"]
    ),
    (["detected", "not detected", "invalid"], ["[detected]", "[\"not detected\"]", "[invalid]"]),
    (
      ["No cancer", "Cancer", "Lost to follow-up"],
      ["[Cancer]", "[\"No cancer\"]", "[\"Lost to follow-up\"]"]
    ),
    (["gamma", "alpha", "beta"], ["[]", "[]", "[alpha, beta, gamma]"]),
    (["3", "10", "0"], ["[]", "[]", "[\"0\", \"3\", \"10\"]"]),
    (
      ["złamanie", "bez złamania", "Niejednoznaczne"],
      ["[\"złamanie\"]", "[\"bez złamania\"]", "[Niejednoznaczne]"]
    ),
    (
      ["Brud", "Gammelt brud", "Ikke brud", "Intet brud"],
      ["[Brud]", "[\"Ikke brud\", \"Intet brud\"]", "[\"Gammelt brud\"]"]
    ),
    (
      ["Confirmed TB", "Clinical TB", "No TB", "Pending"],
      ["[\"Confirmed TB\", \"Clinical TB\"]", "[\"No TB\"]", "[Pending]"]
    ),
    (["maligne", "Benigne", "normaal", "onzeker"], ["[maligne]", "[Benigne, normaal]", "[onzeker]"]),
    (["yes", "not assessed", "no"], ["[\"yes\"]", "[\"no\"]", "[\"not assessed\"]"]),
    (["Probable TB", "TB", "No TB"], ["[TB]", "[\"No TB\"]", "[\"Probable TB\"]"]),
    (["ja", "nein"], ["[ja]", "[nein]"]),
    (["ja", "nee", "NEE"], ["[ja]", "[nee]"]),
  ])
  func theTruthIsNamedOrAsked(_ values: [String], _ lists: [String]) throws {
    let truth = "id,outcome\n" + (0..<12).map { "\($0),\(values[$0 % values.count])\n" }.joined()
    let text = try draft([("s.csv", Self.scores), ("t.csv", truth)], "s.csv", "--truth", "t.csv")
    let words =
      lists.count == 2
      ? "reference: {column: outcome, positive: \(lists[0]), negative: \(lists[1])}"
      : "? Move them; equivocal ones are left out.\n  reference:\n    column: outcome\n    positive: \(lists[0])\n    negative: \(lists[1])\n    equivocal: {values: \(lists[2])}\n"
    let asked = words.replacingOccurrences(
      of: "? Move them; equivocal ones are left out.",
      with: "? Equivocal ones are left out; move those that count.")
    #expect(text.contains(words) || text.contains(asked), "\(words)\n\(text)")
  }

  @Test func spellingsOfTheTruthStandTogether() throws {
    let values = ["Positivo", "positivo", "POSITIVO", "Negativo", "negativo", "dubbio"]
    let truth =
      "id,Radiologo,Consenso\n"
      + (0..<12).map { "\($0),\($0 % 2 == 0 ? "Rossi" : "Bianchi"),\(values[$0 % 6])\n" }.joined()
    let text = try draft([("s.csv", Self.scores), ("t.csv", truth)], "s.csv", "--truth", "t.csv")
    #expect(
      text.contains(
        "    positive: [Positivo]\n    negative: [Negativo]\n    equivocal: {values: [dubbio]}"
      ),
      "\(text)")
  }

  /// Of several readings the settled one is taken, and which is meant is asked.
  @Test func theSettledTruthComesFirst() throws {
    let grades = (0..<12).map {
      "\($0),\($0 % 2),\($0 % 3 == 0 ? "ja" : "nein"),\($0 % 4),\($0 % 2 == 0 ? "ja" : "nein")"
    }
    let truth = "id,Leser1,Befund A,Grad,Konsensus der Leser\n" + grades.map { $0 + "\n" }.joined()
    let text = try draft([("s.csv", Self.scores), ("t.csv", truth)], "s.csv", "--truth", "t.csv")
    #expect(
      text.contains(
        "# question: is this the truth, or is it Befund A or Grad?\n  reference: {column: \"Konsensus der Leser\", positive: [ja], negative: [nein]}\n"
      ), "\(text)")
  }

  /// Verdicts that no word explains are asked, and no plan goes through before they are answered.
  @Test func verdictsOfAModelAreAsked() throws {
    let words = ["No referable DR", "Referable DR", "REFER", "Insufficient quality"]
    let outputs =
      "id,Received,IQ_Index,Result\n"
      + (0..<12).map { "\($0),2024-02-0\($0 % 3 + 1),0.\($0 + 11),\(words[$0 % 4])\n" }.joined()
    let truth = "id,outcome,exam_date\n" + (0..<12).map { "\($0),\($0 % 2),2024-01-1\($0 % 5)\n" }.joined()
    let text = try draft([("s.csv", outputs), ("t.csv", truth)], "s.csv", "--truth", "t.csv")
    for line in [
      "# question: which values mean positive, which negative, which no output? Move them.\n    - {name: Result, decision: Result, positive: [], negative: [], indeterminate: {values: [\"No referable DR\", \"Referable DR\", REFER, \"Insufficient quality\"]}}",
      "# - {name: IQ_Index, score: IQ_Index, threshold: }", "  date: exam_date  ",
    ] { #expect(text.contains(line), "\(line)\n\(text)") }
    let folder = try ScratchFolder()
    try folder.write(text, to: "plan.yaml")
    try folder.write(outputs, to: "s.csv")
    try folder.write(truth, to: "t.csv")
    let check = try Equipoise.run("check", "plan.yaml", in: folder)
    #expect(check.status == 65 && check.words.contains("positive"), "\(check.words)")
  }

  @Test func aThirdVerdictIsAsked() throws {
    let outputs =
      "id,score,flag\n"
      + (0..<12).map { "\($0),0.\($0 + 11),\(["NO FRACTURE", "FRACTURE", "DOUBT"][$0 % 3])\n" }.joined()
    let truth = "id,outcome\n" + (0..<12).map { "\($0),\($0 % 2)\n" }.joined()
    let text = try draft([("s.csv", outputs), ("t.csv", truth)], "s.csv", "--truth", "t.csv")
    #expect(
      text.contains(
        "# question: is flag, as delivered, what is judged? Else write threshold: NUMBER in place of its decision, positive and negative. Does DOUBT mean positive, negative or no output? Move it.\n"
      ), "\(text)")
  }

  /// Grades, births that nobody knows, patients who are not in their file, and a file that is given twice.
  @Test func graveGuessesAreNotMade() throws {
    let outputs =
      "id;wert;Zeitstempel\n"
      + (0..<12).map { "\($0);\($0 == 4 ? "-1" : "0,\($0 + 11)");2024-02-0\($0 % 3 + 1)\n" }.joined()
    let truth =
      "id,DR-Grad,Untersuchungsdatum\n"
      + (0..<12).map { "\($0),\($0 == 5 ? "n. b." : "\($0 % 5)"),2024-01-1\($0 % 5)\n" }.joined()
    let births = ["01.01.1900", "k. A.", "31.05.1950", "13.02.1961"]
    let people =
      "id,PatNr,Geburtsdatum\n" + (0..<10).map { "\($0),P\($0 / 2),\(births[$0 % 4])\n" }.joined()
    let text = try draft(
      [("s.csv", outputs), ("p.csv", people), ("t.csv", truth)], "s.csv", "p.csv", "t.csv", "--truth", "t.csv"
    )
    for line in [
      "patient: {column: PatNr, missing: separate} # guess\n",
      "date: Untersuchungsdatum            # guess\n",
      "column: DR-Grad\n    positive: []\n    negative: []\n    equivocal: {values: [\"0\", \"1\",",
      "- {name: wert, score: wert, indeterminate: {values: [\"-1\"]}, threshold: }",
      "age: {birth_date: Geburtsdatum, format: dd.MM.yyyy, bands: [18, 45, 65, 75], missing: [\"\", \"k. A.\", \"01.01.1900\"]}",
    ] { #expect(text.contains(line), "\(line)\n\(text)") }
    #expect(text.components(separatedBy: "file: t.csv").count == 2)
  }

  @Test func aNumberAmongWordsIsAsked() throws {
    let folder = try ScratchFolder()
    try folder.write(
      "id,s,y,density,grade\n"
        + (0..<9).map { "\($0),0.\($0 + 11),\($0 % 2),\(["A", "B", "9"][$0 % 3]),\($0 % 3)\n" }.joined(),
      to: "s.csv")
    try folder.write(
      Self.plan(
        truth: "y", score: "s", threshold: 0.5,
        "attributes: {density: {column: density}, grade: {column: grade}}"),
      to: "plan.yaml")
    let check = try Equipoise.run("check", "plan.yaml", in: folder)
    #expect(
      check.output.contains("density: does 9 mean unknown? It is the only number among words, on 3 rows."),
      "\(check.words)\(check.output)")
    #expect(!check.output.contains("grade: does"))
  }

  /// Who is older than anybody was has a date of birth that means something else.
  @Test func impossibleAgesAreAsked() throws {
    let folder = try ScratchFolder()
    try folder.write(
      "id,s,y,day,born\n"
        + (0..<6).map {
          "\($0),0.\($0 + 11),\($0 % 2),2024-03-0\($0 + 1),\($0 < 2 ? "1900-01-01" : "1960-05-0\($0)")\n"
        }.joined(),
      to: "s.csv")
    try folder.write(
      "study: {id: s}\ncohort:\n  cases: s.csv\n  case: id\n  date: day\n  reference: {column: y, positive: [\"1\"]}\n  models: [{name: M, score: s, threshold: 0.5}]\n  attributes: {age: {birth_date: born, bands: [65]}}\n",
      to: "plan.yaml")
    let check = try Equipoise.run("check", "plan.yaml", in: folder)
    for sentence in [
      "age: 2 cases are older than anybody was (up to 124 years): does a date of birth such as 01/01/1900 mean unknown?",
      "Dated from 2024-03-01 to 2024-03-06.", "age, from two dates: 63 to 124 years.",
    ] { #expect(check.output.contains(sentence), "\(sentence)\n\(check.words)\(check.output)") }
  }

  /// No file ends the draft: neither numbers beyond all bounds nor line breaks in names and cells.
  @Test func oddCellsMakeAPlanAllTheSame() throws {
    let cases =
      "id,\"AI\nscore\",label,age,\"free\ntext\"\n"
      + (0..<24).map {
        "\($0),0.\($0 + 11),\"\(["grade\nA", "grade\nB", "grade C"][$0 % 3])\",\($0 == 3 ? "1e30" : "\($0 + 40)"),\($0)x\n"
      }.joined()
    let text = try draft([("s.csv", cases)], "s.csv")
    for line in [
      "score: \"AI\\nscore\", threshold: }",
      "equivocal: {values: [\"grade\\nA\", \"grade\\nB\", \"grade C\"]}",
      "# Not used: free text\n",
    ] { #expect(text.contains(line), "\(line)\n\(text)") }
    let folder = try ScratchFolder()
    try folder.write(text, to: "plan.yaml")
    try folder.write(cases, to: "s.csv")
    let check = try Equipoise.run("check", "plan.yaml", in: folder)
    #expect(check.words.hasPrefix("plan.yaml:13:15: \"positive\" is empty"), "\(check.words)")
  }

  /// Of numbers under names that say nothing each may be the output, but no key is; of many none is singled out.
  @Test func namelessNumbersAreAskedAbout() throws {
    let cases = "nr2,wert\n" + (0..<12).map { "\($0 * 7),0.\($0 + 11)\n" }.joined()
    let truth = "nr2,outcome\n" + (0..<12).map { "\($0 * 7),\($0 % 2)\n" }.joined()
    let text = try draft([("s.csv", cases), ("t.csv", truth)], "s.csv", "t.csv")
    #expect(
      text.contains("- {name: wert, score: wert, threshold: }") && !text.contains("score: nr2"), "\(text)")
    #expect(!text.contains("No column of t.csv") && !text.contains("Not used: wert"), "\(text)")
    let wide =
      "id,label" + (0..<20).map { ",f\($0)" }.joined() + "\n"
      + (0..<12).map { row in
        "\(row),\(row % 2)" + (0..<20).map { ",\(row * $0 + 1).5" }.joined() + "\n"
      }.joined()
    let asked = try draft([("w.csv", wide)], "w.csv")
    #expect(asked.contains("- {name: my-model, score: }") && asked.contains("# Not used: f0, f1"), "\(asked)")
  }

  /// One reading holds for the labels of all findings.
  @Test func labelsOfFindingsAreReadTogether() throws {
    func text(_ labels: [String]) throws -> String {
      let rows = (0..<12).map {
        "\($0),\($0 % 2),\(labels[$0 % labels.count]),\(["low", "mid", "high"][$0 % 3]),\(["low", "mid", "high"][$0 % 3])\n"
      }
      return try draft(
        [("s.csv", "id,label_A,label_B,flag_A,flag_B\n" + rows.joined())], "s.csv")
    }
    let both = try text(["yes", "no"])
    #expect(both.contains("positive: [\"1\", \"yes\"], negative: [\"0\", \"no\"]} # guess"), "\(both)")
    #expect(
      both.contains(
        "# question: which of low, mid, high mean positive, which negative?\n      flag: {decision: \"flag_{finding}\", positive: [], negative: []}"
      ),
      "\(both)")
    let rare = try text(["0"])
    #expect(rare.contains("positive: [\"1\"], negative: [\"0\"]} # guess"), "\(rare)")
    let graded = try text(["0", "2", "3"])
    #expect(
      graded.contains("# question: which values mean positive, and which negative?")
        && graded.contains("positive: [], negative: []}\n"), "\(graded)")
  }

  /// What a person takes for the same is declared once, so that keys match and every list holds a value once.
  @Test func spellingsAreDeclaredOnce() throws {
    let outputs = "id,score\n" + (0..<40).map { "rx-\($0),0.\($0 + 11)\n" }.joined()
    let truth = "id,fracture\n" + (0..<40).map { "RX-\($0),\(["SI", "Sì", "no", "NO"][$0 % 4])\n" }.joined()
    let people =
      "id,sex,site\n"
      + (0..<40).map { "RX-\($0),\(["F", "f", "M"][$0 % 3]),\(["North", "NORTH"][$0 % 2])\n" }.joined()
    let folder = try ScratchFolder()
    try folder.write(outputs, to: "s.csv")
    try folder.write(truth, to: "t.csv")
    try folder.write(people + "RX-0,F,North\n", to: "p.csv")
    let text = try Equipoise.run("plan", "init", "s.csv", "p.csv", "--truth", "t.csv", in: folder).output
    #expect(
      text.contains("  spelling: {ids: [case], values: [case, accents]} # guess: 40 keys match only so"),
      "\(text)")
    #expect(text.contains("positive: [SI], negative: [\"no\"]}"), "\(text)")
    #expect(text.contains("sex: {column: sex, levels: {Female: [F], Male: [M]}}"), "\(text)")
    try folder.write(text.replacing("threshold: ", with: "threshold: 0.3"), to: "plan.yaml")
    let check = try Equipoise.run("check", "plan.yaml", in: folder)
    #expect(check.output.contains("20 positive and 20 negative"), "\(check.words)\(check.output)")
    #expect(
      check.output.contains(
        "40 rows of the cases have the key there in another spelling (cohort.spelling). 1 row says word for word"
      ),
      "\(check.output)")
  }

  /// A key in other letters is asked about before what becomes of rows without a partner.
  @Test func keysInOtherLettersAreAskedFirst() throws {
    let folder = try ScratchFolder()
    try folder.write(Self.scores.replacing("\n3,", with: "\nRX-3,"), to: "s.csv")
    try folder.write(
      "id,outcome\n" + (0..<12).map { "\($0 == 3 ? "rx-3" : "\($0)"),\($0 % 2)\n" }.joined(), to: "t.csv")
    try folder.write(
      """
      study: {id: a}
      cohort:
        cases: s.csv
        case: id
        join: [{file: t.csv, on: id, unmatched: count}]
        reference: {column: outcome, positive: ["1"]}
        models: [{name: m, score: score, threshold: 0.15}]
      """, to: "plan.yaml")
    let check = try Equipoise.run("check", "plan.yaml", in: folder).output
    let first =
      check.split(separator: "\n").drop { $0 != "Questions" }.dropFirst().first.map(String.init) ?? ""
    #expect(
      first.contains(
        "t.csv: 1 of 1 unmatched keys would match but for upper and lower case. If they are the same, write the keys the same way in both files, or declare that it does not count: cohort.spelling: {ids: [case]}"
      ), "\(check)")
  }

  /// Where titles stand above the names of the columns, the draft says at which line the names stand.
  @Test func titlesAboveTheHeaderAreSkipped() throws {
    let folder = try ScratchFolder()
    let rows = (0..<12).map { "\($0);\($0 % 2);0,\($0 + 11)\n" }.joined()
    try folder.write("Export of the department\nmade in March\n\nid;outcome;score\n" + rows, to: "s.csv")
    let text = try Equipoise.run("plan", "init", "s.csv", in: folder).output
    #expect(text.contains("{delimiter: semicolon, decimal: \",\", header: 4}"), "\(text)")
    #expect(text.contains("column: outcome"), "\(text)")
  }

  /// One byte a letter: which letters, the words tell.
  @Test(arguments: [
    ("windows-1250", [0x9E, 0x65, 0x6E, 0x61], [0x6D, 0x75, 0x9E]),
    ("windows-1254", [0x4B, 0x61, 0x64, 0xFD, 0x6E], [0x47, 0x65, 0x6E, 0xE7, 0xFE]),
    ("windows-1252", [0x4D, 0xE4, 0x6E], [0x4A, 0xFC, 0x6E]),
  ])
  func encodingsAreTold(_ name: String, _ one: [UInt8], _ two: [UInt8]) throws {
    let folder = try ScratchFolder()
    var bytes = Array("id,score,label,sex\n".utf8)
    for row in 0..<12 {
      bytes += Array("\(row),0.\(row + 11),\(row % 2),".utf8) + (row % 2 == 0 ? one : two) + [0x0A]
    }
    try Data(bytes).write(to: URL(fileURLWithPath: folder.path + "/s.csv"))
    let text = try Equipoise.run("plan", "init", "s.csv", in: folder).output
    #expect(text.contains("format: {encoding: \(name)}"), "\(text)")
  }

  /// A header that is shorter than its rows is refused; the first row of data is not taken for one.
  @Test func aRowOfDataIsNoHeader() throws {
    let folder = try ScratchFolder()
    try folder.write("id,label\na1,0.5,1\na2,0.4,0\n", to: "s.csv")
    let draft = try Equipoise.run("plan", "init", "s.csv", in: folder)
    #expect(draft.status == 65, "\(draft.words)\(draft.output)")
  }

  /// When a machine was at work is not when the patient was examined.
  @Test func aMachinesTimeIsAsked() throws {
    let outputs =
      "id,score,ProcessedAt\n" + (0..<12).map { "\($0),0.\($0 + 11),2024-02-0\($0 % 3 + 1)\n" }.joined()
    let truth = "id,outcome\n" + (0..<12).map { "\($0),\($0 % 2)\n" }.joined()
    let text = try draft([("s.csv", outputs), ("t.csv", truth)], "s.csv", "--truth", "t.csv")
    #expect(
      text.contains("date: ProcessedAt") && text.contains("# question: is this the day of the examination?"),
      "\(text)")
  }

  /// Outputs that never came back stand in no file of outputs.
  @Test func aTruthWithoutAnOutputIsAsked() throws {
    let truth = "id,outcome\n" + (0..<15).map { "\($0),\($0 % 2)\n" }.joined()
    let people = "id,sex\n" + (0..<12).map { "\($0),\($0 % 2 == 0 ? "F" : "M")\n" }.joined() + "3,M\n"
    let folder = try ScratchFolder()
    try folder.write(Self.scores, to: "s.csv")
    try folder.write(truth, to: "t.csv")
    try folder.write(people, to: "p.csv")
    let draft = try Equipoise.run("plan", "init", "s.csv", "p.csv", "--truth", "t.csv", in: folder)
    #expect(
      draft.output.contains(
        "# question: 3 with a truth have no output: never sent?")
        && draft.output.contains("{file: p.csv, on: id, repeated: last}")
        && draft.output.contains("1 row comes again: does the last count? Else write first."),
      "\(draft.output)")
    try folder.write(
      draft.output.split(separator: "\n").filter { !$0.contains("p.csv") && !$0.contains("sex") }
        .joined(separator: "\n"), to: "plan.yaml")
    let check = try Equipoise.run("check", "plan.yaml", in: folder)
    #expect(
      check.output.contains(
        "(t.csv:14, t.csv:15, t.csv:16). If their outputs failed, put this file under cohort.cases"),
      "\(check.words)\(check.output)")
  }

  /// Codes that read as ages, spellings that differ in marks, scores that no name calls a probability.
  @Test func codesAndMarksAreSeen() throws {
    let sites = ["St Anne's", "St. Annes", "st annes", "Royal"]
    let cases =
      "id,score,label,age,site\n"
      + (0..<24).map { "\($0),0.\($0 + 11),\($0 % 2),\($0 == 3 ? 999 : 40 + $0),\(sites[$0 % 4])\n" }.joined()
    let folder = try ScratchFolder()
    try folder.write(cases, to: "s.csv")
    let text = try draft([("s.csv", cases)], "s.csv")
    for line in [
      "age: {column: age, bands: [50, 60], missing: [\"\", \"999\"]}",
      "site: {column: site}",
      "    - {name: score, score: score, threshold: }\n",
    ] { #expect(text.contains(line), "\(line)\n\(text)") }
    try folder.write(
      Self.plan(
        truth: "label", score: "score", threshold: 0.2, "attributes: {age: {column: age, bands: [18, 65]}}"),
      to: "plan.yaml")
    let check = try Equipoise.run("check", "plan.yaml", in: folder)
    #expect(
      check.output.contains("age: does 999 mean unknown? It stands on 1 row and counts as 65+."),
      "\(check.output)")
  }

  /// A draft that was never answered says so on the first page of its report.
  @Test func openQuestionsStandInTheReport() throws {
    let folder = try ScratchFolder()
    try folder.write(
      "id,score,label\n" + (0..<24).map { "\($0),0.\($0 + 11),\($0 % 2)\n" }.joined(), to: "s.csv")
    #expect(try Equipoise.run("plan", "init", "s.csv", "--out", "plan.yaml", in: folder).status == 0)
    #expect(try Equipoise.run("validate", "plan.yaml", "--out", "out", in: folder).status == 0)
    let report = String(decoding: folder.contents(of: "out")["report.html"] ?? .init(), as: UTF8.self)
    let summary = report.components(separatedBy: "id=\"summary\"").last?.components(separatedBy: "<section")
    #expect(
      summary?.first?.contains("The plan is a draft: 2 questions in it are still open") == true, "\(report)")
  }

  /// A column that is mostly empty is hardly the truth.
  @Test func anEmptyTruthIsAsked() throws {
    let folder = try ScratchFolder()
    try folder.write(
      "id,s,y\n" + (0..<12).map { "\($0),0.\($0 + 11),\($0 < 2 ? "\($0)" : "")\n" }.joined(), to: "s.csv")
    try folder.write(
      Self.plan(truth: "y", score: "s", threshold: 0.5),
      to: "plan.yaml")
    let check = try Equipoise.run("check", "plan.yaml", in: folder)
    #expect(
      check.output.contains("Is y the reference standard? 10 of 12 rows have nothing there"),
      "\(check.output)")
  }

  @Test func aTitleIsNoHeader() throws {
    let folder = try ScratchFolder()
    try folder.write("Export of June,,\nid,,\n1,0.5,1\n2,0.4,0\n", to: "s.csv")
    let draft = try Equipoise.run("plan", "init", "s.csv", in: folder)
    #expect(
      draft.status == 65 && draft.words.contains("delete the lines above the header"),
      "\(draft.words)\(draft.output)")
  }

  @Test func yesForTheHealthyIsNotPositive() throws {
    let truth = "id,outcome_normal\n" + (0..<12).map { "\($0),\($0 % 3 == 0 ? 0 : 1)\n" }.joined()
    let text = try draft([("s.csv", Self.scores), ("t.csv", truth)], "s.csv", "--truth", "t.csv")
    #expect(text.contains("positive: [\"0\"], negative: [\"1\"]"), "\(text)")
  }

  @Test(arguments: [
    (["H", "M"], "Male: [H]", "Female: [M]"), (["K", "M"], "Female: [K]", "Male: [M]"),
    (["F", "M"], "Female: [F]", "Male: [M]"), (["V", "M", "Vrouw"], "Female: [V, Vrouw]", "Male: [M]"),
  ])
  func lettersOfSexDependOnEachOther(_ letters: [String], _ one: String, _ other: String) throws {
    let text = try draft(
      [
        (
          "s.csv",
          "id,score,label,sexo\n"
            + (0..<12).map { "\($0),0.\($0 + 11),\($0 % 2),\(letters[$0 % letters.count])\n" }.joined()
        )
      ],
      "s.csv")
    #expect(text.contains(one) && text.contains(other), "\(text)")
  }

  /// What a person who knows the field would not ask about.
  @Test func whatNamesAndCodesSay() throws {
    let makers = ["SIEMENS", "GE MEDICAL SYSTEMS", "GE", "Siemens Healthineers", "Philips", "NK"]
    let groups = ["White", "Asian", "99", "Black"]
    let cases =
      "id,score,label,vendor,ethnicity,Exam Date,Report Date,runtime_s\n"
      + (0..<24).map {
        "\($0),0.\($0 + 11),\($0 % 2),\(makers[$0 % 6]),\(groups[$0 % 4]),2024-01-1\($0 % 5),2024-02-1\($0 % 5),\($0).5\n"
      }.joined()
    let text = try draft([("s.csv", cases)], "s.csv")
    for line in [
      "title: \"score against label\"}", "date: \"Exam Date\"                   # guess\n",
      "levels: {SIEMENS: [SIEMENS, \"Siemens Healthineers\"], \"GE MEDICAL SYSTEMS\": [\"GE MEDICAL SYSTEMS\", GE], Philips: [Philips]}, missing: [\"\", NK]} # guess\n",
      "ethnicity: {column: ethnicity, missing: [\"\", \"99\"]} # guess\n",
      "# Not used: Report Date, runtime_s\n",
    ] { #expect(text.contains(line), "\(line)\n\(text)") }
  }

  /// Who took over whose scanners is known; whether they are one in a study is not.
  @Test func aMakerThatWasTakenOverIsAsked() throws {
    func text(_ makers: [String]) throws -> String {
      try draft(
        [
          (
            "s.csv",
            "id,score,label,vendor\n"
              + (0..<24).map { "\($0),0.\($0 + 11),\($0 % 2),\(makers[$0 % 3])\n" }.joined()
          )
        ],
        "s.csv")
    }
    let asked = try text(["TOSHIBA", "Canon Medical Systems", "Canon"])
    #expect(
      asked.contains("# question: is TOSHIBA a level of its own, or part of Canon Medical Systems?"),
      "\(asked)")
    #expect(try !text(["Toshiba", "Philips", "GE"]).contains("level of its own"))
  }

  /// `OK` beside other words says whether there is an output, and letters between marks that nobody knows.
  @Test func aStateOfAnyNameIsSeen() throws {
    let outputs =
      "nr,stan,INDICE\n"
      + (0..<32).map { "E\($0),\(["OK", "OK", "błąd", "BŁĄD"][$0 % 4]),0.\($0 + 11)\n" }.joined()
    let people =
      "ref,producent\n" + (0..<32).map { "E\($0),\(["Siemens", "GE", "b/d", "GE"][$0 % 4])\n" }.joined()
    let truth = "ref,outcome\n" + (0..<32).map { "E\($0),\($0 % 2)\n" }.joined()
    let text = try draft(
      [("s.csv", outputs), ("p.csv", people), ("t.csv", truth)], "s.csv", "p.csv", "--truth", "t.csv")
    for line in [
      "indeterminate: {column: stan, values: [\"błąd\"]}, threshold: }\n",
      "scanner: {column: producent, missing: [\"\", b/d]} # guess\n",
    ] { #expect(text.contains(line), "\(line)\n\(text)") }
  }

  /// Rare words among many numbers, and a number outside: all stand for no output, however rare.
  @Test func everyTokenAmongScoresIsSeen() throws {
    let words = ["FALHA", "Falha", "falha", "-1"]
    let cases =
      "id,score,label\n"
      + (0..<140).map { "\($0),\($0 % 35 == 7 ? words[$0 / 35] : "0.\($0 + 101)"),\($0 % 2)\n" }.joined()
    let text = try draft([("s.csv", cases)], "s.csv")
    #expect(
      text.contains("score: score, indeterminate: {values: [FALHA, Falha, falha, \"-1\"]}, threshold: }"),
      "\(text)")
  }

  /// What no word of any language has to name: lifetimes of dates, codes that come back, the word on most rows.
  @Test func whatValuesSay() throws {
    let makers = ["Carl Zeiss Meditec", "ZEISS", "Topcon"]
    let outputs =
      "nr,ESTADO,INDICE\n"
      + (0..<30).map { "E\($0),\($0 % 10 == 3 ? "Falha" : "Feito"),0.\($0 + 11)\n" }.joined()
    let people =
      "ref,XYZ,SEXO,Quando,DT_EXAME,FABRICANTE\n"
      + (0..<30).map {
        "E\($0),U\(1000 + $0 % 25),\(["F", "M", "F", "I"][$0 % 4]),1\($0 % 9)/05/19\(30 + $0 * 2),0\($0 % 9 + 1)/02/2023,\(makers[$0 % 3])\n"
      }.joined()
    let truth = "ref,outcome\n" + (0..<30).map { "E\($0),\($0 % 2)\n" }.joined()
    let text = try draft(
      [("s.csv", outputs), ("p.csv", people), ("t.csv", truth)], "s.csv", "p.csv", "--truth", "t.csv")
    for line in [
      "  # question: does it name the patient? Else delete the line.\n  patient: XYZ\n",
      "indeterminate: {column: ESTADO, values: [Falha]}, threshold: }\n",
      "age: {birth_date: Quando, format: dd/MM/yyyy",
      "    # question: does I mean unknown? Then move it from levels to missing.\n",
      "I: [I]}, missing: [\"\"]}\n",
      "{\"Carl Zeiss Meditec\": [\"Carl Zeiss Meditec\", ZEISS], Topcon: [Topcon]}",
    ] { #expect(text.contains(line), "\(line)\n\(text)") }
  }

  /// Of a Spanish export: spellings of yes, the day of the study beside that of the run, patients by their records, of
  /// whom the list lacks some.
  @Test func whatAnotherHospitalWrites() throws {
    let outputs =
      "ESTUDIO;FECHA_PROCESO;PUNTUACION;AVISO\n"
      + (0..<40).map {
        "E\($0);2023-05-1\($0 % 9);0.\($0 + 11);\($0 == 7 ? "Tiempo agotado" : ["Sí", "No", "SI", "NO"][$0 % 4])\n"
      }
      .joined()
    let people =
      "NHC;ESTUDIO;FECHA_ESTUDIO;SEXO\n"
      + (0..<36).map {
        "H\(7000 + $0 / 2);E\($0);2023-04-1\($0 % 9);\(["F", "M", "X", "NS"][$0 % 12 < 10 ? $0 % 2 : $0 % 2 + 2])\n"
      }.joined()
    let truth = "ESTUDIO;DIAGNOSTICO_FINAL\n" + (0..<40).map { "E\($0);\($0 % 2)\n" }.joined()
    let text = try draft(
      [("s.csv", outputs), ("p.csv", people), ("t.csv", truth)], "s.csv", "p.csv", "--truth", "t.csv")
    for line in [
      "# question: 4 of 40 are not in this file: kept, as unknown (count), or left out (exclude)?\n    - {file: p.csv",
      "  patient: {column: NHC, missing: separate}", "  date: FECHA_ESTUDIO ",
      "    # - {id: X3, reason: not the first of the patient, when: {column: FECHA_ESTUDIO, not_first_of: NHC}}\n",
      "score: PUNTUACION, decision: AVISO, positive: [\"Sí\"], negative: [\"No\"], indeterminate: {values: [\"Tiempo agotado\"]}}",
      "    # question: does X or NS mean unknown? Then move it from levels to missing.\n",
    ] { #expect(text.contains(line), "\(line)\n\(text)") }
  }

  /// A word among the sexes says itself what it means; images of several products are no images of one examination.
  @Test func wordsAndProductsAreTold() throws {
    let outputs =
      "nr,Product,score,vendor_flag\n"
      + (0..<48).map { "\($0 / 2),\(["A 2.0", "B 1.1"][$0 % 2]),0.\($0 + 101),\($0 % 2)\n" }.joined()
    let truth =
      "nr,outcome,gender\n"
      + (0..<24).map { "\($0),\($0 % 2),\(["Woman", "Man", "Non-binary"][$0 % 3])\n" }.joined()
    let text = try draft([("s.csv", outputs), ("t.csv", truth)], "s.csv", "--truth", "t.csv")
    #expect(text.contains(" If of several products, that of P1.\n  unit: {by: nr}"), "\(text)")
    #expect(
      text.contains("column: Product, is_not: [\"A 2.0\"]") && !text.contains("column: vendor_flag, is_not"),
      "\(text)")
    #expect(!text.contains("does Non-binary"), "\(text)")
  }

  @Test func productsDoNotGetLost() throws {
    let wide = "id,A_score,Radar (0-100)\n" + (0..<12).map { "\($0),0.\($0 + 11),\($0 * 7).5\n" }.joined()
    let long =
      "id,product,score\n"
      + (0..<24).map { "\($0 / 2),\($0 % 2 == 0 ? "One" : "Two"),0.\($0 + 11)\n" }.joined()
    let truth = "id,outcome\n" + (0..<12).map { "\($0),\($0 % 2)\n" }.joined()
    let side = try draft([("s.csv", wide), ("t.csv", truth)], "s.csv", "--truth", "t.csv")
    #expect(side.contains("# - {name: \"Radar (0-100)\", score: \"Radar (0-100)\", threshold: }"), "\(side)")
    let below = try draft([("s.csv", long), ("t.csv", truth)], "s.csv", "--truth", "t.csv")
    #expect(below.contains("when: {column: product, is_not: [One]}"), "\(below)")
  }

  /// Of a wide export only what is known by its name is a group unasked.
  @Test func wideExportsOfferTheirColumns() throws {
    let extras = (0..<9).map { "c\($0)" }
    let text = try draft(
      [
        (
          "s.csv",
          "id,score,label,sex,\(extras.joined(separator: ","))\n"
            + (0..<12).map { row in
              "\(row),0.\(row + 11),\(row % 2),\(row % 3 == 0 ? "F" : "M"),"
                + extras.map { $0 + "abc".dropFirst(row % 3).prefix(1) }.joined(separator: ",") + "\n"
            }.joined()
        )
      ],
      "s.csv")
    #expect(
      !text.contains("    c8:")
        && text.contains(
          "# Not used, but may be attributes, NAME: {column: NAME}: c0, c1, c2, c3, c4, c5, c6, c7, c8\n"),
      "\(text)")
  }

  @Test func namesOfPeopleAreNoGroups() throws {
    let text = try draft(
      [
        (
          "s.csv",
          "id,score,label,surname,email\n"
            + (0..<12).map {
              "\($0),0.\($0 + 11),\($0 % 2),\("ABC".dropFirst($0 % 3).prefix(1)),x\($0 % 4)@y\n"
            }.joined()
        )
      ],
      "s.csv")
    #expect(text.contains("# Not used: surname, email"), "\(text)")
  }

  @Test func chineseFilesAreNoGermanOnes() throws {
    let folder = try ScratchFolder()
    // 编号, 性别 and 概率 in GB18030.
    let header: [UInt8] = [
      0xB1, 0xE0, 0xBA, 0xC5, 0x2C, 0xD0, 0xD4, 0xB1, 0xF0, 0x2C, 0xB8, 0xC5, 0xC2, 0xCA, 0x0A,
    ]
    var rows: [UInt8] = []
    for index in 0..<12 {
      rows += Array("\(index),".utf8)
      rows += index % 2 == 0 ? [0xC4, 0xD0] : [0xC5, 0xAE]
      rows += Array(",0.\(index + 11)\n".utf8)
    }
    try Data(header + rows).write(to: URL(filePath: folder.path + "/s.csv"))
    let draft = try Equipoise.run("plan", "init", "s.csv", in: folder)
    #expect(draft.output.contains("format: {encoding: gb18030}"), "\(draft.output)\(draft.words)")
    #expect(draft.output.contains("levels: {Male: [\"男\"], Female: [\"女\"]}"), "\(draft.output)")
  }
}
