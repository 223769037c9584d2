import Testing

/// Plans for the tests: good ones, and bad ones with the lines that must answer them.
enum Plans {
  static let minimal = """
    study: {id: trial}
    cohort:
      cases: cases.csv
      reference: {column: label, positive: 1}
      models:
        - name: M
          score: s

    """

  static let full = """
    study: {id: full, title: "A full plan"}
    device: {name: D, version: "2.1", manufacturer: Maker, kind: cadt, intended_use: Triage of chest radiographs}
    cohort:
      cases: [a.csv, more/*.csv.gz]
      case: case_id
      patient: patient_id
      date: {column: study_date}
      reference: {column: label, positive: ["1"], negative: [0], equivocal: {values: [-1], count_as: excluded}}
      models:
        - name: A
          score: score
          probability: true
          operating_points: [{name: rule-out, threshold: 0.2}, {name: rule-in, threshold: 0.8, primary: true}]
          indeterminate: {values: [FAILED]}
        - {name: B, decision: read, positive: [abnormal], negative: [normal]}
      attributes:
        age: {column: age, bands: [18, 45, 65, 75]}
        sex: {column: sex, levels: {Female: [F, f], Male: M}}
        site: {column: site, scheme: as-recorded}
      sampling: random
    subgroups: [[age], sex, [sex, age]]
    analysis:
      confidence: 0.9
      intervals: {proportion: jeffreys, auc: delong}
      metrics: [auc, sensitivity]
      reference_groups: {sex: Male, age: complement}
      smallest_subgroup: {positives: 5}
      indeterminate: excluded
      prevalence: [0.02, 0.05]
      gaps: all
      multiplicity: holm
      seed: 7
    criteria:
      - {id: C1, metric: sensitivity, evidence: lower_bound, at_least: 0.8}
      - {id: C2, metric: auc, model: A, scope: every_subgroup, of: [[age], [sex]], evidence: lower_bound, at_least: 0.75,
         when_not_assessable: report}
      - {id: C3, metric: sensitivity, scope: gap, across: sex, evidence: interval, within: 0.10}
      - {id: C4, metric: false_negative_rate, scope: {sex: Female}, evidence: upper_bound, at_most: 0.2}

    """

  static func points(_ count: Int) -> String {
    (1...count).map { "{name: p\($0), threshold: \($0)}" }.joined(separator: ", ")
  }

  struct Refusal: Sendable, CustomTestStringConvertible {
    let yaml: String
    let lines: [String]
    var testDescription: String { lines.first ?? "" }

    init(_ yaml: String, _ lines: String...) {
      self.yaml = yaml
      self.lines = lines
    }

    /// The minimal plan with one text replaced, or with lines behind it.
    init(replacing old: String, with new: String, _ lines: String...) {
      yaml = Plans.minimal.replacing(old, with: new)
      self.lines = lines
    }

    init(adding text: String, _ lines: String...) {
      yaml = Plans.minimal + text
      self.lines = lines
    }

    /// The full plan with one text replaced.
    init(full old: String, with new: String, _ lines: String...) {
      yaml = Plans.full.replacing(old, with: new)
      self.lines = lines
    }
  }

