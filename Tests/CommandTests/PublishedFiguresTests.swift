import Foundation
import TestSupport
import Testing

/// The whole pipeline on real data, against figures that others published.
struct PublishedFiguresTests {
  private func results(_ plan: String, _ data: String) throws -> ResultTable {
    let folder = try ScratchFolder()
    let outcome = try Equipoise.run(
      "validate", "\(Package.root)/Cohorts/\(plan)", "--cases", SharedData.url(data).path, "--out", "out",
      in: folder)
    #expect(outcome.status == 0, "\(outcome.words)")
    return try ResultTable(contentsOfFile: folder.path + "/out/rows.csv")
  }

  /// ProPublica, "Machine Bias", 2016.
  @Test(.enabled(if: SharedData.has("data/compas"), "EQUIPOISE_SHARED has no data/compas"))
  func compas() throws {
    let rows = try results("compas/plan.yaml", "data/compas/compas_two_years.csv")
    func percent(_ metric: String, _ race: String) -> Double {
      (rows.number(metric, in: "race=\(race)") * 10000).rounded() / 100
    }
    #expect(percent("false_positive_rate", "African-American") == 44.85)
    #expect(percent("false_positive_rate", "Caucasian") == 23.45)
    #expect(percent("false_negative_rate", "African-American") == 27.99)
    #expect(percent("false_negative_rate", "Caucasian") == 47.72)
    #expect(agrees(rows.number("auc"), 0.7022, within: 5e-5))
  }

  /// Ribeiro et al. 2020, table 2: sensitivity and specificity of the network's decisions, from one plan.
  @Test(
    .enabled(if: SharedData.has("data/code_ecg_test"), "EQUIPOISE_SHARED has no data/code_ecg_test"))
  func codeECG() throws {
    let rows = try results("code-ecg/plan.yaml", "data/code_ecg_test/code_ecg_test.csv")
    func rounded(_ value: Double) -> Double { (value * 1000).rounded() / 1000 }
    for (finding, sensitivity, specificity) in [
      ("1dAVb", 0.929, 0.995), ("RBBB", 1, 0.995), ("LBBB", 1, 1), ("SB", 0.938, 0.996), ("AF", 0.769, 1),
      ("ST", 0.973, 0.997),
    ] {
      #expect(rounded(rows.number("sensitivity", finding: finding)) == sensitivity, "\(finding)")
      #expect(rounded(rows.number("specificity", finding: finding)) == specificity, "\(finding)")
    }
    #expect(rows.number("auc", finding: "LBBB") == 1)
    #expect(rows.number("auc", "lower", finding: "LBBB") < 1, "thirty positives do not prove perfection")
  }

  /// pROC 1.18.0: `auc`, `var`, `ci.auc(method = "delong")`.
  @Test(.enabled(if: SharedData.has("data/asah"), "EQUIPOISE_SHARED has no data/asah"))
  func asah() throws {
    let rows = try results("asah/plan.yaml", "data/asah/aSAH.csv")
    func width(_ model: String) -> Double {
      rows.number("auc", "upper", model: model) - rows.number("auc", "lower", model: model)
    }
    let z = 1.9599639845400545
    #expect(agrees(rows.number("auc", model: "S100B"), 0.731368563685637, within: 1e-12))
    #expect(agrees(pow(width("S100B") / 2 / z, 2), 0.00266868245717244, within: 1e-12))
    #expect(agrees(rows.number("auc", model: "NDKA"), 0.611957994579946, within: 1e-12))
    #expect(agrees(rows.number("auc", "lower", model: "NDKA"), 0.501244999271703, within: 1e-12))
    #expect(agrees(rows.number("auc", "upper", model: "NDKA"), 0.722670989888189, within: 1e-12))
    #expect(agrees(rows.number("auc", model: "WFNS"), 0.8237, within: 5e-5))
    #expect(agrees(rows.number("auc", in: "sex=Female", model: "NDKA"), 0.6671428571, within: 1e-10))
    #expect(agrees(rows.number("auc", "lower", in: "sex=Female", model: "NDKA"), 0.5261398281, within: 1e-10))
  }

  @Test(
    .enabled(if: SharedData.has("data/acs_employment_ma"), "EQUIPOISE_SHARED has no data/acs_employment_ma"))
  func acs() throws {
    let rows = try results("acs-employment/plan.yaml", "data/acs_employment_ma/employment_ma.csv.gz")
    let published = [
      "sex=Male": 0.9199, "sex=Female": 0.8858, "year=2015": 0.9034, "year=2016": 0.9020, "year=2017": 0.9051,
      "year=2018": 0.9057,
    ]
    for (group, auc) in published {
      #expect(agrees(rows.number("auc", in: group), auc, within: 5e-5), "\(group)")
    }
    #expect(rows.row("auc", in: "race=Alaska Native")?["assessable"] == "false")
    #expect(rows.row("auc", in: "race=Alaska Native")?["n"] == "6", "shown, however small")
  }
}
