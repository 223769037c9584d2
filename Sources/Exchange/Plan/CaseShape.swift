internal import Validation

/// Which rows become which cases: the keys `unit` and `exclude` of a plan's `cohort:` section.
extension Section {
  static let unit = Section(
    "unit",
    [
      Key("by", .texts, "The column, or columns, whose values name a case.", required: true),
      Key(
        "score", .choice(UnitDefinition.ScoreRule.allCases.map(\.rawValue)),
        "Of the scores as written. Default max; rows without a score count only if none has one."),
      Key(
        "decision", .choice(UnitDefinition.Combination.allCases.map(\.rawValue)),
        "Of delivered decisions. Default any: flagged if any row is."),
      Key(
        "reference", .choice(UnitDefinition.Combination.allCases.map(\.rawValue)),
        "Of the reference standard. Default any: positive if any row is; missing if a row without it could still change that."
      ),
    ])

  static let exclusion = Section(
    "a rule of exclude",
    [
      Key("id", .text, "Its name in the flow.", required: true),
      Key("reason", .text, "Why these rows are left out, in words.", required: true),
      Key(
        "when", .either([.section(condition), .list(of: .section(condition), atLeast: 1)]),
        "The condition, or several that must all hold. A missing cell meets none but missing.",
        required: true),
      Key(
        "intended_use", .choice(["inside", "outside"]),
        "outside: these rows lie outside the intended use and are reported apart. Default inside."),
      Key(
        "depends_on_result", .flag,
        "The rule reads a model's output or the reference standard; it is then a limitation on the report's first page."
      ),
    ])

  private static let condition = Section(
    "a condition",
    [
      Key("column", .text, "The column.", required: true, or: ["attribute"]),
      Key(
        "attribute", .text,
        "In place of column, an attribute: is and is_not name its levels, below and at_least read a number with bands exactly and an age from birth_date in completed years, missing: true is unknown. An age that is top-coded (90+) or unknown is neither below nor at least."
      ),
      Key("is", .texts, "It holds one of these values."),
      Key("is_not", .texts, "It holds none of these values."),
      Key("below", .number(.any), "It holds a number below this one."),
      Key("at_least", .number(.any), "It holds this number or a larger one."),
      Key("before", .text, "It holds a date before this day (yyyy-MM-dd)."),
      Key("from", .text, "It holds this day or a later one (yyyy-MM-dd)."),
      Key("missing", .flag, "true: the cell is missing; false: it is not."),
      Key(
        "not_last_of", .texts,
        "The row is not the last by this column, of dates with or without a time or of numbers, among the rows that earlier rules kept and that have the same value in the column (or columns) named here: {column: processed_at, not_last_of: accession} keeps the latest run of each. A row without such a value is kept."
      ),
      Key(
        "not_first_of", .texts,
        "Likewise not the first: {column: exam_date, not_first_of: patient} keeps the first examination of each."
      ),
      Key(
        "format", .text,
        "How the column writes its dates, as in date.format; the cohort's own date needs none."),
    ])
}
