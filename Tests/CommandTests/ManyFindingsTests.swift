import Foundation
import TestSupport
import Testing

/// A wide file as the NIH chest radiographs come: all labels of an image in one cell, a score for each label and model.
struct ManyFindingsTests {
  static let labels = [
    "Atelectasis", "Cardiomegaly", "Consolidation", "Edema", "Effusion", "Emphysema", "Fibrosis", "Hernia",
    "Infiltration", "Mass", "Nodule", "Pleural_Thickening", "Pneumonia", "Pneumothorax",
  ]
  static let models = ["A", "B", "C", "D", "E"]

  private static let plan = """
    study: {id: nih}
    cohort:
      cases: wide.csv
      case: Image Index
      patient: Patient ID
      findings:
        ids: [\(labels.joined(separator: ", "))]
        reference: {column: "Finding Labels", separator: "|", positive: ["{finding}"]}
        models:
    \(models.map { "      \($0): {score: \"\($0)_{finding}\", threshold: 0.5, probability: true}" }
      .joined(separator: "\n"))
      attributes:
        sex: {column: Patient Gender}
    criteria:
      - {id: C1, metric: auc, evidence: lower_bound, at_least: 0.6}
      - {id: C2, metric: sensitivity, finding: Hernia, model: A, scope: every_subgroup, evidence: lower_bound, at_least: 0.5}

    """

  /// Label i is on every image whose number leaves the remainder i by 7 or by 11; scores follow it with a fixed ripple.
  private static var table: String {
    var lines = ["Image Index,Patient ID,Patient Gender,Finding Labels"]
    lines[0] += models.flatMap { model in labels.map { ",\(model)_\($0)" } }.joined()
    for image in 0..<400 {
      let own = labels.indices.filter { image % 7 == $0 || image % 11 == $0 - 3 }
      let cell = own.isEmpty ? "No Finding" : own.map { labels[$0] }.joined(separator: "|")
      var line = "\(image).png,\(image / 2),\(image % 4 < 2 ? "F" : "M"),\(cell)"
      for model in models.indices {
        for label in labels.indices {
          let ripple = (image * 37 + model * 11 + label * 5) % 50
          line += ",0.\((own.contains(label) ? 45 : 20) + ripple)"
        }
      }
      lines.append(line)
    }
    return lines.joined(separator: "\n") + "\n"
  }

  @Test func fourteenLabelsAndFiveModels() throws {
    let folder = try ScratchFolder()
    try folder.write(Self.plan, to: "plan.yaml")
    try folder.write(Self.table, to: "wide.csv")
    let outcome = try Equipoise.run("validate", "plan.yaml", "--out", "out", in: folder)
    #expect(outcome.status < 3, "\(outcome.words)")
    let rows = try ResultTable(contentsOfFile: folder.path + "/out/rows.csv")
    for (index, label) in Self.labels.enumerated() {
      let positives = (0..<400).count { $0 % 7 == index || $0 % 11 == index - 3 }
      for model in Self.models {
        #expect(rows.number("auc", "positives", model: model, finding: label) == Double(positives))
      }
    }
    let keys = ["model", "finding", "subgroup", "subgroup_minus", "metric", "at", "outputs"]
    let names = rows.rows.map { row in keys.map { row[$0] ?? "" } }
    #expect(Set(names).count == names.count)
    let study = try JSON(contentsOf: URL(filePath: folder.path + "/out/study.json"))
    let sums = study["judgements"].array.filter { $0["subgroup"].isNull }
    #expect(sums.count == 14 * 5 + 1)
    #expect(study["cohort"]["findings"].array.map { $0["finding"].string } == Self.labels)
  }
}
