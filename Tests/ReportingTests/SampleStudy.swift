import Statistics
import Validation

/// A study built by hand, with the shape that the engine gives: every report test starts from one of these.
struct SampleStudy {
  var models = [
    ModelDefinition(
      name: "PneumoFlag 2.1", score: "score",
      operatingPoints: [
        OperatingPoint(name: "triage", threshold: 0.5), OperatingPoint(name: "rule-out", threshold: 0.2),
      ], isProbability: true)
  ]
  var attributes: [(name: String, levels: [(name: String, positives: Int, negatives: Int)])] = [
    ("sex", [("Female", 210, 830), ("Male", 230, 870)]),
    ("age", [("<18", 4, 40), ("18–44", 90, 560), ("45–64", 140, 600), ("65+", 206, 500)]),
    (
      "ethnicity",
      [
        ("White", 260, 1000), ("Black or African American", 80, 330), ("Asian", 70, 240),
        ("Native Hawaiian or Other Pacific Islander", 0, 14),
        ("More than one of the categories above", 9, 60),
      ]
    ),
  ]
  var intersections: [[String]] = [["sex", "age"]]
  var unknown: (positives: Int, negatives: Int) = (21, 56)
  var margin: Double? = 0.1
  var criteria = true
  var title = "Chest X-ray pneumothorax triage: external validation"
  var metrics = Metric.defaults
  var failedPositives = 6
  var failedNegatives = 18
  var patients: Int? = 1800
  var sampling = Sampling.consecutive
  var perfectAUC = false
  var hasMonths = true
  var confidence = 0.95
  var multiplicity = Multiplicity.coPrimary
  var unverifiedUnflagged = 39
  var isComparator = false
  /// Of the excess calibration error.
  var nullP: Double?
  /// Of the differences that are shown.
  var pAdjusted = 0.009

  private let positives = 440
  private let negatives = 1700

  var study: Study {
    let plan = self.plan
    var rows: [Row] = []
    for (index, model) in models.enumerated() {
      let shift = -0.02 * Double(index)
      rows += self.rows(of: model, in: .everyone, positives, negatives, shift: shift)
      rows += settings(of: model)
      for dimension in plan.subgroups {
        for (number, group) in groups(of: dimension).enumerated() {
          let drop = number % 3 == 1 ? -0.09 : 0.01 * Double(number % 4)
          rows += self.rows(of: model, in: group.0, group.1, group.2, shift: shift + drop)
          if dimension.count == 1, !group.0.hasUnknown {
            rows += gaps(of: model, in: group.0, group.1, group.2, drop: drop)
          }
        }
      }
    }
    return Study(
      plan: plan, cohorts: [cohort], rows: rows, judgements: judgements,
      verdict: criteria ? .inconclusive : .noCriteria,
      curves: models.filter { $0.score != nil }.flatMap { curves(of: $0) }, distributions: [distributions])
  }

  static let provenance = Provenance(
    toolVersion: "0.1.0",
    inputs: [
      .init(path: "cases.csv", sha256: String(repeating: "9f86d081", count: 8), bytes: 184_213, rows: 2190)
    ],
    protocolHash: String(repeating: "3fa94c1b", count: 8),
    mappingHash: String(repeating: "b1946ac9", count: 8))

  private var plan: AnalysisPlan {
    var cohort = CohortDefinition(
      cases: ["cases.csv"], patientColumn: patients == nil ? nil : "patient_id",
      reference: ReferenceColumn(column: "label", positive: ["1"], equivocal: ["-1"]), models: models)
    cohort.sampling = sampling
    cohort.findings[0].reference.isComparator = isComparator
    var plan = AnalysisPlan(
      id: "cxr-triage-2026", title: title,
      device: Device(
        name: "PneumoFlag", version: "2.1", manufacturer: "Example Imaging Ltd", kind: "cadt",
        intendedUse:
          "Prioritises frontal chest radiographs of adults with suspected pneumothorax for reading."),
      cohort: cohort, subgroups: attributes.map { [$0.name] } + intersections, metrics: metrics,
      referenceGroups: ["ethnicity": "White"], prevalences: [0.02, 0.05])
    plan.confidence = confidence
    plan.multiplicity = multiplicity
    guard criteria else { return plan }
    plan.criteria = [
      Criterion(id: "C1", metric: "sensitivity", scope: .overall, evidence: .lowerBound(atLeast: 0.8)),
      Criterion(
        id: "C2", metric: "sensitivity", scope: .everySubgroup(of: nil), evidence: .lowerBound(atLeast: 0.75)),
    ]
    if let margin {
      plan.criteria.append(
        Criterion(
          id: "C3", metric: "sensitivity", scope: .gap(across: "sex"), evidence: .interval(within: margin)))
    }
    return plan
  }

