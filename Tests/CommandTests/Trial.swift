import Foundation
import TestSupport

/// A small study in a folder of its own.
struct Trial {
  let folder: ScratchFolder

  static let plan = """
    study: {id: trial}
    cohort:
      cases: cases.csv
      case: id
      date: date
      reference: {column: label, positive: ["1"], negative: ["0"]}
      models:
        - {name: M, score: score, threshold: 0.5, probability: true, indeterminate: {values: [FAILED]}}
      attributes:
        age: {column: age, bands: [40, 65]}
        sex: {column: sex, levels: {Female: F, Male: M}}
    analysis: {smallest_subgroup: {positives: 2, negatives: 2}, prevalence: [0.02]}
    criteria:
      - {id: C1, metric: sensitivity, evidence: lower_bound, at_least: 0.3}

    """

  /// Forty cases, half of them positive; scores that mostly agree; an unknown sex and a failed output.
  static let cases: String = {
    var text = "id,date,age,sex,label,score\n"
    for index in 0..<40 {
      let isPositive = index % 2 == 0
      let score = isPositive == (index % 7 != 3) ? 0.55 + Double(index) / 100 : 0.45 - Double(index) / 100
      let sex = index == 11 ? "" : index % 3 == 0 ? "F" : "M"
      let output = index == 17 ? "FAILED" : "\(abs((score * 1000).rounded() / 1000))"
      text += "c\(index),2025-0\(index % 9 + 1)-15,\(30 + index),\(sex),\(isPositive ? 1 : 0),\(output)\n"
    }
    return text
  }()

  init(plan: String = Trial.plan, cases: String = Trial.cases) throws {
    folder = try ScratchFolder()
    try folder.write(plan, to: "plan.yaml")
    try folder.write(cases, to: "cases.csv")
  }

  func validate(_ options: String...) throws -> Equipoise.Outcome {
    try Equipoise.run(["validate", "plan.yaml"] + options, in: folder)
  }
}
