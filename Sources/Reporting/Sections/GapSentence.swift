internal import Statistics
internal import Validation

/// One difference between groups, in one controlled sentence.
struct GapSentence {
  let row: Row
  let metric: Metric
  let reading: GapReading
  let alpha: Double

  var text: String {
    guard let estimate = row.estimate else {
      return "\(metric.name), \(row.comparison): \(reading.words(in: metric.style))."
    }
    let unit = metric.style.differenceUnit
    let size = metric.style.plain(abs(estimate.value)) + unit
    let direction = estimate.value < 0 ? "\(size) lower" : estimate.value > 0 ? "\(size) higher" : "the same"
    var brackets: [String] = []
    if let interval = estimate.interval {
      brackets.append("\(levelText(interval.level)) interval \(metric.style.difference(interval))")
    }
    if let p = row.test?.pAdjusted {
      brackets.append(
        "adjusted\u{00A0}p\u{00A0}"
          + pText(p, against: alpha).split(separator: " ").joined(separator: "\u{00A0}"))
    }
    let evidence = brackets.isEmpty ? "" : " (\(brackets.joined(separator: "; ")))"
    return
      "\(metric.name) \(direction) in \(row.key.subgroup.label) than in \(comparator)\(evidence): \(reading.words(in: metric.style))."
  }

  private var comparator: String {
    switch row.key.subgroupMinus {
    case .group(let group): group.label
    case .complement, nil: "all others"
    }
  }
}
