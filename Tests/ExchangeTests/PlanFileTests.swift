import Exchange
import Testing
import Validation

struct PlanFileTests {
  @Test func minimalPlanHasEveryDefault() throws {
    let plan = try PlanFile.read(Plans.minimal, file: "plan.yaml")
    #expect(plan.id == "trial" && plan.title == "trial")
    #expect(plan.confidence == 0.95 && plan.metrics == Metric.defaults)
    #expect(plan.cohort.missing == CohortDefinition.defaultMissing)
    #expect(plan.cohort.models.map(\.name) == ["M"] && plan.criteria.isEmpty && plan.subgroups.isEmpty)
  }

  @Test(arguments: [
    ("{column: pid, mising: separate}", "\"mising\" is no key of patient; did you mean \"missing\"?"),
    ("{column: pid, missing: seperate}", "did you mean \"separate\"?"),
    ("{missing: separate}", "patient lacks \"column\""),
  ])
  func missingPatientsAreChecked(_ patient: String, _ said: String) {
    let text = Plans.minimal.replacing("cohort:\n", with: "cohort:\n  patient: \(patient)\n")
    let error = #expect(throws: (any Error).self) { try PlanFile.read(text, file: "p") }
    #expect(error.map { "\($0)".contains(said) } == true, "\(error.map { "\($0)" } ?? "")")
  }

