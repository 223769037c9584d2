internal import Validation

extension Section {
  /// Groups defined by several attributes at once; most are small.
  static let intersections = Section(anchor: "intersections", title: "Intersections") { evidence in
    evidence.intersections.enumerated().flatMap { index, dimension in
      let anchor = "intersection-\(index + 1)"
      let heading = Block.heading(Heading(level: 3, text: dimension.joined(separator: " × "), anchor: anchor))
      return [heading]
        + evidence.models.enumerated().flatMap { index, model in
          let name = Block.heading(
            Heading(level: 4, text: model.name, anchor: "\(anchor)-model-\(index + 1)"))
          return (evidence.hasSeveralModels ? [name] : [])
            + Intersection(evidence: evidence, model: model, dimension: dimension).blocks
        }
    }
  }
}

private struct Intersection {
  let evidence: Evidence
  let model: ModelDefinition
  let dimension: [String]

  private var results: SubgroupResults {
    SubgroupResults(evidence: evidence, model: model, dimension: dimension)
  }
  private var groups: [Subgroup] { evidence.groups(of: dimension) }
  private var metric: Metric? { evidence.subgroupMetrics(of: model).first }

  var blocks: [Block] {
    guard let metric, !groups.isEmpty else { return [.paragraph("No group of this crossing has a result.")] }
    let small = groups.filter { evidence.isUnassessable($0, for: model) }.count
    let sentence =
      "\(counted(groups.count, "group")), of which \(NumberText.count(small)) \(small == 1 ? "is" : "are") not assessable."
    let figures = heatMaps(of: metric) ?? results.forests(of: metric)
    return [.paragraph(sentence + " " + results.reading)] + figures.map { .figure($0) }
      + results.tables.map { .table($0) }
      + ShrunkenTable(evidence: evidence, model: model, dimension: dimension).blocks
  }

  /// Nil where the last attribute has too many levels to stand side by side.
  private func heatMaps(of metric: Metric) -> [Figure]? {
    guard let across = dimension.last else { return nil }
    var seen: Set<Level> = []
    let columns = groups.compactMap { $0.level(of: across) }.filter { seen.insert($0).inserted }
      .sorted { $0 != .unknown && $1 == .unknown }
    guard columns.count <= 8 else { return nil }
    var cells: [Subgroup: [Level: HeatMap.Square]] = [:]
    var order: [Subgroup] = []
    for group in groups {
      guard let level = group.level(of: across),
        let row = evidence.row(metric.id, of: model.name, in: group)
      else { continue }
      let line = Subgroup(Array(group.terms.dropLast()))
      if cells[line] == nil { order.append(line) }
      cells[line, default: [:]][level] = square(row, metric)
    }
    let parts = order.chunks(of: 20)
    return parts.enumerated().map { index, part in
      let which = parts.count > 1 ? ", part \(index + 1) of \(parts.count)" : ""
      let map = HeatMap(
        dimension: dimension, columns: columns.map(\.label),
        lines: part.map { line in .init(label: line.label, cells: columns.map { cells[line]?[$0] }) })
      return figure(map, metric, which)
    }
  }

  private func square(_ row: Row, _ metric: Metric) -> HeatMap.Square {
    let value = row.estimate?.value
    return HeatMap.Square(
      value: value, text: value.map(metric.style.text) ?? "undefined", support: support(of: row),
      numbers: value == nil || !row.isAssessable
        ? [] : .one(value, metric.style) + .fraction(of: row, as: .numerator),
      isAssessable: row.isAssessable)
  }

  private func support(of row: Row) -> String {
    (row.isAssessable ? "" : "n.a. · ") + (row.fraction ?? "n \(NumberText.count(row.support.cases))")
  }

  private func figure(_ map: HeatMap, _ metric: Metric, _ which: String) -> Figure {
    let model = evidence.hasSeveralModels ? ": \(model.name)" : ""
    let caption =
      "\(metric.name) by \(dimension.joined(separator: " × "))\(model)\(which)\(evidence.ownPrevalenceRemark(metric))"
    return Figure(
      caption: caption + ". Darker is lower; a dashed frame and “n.a.”: not assessable.",
      description:
        "Table of shaded cells: \(metric.name.sentenceCase) in every crossing of the attributes, darker where it is lower. Cells that are not assessable have a dashed frame and no shade.",
      drawing: map.drawing,
      data: Table(
        caption, columns: [.text("Group")] + map.columns.map { .number($0) },
        lines: map.lines.map { line in
          Table.Line(
            line.label,
            line.cells.map { square in
              Cell(
                square.map { "\($0.text), \($0.support)" } ?? "no cases", numbers: square?.numbers ?? [])
            })
        }))
  }
}
