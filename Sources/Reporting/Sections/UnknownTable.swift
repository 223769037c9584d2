internal import Statistics
internal import Validation

/// What the cases of unknown demographics could hide, beside the results of an attribute.
struct UnknownTable {
  let evidence: Evidence
  let model: ModelDefinition
  let dimension: [String]

  /// Nil where every case is known.
  var table: Table? {
    let all = evidence.study.robustness.unknownBounds.filter {
      $0.model == model.name && $0.finding == evidence.finding && [$0.attribute] == dimension
    }
    guard !all.isEmpty else { return nil }
    let suffix = evidence.hasSeveralModels ? ": \(model.name)" : ""
    let unknown = all.map { bounds in
      "\(counted(bounds.unknown, "case")) in \(Metric.named(bounds.metric)?.name.sentenceCase ?? bounds.metric)"
    }.enumeration
    return Table(
      "What unknown \(dimension[0]) could hide\(suffix)", standing: .exploratory,
      columns: [.text("Group"), .number("Among the known"), .number("Lowest"), .number("Highest")],
      lines: all.flatMap { lines(of: $0) },
      notes: [
        "Bounds of the estimates, whichever of the groups the cases of unknown \(dimension[0]) belong to (\(unknown)); uncertainty of sampling comes on top. The largest gap is at least its lowest value."
      ])
  }

  private func lines(of bounds: UnknownBounds) -> [Table.Line] {
    guard let metric = Metric.named(bounds.metric) else { return [] }
    func cell(_ value: Double) -> Cell {
      Cell(metric.style.plain(value), numbers: .one(value, metric.style))
    }
    func line(
      _ name: String, _ value: Double, _ range: ClosedRange<Double>, _ style: Table.Line.Style = .plain
    )
      -> Table.Line
    {
      Table.Line(name, [cell(value), cell(range.lowerBound), cell(range.upperBound)], style: style)
    }
    return [.group("\(metric.name), %")] + bounds.groups.map { line($0.group.label, $0.value, $0.bounds) }
      + [line("Largest gap, percentage points", bounds.gap, bounds.gapBounds, .total)]
  }
}
