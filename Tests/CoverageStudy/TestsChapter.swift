import CoverageSupport
import Validation

/// How often every test rejects what is true, and finds what is not.
struct TestsChapter {
  let replicates: Int
  let checkpoint: Checkpoint
  private static let seed: UInt64 = 411_020_511
  private static let mostSize = 0.065
  private static let leastSize = 0.035
  private static let eventsForLeast = 10.0

  private struct Cell {
    let name: String
    let size: Double
    let power: Double
    /// Whether it must not reject too seldom either.
    let hasFloor: Bool

    var isBroken: Bool { size > mostSize || (hasFloor && size < leastSize) }
    var text: String {
      "**\(percent(size))**\(isBroken ? "‼" : hasFloor ? "" : "·") *\(percent(power))*"
    }
  }

  func text() throws -> String {
    let (groups, calibration, curves) = (try groups(), try calibration(), try curves())
    let broken = (groups + calibration + curves).flatMap { row in
      row.cells.compactMap { cell in
        cell.flatMap { $0.isBroken ? "- \($0.name), \(row.name): \(percent($0.size)) %" : nil }
      }
    }
    return """
      # Size and power of every test

      A cell reads **size** *power*, in per cent, of a test at a nominal 5 %: \(replicates) samples where the hypothesis is \
      true, a quarter as many at the alternative that is named. No size may exceed 6.5 (`‼`). Where at least 10 events are \
      expected in a group (of an AUC: n · (1 − AUC) of each class) tests of differences and goals must reach 3.5; `·`: \
      fewer, or a test that has no lower limit.

      \(broken.isEmpty ? "Every cell keeps its limits." : "Cells outside:\n\n" + broken.joined(separator: "\n"))

      ## Differences, goals and equivalence

      Two groups of as many patients of each class as named, through the whole engine. Alternatives: positives of the \
      second group score \(TestScenario.deficit) standard deviations lower and its negatives as much higher; a goal \
      \(percent(TestScenario.margin)) points below the truth; groups alike (of equivalence, whose size is taken with \
      the gap at the margin). Goals and equivalence are one-sided at 5 %: limits of 90 % intervals. The size of a goal for \
      sensitivity is the exact binomial sum where cases are independent.

      \(table(groups, TestScenario.names))

      ## Tests of calibration

      A calibrated model; alternative: predictions 1.5 times too far from one half on the logit scale. No lower limit: \
      few cases make these tests conservative. Undefined where a null takes cases for independent and patients have \
      several.

      \(table(calibration, Scenario.calibrationTests))

      ## Three curves on the same cases

      DeLong's χ² on two degrees of freedom; latent scores of the models correlate by .5 within a class. Alternative: the \
      third model's positives score .5 lower.

      \(table(curves, ["all AUCs are equal"]))
      """
  }

  private typealias Row = (name: String, cells: [Cell?])

  private func groups() throws -> [Row] {
    var rows: [Row] = []
    let values: [(auc: Double, sensitivity: Double)] = [(0.6, 0.5), (0.8, 0.8), (0.95, 0.9), (0.99, 0.95)]
    let clusters: [(images: Int, correlation: Double)] = [(1, 0), (4, 0.5), (4, 0.8)]
    let scenarios = [20, 50, 200, 1000].flatMap { perClass in
      values.flatMap { value in
        clusters.map {
          TestScenario(
            perClass: perClass, auc: value.auc, sensitivity: value.sensitivity, images: $0.images,
            correlation: $0.correlation)
        }
      }
    }
    for (place, scenario) in scenarios.enumerated() {
      let seed = Self.seed + UInt64(place)
      let sizes = try checkpoint.cell("tests \(place)") {
        try scenario.sizes(replicates: replicates, seed: seed)
      }
      let powers = try checkpoint.cell("power \(place)") {
        try scenario.powers(replicates: max(1, replicates / 4), seed: seed + 500)
      }
      let isEquivalence = TestScenario.names.count - 1
      rows.append(
        (
          "\(scenario.perClass), AUC \(scenario.auc), sensitivity \(scenario.sensitivity)"
            + (scenario.images == 1 ? "" : ", \(scenario.images) images, ICC \(scenario.correlation)"),
          TestScenario.names.indices.map { index in
            let exact = index == TestScenario.goal ? scenario.exactSizeOfGoal : nil
            return Cell(
              name: TestScenario.names[index], size: exact ?? sizes[index], power: powers[index],
              hasFloor: index != isEquivalence
                && scenario.expectedEvents[index] >= Self.eventsForLeast)
          }
        ))
      showProgress("Tests of groups", place + 1, scenarios.count)
    }
    return rows
  }