  static let refused: [Refusal] = [
    // Keys
    Refusal(
      full: "criteria:\n",
      with: "populations: {intended: {name: N, shares: {sex: {Female: 0.5, Male: 0.4}}}}\ncriteria:\n",
      "33:44: the shares of sex add up to 0.9, expected 1 (to 0.01, for rounding)"),
    Refusal(
      full: "criteria:\n",
      with: "populations: {intended: {name: N, shares: {sex: {Female: 0.5, X: 0.5}}}}\ncriteria:\n",
      "33:63: \"X\" is no level of sex; known: Female, Male"),
    Refusal(adding: "  verified: w\n", "8:3: \"verified\" is not in this version"),
    Refusal(
      adding: "  weight: s\n", "8:11: \"s\" is an output of a model, not a column of weights"),
    Refusal(adding: "  join: [{file: t.csv, on: {}}]\n", "8:28: \"on\" names no column"),
    Refusal(adding: "  unit: {by: []}\n", "8:14: \"by\" names no column"),
    Refusal(
      adding: "  exclude: [{id: E, reason: r, when: {column: v}}]\n",
      "8:38: a condition needs one of is, is_not, below, at_least, before, from, missing, not_last_of, not_first_of"
    ),
    Refusal(
      adding: "  exclude: [{id: E, reason: r, when: {column: v, before: 2025}}]\n",
      "8:58: \"2025\" is no day, expected yyyy-MM-dd"),
    Refusal(
      adding: "  exclude: [{id: E, reason: r, when: {column: v, not_last_of: []}}]\n",
      "8:63: no column is named here: which rows belong together?"),
    Refusal(
      adding: "  exclude: [{id: E, reason: r, when: {column: v, not_first_of: [k, v]}}]\n",
      "8:68: \"v\" is the same in all rows that it names, and cannot order them"),
    Refusal(
      adding: "  exclude: [{id: E, reason: r, when: {column: v, not_last_of: [k, s]}}]\n",
      "8:67: \"s\" is an output of a model: leaving out rows by it changes the result; if that is meant, add \"depends_on_result: true\" to the rule"
    ),
    Refusal(
      adding: "  exclude: [{id: E, reason: r, when: {column: v, is: a, format: dd.MM.yyyy}}]\n",
      "8:65: \"format\" needs one of before, from, not_last_of, not_first_of"),
    Refusal(
      adding:
        "  date: d\n  exclude: [{id: E, reason: r, when: {column: d, from: 2025-01-01, format: dd.MM.yyyy}}]\n",
      "9:76: \"d\" is written as cohort.date says: leave \"format\" out"),
    Refusal(
      adding: "  exclude: [{id: E, reason: r, when: {below: 18}}]\n", "8:38: a condition lacks \"column\""),
    Refusal(
      adding: "  exclude: [{id: E, reason: r, when: {column: v, attribute: a, below: 18}}]\n",
      "8:39: \"column\" and \"attribute\" exclude each other", "8:61: \"a\" is no attribute"),
    Refusal(
      full: "  sampling: random\n",
      with: """
          exclude:
            - {id: E1, reason: r, when: {attribute: agee, below: 18}}
            - {id: E2, reason: r, when: {attribute: sex, at_least: 18}}
            - {id: E3, reason: r, when: {attribute: sex, is: [Femal, Male]}}
            - {id: E4, reason: r, when: {attribute: age, is_not: 18-44}}
            - {id: E5, reason: r, when: {attribute: age, from: 2025-01-01}}
            - {id: E6, reason: r, when: {attribute: age}}

        """,
      "21:45: \"agee\" is no attribute; did you mean \"age\"?",
      "22:50: \"at_least\" needs an age or another number: \"sex\" has no bands",
      "23:55: \"Femal\" is no level of sex; did you mean \"Female\"?",
      "24:58: \"18-44\" is no level of age; known: <18, 18–44, 45–64, 65–74, 75+",
      "25:50: \"from\" asks a column, not an attribute: write column: …",
      "26:33: a condition on an attribute needs one of is, is_not, below, at_least, missing"),
    Refusal(
      adding:
        "  attributes: {truth: {column: label}}\n  exclude: [{id: E, reason: r, when: {attribute: truth, is: 1}}]\n",
      "9:50: \"label\" is the reference standard: leaving out rows by it changes the result; if that is meant, add \"depends_on_result: true\" to the rule"
    ),
    Refusal(adding: "monitoring: {}\n", "8:1: \"monitoring\" is not in this version"),
    Refusal(
      adding: "analysis: {bootstrap: {metrics: [auc, ece], replicates: 10}}\n",
      "8:39: noise pushes ece up, and resampling would push it up again: it has no interval",
      "8:57: \"replicates\" is \"10\", expected a whole number from 199 to 100000"),
    Refusal(
      adding: "analysis: {slices: {attributes: [agee], depth: 4}}\n",
      "8:34: \"agee\" is no attribute", "8:48: \"depth\" is \"4\", expected a whole number from 1 to 3"),
    Refusal(
      adding: "analysis: {gap_family: max_t}\n",
      "8:24: \"max_t\" is no choice for \"gap_family\"; did you mean \"max-t\"?"),
    Refusal(
      replacing: "score: s", with: "score: s\n      scale: per cent",
      "8:14: \"per cent\" is no choice for \"scale\"; did you mean \"percent\"?"),
    Refusal(
      adding: "analysis: {confidense: 0.9}\n",
      "8:12: \"confidense\" is no key of analysis; did you mean \"confidence\"?"),
    Refusal(
      adding: "  attributes: {eth: {column: e, scheme: omb-2024}}\n",
      "8:41: \"omb-2024\" is not in this version"),
    Refusal(replacing: "study: {id: trial}", with: "study: {}", "1:8: study lacks \"id\""),
    Refusal(replacing: "id: trial", with: "id: trial, id: other", "1:9: the key \"id\" stands here twice"),
    Refusal(
      replacing: "positive: 1", with: "positive: 1, \"1\": a, 1: b",
      "4:43: \"1\" is no key of reference; known: column, positive, negative, kind, equivocal, readers, separator, missing",
      "4:51: the key \"1\" stands here twice"),
    // Kinds and ranges
    Refusal(
      replacing: "id: trial", with: "id: ../up",
      "1:13: study.id is \"../up\", expected 1 to 100 letters, digits, dots, dashes and underscores (it names a folder)"
    ),
    Refusal(
      adding: "analysis: {confidence: 95}\n",
      "8:24: \"confidence\" is \"95\", expected a number between 0.5 and 1 (neither included)"),
    Refusal(
      adding: "analysis: {confidence: nan}\n",
      "8:24: \"confidence\" is \"nan\", expected a number between 0.5 and 1 (neither included)"),
    Refusal(
      adding: "analysis: {confidence: \"0.9\"}\n",
      "8:24: \"confidence\" is \"0.9\", expected a number between 0.5 and 1 (neither included) without quotes"
    ),
    Refusal(
      adding: "analysis: {gaps: marginl}\n",
      "8:18: \"marginl\" is no choice for \"gaps\"; did you mean \"marginal\"?"),
    Refusal(
      adding: "subgroups: sex\n",
      "8:12: \"subgroups\" is \"sex\", expected a list, each element a text or a list of texts"),
    Refusal(
      adding: "  attributes: {age: {column: age, bands: [45, 18]}}\n",
      "8:47: bands are not ascending: 18 follows a larger or equal edge"),
    Refusal(
      replacing: "score: s", with: "score: s\n      probability: true\n      threshold: 50",
      "9:18: threshold is 50.0, expected a number between 0 and 1 (the score is a probability): if its scores are percentages, put scale: percent into the model"
    ),
    Refusal(
      replacing: "score: s", with: "threshold: 0.5",
      "6:7: a model needs a column: \"score\", \"decision\" or both", "7:7: \"threshold\" needs \"score\""),
    Refusal(
      replacing: "score: s", with: "score: label",
      "7:14: \"label\" is the column of the reference standard: leave this model out, or name the column that holds its own output"
    ),
    Refusal(
      replacing: "positive: 1", with: "positive: [1, \"NA\"], negative: [1.0]",
      "4:44: \"NA\" already means missing (cohort.missing)", "4:62: \"1.0\" has two meanings here"),
    Refusal(
      replacing: "positive: 1", with: "positive: SI, negative: [Sì]}\n  spelling: {values: [case, accents]",
      "5:13: \"SI\" and \"Sì\" would be one in label, and mean positive and negative"),
    // Files, dates and scores
    Refusal(
      adding: "  format: {encoding: utf-8//IGNORE}\n",
      "8:22: \"utf-8//IGNORE\" is no name of an encoding, expected one such as utf-8, utf-16le, windows-1252, gb18030"
    ),
    Refusal(replacing: "cases: cases.csv", with: "cases: []", "3:10: \"cases\" names no file"),
    Refusal(
      adding: "  date: {column: d, format: dd.MM.yy}\n",
      "8:29: \"dd.MM.yy\" is no form of a date, expected one such as dd.MM.yyyy, MM/dd/yyyy, d/M/yyyy, dd-MMM-yyyy, or excel"
    ),
    Refusal(
      adding: "  date: {column: d, zone: Europe/Berlin}\n",
      "8:27: \"Europe/Berlin\" is no fixed offset, expected Z or one such as +08:00 (zones with names and summer times are not supported)"
    ),
    Refusal(
      replacing: "score: s", with: "score: s\n      threshold: high",
      "8:18: \"threshold\" is \"high\", expected a number"),
    Refusal(
      replacing: "score: s",
      with: "score: s\n      scale: percent\n      probability: true\n      threshold: 120",
      "10:18: threshold is 120.0, expected a number between 0 and 100 (the score is a probability in percent)"
    ),
    Refusal(
      adding: "  attributes: {age: {birth_date: b, bands: decade}}\n",
      "8:34: an age from \"birth_date\" needs the date of the case (cohort.date)"),
    // Names
    Refusal(
      adding: "analysis: {metrics: [sensitivty]}\n",
      "8:22: \"sensitivty\" is no choice for \"metrics\"; did you mean \"sensitivity\"?"),
    Refusal(
      adding: "analysis: {at: {partial_auc: [1, 0.9]}}\n",
      "8:30: partial_auc is 1.0, 0.9, expected a range of specificity: two numbers in ascending order, such as [0.9, 1]"
    ),
    Refusal(
      adding: "analysis: {at: {specificity: 90}}\n",
      "8:30: \"specificity\" is \"90\", expected a number between 0 and 1 (neither included)"),
    Refusal(adding: "subgroups: [[sex]]\n", "8:14: \"sex\" is no attribute"),
    Refusal(
      full: "sex: Male, age", with: "sex: Man, age",
      "26:27: \"Man\" is no level of sex; known: Female, Male"),
    Refusal(full: "model: A", with: "model: AA", "35:34: \"AA\" is no model; did you mean \"A\"?"),
    Refusal(full: "id: C2", with: "id: C1", "35:10: \"C1\" stands here twice"),
    Refusal(
      replacing: "id: trial", with: "id: \"\"",
      "1:13: study.id is \"\", expected 1 to 100 letters, digits, dots, dashes and underscores (it names a folder)"
    ),
    Refusal(
      replacing: "id: trial", with: "id: \"  \"",
      "1:13: study.id is \"  \", expected 1 to 100 letters, digits, dots, dashes and underscores (it names a folder)"
    ),
    Refusal(
      replacing: "score: s", with: "score: s\n      operating_points: [" + points(15) + "]",
      "8:25: 15 operating points; at most 14 are read"),
    Refusal(
      adding: "  attributes: {sex: {column: s, levels: {\"(unknown)\": U}}}\n",
      "8:42: \"(unknown)\" is the report's own word for a missing value"),
    // Criteria
    Refusal(
      full: "across: sex, evidence: interval, within: 0.10",
      with: "across: age, evidence: lower_bound, at_least: -0.1",
      "37:70: one-sided evidence on a gap needs a direction: name the comparison group under analysis.reference_groups, or use evidence interval with within"
    ),
    Refusal(
      full: "evidence: lower_bound, at_least: 0.8}", with: "evidence: interval, within: 0.1}",
      "34:45: evidence interval holds a margin around 0, which is not where sensitivity should be: use lower_bound with at_least, upper_bound with at_most, or scope gap"
    ),
    Refusal(
      full: "at_least: 0.75", with: "at_least: 75",
      "35:113: the goal of auc is 75, expected a number between 0 and 1"),
    Refusal(
      full: "C1, metric: sensitivity, evidence: lower_bound, at_least: 0.8}",
      with: "C1, metric: mcc, evidence: lower_bound, at_least: 8}",
      "34:60: the goal of mcc is 8, expected a number between -1 and 1"),
    Refusal(
      full: "C1, metric: sensitivity, evidence: lower_bound, at_least: 0.8}",
      with: "C1, metric: lr_positive, evidence: lower_bound, at_least: 0}",
      "34:68: the goal of lr_positive is 0, expected a number above 0"),
    Refusal(
      full: "within: 0.10", with: "within: 0",
      "37:88: \"within\" is \"0\", expected a number above 0"),
    Refusal(
      full: "of: [[age], [sex]]", with: "of: [[site]]",
      "35:65: [site] is not among the plan's subgroups: add \"- [site]\" there"),
    Refusal(full: "across: sex, ", with: "", "37:42: scope gap needs \"across\": the attribute"),
    Refusal(
      full: "C3, metric: sensitivity", with: "C3, metric: diagnostic_odds_ratio",
      "37:22: diagnostic_odds_ratio is a ratio: its difference between groups has no meaning"),
    Refusal(
      full: "C1, metric: sensitivity", with: "C1, metric: ece, model: A",
      "34:22: ece has no interval, so that no bound can be held against a goal"),
    Refusal(
      full: "at_most: 0.2", with: "at_most: 20",
      "38:97: the goal of false_negative_rate is 20, expected a share of 1 (0.8, not 80)"),
    Refusal(
      full: "at_most: 0.2", with: "at_least: 0.2",
      "38:75: evidence upper_bound needs \"at_most\"",
      "38:88: \"at_least\" does not go with evidence upper_bound, which takes \"at_most\""),
    Refusal(
      full: "model: A, ", with: "",
      "35:22: the model \"B\" has no auc: it gives decisions, not scores"),
    Refusal(
      full: "{id: C1, metric: sensitivity, evidence: lower_bound, at_least: 0.8}",
      with:
        "{id: C1, metric: ppv, evidence: lower_bound, at_least: 0.8}\n  - {id: C0, metric: brier, model: B, evidence: upper_bound, at_most: 0.1}",
      "35:22: the model \"B\" has no brier: its score is not declared a probability"),
    Refusal(
      Plans.full.replacing("sampling: random", with: "sampling: enriched")
        .replacing("id: C1, metric: sensitivity", with: "id: C1, metric: npv"),
      "34:22: npv depends on prevalence and says nothing beyond an enriched cohort (cohort.sampling) without sampling weights (cohort.weight)"
    ),
    // YAML
    Refusal(
      "study: {id: trial",
      "2:1: not valid YAML: while parsing a flow mapping, which began in line 1: did not find expected ',' or '}'"
    ),
    Refusal("study: *nobody", "1:8: not valid YAML: found undefined alias"),
  ]
}
