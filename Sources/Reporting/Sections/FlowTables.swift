internal import Statistics
internal import Validation

/// What the rules left out and what the joins did not match, as tables of the flow section.
struct FlowTables {
  let flow: Flow

  var blocks: [Block] {
    var blocks: [Block] = []
    let inside = flow.exclusions.filter { !$0.isOutsideIntendedUse }
    let outside = flow.exclusions.filter(\.isOutsideIntendedUse)
    if !inside.isEmpty { blocks.append(.table(table("Rows left out by the plan's rules", inside))) }
    if !outside.isEmpty { blocks.append(.table(table("Rows outside the intended use, left out", outside))) }
    if !flow.joins.isEmpty { blocks.append(.table(joins)) }
    return blocks
  }

  private func table(_ title: String, _ rules: [ExclusionCount]) -> Table {
    let lines = rules.flatMap { rule -> [Table.Line] in
      let total = Table.Line(
        rule.isJoin ? "No row in \(rule.id)" : "\(rule.id): \(rule.reason)", [.count(rule.rows)],
        style: .total)
      return [total]
        + rule.attributes.flatMap { attribute in
          attribute.levels.map {
            Table.Line("\(attribute.name): \($0.level.label)", [.count($0.rows)])
          }
        }
    }
    let notes =
      rules.contains(where: \.dependsOnResult)
      ? [
        "Depends on a model's output or on the reference standard: \(rules.filter(\.dependsOnResult).map(\.id).enumeration)."
      ] : []
    return Table(
      title, columns: [.text("Rule and group"), .number("Rows")], lines: lines,
      notes: ["Rules apply in their order, each to what the ones before it kept."] + notes)
  }

  /// Which cases do not stay, if any.
  private var kept: String {
    let files = flow.exclusions.filter(\.isJoin).map(\.id)
    return files.isEmpty ? "" : ", but for those without a row in \(files.enumeration), which are left out"
  }

  /// What was taken for the same although it is not the same text, or the same row.
  private func spelling(_ join: JoinAccount) -> [String] {
    (join.respelt > 0
      ? [
        "\(join.file): \(counted(join.respelt, "row")) of the cases \(join.respelt == 1 ? "has" : "have") the key there in another spelling, which the plan declares not to count."
      ] : [])
      + (join.repeated > 0
        ? [
          "\(join.file): \(counted(join.repeated, "row")) \(join.repeated == 1 ? "says" : "say") word for word what an earlier row of the same key says, and \(join.repeated == 1 ? "counts" : "count") once."
        ] : [])
      + (join.replaced > 0
        ? [
          "\(join.file): in place of \(counted(join.replaced, "row")) another row of the same key counts, as the plan says."
        ] : [])
  }

  private var joins: Table {
    Table(
      "Files joined to the cases",
      columns: [
        .text("File"), .number("Rows with a partner"), .number("Rows of the cases without"),
        .number("Rows of the file without"),
      ],
      lines: flow.joins.map {
        Table.Line($0.file, [$0.matched, $0.onlyHere, $0.onlyThere].map { .count($0) })
      },
      notes: [
        "Cases without a partner stay in the study with missing values\(kept); rows of a file without a case do not."
      ] + flow.joins.flatMap(spelling))
  }
}
