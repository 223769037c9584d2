internal import Validation

/// What each measure of the plan means, and how its interval is made; what several share is said once.
struct MethodsTables {
  let metrics: [Metric]
  let isWeighted: Bool

  var tables: [Table] { [definitions, intervals] }

  private var definitions: Table {
    Table(
      "Measures of this study", columns: [.text("Measure"), .text("Definition"), .text("Holds if")],
      lines: metrics.map {
        Table.Line($0.name, note: $0.formula, [Cell($0.definition), Cell($0.assumptions)])
      },
      notes: isWeighted
        ? [
          "Weighted here: what holds at the cohort's own prevalence holds at the weighted one, and how cases were sampled is what the weights make up for."
        ] : [])
  }

  private var intervals: Table {
    struct Way: Hashable {
      let interval: String
      let reference: String
    }
    var names: [Way: [String]] = [:]
    var order: [Way] = []
    for metric in metrics {
      let way = Way(interval: metric.intervalText, reference: metric.reference)
      if names[way] == nil { order.append(way) }
      names[way, default: []].append(metric.name)
    }
    return Table(
      "How intervals are made", columns: [.text("Measures"), .text("Interval"), .text("References")],
      lines: order.map {
        Table.Line((names[$0] ?? []).joined(separator: ", "), [Cell($0.interval), Cell($0.reference)])
      },
      notes: isWeighted
        ? [
          "Weighted here: intervals follow from the influence of each case times its weight, as with patients; the method that was used stands beside each estimate."
        ] : [])
  }
}