  @Test func fullPlanIsRead() throws {
    let plan = try PlanFile.read(Plans.full, file: "plan.yaml")
    #expect(plan.device?.intendedUse == "Triage of chest radiographs")
    #expect(plan.cohort.cases == ["a.csv", "more/*.csv.gz"])
    #expect(plan.cohort.reference.positive == ["1"], "a number in quotes and without is the same text")
    #expect(plan.cohort.reference.equivocal == ["-1"])
    let model = plan.cohort.models[0]
    #expect(model.operatingPoints.map(\.name) == ["rule-in", "rule-out"], "the primary one comes first")
    #expect(model.isProbability && model.indeterminate == ["FAILED"])
    #expect(plan.cohort.models[1].decisionNames == ["as delivered"])
    #expect(plan.cohort.attributes.map(\.name) == ["age", "sex", "site"])
    #expect(plan.cohort.attributes[0].levels == .bands([18, 45, 65, 75]))
    #expect(
      plan.subgroups == [["age"], ["sex"], ["age", "sex"]], "attributes in the order of their definition")
    #expect(plan.referenceGroups == ["sex": "Male"])
    #expect(plan.prevalences == [0.02, 0.05])
    #expect(
      plan.metrics == ["sensitivity", "false_negative_rate", "auc"], "catalogue order, criteria included")
    #expect(
      plan.criteria.map(\.scope) == [
        .overall, .everySubgroup(of: [["age"], ["sex"]]), .gap(across: "sex"),
        .group(Subgroup([.init("sex", .named("Female"))])),
      ])
    #expect(plan.criteria[2].evidence == .interval(within: 0.1))
    #expect(plan.criteria[1].whenNotAssessable == .report)
  }

  @Test func populationsAndVerificationAreRead() throws {
    let text = Plans.full.replacing(
      "criteria:\n",
      with: """
        populations:
          development: {name: D, shares: {sex: {Female: 0.3, Male: 0.7}}}
          intended: {name: I, source: Census 2021, shares: {sex: {Male: 0.49, Female: 0.51}, age: {"<18": 1}}}
        criteria:

        """
    ).replacing("  seed: 7\n", with: "  seed: 7\n  verification: begg_greenes\n")
    let plan = try PlanFile.read(text, file: "plan.yaml")
    #expect(plan.verification == .beggGreenes)
    #expect(plan.populations.map(\.kind) == [.intended, .development])
    #expect(plan.populations[0].attributes.map(\.attribute) == ["age", "sex"])
    #expect(plan.populations[0].attributes[1].levels.map(\.share) == [0.49, 0.51])
    #expect(plan.populations[0].source == "Census 2021")
    let hash = CanonicalPlan(plan).protocolText
    #expect(hash.contains("\"verification\":\"begg_greenes\"") && hash.contains("\"development\""))
  }

  /// The canonical text has its keys in order, whichever of them a plan has.
  @Test func everyPromiseHasItsPlace() throws {
    let text = Plans.full
      .replacing("patient: patient_id", with: "patient: {column: patient_id, missing: separate}")
      .replacing(
        "count_as: excluded}",
        with: "count_as: positive}, kind: comparator, readers: {columns: [a, b], scale: [x, y]}"
      )
      .replacing(
        "criteria:\n",
        with:
          "planning: {assumed: {sensitivity: 0.9}, prevalence: 0.1}\npopulations: {intended: {name: N, shares: {sex: {Female: 0.5, Male: 0.5}}}}\ncriteria:\n"
      )
    let plan = try PlanFile.read(text, file: "plan.yaml")
    #expect(
      plan.cohort.reference.readers == ReaderColumns(columns: ["a", "b"], scale: .ordinal(["x", "y"])))
    let canonical = CanonicalPlan(plan)
    for key in [
      "patients_missing", "planning", "populations", "readers", "reference_comparator", "reference_equivocal",
    ] {
      #expect(canonical.protocolText.contains("\"\(key)\":"), "\(key) missing")
    }
    #expect(canonical.mappingText.contains("\"columns\":[\"a\",\"b\"]"))
  }

  @Test func placesOnCurvesAreRead() throws {
    let yaml =
      Plans.minimal
      + "analysis: {at: {specificity: [0.95, 0.9], sensitivity: 0.8, partial_auc: [0.8, 1], threshold: [0.1]}, intervals: {gap: miettinen-nurminen}}\n"
    let plan = try PlanFile.read(yaml, file: "p")
    #expect(plan.readings.specificities == [0.95, 0.9] && plan.readings.sensitivities == [0.8])
    #expect(plan.readings.partialArea == 0.8...1 && plan.readings.thresholds == [0.1])
    #expect(plan.gapInterval == .miettinenNurminen)
    let usual = try PlanFile.read(Plans.minimal, file: "p")
    #expect(usual.readings == CurveReadings() && usual.gapInterval == .newcombe)
    let (promise, usualPromise) = (CanonicalPlan(plan).protocolText, CanonicalPlan(usual).protocolText)
    #expect(promise.contains("\"partial_auc\":[0.8,1") && promise.contains("miettinen-nurminen"))
    #expect(!usualPromise.contains("partial_auc"), "what is not said moves no hash")
  }

  @Test func theMostOperatingPointsAreRead() throws {
    let yaml = Plans.minimal + "      operating_points: [\(Plans.points(14))]\n"
    #expect(try PlanFile.read(yaml, file: "p").cohort.models[0].operatingPoints.count == 14)
  }

  @Test func gapsWithADirectionAndMarginsAroundZeroAreRead() throws {
    let criteria = """
        - {id: C5, metric: sensitivity, scope: gap, across: sex, evidence: lower_bound, at_least: -0.1}
        - {id: C6, metric: calibration_intercept, model: A, evidence: interval, within: 0.3}

      """
    let plan = try PlanFile.read(Plans.full + criteria, file: "p")
    #expect(plan.criteria[4].evidence == .lowerBound(atLeast: -0.1))
    #expect(plan.criteria[5].evidence == .interval(within: 0.3))
  }

  @Test func filesScoresAndDatesAreRead() throws {
    let yaml =
      Plans.minimal
      .replacing(
        "cases: cases.csv", with: "cases: [a.csv, {file: b.txt, format: {delimiter: tab, decimal: \".\"}}]"
      )
      .replacing(
        "score: s", with: "score: s\n      scale: percent\n      threshold: 12.3\n      missing: [x]")
        + """
            - {name: O, score: o, scale: ["1", "2", 4A], threshold: "2.0", indeterminate: {values: [X], column: status}}
          format: {delimiter: ";", decimal: ",", encoding: Windows-1252}
          date: {column: d, format: dd.MM.yyyy HH:mm, zone: "+08:00"}
          attributes:
            age: {birth_date: b, format: yyyy/M/d, bands: [18], missing: ["?"]}

        """
    let cohort = try PlanFile.read(yaml, file: "p").cohort
    let german = TableFormat(delimiter: .semicolon, decimal: .comma, encoding: "windows-1252")
    #expect(cohort.format == german && cohort.cases[0] == CaseFile("a.csv", format: german))
    #expect(
      cohort.cases[1] == CaseFile("b.txt", format: TableFormat(delimiter: .tab, encoding: "windows-1252")))
    let percent = cohort.models[0]
    #expect(percent.scale == .percent && percent.missing == ["x"])
    #expect(percent.operatingPoints == [.init(name: "threshold", threshold: 0.123, written: "12.3%")])
    let ordinal = cohort.models[1]
    #expect(ordinal.scale == .ordinal(["1", "2", "4A"]) && ordinal.statusColumn == "status")
    #expect(ordinal.operatingPoints == [.init(name: "threshold", threshold: 2, written: "2")])
    #expect(cohort.date?.zone?.minutes == 480 && cohort.date?.format?.pattern == "dd.MM.yyyy HH:mm")
    #expect(cohort.attributes[0].birthDate?.column == "b" && cohort.attributes[0].missing == ["?"])
    let canonical = try CanonicalPlan(PlanFile.read(yaml, file: "p"))
    let points = yaml.replacing("decimal: \",\"", with: "decimal: \".\"")
    let other = try CanonicalPlan(PlanFile.read(points, file: "p"))
    #expect(canonical.protocolText == other.protocolText && canonical.mappingText != other.mappingText)
  }

  static let findings = """
    study: {id: trial}
    cohort:
      cases: cases.csv
      findings:
        ids: [AF, RBBB]
        reference: {column: "label_{finding}", positive: ["1"]}
        models:
          DNN: {score: "score_{finding}", threshold: {AF: 0.5, RBBB: 0.25}}
          Vendor: {score: vendor, threshold: 3}
    criteria:
      - {id: C1, metric: auc, finding: RBBB, model: DNN, evidence: lower_bound, at_least: 0.8}
      - {id: C2, metric: auc, finding: every, evidence: lower_bound, at_least: 0.8}

    """

  @Test func aPatternIsWrittenOutForEachFinding() throws {
    let plan = try PlanFile.read(Self.findings, file: "p")
    #expect(plan.cohort.findings.map(\.id) == ["AF", "RBBB"])
    #expect(plan.cohort.findings.map(\.reference.column) == ["label_AF", "label_RBBB"])
    #expect(
      plan.cohort.findings.map { $0.models.map(\.score) } == [
        ["score_AF", "vendor"], ["score_RBBB", "vendor"],
      ])
    #expect(
      plan.cohort.findings.map { $0.models.map { $0.operatingPoints[0].threshold } } == [
        [0.5, 3], [0.25, 3],
      ])
    #expect(plan.cohort.modelNames == ["DNN", "Vendor"])
    #expect(plan.criteria.map(\.finding) == ["RBBB", nil])
  }

  @Test func aListOfFindingsIsThePatternWrittenOut() throws {
    let listed = Self.findings.replacing(
      """
          ids: [AF, RBBB]
          reference: {column: "label_{finding}", positive: ["1"]}
          models:
            DNN: {score: "score_{finding}", threshold: {AF: 0.5, RBBB: 0.25}}
            Vendor: {score: vendor, threshold: 3}
      """,
      with: """
            - id: AF
              reference: {column: label_AF, positive: ["1"]}
              models: [{name: DNN, score: score_AF, threshold: 0.5}, {name: Vendor, score: vendor, threshold: 3}]
            - id: RBBB
              reference: {column: label_RBBB, positive: ["1"]}
              models: [{name: DNN, score: score_RBBB, threshold: 0.25}, {name: Vendor, score: vendor, threshold: 3}]
        """)
    #expect(try PlanFile.read(listed, file: "p") == PlanFile.read(Self.findings, file: "p"))
  }

  @Test func oneFindingNeedsNoName() throws {
    let one = Self.findings.replacing("[AF, RBBB]", with: "[RBBB]").replacing("AF: 0.5, ", with: "")
    let plan = try PlanFile.read(one, file: "p")
    #expect(plan.cohort.findings.map(\.id) == [nil])
    #expect(plan.criteria.map(\.finding) == [nil, nil])
  }

  @Test(arguments: [
    ("finding: RBBB", "finding: RBB", "11:36: \"RBB\" is no finding; did you mean \"RBBB\"?"),
    ("AF: 0.5, ", "", "8:39: the finding \"AF\" has no threshold here"),
    ("AF: 0.5", "AF: 0.5, SB: 1", "8:60: \"SB\" is no finding; known: AF, RBBB"),
    (
      "  cases: cases.csv\n", "  cases: cases.csv\n  models: [{name: M, score: s}]\n",
      "4:3: \"models\" and \"findings\" exclude each other"
    ),
    ("finding: every", "at: rule-in", "12:31: auc is the same at every operating point: leave \"at\" out"),
    (
      "metric: auc, finding: every", "metric: sensitivity, at: rule-in",
      "12:39: the model \"DNN\" has no operating point \"rule-in\"; known: threshold"
    ),
    ("[AF, RBBB]", "[AF, every]", "5:15: a finding cannot be called \"every\""),
  ])
  func findingsAreRefusedByPlace(_ old: String, _ new: String, _ line: String) throws {
    let error = #expect(throws: DocumentErrors.self) {
      try PlanFile.read(Self.findings.replacing(old, with: new), file: "plan.yaml")
    }
    #expect(try #require(error).description.contains("plan.yaml:" + line))
  }

  @Test func aByteOrderMarkIsSkipped() throws {
    let plan = try PlanFile.read("\u{FEFF}" + Plans.minimal, file: "p")
    #expect(plan == (try PlanFile.read(Plans.minimal, file: "p")))
  }

  @Test(arguments: Plans.refused)
  func refusalNamesThePlace(_ refusal: Plans.Refusal) throws {
    let error = #expect(throws: DocumentErrors.self) { try PlanFile.read(refusal.yaml, file: "plan.yaml") }
    let lines = try #require(error).description.split(separator: "\n").map(String.init)
    #expect(lines == refusal.lines.map { "plan.yaml:" + $0 })
  }

  @Test func allProblemsAreCollected() throws {
    let yaml =
      Plans.minimal.replacing("id: trial", with: "name: trial")
      .replacing("score: s", with: "scoer: s") + "criterias: []\n"
    let error = #expect(throws: DocumentErrors.self) { try PlanFile.read(yaml, file: "p") }
    #expect(try #require(error).problems.count == 5)
  }

  @Test func aliasesStandForTheirValues() throws {
    let yaml = Plans.minimal.replacing("positive: 1", with: "positive: &one [1]")
      .replacing("score: s", with: "decision: d\n      positive: *one")
    #expect(try PlanFile.read(yaml, file: "p").cohort.models[0].decision?.positive == ["1"])
  }

  /// Billions of values in a few hundred bytes, as values and as a key; a thousand brackets; a document that is too long.
  @Test func bombsAreRefused() {
    var bomb = "a: &a0 [x, x]\n"
    for level in 1...7 { bomb += "b\(level): &a\(level) [*a\(level - 1), *a\(level - 1)]\n" }
    let wide = bomb + "cases: [*a7, *a7]\n"
    var deep = "a: &a0 [x, x]\n"
    for level in 1...30 { deep += "b\(level): &a\(level) [*a\(level - 1), *a\(level - 1)]\n" }
    let asKey = deep + "? *a30\n: 1\n"
    let brackets = String(repeating: "[", count: 100_000)
    let long = String(repeating: "# comment\n", count: 200_000)
    for text in [wide, asKey, brackets, long, "", "---\n---\n", "a: b: c", "\u{0}", "? [a]\n: b"] {
      #expect(throws: DocumentErrors.self) { try PlanFile.read(text, file: "p") }
    }
  }

  @Test func severalAnswersAreRead() throws {
    let plan = try PlanFile.read(
      Plans.minimal
        + "  attributes: {race: {column: r, separator: \";\"}, eth: {columns: {A: a, B: b}, checked: [1, x]}}\n",
      file: "p")
    #expect(plan.cohort.attributes[0].severalAnswers == .separated(by: ";"))
    #expect(
      plan.cohort.attributes[1].severalAnswers
        == .columns(
          AnswerColumns(
            levels: [.init(level: "A", column: "a"), .init(level: "B", column: "b")], checked: ["1", "x"])))
    #expect(plan.cohort.attributes[1].namedLevels == ["A", "B"])
  }

  @Test(arguments: [
    ("{column: r, separator: \" \"}", "8:45: a separator needs a sign that is no space"),
    (
      "{columns: {A: a}}",
      "8:32: \"columns\" needs \"checked\": the values that mean that the level is the case's, such as [\"1\"]"
    ),
    ("{column: r, columns: {A: a}, checked: 1}", "8:23: \"column\" and \"columns\" exclude each other"),
    ("{column: r, checked: 1}", "8:43: \"checked\" goes with \"columns\""),
    (
      "{column: r, bands: decade, separator: \";\"}",
      "8:41: a number is one answer: \"bands\" and \"separator\" exclude each other"
    ),
  ])
  func contradictoryAnswersAreRefused(_ attribute: String, _ line: String) throws {
    let error = #expect(throws: DocumentErrors.self) {
      try PlanFile.read(Plans.minimal + "  attributes: {race: \(attribute)}\n", file: "plan.yaml")
    }
    #expect(try #require(error).description == "plan.yaml:" + line)
  }

  @Test func bandsByName() throws {
    for (name, first) in [("decade", 10.0), ("fda", 2), ("screening-mammography", 40)] {
      let plan = try PlanFile.read(
        Plans.minimal + "  attributes: {age: {column: age, bands: \(name)}}\n", file: "p")
      guard case .bands(let edges) = plan.cohort.attributes[0].levels else { return #expect(Bool(false)) }
      #expect(edges.first == first && edges == edges.sorted())
      #expect(plan.subgroups == [["age"]], "by default every attribute is stratified by itself")
    }
  }

  /// The truth of every finding counts, not of the first alone.
  @Test func leavingRowsOutByTheTruthOfAnyFindingIsRefused() {
    let plan = """
      study: {id: f}
      cohort:
        cases: f.csv
        findings: {ids: [a, b], reference: {column: "l_{finding}", positive: "1"}, models: {M: {score: "s_{finding}"}}}
        exclude: [{id: E, reason: r, when: {column: l_b, is: "?"}}]
      """
    let error = #expect(throws: DocumentErrors.self) { try PlanFile.read(plan, file: "p") }
    #expect(error?.description.contains("p:5:47: \"l_b\" is the reference standard") == true)
  }
}

@Suite struct PlanPlacesTests {
  private let text = """
    cohort:
      cases: cases.csv
      join: [{file: truth.csv, on: {case: exam}}]
      exclude: [{when: {attribute: sex}}]
      reference: {column: label, positive: [sex]}
      attributes: {sex: {column: sex, levels: {F: [label]}}}
    """

  @Test func columnsAreFoundWhereThePlanNamesThem() {
    func place(_ column: String) -> String? { PlanPlaces.ofColumn(column, in: text, file: "plan.yaml") }
    #expect(place("label") == "plan.yaml:5:23")
    #expect(place("sex") == "plan.yaml:6:30")
    #expect(place("case") == "plan.yaml:3:33")
    #expect(place("exam") == "plan.yaml:3:39")
    #expect(place("F") == nil && place("cases.csv") == nil)
  }
}