  private var cohort: CohortSummary {
    CohortSummary(
      cases: positives + negatives, positives: positives, patients: patients,
      flow: Flow(
        read: 2151 + unverifiedUnflagged, noReference: unverifiedUnflagged - 1, equivocal: 12,
        analysed: positives + negatives,
        unverified: models.map {
          UnverifiedOutputs(model: $0.name, flagged: 9, unflagged: unverifiedUnflagged, failed: 2)
        }),
      attributes: attributes.enumerated().map { index, attribute in
        AttributeSummary(
          name: attribute.name,
          numeric: attribute.name == "age"
            ? NumericSummary(minimum: 3, lowerQuartile: 41, median: 58.5, upperQuartile: 71, maximum: 96)
            : nil,
          levels: attribute.levels.map {
            LevelCount(level: .named($0.name), positives: $0.positives, negatives: $0.negatives)
          } + [LevelCount(level: .unknown, positives: unknown.positives, negatives: unknown.negatives)])
      },
      models: models.map {
        ModelSummary(
          name: $0.name,
          twoByTwo: TwoByTwo(
            truePositives: 400, falsePositives: 130, falseNegatives: positives - 400 - failedPositives,
            trueNegatives: negatives - 130 - failedNegatives),
          failedPositives: failedPositives, failedNegatives: failedNegatives)
      })
  }

  private func groups(of dimension: [String]) -> [(Subgroup, Int, Int)] {
    var result: [([Subgroup.Term], Double, Double)] = [([], 1, 1)]
    for name in dimension {
      guard let attribute = attributes.first(where: { $0.name == name }) else { continue }
      let levels =
        attribute.levels.map { (Level.named($0.name), $0.positives, $0.negatives) }
        + [(.unknown, unknown.positives, unknown.negatives)]
      result = result.flatMap { terms, p, n in
        levels.map { level in
          (
            terms + [Subgroup.Term(name, level.0)], p * Double(level.1) / Double(positives),
            n * Double(level.2) / Double(negatives)
          )
        }
      }
    }
    return result.map {
      (Subgroup($0.0), Int(($0.1 * Double(positives)).rounded()), Int(($0.2 * Double(negatives)).rounded()))
    }
  }

  private func rows(
    of model: ModelDefinition, in group: Subgroup, _ positives: Int, _ negatives: Int, shift: Double
  ) -> [Row] {
    plan.metrics.compactMap(Metric.named).map { metric in
      let key = Row.Key(model: model.name, subgroup: group, metric: metric.id)
      return row(key, metric, model, positives, negatives, shift: shift)
    }
  }

