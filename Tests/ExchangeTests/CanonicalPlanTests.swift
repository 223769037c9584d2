import Exchange
import Testing

struct CanonicalPlanTests {
  @Test func styleOrderAndCommentsChangeNothing() throws {
    let one = try CanonicalPlan(PlanFile.read(Plans.minimal, file: "p"))
    let other = try CanonicalPlan(
      PlanFile.read(
        """
        # the same, in another hand
        cohort:
          models: [{score: "s", name: M, probability: false}]
          cases: ["cases.csv"]
          reference:
            positive: ["1"]   # the label
            column: 'label'
        analysis: {seed: 20261121, confidence: 0.950, metrics: default}
        study: {title: trial, id: trial}
        criteria:
        """, file: "p"))
    #expect(one.protocolText == other.protocolText)
    #expect(one.mappingText == other.mappingText)
  }

  @Test func promiseAndMappingAreApart() throws {
    let base = try CanonicalPlan(PlanFile.read(Plans.full, file: "p"))
    let moved = try CanonicalPlan(
      PlanFile.read(Plans.full.replacing("case: case_id", with: "case: id"), file: "p"))
    #expect(base.protocolText == moved.protocolText && base.mappingText != moved.mappingText)
    let changed = try CanonicalPlan(
      PlanFile.read(Plans.full.replacing("threshold: 0.8", with: "threshold: 0.7"), file: "p"))
    #expect(base.protocolText != changed.protocolText && base.mappingText == changed.mappingText)
  }

  /// That estimates are weighted is promised, by which column is mapping.
  @Test func aPlanWithoutWeightsKeepsItsHashes() throws {
    func canonical(_ weight: String) throws -> CanonicalPlan {
      try CanonicalPlan(
        PlanFile.read(Plans.minimal.replacing("cohort:\n", with: "cohort:\n" + weight), file: "p"))
    }
    let (none, one, other) = (
      try canonical(""), try canonical("  weight: w\n"), try canonical("  weight: v\n")
    )
    #expect(!none.protocolText.contains("weight") && !none.mappingText.contains("weight"))
    #expect(one.protocolText != none.protocolText && one.protocolText == other.protocolText)
    #expect(one.mappingText != other.mappingText)
  }

  /// That cases without an id count as patients of their own moves every interval: it is promised.
  @Test func aPlanWithoutMissingPatientsKeepsItsHashes() throws {
    func canonical(_ patient: String) throws -> CanonicalPlan {
      try CanonicalPlan(
        PlanFile.read(
          Plans.minimal.replacing("cohort:\n", with: "cohort:\n  patient: \(patient)\n"), file: "p"))
    }
    let (plain, refuse) = (try canonical("pid"), try canonical("{column: pid, missing: refuse}"))
    let separate = try canonical("{missing: separate, column: pid}")
    #expect(!plain.protocolText.contains("patient"))
    #expect(plain.protocolText == refuse.protocolText && plain.mappingText == refuse.mappingText)
    #expect(separate.protocolText.contains("\"patients_missing\":\"separate\""), "\(separate.protocolText)")
    #expect(separate.mappingText == plain.mappingText)
  }

  /// Resampling, families and searches are promised where a plan has them, and change no hash where it has none.
  @Test func resamplingIsPromised() throws {
    func text(_ analysis: String) throws -> String {
      try CanonicalPlan(PlanFile.read(Plans.minimal + "analysis: {\(analysis)}\n", file: "p")).protocolText
    }
    let plain = try text("gap_family: holm")
    for word in ["bootstrap", "gap_family", "permutations", "slices"] { #expect(!plain.contains(word)) }
    #expect(try text("bootstrap: {}").contains("\"bootstrap\":{\"groups\":false,\"replicates\":2000}"))
    #expect(try text("bootstrap: {metrics: [mcc, f1]}").contains("\"metrics\":[\"f1\",\"mcc\"]"))
    #expect(try text("gap_family: max-t").contains("\"gap_family\":\"max-t\""))
    #expect(try text("permutations: 999").contains("\"permutations\":999"))
    #expect(
      try text("slices: {depth: 1}").contains(
        "\"slices\":{\"depth\":1,\"keep\":3,\"metric\":\"sensitivity\"}"))
  }

