import Statistics
import TestSupport
import Testing
import Validation

/// The whole engine on cohort10k against R 4.2.2 (pROC 1.18, rms 6.5), scikit-learn, statsmodels.
@Suite(.enabled(if: SharedData.has("goldens/cohort10k.csv"), "needs the shared reference values"))
struct GoldenTests {
  private let table: PlainTable
  private let r: JSON
  private let python: JSON

  init() throws {
    table = try PlainTable(contentsOf: SharedData.url("goldens/cohort10k.csv"))
    r = try Golden.shared("goldens/golden_R.json")["cohort10k"]
    python = try Golden.shared("goldens/golden_py.json")["cohort10k"]
  }

  private func study(clustered: Bool = false, _ change: (inout AnalysisPlan) -> Void = { _ in }) throws
    -> Study
  {
    let names = table.strings("patient_id")
    var codes: [String: UInt32] = [:]
    let patients = names.map { name in
      let code = codes[name] ?? UInt32(codes.count)
      codes[name] = code
      return code
    }
    return try Study(
      of: cohort(
        scores: table.numbers("score"), isPositive: table.strings("label").map { $0 == "1" },
        patients: clustered ? patients : nil, attributes: [("sex", table.strings("sex"))]),
      following: plan(attributes: ["sex"], patients: clustered, change))
  }

  private func expect(_ row: Row?, _ value: Double, _ tolerance: Double = 1e-9) throws {
    let estimate = try #require(row?.estimate)
    #expect(agrees(estimate.value, value, within: tolerance), "\(row?.key.metric ?? "")")
  }

  private func expect(_ row: Row?, limits: [Double], _ tolerance: Double = 1e-9) throws {
    let interval = try #require(row?.estimate?.interval)
    #expect(agrees(interval.lower, limits[0], within: tolerance), "\(row?.key.metric ?? "")")
    #expect(agrees(interval.upper, limits[limits.count - 1], within: tolerance), "\(row?.key.metric ?? "")")
  }

  @Test func theTable() throws {
    let study = try study()
    let table = python["confusion_0.5"]
    for (metric, key) in [
      ("sensitivity", "sens"), ("specificity", "spec"), ("ppv", "ppv"), ("npv", "npv"), ("accuracy", "acc"),
    ] {
      let row = study.row(metric)
      try expect(row, limits: table[key]["wilson"].numbers)
      #expect(row?.support.numerator == table[key]["k"].int)
      #expect(row?.support.denominator == table[key]["n"].int)
    }
    try expect(study.row("f1"), table["f1"].number)
    try expect(study.row("mcc"), table["mcc"].number)
    try expect(study.row("balanced_accuracy"), table["balanced_accuracy"].number)
  }

  @Test(arguments: [
    (ProportionInterval.clopperPearson, "beta"), (.jeffreys, "jeffreys"), (.agrestiCoull, "agresti_coull"),
  ]) func otherIntervals(_ method: ProportionInterval, _ key: String) throws {
    let study = try study { $0.proportionInterval = method }
    try expect(study.row("sensitivity"), limits: python["confusion_0.5"]["sens"][key].numbers)
  }

  @Test func theArea() throws {
    let study = try study { $0.aucInterval = .deLong }
    try expect(study.row("auc"), r["auc"].number, 1e-12)
    try expect(study.row("auc"), limits: r["delong_ci"].numbers, 1e-12)
    for sex in ["F", "M"] {
      let group = r["subgroups"][sex]
      try expect(study.row("auc", .of("sex", sex)), group["auc"].number, 1e-12)
      try expect(study.row("auc", .of("sex", sex)), limits: group["ci"].numbers, 1e-12)
    }
    let gap = study.row("auc", .of("sex", "F"), minus: .complement)
    let test = r["subgroup_unpaired_test"]
    try expect(gap, test["estimate"][0].number - test["estimate"][1].number, 1e-12)
    #expect(agrees(try #require(gap?.test?.p), test["p"].number, within: 1e-9))
  }

  @Test func calibration() throws {
    let study = try study()
    let calibration = python["calibration"]
    try expect(study.row("calibration_intercept"), calibration["citl"].number)
    try expect(study.row("calibration_slope"), calibration["slope"].number)
    // Where the deviance of R's glm, at the best intercept, is qchisq(.95, 1) above its lowest (uniroot); ours is taken on
    // 4,096 rounded cases.
    try expect(study.row("calibration_slope"), limits: [0.868796184617, 0.975732957485], 1e-6)
    try expect(study.row("observed_expected"), calibration["oe_ratio"].number)
    try expect(study.row("brier"), python["brier"]["brier"].number)
    try expect(study.row("brier_scaled"), python["brier"]["brier_skill"].number)
    try expect(study.row("ece"), python["ece_width10"]["ece"].number)
  }

  @Test func theGapInSensitivity() throws {
    let study = try study()
    let gap = python["sens_diff_between_groups"]
    try expect(study.row("sensitivity", .of("sex", "F"), minus: .complement), limits: gap["newcomb"].numbers)
  }

  /// Obuchowski 1997, from placement sums; the bootstrap only within its Monte-Carlo error.
  @Test func theClusteredArea() throws {
    let study = try study(clustered: true) { $0.aucInterval = .deLong }
    let golden = python["clustered_auc"]
    let interval = try #require(study.row("auc")?.estimate?.interval)
    let patients = try #require(study.row("auc")?.support.patients)
    #expect(patients == golden["obuchowski"]["clusters"].int)
    // Our quantile is Student's on the smaller class; the standard error is what the paper defines.
    let positives = Set(
      zip(table.strings("patient_id"), table.strings("label")).filter { $1 == "1" }.map(\.0)
    ).count
    let t = ReferenceDistribution.student(Double(positives - 1)).upperQuantile(0.025)
    let standardError = (interval.upper - interval.lower) / 2 / t
    #expect(agrees(standardError, golden["obuchowski"]["se"].number, within: 1e-9))
    let bootstrap = golden["cluster_bootstrap"]
    #expect(abs(standardError - bootstrap["se"].number) < 4 * bootstrap["se_mc_error"].number)
  }
}

@Suite(.enabled(if: SharedData.has("goldens/asah.csv"), "needs the shared reference values"))
struct AneurysmTests {
  /// pROC's own documentation: aSAH biomarkers.
  @Test func biomarkersAgreeWithPROC() throws {
    let table = try PlainTable(contentsOf: SharedData.url("goldens/asah.csv"))
    let truth = table.strings("label").map { $0 == "1" }
    let published = [
      ("s100b", 0.731368563685637, 0.00266868245717244), ("ndka", 0.611957994579946, 0.0031908105493913),
    ]
    for (marker, auc, variance) in published {
      let deLong = try DeLong(Sample(scores: table.numbers(marker), isPositive: truth))
      #expect(agrees(deLong.auc, auc, within: 1e-12))
      #expect(agrees(try #require(deLong.variance), variance, within: 1e-12))
    }
    let wfns = try DeLong(Sample(scores: table.numbers("wfns"), isPositive: truth))
    #expect((wfns.auc * 10_000).rounded() == 8237)
  }
}