  private func row(
    _ key: Row.Key, _ metric: Metric, _ model: ModelDefinition, _ positives: Int, _ negatives: Int,
    shift: Double
  ) -> Row {
    let isAssessable = positives >= 10 && negatives >= 10 && !key.subgroup.hasUnknown
    let n =
      metric.id == "sensitivity" ? positives : metric.id == "specificity" ? negatives : positives + negatives
    var support = Support(cases: positives + negatives, positives: positives, negatives: negatives)
    func made(_ result: Row.Result) -> Row {
      Row(
        key: key, result: result, support: support,
        test: Metric.testedAgainstCalibration.contains(key.metric)
          ? nullP.map { Row.Test(p: $0, pAdjusted: nil, family: "perfect calibration") } : nil,
        isAssessable: isAssessable)
    }
    if metric.needs == .probability, !model.isProbability { return made(.undefined(.needsProbability)) }
    if metric.needs == .score, model.score == nil { return made(.undefined(.needsScore)) }
    if metric.id != "specificity", positives == 0 { return made(.undefined(.noPositives)) }
    if metric.id == "auc", perfectAUC {
      return made(
        .estimated(
          Estimate(
            value: 1, interval: Interval(lower: 0.98, upper: 1, level: 0.95), method: "exact-type",
            caveat: "AUC is 1: the lower limit rests on the number of cases alone")))
    }
    let spread = 1 / Double(max(positives, 1)).squareRoot()
    switch metric.style {
    case .percentage:
      let base =
        ["sensitivity": 0.91, "specificity": 0.92, "prevalence": 0.2, "failure_rate": 0.01][metric.id] ?? 0.7
      let x = min(n, max(0, Int((Double(n) * (base + shift)).rounded())))
      support = Support(
        cases: positives + negatives, positives: positives, negatives: negatives, numerator: x, denominator: n
      )
      return made(
        .estimated(
          Estimate(
            value: Double(x) / Double(n), interval: wilson(x, n), method: "wilson",
            designEffect: patients == nil ? nil : 1.12)))
    case .number:
      let base = ["auc": 0.955, "calibration_slope": 0.93, "calibration_intercept": -0.08][metric.id] ?? 0.04
      let value = base + shift / 3
      let half = metric.id == "auc" ? spread * 0.2 : spread * 1.5
      let isBounded = metric.id == "auc"
      return made(
        .estimated(
          Estimate(
            value: value,
            interval: metric.hasInterval
              ? Interval(
                lower: value - half, upper: isBounded ? min(1, value + half) : value + half, level: 0.95)
              : nil, method: metric.hasInterval ? "logit-delong" : "none")))
    }
  }

  private func settings(of model: ModelDefinition) -> [Row] {
    var rows: [Row] = []
    for point in model.operatingPoints.dropFirst() {
      for metric in ["sensitivity", "specificity", "ppv", "npv"].compactMap(Metric.named) {
        let key = Row.Key(
          model: model.name, subgroup: .everyone, metric: metric.id,
          setting: Setting(operatingPoint: point.name))
        rows.append(row(key, metric, model, positives, negatives, shift: 0.04))
      }
    }
    for prevalence in [0.02, 0.05] {
      for metric in ["ppv", "npv"].compactMap(Metric.named) {
        let key = Row.Key(
          model: model.name, subgroup: .everyone, metric: metric.id, setting: Setting(prevalence: prevalence))
        rows.append(row(key, metric, model, positives, negatives, shift: 0))
      }
    }
    for rule in OutputRule.allCases where rule != .worstCase {
      for metric in ["sensitivity", "specificity", "auc"].compactMap(Metric.named) {
        let key = Row.Key(model: model.name, subgroup: .everyone, metric: metric.id, outputs: .rule(rule))
        rows.append(row(key, metric, model, positives, negatives, shift: 0.01))
      }
    }
    return rows
  }

  private func gaps(
    of model: ModelDefinition, in group: Subgroup, _ positives: Int, _ negatives: Int, drop: Double
  ) -> [Row] {
    let isReference = group.terms.first?.level == .named("White")
    guard !isReference, group.terms.first?.level != .named("Male") else { return [] }
    let comparator: Comparator =
      group.attributes == ["ethnicity"]
      ? .group(Subgroup([.init("ethnicity", .named("White"))])) : .complement
    return plan.metrics.compactMap(Metric.named).map { metric in
      let key = Row.Key(model: model.name, subgroup: group, subgroupMinus: comparator, metric: metric.id)
      let plain = row(
        Row.Key(model: model.name, subgroup: group, metric: metric.id), metric, model, positives, negatives,
        shift: drop)
      guard plain.estimate != nil else {
        return Row(key: key, result: plain.result, support: plain.support, isAssessable: plain.isAssessable)
      }
      let half = 0.6 / Double(max(positives, 1)).squareRoot()
      let value = metric.id == "auc" ? drop / 3 : drop
      return Row(
        key: key,
        result: .estimated(
          Estimate(
            value: value, interval: Interval(lower: value - half, upper: value + half, level: 0.95),
            method: "newcombe")),
        support: plain.support,
        test: metric.needs == .probability
          ? nil
          : Row.Test(
            p: value < -0.02 ? 0.0004 : 0.4, pAdjusted: value < -0.02 ? pAdjusted : 0.9,
            family: "gaps in \(metric.id)"),
        isAssessable: plain.isAssessable)
    }
  }

