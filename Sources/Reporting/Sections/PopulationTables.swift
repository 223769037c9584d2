internal import Statistics
internal import Validation

/// The cohort beside the populations that the plan names.
struct PopulationTables {
  let evidence: Evidence

  var blocks: [Block] {
    evidence.plan.populations.flatMap { population -> [Block] in
      let comparisons = evidence.study.robustness.populations.filter {
        $0.kind == population.kind && $0.finding == evidence.finding
      }
      guard !comparisons.isEmpty else { return [] }
      return [.table(table(population, comparisons)), .figure(figure(population, comparisons))]
    }
  }

  private static let style = NumberStyle.number(decimals: 2)

  private func words(_ population: Population) -> String {
    "\(population.name) (\(population.kind == .intended ? "intended use" : "development"))"
  }

  private func table(_ population: Population, _ comparisons: [PopulationComparison]) -> Table {
    let interval = "\(levelText(evidence.plan.confidence)) interval"
    let lines = comparisons.flatMap { comparison -> [Table.Line] in
      let distance = comparison.distance.map {
        "; \(NumberText.percent($0)) of cases would have to be of another level to match"
      }
      return [
        .group(
          "\(comparison.attribute): \(counted(comparison.cases, "case")) of known level\(distance ?? "")")
      ]
        + comparison.levels.map { line($0, of: comparison) }
    }
    return Table(
      "The cohort beside \(words(population))", standing: .exploratory,
      columns: [
        .text("Level"), .number("Cohort, n (%)"), .number("Population, %"),
        .number("Standardised difference"), .number("Representation ratio (\(interval))"),
      ], lines: lines,
      notes: [
        population.source.map { "Source: \($0)." },
        "Shares of cases whose level is known\(evidence.plan.cohort.weightColumn == nil ? "" : ", by weight"). Standardised difference: in standard deviations; 0.1 is a customary mark. Representation ratio: the cohort's share over the population's, which is taken as known. Nothing is judged by this table.",
      ].compactMap { $0 })
  }

  private func line(
    _ level: PopulationComparison.LevelShare, of comparison: PopulationComparison
  ) -> Table.Line {
    Table.Line(
      level.level,
      [
        Cell(
          "\(NumberText.count(level.cases)) (\(NumberText.percent(level.share)))",
          numbers: .one(Double(level.cases), .count)
            + [CellNumber(part: .share, value: level.share, format: .style(.percentage))]),
        Cell(
          level.target.map { NumberText.percent($0) } ?? "not stated",
          numbers: .one(level.target, .percentage)),
        Cell(
          level.standardisedDifference.map { Self.style.difference($0) } ?? "–",
          numbers: .one(level.standardisedDifference, .difference(Self.style))),
        Cell(
          level.ratio.map { Self.style.plain(.estimated($0)) } ?? "–",
          numbers: .estimate(level.ratio.map { .estimated($0) }, Self.style)),
      ])
  }

  private func figure(_ population: Population, _ comparisons: [PopulationComparison]) -> Figure {
    let lines = comparisons.flatMap { comparison in
      comparison.levels.enumerated().compactMap { index, level -> ForestPlot.Line? in
        guard let ratio = level.ratio else { return nil }
        return ForestPlot.Line(
          heading: index == 0 ? comparison.attribute : nil, label: level.level, estimate: ratio,
          positives: nil, negatives: nil, isAssessable: true, text: Self.style.plain(.estimated(ratio)))
      }
    }
    let interval = levelText(evidence.plan.confidence)
    let caption = "Representation of \(words(population)) in the cohort"
    return Figure(
      caption: caption,
      description:
        "Each level's share in the cohort over its share in the population, with \(interval) intervals; the dashed line at 1 is the same share.",
      drawing: ForestPlot(
        lines: lines, style: Self.style, subject: "Level", reference: .init(value: 1, label: "same share"),
        goals: [], limits: nil, axisTitle: "ratio (\(interval) interval)"
      ).drawing,
      data: Table(
        caption, standing: .exploratory,
        columns: [.text("Level"), .number("Representation ratio (interval)")],
        lines: comparisons.flatMap { comparison in
          [.group(comparison.attribute)]
            + comparison.levels.compactMap { level in
              level.ratio.map {
                Table.Line(
                  level.level,
                  [Cell(Self.style.plain(.estimated($0)), numbers: .estimate(.estimated($0), Self.style))])
              }
            }
        }))
  }
}