  /// An attribute and its levels have names that are promised; where they stand is told with the attribute.
  @Test func rulesOnAttributesArePromised() throws {
    let lines = """
        attributes: {sex: {column: s2}, age: {column: a, bands: [65]}}
        exclude: [{id: E, reason: r, when: [{attribute: age, below: 18}, {attribute: sex, is: [X, Y]}]}]

      """
    func canonical(_ old: String = "", _ new: String = "") throws -> CanonicalPlan {
      let text = Plans.minimal.replacing("cohort:\n", with: "cohort:\n" + lines)
      return try CanonicalPlan(PlanFile.read(old.isEmpty ? text : text.replacing(old, with: new), file: "p"))
    }
    let base = try canonical()
    for (old, new) in [
      ("below: 18", "at_least: 18"), ("is: [X", "is_not: [X"), ("[X, Y]", "[X]"),
      ("{attribute: age, below: 18}", "{attribute: age, missing: true}"),
    ] {
      let changed = try canonical(old, new)
      #expect(changed.protocolText != base.protocolText && changed.mappingText == base.mappingText)
    }
    let moved = try canonical("column: s2", "column: s3")
    #expect(moved.protocolText == base.protocolText && moved.mappingText != base.mappingText)
    let column = try canonical("attribute: age", "column: a")
    #expect(column.protocolText != base.protocolText)
  }

  /// That cases without a row are left out is promised, in which file it stands is mapping.
  @Test func aPlanWhoseJoinsLeaveNothingOutKeepsItsHashes() throws {
    func canonical(_ join: String) throws -> CanonicalPlan {
      try CanonicalPlan(
        PlanFile.read(
          Plans.minimal.replacing("cohort:\n", with: "cohort:\n  join: [{file: t.csv, on: id\(join)}]\n"),
          file: "p"))
    }
    let (plain, count) = (try canonical(""), try canonical(", unmatched: count"))
    let exclude = try canonical(", unmatched: exclude")
    #expect(!plain.protocolText.contains("unmatched") && plain.protocolText == count.protocolText)
    #expect(exclude.protocolText.contains("\"exclude_unmatched\":1"), "\(exclude.protocolText)")
    #expect(exclude.mappingText.contains("\"unmatched\":\"exclude\""))
  }

  @Test func whoIsStudiedIsPromisedAndWhereItStandsIsMapping() throws {
    let lines = """
        join: [{file: t.csv, on: id}]
        unit: {by: study}
        exclude: [{id: E, reason: children, when: [{column: age, below: 18}, {column: run, not_last_of: film}]}]

      """
    func canonical(_ old: String = "", _ new: String = "") throws -> CanonicalPlan {
      let text = Plans.minimal.replacing("cohort:\n", with: "cohort:\n" + lines)
      return try CanonicalPlan(PlanFile.read(old.isEmpty ? text : text.replacing(old, with: new), file: "p"))
    }
    let base = try canonical()
    for (old, new) in [
      ("t.csv", "u.csv"), ("by: study", "by: exam"), ("column: age", "column: years"),
      ("of: film", "of: [film, side]"), ("column: run,", "column: run, format: d.M.yyyy,"),
    ] {
      let changed = try canonical(old, new)
      #expect(changed.protocolText == base.protocolText && changed.mappingText != base.mappingText)
    }
    for (old, new) in [
      ("below: 18", "below: 21"), ("children", "minors"), ("not_last", "not_first"),
      ("by: study", "by: study, score: mean"),
    ] {
      let changed = try canonical(old, new)
      #expect(changed.protocolText != base.protocolText && changed.mappingText == base.mappingText)
    }
  }
}