  private func wilson(_ x: Int, _ n: Int) -> Interval {
    let (x, n, z) = (Double(x), Double(n), 1.959964)
    let centre = (x + z * z / 2) / (n + z * z)
    let half = z / (n + z * z) * (x * (n - x) / n + z * z / 4).squareRoot()
    return Interval(lower: max(0, centre - half), upper: min(1, centre + half), level: 0.95)
  }

  private var judgements: [Judgement] {
    guard criteria else { return [] }
    let female = Subgroup([.init("sex", .named("Female"))])
    return models.flatMap { model in
      [
        Judgement(
          criterion: "C1", model: model.name, subgroup: .everyone, verdict: .met, value: 0.909, bound: 0.879,
          goal: 0.8, sentence: "Sensitivity over all cases: lower limit 87.9 %, goal at least 80.0 %."),
        Judgement(
          criterion: "C1", model: model.name, subgroup: nil, verdict: .met, value: 0.909, bound: 0.879,
          goal: 0.8, p: 0.001, pAdjusted: multiplicity == .coPrimary ? nil : 0.0246,
          adjustedBound: multiplicity == .coPrimary ? nil : 0.8642,
          sentence: "Sensitivity over all cases is at least 80.0 %: its lower limit is 87.9 %."),
        Judgement(
          criterion: "C2", model: model.name, subgroup: female, verdict: .met, value: 0.91, bound: 0.86,
          goal: 0.75,
          sentence: "Sensitivity in Female: lower limit 86.0 %."),
        Judgement(
          criterion: "C2", model: model.name, subgroup: Subgroup([.init("age", .named("<18"))]),
          verdict: .notAssessable, goal: 0.75, sentence: "Too few cases."),
        Judgement(
          criterion: "C2", model: model.name, subgroup: nil, verdict: .inconclusive, bound: 0.72, goal: 0.75,
          sentence:
            "Sensitivity in every subgroup was not shown to be at least 75.0 %: lowest lower limit 72.3 % (ethnicity Black or African American)."
        ),
        Judgement(
          criterion: "C3", model: model.name, subgroup: nil, verdict: .notMet, value: -0.02, bound: -0.061,
          goal: 0.1, sentence: "The difference between Female and Male lies within ±10.0 points."),
      ].filter { $0.criterion != "C3" || margin != nil }
    }
  }

  private func curves(of model: ModelDefinition) -> [Curve] {
    let roc = (0...200).map { index -> Curve.Point in
      let x = Double(index) / 200
      let y =
        perfectAUC
        ? (index == 0 ? 0 : 1)
        : 1 - (1 - x) * (1 - x) * (1 - x) * (1 - x) * (1 - x) * (1 - x) * (1 - x) * (1 - x) * (1 - x)
      let name =
        index == 16
        ? model.operatingPoints.first?.name
        : index == 40 ? model.operatingPoints.dropFirst().first?.name : nil
      return Curve.Point(x: x, y: y, threshold: index == 0 ? nil : 1 - x, operatingPoint: name)
    }
    let calibration = (0..<10).map { index -> Curve.Point in
      let x = 0.04 + 0.095 * Double(index)
      let y = min(0.98, x * 0.92 + 0.02)
      return Curve.Point(x: x, y: y, lower: max(0, y - 0.06), upper: min(1, y + 0.06), cases: 214)
    }
    let everyone = Subgroup.everyone
    return [Curve(kind: .roc, model: model.name, subgroup: everyone, points: roc)]
      + (model.isProbability
        ? [Curve(kind: .calibration, model: model.name, subgroup: everyone, points: calibration)] : [])
  }

  private var distributions: Distributions {
    let edges = (0...40).map { Double($0) / 40 }
    let scores = models.filter { $0.score != nil }.map { model in
      ScoreHistogram(
        model: model.name, edges: edges, positives: (0..<40).map { $0 * $0 / 40 + 1 },
        negatives: (0..<40).map { (39 - $0) * (39 - $0) * (39 - $0) / 400 + 1 })
    }
    let months = (0..<14).map { index in
      let month = index % 12 + 1
      return MonthCount(
        month: "\(2025 + index / 12)-\(month < 10 ? "0" : "")\(month)", cases: 120 + index * 7 % 50,
        positives: 24 + index % 9)
    }
    return Distributions(
      scores: scores, months: hasMonths ? months + [MonthCount(month: nil, cases: 7, positives: 1)] : [])
  }
}