  private func calibration() throws -> [Row] {
    var rows: [Row] = []
    let scenarios = [40, 100, 400, 2000].flatMap { patients in
      [0.1, 0.5].flatMap { prevalence in
        [(0.6, 1, 0), (0.8, 1, 0), (0.8, 4, 0.8), (0.95, 1, 0)].map { auc, images, correlation in
          Scenario(
            patients: patients, imagesPerPatient: images, correlation: correlation, prevalence: prevalence,
            auc: auc, sensitivity: 0.8)
        }
      }
    }
    for (place, scenario) in scenarios.enumerated() {
      let seed = Self.seed + 10_000 + UInt64(place)
      let size = try checkpoint.cell("calibration \(place)") {
        try scenario.calibrationRejections(replicates: replicates, seed: seed)
      }
      let power = try checkpoint.cell("calibration power \(place)") {
        try scenario.calibrationRejections(
          replicates: max(1, replicates / 4), seed: seed + 500, stretch: 1.5)
      }
      rows.append(
        (
          "\(scenario.patients) patients, prevalence \(scenario.prevalence), AUC \(scenario.auc)"
            + (scenario.imagesPerPatient == 1
              ? "" : ", \(scenario.imagesPerPatient) images, ICC \(scenario.correlation)"),
          Scenario.calibrationTests.indices.map { index in
            guard let size = size[index], let power = power[index] else { return nil }
            return Cell(
              name: Scenario.calibrationTests[index], size: size, power: power, hasFloor: false)
          }
        ))
      showProgress("Tests of calibration", place + 1, scenarios.count)
    }
    return rows
  }

  private func curves() throws -> [Row] {
    var rows: [Row] = []
    let scenarios = [20, 50, 200, 1000].flatMap { perClass in
      [0.6, 0.8, 0.95, 0.99].map { CurvesScenario(perClass: perClass, auc: $0) }
    }
    for (place, scenario) in scenarios.enumerated() {
      let seed = Self.seed + 20_000 + UInt64(place)
      let shares = try checkpoint.cell("curves \(place)") {
        [
          try scenario.rejections(replicates: replicates, seed: seed),
          try scenario.rejections(replicates: max(1, replicates / 4), seed: seed + 500, deficit: 0.5),
        ]
      }
      rows.append(
        (
          "\(scenario.perClass) a class, AUC \(scenario.auc)",
          [
            Cell(
              name: "equal AUCs", size: shares[0], power: shares[1],
              hasFloor: Double(scenario.perClass) * (1 - scenario.auc) >= Self.eventsForLeast)
          ]
        ))
      showProgress("Tests of curves", place + 1, scenarios.count)
    }
    return rows
  }

  private func table(_ rows: [Row], _ names: [String]) -> String {
    let head = [
      "| | " + names.joined(separator: " | ") + " |", "|---|" + String(repeating: "---|", count: names.count),
    ]
    return
      (head
      + rows.map { row in
        "| \(row.name) | " + row.cells.map { $0?.text ?? "–" }.joined(separator: " | ") + " |"
      }).joined(separator: "\n")
  }
}

/// Error rates of procedures for several hypotheses.
struct FamiliesChapter {
  let replicates: Int
  let checkpoint: Checkpoint
  private static let seed: UInt64 = 511_020_611

  func text() throws -> String {
    var lines: [String] = []
    let scenarios = [4, 12].flatMap { count in
      [0, count / 2].flatMap { isFalse in
        [0, 0.5, 0.9].map { FamilyScenario(hypotheses: count, isFalse: isFalse, correlation: $0) }
      }
    }
    for (place, scenario) in scenarios.enumerated() {
      let procedures = scenario.procedures
      if lines.isEmpty {
        lines.append(
          "| hypotheses, false, correlation | " + procedures.map(\.name).joined(separator: " | ") + " |")
        lines.append("|---|" + String(repeating: "---|", count: procedures.count))
      }
      let rates = try checkpoint.cell("families \(place)") {
        try scenario.rates(replicates: replicates, seed: Self.seed + UInt64(place)).map {
          [$0.familyWise, $0.falseDiscoveries, $0.power]
        }
      }
      let cells = zip(procedures, rates).map { procedure, rate in
        let limit = procedure.controlsDiscoveries ? rate[1] : rate[0]
        return "**\(percent(rate[0]))** \(percent(rate[1]))"
          + (procedure.name != "none" && limit > 0.055 ? "‼" : "")
          + (scenario.isFalse > 0 ? " *\(percent(rate[2]))*" : "")
      }
      lines.append(
        "| \(scenario.hypotheses), \(scenario.isFalse), \(scenario.correlation) | "
          + cells.joined(separator: " | ") + " |")
      showProgress("Families", place + 1, scenarios.count)
    }
    return """
      # Families of hypotheses

      Normal statistics, \(replicates) samples a cell; of false hypotheses the mean is \(FamilyScenario.effect) standard \
      errors. A cell reads **family-wise error** false-discovery rate *power*, in per cent, at a nominal 5 %; the fixed \
      sequence tests the false ones first. `‼`: above 5.5 in what the procedure controls.

      \(lines.joined(separator: "\n"))
      """
  }
}

func percent(_ share: Double) -> String { NumberText.fixed(share * 100, decimals: 1) }
