internal import Statistics

extension CohortSummary {
  init(of cohort: Cohort, _ finding: FindingDefinition) {
    self.init(
      finding: finding.id, cases: cohort.count, positives: cohort.isPositive.reduce(0) { $0 + Int($1) },
      patients: cohort.patients == nil ? nil : cohort.patientCount,
      weights: cohort.weights.flatMap { $0.isEmpty ? nil : WeightSummary($0) }, flow: cohort.flow,
      attributes: cohort.attributes.map { AttributeSummary(of: $0, in: cohort) },
      models: finding.models.compactMap { definition in
        cohort.models.first { $0.name == definition.name }.map {
          ModelSummary(of: $0, definition, in: cohort)
        }
      })
  }
}

extension AttributeSummary {
  fileprivate init(of attribute: Attribute, in cohort: Cohort) {
    let unknown = attribute.levels.count
    var positives = [Int](repeating: 0, count: unknown + 1)
    var cases = positives
    if let combinations = attribute.combinations {
      for (code, truth) in zip(attribute.codes, cohort.isPositive) {
        for level in code == Attribute.unknown ? [unknown] : combinations[Int(code)] {
          cases[level] += 1
          positives[level] += Int(truth)
        }
      }
    } else {
      for (code, truth) in zip(attribute.codes, cohort.isPositive) {
        let level = min(Int(code), unknown)
        cases[level] += 1
        positives[level] += Int(truth)
      }
    }
    let names = attribute.levels.map(Level.named) + [.unknown]
    self.init(
      name: attribute.name, numeric: attribute.numeric, overlaps: attribute.combinations != nil,
      levels: names.indices.filter { $0 < unknown || cases[$0] > 0 }.map {
        LevelCount(level: names[$0], positives: positives[$0], negatives: cases[$0] - positives[$0])
      })
  }
}

extension ModelSummary {
  /// Failed outputs stand apart: the table holds the cases with an output.
  fileprivate init(of model: ModelOutputs, _ definition: ModelDefinition, in cohort: Cohort) {
    var counts = SIMD4<Int>()
    var failed = SIMD2<Int>()
    for index in 0..<cohort.count {
      let truth = Int(cohort.isPositive[index])
      if !model.failed.isEmpty, model.failed[index] == 1 {
        failed[truth] += 1
      } else if !model.flagged.isEmpty {
        counts[truth + 2 * Int(model.flagged[index] & 1)] += 1
      }
    }
    self.init(
      name: model.name,
      twoByTwo: definition.decisionNames.isEmpty
        ? nil
        : TwoByTwo(
          truePositives: counts[3], falsePositives: counts[2], falseNegatives: counts[1],
          trueNegatives: counts[0]),
      failedPositives: failed[1], failedNegatives: failed[0], disagreements: model.disagreements)
  }
}

extension MonthCount {
  /// Every month from the first to the last, then the cases without a date.
  static func volume(of cohort: Cohort) -> [MonthCount] {
    guard let months = cohort.months else { return [] }
    let dated = months.filter { $0 != Int32.min }
    guard let first = dated.min(), let last = dated.max() else { return [] }
    var cases = [Int](repeating: 0, count: Int(last - first) + 2)
    var positives = cases
    for (month, truth) in zip(months, cohort.isPositive) {
      let place = month == Int32.min ? cases.count - 1 : Int(month - first)
      cases[place] += 1
      positives[place] += Int(truth)
    }
    return cases.indices.filter { $0 < cases.count - 1 || cases[$0] > 0 }.map { place in
      let month = Int(first) + place
      let number = month % 12 + 1
      return MonthCount(
        month: place == cases.count - 1 ? nil : "\(month / 12)-\(number < 10 ? "0" : "")\(number)",
        cases: cases[place], positives: positives[place])
    }
  }
}
