internal import Validation

/// The keys of a plan's `cohort:` section.
extension Section {
  static let cohort = Section(
    "cohort",
    [
      Key(
        "cases", .either([.text, .list(of: .either([.text, .section(caseFile)])), .section(caseFile)]),
        "Files of cases: a path, a list or a glob, relative to the plan; with a format of its own {file: …, format: …}. --cases overrides it.",
        required: true),
      Key("format", .section(format), "How the bytes of every file become cells."),
      Key(
        "join", .list(of: .section(join), atLeast: 1),
        "Further files whose rows belong to the cases by a key; their columns may be named like any other."),
      Key("unit", .section(.unit), "Several rows become one case. Default: every row is one."),
      Key(
        "exclude", .list(of: .section(.exclusion), atLeast: 1),
        "Rows that are left out, by rules in their order; each is a box of the flow. Files are joined before, and rows that a join leaves out (unmatched: exclude) are no longer asked; of rows that are left out no other cell is looked at, whether case, patient or value."
      ),
      Key("case", .text, "The column that names a case; without it the row number does."),
      Key(
        "patient", .either([.text, .section(patient)]),
        "The column that names a patient, as a name or as {column: …}; given, every interval is clustered by patient. Cases that are analysed need an id."
      ),
      Key(
        "date", .either([.text, .section(date)]),
        "The column of dates (ISO 8601 or DICOM YYYYMMDD), as a name or as {column: …}. The date of a unit is that of its first row."
      ),
      Key("reference", .section(reference), "The reference standard.", required: true, or: ["findings"]),
      Key(
        "models", .list(of: .section(model), atLeast: 1), "The models under test.", required: true,
        or: ["findings"]),
      Key(
        "findings",
        .either([.section(findings), .list(of: .section(finding), atLeast: 1)]),
        "In place of reference and models: several findings, each with its own. In texts, {finding} stands for the finding's id; such a text needs quotes."
      ),
      Key(
        "missing", .texts,
        "Cells that mean \"missing\", exact after trimming. Default: empty, NA, N/A, NULL, null, None, <NA>."),
      Key(
        "spelling", .section(spelling),
        "What does not count when cells are compared, with each other and with this plan. Default: every sign counts."
      ),
      Key("attributes", .map(of: .section(attribute)), "Attributes by which cases are stratified, by name."),
      Key(
        "sampling", .choice(Sampling.allCases.map(\.rawValue)),
        "How the cases were drawn. Default consecutive. With enriched, criteria that depend on prevalence need a weight, and are refused without."
      ),
      Key(
        "weight", .text,
        "The column of sampling weights, one over the share of such cases that was drawn: how many cases of the population each stands for; a number above 0 in every row. Every estimate is then weighted."
      ),
    ], later: ["verified"])

  private static let spelling = Section(
    "spelling",
    [
      Key(
        "ids", .list(of: .choice(Spelling.Difference.allCases.map(\.rawValue)), atLeast: 1),
        "In ids of cases and patients, in keys and units: \(Spelling.Difference.allCases.inWords)."),
      Key(
        "values", .list(of: .choice(Spelling.Difference.ofValues.map(\.rawValue)), atLeast: 1),
        "In all other text: \(Spelling.Difference.ofValues.inWords). A group is named as the plan names it, else as most rows write it."
      ),
    ])

  private static let join = Section(
    "a join",
    [
      Key("file", .text, "A path or a glob, relative to the plan.", required: true),
      Key(
        "on", .either([.texts, .map(of: .text)]),
        "The key: a column (or several) of the same name in both, or {column of the cases: column of this file}. One row per key.",
        required: true,
        example: "on: COLUMN where both files name it so, else on: {COLUMN OF THE CASES: COLUMN OF THIS FILE}"
      ),
      Key(
        "prefix", .text,
        "What stands before the names of this file's columns in the plan; needed where a name stands in two files."
      ),
      Key(
        "unmatched", .choice(JoinDefinition.Unmatched.allCases.map(\.rawValue)),
        "Rows without a partner: refuse (default); count: cases stay, their columns are unknown; exclude: cases are left out, before any rule and before files that are joined later are asked for them. The flow counts them, and the file's own rows without a case."
      ),
      Key(
        "repeated", .either([.choice(JoinDefinition.Repeated.allCases.map(\.rawValue)), .section(repeated)]),
        "Rows of one key that differ in what is read: refuse (default); first or last: which counts, in the order of the file; {last: COLUMN, format: …}: by a column of dates or numbers. The flow counts the others. Equal rows count once."
      ),
      Key("format", .section(format), "What differs from the cohort's format."),
    ])

