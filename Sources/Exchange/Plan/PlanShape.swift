internal import Validation

/// Every key of a plan that this version reads, with its meaning; and by name those of the contract that it lacks.
extension Section {
  static let plan = Section(
    "the plan",
    [
      Key("study", .section(study), "What this study is called.", required: true),
      Key("device", .section(device), "The device under test, as it stands on the report's cover."),
      Key(
        "cohort", .either([.section(cohort), .text]),
        "Where the cases stand and what their columns mean; or the path of a file that says so, for a protocol that several hospitals share.",
        required: true),
      Key(
        "subgroups", .list(of: .texts),
        "Dimensions to stratify by: one attribute each, or several for an intersection. Default: every attribute by itself."
      ),
      Key("analysis", .section(analysis), "How estimates are made."),
      Key(
        "criteria", .list(of: .section(criterion)), "Acceptance criteria, fixed before the results are seen."),
      Key(
        "planning", .section(planning),
        "What is assumed before the results are seen; equipoise plan power and the report say what a study of this size can show."
      ),
      Key(
        "populations", .section(populations),
        "Populations with which the cohort is compared, by the shares of attributes' levels: standardised differences and representation ratios."
      ),
    ], later: ["monitoring", "compare", "report", "archive", "exclude"])

  private static let populations = Section(
    "populations",
    [
      Key("intended", .section(population), "That for which the device is meant."),
      Key("development", .section(population), "That on which the model was developed."),
    ])

  private static let population = Section(
    "a population",
    [
      Key("name", .text, "What it is called in the report.", required: true),
      Key("source", .text, "Where its shares come from, for example a census with its year."),
      Key(
        "shares", .map(of: .map(of: .number(.share))),
        "For each attribute, levels with their shares, {sex: {Female: 0.51, Male: 0.49}}; those of an attribute add up to 1.",
        required: true),
    ])

  private static let planning = Section(
    "planning",
    [
      Key(
        "assumed", .section(assumed),
        "Values under which sizes are planned, for example {sensitivity: 0.90}.",
        required: true),
      Key(
        "prevalence", .number(.openShare), "The share of positives that is expected among the cases.",
        required: true),
      Key("power", .number(.openShare), "The probability of showing what is so. Default 0.80."),
      Key(
        "design_effect", .number(NumberRange(least: 1, most: 1000)),
        "By which several cases of a patient divide the cases. Default 1."),
    ])

  private static let assumed = Section(
    "assumed",
    Planning.metrics.map { metric in
      Key(
        metric, .number(.openShare),
        metric == "auc" ? "The area that is assumed, at least 0.5." : "The \(metric) that is assumed.")
    })

  private static let study = Section(
    "study",
    [
      Key(
        "id", .text, "Letters, digits, dots, dashes and underscores; names the folder of the results.",
        required: true),
      Key("title", .text, "One line; default: the id."),
    ])

  private static let device = Section(
    "device",
    [
      Key("name", .text, "The device's name."),
      Key("version", .text, "The version that was tested."),
      Key("manufacturer", .text, "Who makes it."),
      Key("kind", .text, "Its kind, for example cadt, cade, cadx."),
      Key("intended_use", .text, "The intended use, in words."),
    ],
    later: [
      "model_name", "release_date", "udi_di", "srn", "product_code", "regulation", "mdr_class", "nmpa_class",
      "ai_act_role", "submission_type", "predicate", "architecture", "training_cutoff", "weights_sha256",
      "tested_equals_released", "difference_assessment", "type",
    ])

  private static let analysis = Section(
    "analysis",
    [
      Key(
        "confidence", .number(NumberRange(least: 0.5, most: 1, isOpen: true)),
        "Confidence level of every interval, two-sided. Default 0.95."),
      Key("intervals", .section(intervals), "How intervals are made."),
      Key(
        "at", .section(readings),
        "Where metrics of the whole curve are taken; of a list the first is the headline."),
      Key(
        "metrics", .either([.choice(["default"]), .list(of: .metric, atLeast: 1)]),
        "\"default\" or a list of metric ids; a criterion adds its own. See: equipoise metrics."),
      Key(
        "reference_groups", .map(of: .text),
        "For each attribute the level that its other groups are compared with; \"complement\" (the default) compares each with all others."
      ),
      Key("smallest_subgroup", .section(smallestSubgroup), "Below it a group is shown and decides nothing."),
      Key(
        "indeterminate", .choice(OutputRule.allCases.map(\.rawValue)),
        "How a failed or indeterminate output is taken for verdicts. Default worst_case: as an error."),
      Key(
        "verification", .choice(VerificationCorrection.allCases.map(\.rawValue)),
        "begg_greenes: shares are corrected for cases without a reference standard, and criteria judge the corrected ones; cases with the same output are taken to be alike whether verified or not. Default: such cases are left out, and where more of the flagged than of the unflagged were verified, or fewer, criteria on sensitivity, specificity and NPV are not assessable."
      ),
      Key(
        "prevalence", .either([.number(.openShare), .list(of: .number(.openShare))]),
        "Prevalences at which PPV and NPV are stated besides the cohort's own."),
      Key(
        "gaps", .choice(GapChoice.allCases.map(\.rawValue)),
        "Which differences between groups are computed: marginal (of one-attribute groups, the default), all, none."
      ),
      Key(
        "recalibration", .flag,
        "Whether models that give probabilities are advised how much of their calibration to change, with its effect on every group. Default false."
      ),
      Key(
        "gap_family", .choice(GapFamily.allCases.map(\.rawValue)),
        "How p-values of differences between groups are adjusted: holm (the default) over all of a model; max-t over the gaps of one metric, with simultaneous intervals; benjamini-hochberg declares them a screening, with q-values."
      ),
      Key(
        "permutations", .integer(99...1_000_000),
        "How often patients are dealt out to the two groups anew for a difference with too few events for another test. Default: none; such a difference stays untested."
      ),
      Key("bootstrap", .section(bootstrap), "Intervals by resampling, beside those of the tables."),
      Key(
        "slices", .section(slices),
        "A search for the groups in which a model does worst, in one half of the patients, asked of the other half. Exploratory."
      ),
      Key(
        "multiplicity", .choice(Multiplicity.allCases.map(\.rawValue)),
        "How success is claimed over several criteria. Default co-primary: success needs all."),
      Key("seed", .integer(0 ... .max), "Of everything random. Default 20261121."),
    ])

