internal import Statistics

/// The sentences of judgements: what was found, which limit was held against which goal, and what follows.
struct JudgementText {
  let criterion: Criterion
  let row: Row
  let confidence: Double

  private var style: NumberStyle { Metric.named(criterion.metric)?.style ?? .number(decimals: 3) }
  /// With the operating point that the criterion aims at.
  private var name: String {
    (Metric.named(criterion.metric)?.name ?? criterion.metric)
      + (criterion.operatingPoint.map { " at \($0)" } ?? "")
      + (row.key.setting.verification == nil ? "" : " (corrected for verification)")
  }

  private var subject: String {
    let group = row.key.subgroup
    switch row.key.subgroupMinus {
    case nil: return group.isEveryone ? name : "\(name) in \(group.phrase)"
    case .complement: return "\(name) in \(group.phrase) minus all others"
    case .group(let other): return "\(name) in \(group.phrase) minus \(other.label)"
    }
  }

  func judged(_ verdict: Verdict, _ interval: Interval) -> String {
    let isDifference = row.key.subgroupMinus != nil
    let value = row.estimate.map { isDifference ? difference($0.value) : style.text($0.value) } ?? ""
    let limits = isDifference ? style.difference(interval) : style.text(interval)
    let held =
      switch criterion.evidence {
      case .lowerBound(let goal): compared("lower limit", interval.lower, "goal at least", goal)
      case .upperBound(let goal): compared("upper limit", interval.upper, "goal at most", goal)
      case .interval(let margin): "margin ±\(style.plain(margin))\(style.differenceUnit)"
      }
    return "\(subject): \(value) (\(percent) CI \(limits)); \(held): \(verdict.sentenceWords)."
  }

  func undefined(_ reason: Undefined) -> String { "\(subject): undefined, \(reason)." }

  func tooFew(_ smallest: SmallestSubgroup) -> String {
    "\(subject): not assessable; \(row.support.positives) positives and \(row.support.negatives) negatives, "
      + "the plan asks for \(smallest.positives) and \(smallest.negatives)"
      + (row.key.subgroupMinus == nil ? "." : " on both sides.")
  }

  func unverified(_ shares: (flagged: Double, unflagged: Double)) -> String {
    "\(subject): not assessable; \(NumberText.percent(shares.flagged)) of flagged but "
      + "\(NumberText.percent(shares.unflagged)) of unflagged cases have a reference standard."
  }

  var noInterval: String {
    "\(subject): not assessable; \(row.estimate?.caveat ?? "no interval exists here")."
  }

  private func difference(_ value: Double) -> String { style.difference(value) + style.differenceUnit }

  private var percent: String { NumberText.fixed(confidence * 100, decimals: 0) + "\u{202F}%" }

  /// Both numbers as printed elsewhere, with more digits only where they would look the same and are not.
  private func compared(_ limit: String, _ bound: Double, _ word: String, _ goal: Double) -> String {
    var boundText = style.text(bound)
    var goalText = style.text(goal)
    if boundText == goalText, bound != goal {
      for decimals in 2...6 where boundText == goalText {
        let finer: NumberStyle = style == .percentage ? .percentage : .number(decimals: decimals + 2)
        boundText =
          finer == .percentage ? NumberText.percent(bound, decimals: decimals) : finer.text(bound)
        goalText = finer == .percentage ? NumberText.percent(goal, decimals: decimals) : finer.text(goal)
      }
    }
    return "\(limit) \(boundText), \(word) \(goalText)"
  }

  /// Over all rows of a criterion.
  static func summary(_ verdict: Verdict, _ criterion: Criterion, rows: [Judgement]) -> String {
    guard rows.count != 1, let metric = Metric.named(criterion.metric) else {
      return rows.first?.sentence ?? "No row."
    }
    let demand =
      switch criterion.evidence {
      case .lowerBound(let goal): "lower limit at least \(metric.style.text(goal))"
      case .upperBound(let goal): "upper limit at most \(metric.style.text(goal))"
      case .interval(let margin):
        "whole interval within ±\(metric.style.plain(margin))\(metric.style.differenceUnit)"
      }
    let scope =
      switch criterion.scope {
      case .overall: "overall"
      case .everySubgroup: "in every subgroup"
      case .gap(let attribute): "gaps across \(attribute)"
      case .group(let group): "in \(group.phrase)"
      }
    func names(_ verdict: Verdict) -> [String] {
      rows.filter { $0.verdict == verdict }.map { $0.subgroup.map(\.label) ?? "" }
    }
    let assessable = rows.count - names(.notAssessable).count
    var parts = ["met in \(names(.met).count) of \(assessable) assessable groups"]
    for (verdict, words) in [
      (Verdict.notMet, "not met"), (.inconclusive, "not demonstrated"), (.notAssessable, "not assessable"),
    ] {
      let found = names(verdict)
      if !found.isEmpty { parts.append("\(found.count) \(words): \(listed(found))") }
    }
    let place = criterion.operatingPoint.map { " at \($0)" } ?? ""
    return
      "\(metric.name)\(place) \(scope), \(demand): \(verdict.sentenceWords); \(parts.joined(separator: "; "))."
  }

  private static func listed(_ names: [String]) -> String {
    let shown = names.prefix(6).joined(separator: ", ")
    return names.count > 6 ? shown + " and \(names.count - 6) more" : shown
  }
}

extension Verdict {
  /// In a judgement's sentence, which says what inconclusive means.
  fileprivate var sentenceWords: String {
    self == .inconclusive ? "inconclusive (not demonstrated: the goal was not shown)" : words
  }

  /// As printed.
  public var words: String {
    switch self {
    case .met: "met"
    case .notMet: "not met"
    case .inconclusive: "inconclusive"
    case .notAssessable: "not assessable"
    case .noCriteria: "no criteria"
    }
  }
}