  private static let repeated = Section(
    "repeated",
    [
      Key("last", .text, "The column of this file by which the last row counts."),
      Key("first", .text, "The column of this file by which the first row counts."),
      Key("format", .text, "How that column writes its dates, as in date."),
    ])

  private static let caseFile = Section(
    "a file of cases",
    [
      Key("file", .text, "A path or a glob, relative to the plan.", required: true),
      Key("format", .section(format), "What differs from the cohort's format."),
    ])

  /// Of a file of any kind.
  static let format = Section(
    "format",
    [
      Key(
        "delimiter", .choice(Delimiter.allCases.map(\.rawValue) + Delimiter.allCases.map(\.name)),
        "What parts the fields. Default: comma in .csv, tab in .tsv; given, a file may have any name."),
      Key(
        "decimal", .choice(DecimalMark.allCases.map(\.rawValue)),
        "The decimal mark of numbers in delimited text. Default: a point."),
      Key(
        "encoding", .text,
        "Any that iconv knows: windows-1252, iso-8859-1, utf-16le, gb18030 … Default: what the byte order mark says, else utf-8."
      ),
      Key("sheet", .text, "The worksheet of a workbook. Default: the first."),
      Key(
        "header", .integer(1...1000),
        "The line at which the names of the columns stand, where titles stand above them; those are not read. Default: the first that is not blank."
      ),
    ])

  private static let patient = Section(
    "patient",
    [
      Key("column", .text, "The column.", required: true),
      Key(
        "missing", .choice(MissingPatients.allCases.map(\.rawValue)),
        "Cases that are analysed and have no id: refuse (default), or separate, each a patient of its own; the report says how many."
      ),
    ])

  private static let date = Section(
    "date",
    [
      Key("column", .text, "The column.", required: true),
      Key(
        "format", .text,
        "How dates are written: dd.MM.yyyy, MM/dd/yyyy, d/M/yyyy, dd-MMM-yyyy …, or excel for serial numbers (1900 system). A time may follow. Default: ISO 8601 or DICOM."
      ),
      Key(
        "zone", .text,
        "Z or a fixed offset such as +08:00: in it, a time with an offset of its own falls on a day. Default: the day as written."
      ),
      ownMissing,
    ])

  private static let ownMissing = Key(
    "missing", .texts, "Cells that mean \"missing\" in this column, in place of the cohort's.")

  private static let reference = Section(
    "reference",
    [
      Key("column", .text, "The column.", required: true),
      Key("positive", .texts, "Values that mean positive, at least one.", required: true),
      Key(
        "negative", .texts,
        "Values that mean negative. Default: the one other value; a third value is refused."),
      Key(
        "kind", .choice(["reference", "comparator"]),
        "comparator: another test or reader whose word is not taken for the truth. The report then speaks of positive and negative percent agreement, and predictive values, likelihood ratios and what follows from them are not computed. Default reference."
      ),
      Key("equivocal", .section(equivocal), "Values that decide neither way."),
      Key(
        "readers", .section(readers),
        "Who read the cases for it, each by themselves: their agreement is measured, overall and by group."),
      Key(
        "separator", .text,
        "What stands between labels where a cell holds several: positive if one of them is, else negative."),
      ownMissing,
    ])

  private static let readers = Section(
    "readers",
    [
      Key("columns", .list(of: .text, atLeast: 2), "The column of each reader.", required: true),
      Key(
        "scale", .either([.choice(["number"]), .list(of: .text, atLeast: 2)]),
        "number, or a list of ascending categories. Default: categories without an order, as recorded."),
    ])

  private static let equivocal = Section(
    "equivocal",
    [
      Key("values", .texts, "The values.", required: true),
      Key(
        "count_as", .choice(EquivocalRule.allCases.map(\.rawValue)),
        "excluded (the default): counted in the flow, not analysed."),
    ])

  private static let finding = Section(
    "a finding",
    [
      Key("id", .text, "Its name in the results.", required: true),
      Key("reference", .section(reference), "Its reference standard.", required: true),
      Key("models", models, "The models that look for it.", required: true),
    ])

  private static let findings = Section(
    "findings",
    [
      Key("ids", .list(of: .text, atLeast: 1), "Their names in the results.", required: true),
      Key("reference", .section(reference), "The reference standard of each.", required: true),
      Key("models", models, "The models that look for each.", required: true),
    ])