  private static let bootstrap = Section(
    "bootstrap",
    [
      Key("replicates", .integer(199...100_000), "How many resamples. Default 2000."),
      Key(
        "metrics", .list(of: .metric, atLeast: 1),
        "Of these metrics; default all of the plan that have an interval."),
      Key(
        "groups", .flag,
        "Of the groups of single attributes too, which takes as long again for each attribute. Default false."
      ),
    ])

  private static let slices = Section(
    "slices",
    [
      Key(
        "metric", .choice(SlicePlan.metrics), "In which slices are worst. Default sensitivity."),
      Key("attributes", .texts, "Which attributes slices are made of. Default all."),
      Key("depth", .integer(1...3), "How many attributes a slice may combine. Default 2."),
      Key("keep", .integer(1...20), "How many slices are asked of the other half. Default 3."),
    ])

  private static let intervals = Section(
    "intervals",
    [
      Key("proportion", .choice(ProportionInterval.allCases.map(\.rawValue)), "Default wilson."),
      Key("auc", .choice(AUCInterval.allCases.map(\.rawValue)), "Default logit-delong."),
      Key(
        "gap", .choice(GapInterval.allCases.map(\.rawValue)),
        "Of a difference of proportions. Default newcombe; miettinen-nurminen is of independent cases without weights, others keep the default."
      ),
    ])

  private static let shares = Shape.either([.number(.openShare), .list(of: .number(.openShare), atLeast: 1)])

  private static let readings = Section(
    "at",
    [
      Key("specificity", shares, "Of sensitivity_at_specificity. Default 0.9."),
      Key("sensitivity", shares, "Of specificity_at_sensitivity. Default 0.9."),
      Key(
        "partial_auc", .list(of: .number(.share), atLeast: 2),
        "Of partial_auc: the range of specificity, two numbers in ascending order. Default [0.9, 1]."),
      Key(
        "threshold", shares,
        "Of net_benefit: risk thresholds. Default that of the primary operating point."),
    ])

  private static let smallestSubgroup = Section(
    "smallest_subgroup",
    [
      Key("positives", .integer(0 ... .max), "Positives needed. Default 10."),
      Key("negatives", .integer(0 ... .max), "Negatives needed. Default 10."),
    ])

  private static let criterion = Section(
    "a criterion",
    [
      Key("id", .text, "Its name in the results.", required: true),
      Key("metric", .metric, "A metric id. See: equipoise metrics.", required: true),
      Key(
        "scope", .either([.choice(["overall", "every_subgroup", "gap"]), .map(of: .text)]),
        "Where it must hold: overall (the default), every_subgroup, gap (with across), or one group such as {sex: Female}."
      ),
      Key(
        "of", .list(of: .texts, atLeast: 1),
        "With every_subgroup: the dimensions; default all one-attribute ones."),
      Key("across", .text, "With gap: the attribute whose groups are compared."),
      Key(
        "evidence", .choice(["lower_bound", "upper_bound", "interval"]),
        "What decides: lower_bound with at_least, upper_bound with at_most, interval with within.",
        required: true),
      Key("at_least", .number(.any), "The lower limit must reach it."),
      Key("at_most", .number(.any), "The upper limit must not exceed it."),
      Key("within", .number(.positive), "The whole interval must lie inside ± this margin."),
      Key("model", .text, "The one model that is judged; default every model."),
      Key(
        "when_not_assessable", .choice(Criterion.WhenNotAssessable.allCases.map(\.rawValue)),
        "If some groups are too small and nothing else decides: inconclusive (default), or report."),
      Key("finding", .text, "The one finding that is judged; default every finding."),
      Key("at", .text, "The operating point at which it is judged, by name; default the primary one."),
    ], later: ["power", "rationale"])
}

extension Shape {
  static let metric = Shape.choice(Metric.catalog.map(\.id))
}