  /// Of findings: a list, or by name; a threshold may differ between them.
  private static let models = Shape.either([
    .list(of: .section(model(threshold: thresholds)), atLeast: 1),
    .map(of: .section(model(threshold: thresholds, isNamed: false))),
  ])

  private static let thresholds = Shape.either([.number(.any), .text, .map(of: threshold)])

  /// A number, or a category of the scale.
  private static let threshold = Shape.either([.number(.any), .text])

  private static let model = model(threshold: threshold)

  private static func model(threshold: Shape, isNamed: Bool = true) -> Section {
    Section(
      "a model", (isNamed ? [name] : []) + modelKeys(threshold: threshold))
  }

  private static let name = Key("name", .text, "The model's name.", required: true)

  private static func modelKeys(threshold: Shape) -> [Key] {
    [
      Key("score", .text, "The column of scores."),
      Key(
        "scale", .either([.choice(["percent"]), .list(of: .text, atLeast: 2)]),
        "percent: the scores are percentages, with or without the sign, and so are the thresholds. A list: ascending categories, one of which is the threshold."
      ),
      Key(
        "threshold", threshold,
        "A case is flagged when its score is at or beyond it. Of findings: one for all, or one for each by id."
      ),
      Key(
        "operating_points", .list(of: .section(operatingPoint(threshold: threshold)), atLeast: 1),
        "Several thresholds by name, in place of threshold."),
      Key("probability", .flag, "The score is a predicted probability. Default false."),
      Key("indeterminate", .section(indeterminate), "Values that mean that the model gave no output."),
      Key(
        "higher_means", .choice(ScoreDirection.allCases.map(\.rawValue)),
        "What a higher score speaks for. Default positive."),
      Key("decision", .text, "The column of delivered decisions; given, it is what is judged."),
      Key("positive", .texts, "Values of the decision that mean flagged."),
      Key(
        "negative", .texts,
        "Values of the decision that mean not flagged. Default: the one other value."),
      ownMissing,
    ]
  }

  private static func operatingPoint(threshold: Shape) -> Section {
    Section(
      "an operating point",
      [
        Key("name", .text, "Its name.", required: true),
        Key("threshold", threshold, "A case is flagged when its score is at or beyond it.", required: true),
        Key("primary", .flag, "The one that headline rows and criteria use. Default: the first."),
      ])
  }

  private static let indeterminate = Section(
    "indeterminate",
    [
      Key("values", .texts, "The values.", required: true),
      Key("column", .text, "The column in which they stand. Default: that of the score or decision."),
    ])

  private static let attribute = Section(
    "an attribute",
    [
      Key("column", .text, "The column.", required: true, or: ["columns", "birth_date"]),
      Key(
        "separator", .text,
        "What stands between answers where a cell holds several: a case belongs to every level that it names."
      ),
      Key(
        "columns", .map(of: .text),
        "In place of column: a column for each level, {White: race_white, Black: race_black}; needs checked."),
      Key("checked", .texts, "With columns: values that mean that the level is the case's."),
      Key(
        "birth_date", .text,
        "In place of column, a column of dates of birth: the attribute is the age in completed years on the date of the case."
      ),
      Key("format", .text, "How dates of birth are written, as in date.format."),
      ownMissing,
      Key(
        "bands", .either([.choice(AgeBands.allCases.map(\.rawValue)), .list(of: .number(.any), atLeast: 1)]),
        "Ascending edges at which a number is cut, [18, 45, 65, 75], or a set of age bands: "
          + AgeBands.allCases.map(\.inWords).joined(separator: ", ") + "."),
      Key(
        "levels", .map(of: .texts),
        "Names of levels, each with the values that mean it; any other value is refused."),
      Key("scheme", .choice(["as-recorded"], later: ["omb-2024", "omb-1997", "ons-2021"]), "As recorded."),
    ])
}

/// Bands of age by name, in years.
enum AgeBands: String, CaseIterable {
  case decade
  /// Paediatric to 21 and older adults in two steps, as the FDA's guidance on devices has them, in whole years.
  case fda
  case screeningMammography = "screening-mammography"

  var edges: [Double] {
    switch self {
    case .decade: [10, 20, 30, 40, 50, 60, 70, 80, 90]
    case .fda: [2, 12, 18, 22, 45, 65, 75, 85]
    case .screeningMammography: [40, 50, 60, 70]
    }
  }

  var inWords: String { "\(rawValue) (\(edges.map { String(Int($0)) }.joined(separator: ", ")))" }
}

extension [Spelling.Difference] {
  fileprivate var inWords: String { map { "\($0.rawValue) (\($0.words))" }.joined(separator: ", ") }
}
