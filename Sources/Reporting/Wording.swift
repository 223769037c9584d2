internal import Statistics
internal import Validation

/// The report's controlled words. Every phrase that judges a number stands here.
extension Verdict {
  /// What the verdict means, in a sentence that can stand alone.
  var meaning: String {
    switch self {
    case .met: "Every acceptance criterion of the plan is met by an interval bound."
    case .notMet:
      "At least one acceptance criterion is missed: its whole interval lies on the wrong side of the goal."
    case .inconclusive: "Not demonstrated: the goal was not shown. Nor was it shown to be missed."
    case .notAssessable:
      "Not judged: what the criteria ask cannot be read from these data. Each criterion says why: too few cases, or verification that depended on the output."
    case .noCriteria: "The plan sets no acceptance criteria; the study describes and judges nothing."
    }
  }
}

extension Row {
  /// `Female vs all others`, `Black vs White`.
  var comparison: String {
    switch key.subgroupMinus {
    case nil: key.subgroup.label
    case .complement: "\(key.subgroup.label) vs all others"
    case .group(let other): "\(key.subgroup.label) vs \(other.label)"
    }
  }

  /// `170/187`; nil for what is no proportion.
  var fraction: String? {
    guard let numerator = support.numerator, let denominator = support.denominator else { return nil }
    return NumberText.count(numerator) + "/" + NumberText.count(denominator)
  }
}

extension NumberStyle {
  /// `83.0 % (80.1–86.3 %)`, or why there is no such thing.
  func text(_ result: Row.Result) -> String {
    switch result {
    case .undefined(let reason): "undefined: \(reason)"
    case .estimated(let estimate):
      estimate.interval.map { "\(text(estimate.value)) (\(text($0)))" }
        ?? "\(text(estimate.value)) (no interval)"
    }
  }

  /// `83.0 (80.1–86.3)`.
  func plain(_ result: Row.Result) -> String {
    switch result {
    case .undefined(let reason): return "undefined: \(reason)"
    case .estimated(let estimate):
      guard let interval = estimate.interval else { return "\(plain(estimate.value)) (no interval)" }
      let between = interval.lower < 0 ? " to " : "–"
      return
        "\(plain(estimate.value)) (\(plain(interval.lower))\(between)\(plain(interval.upper)))\(estimate.mark)"
    }
  }

  /// The heading of such a column, under the metric's name.
  func columnTitle(level: Double) -> String {
    (self == .percentage ? "%" : "value") + " (\(levelText(level)) interval)"
  }
}

extension Estimate {
  /// Beside an interval that rests on few events; the table that holds it explains the mark.
  var mark: String { hasFewEvents ? Table.fewEventsMark : "" }
}

extension Metric {
  /// The heading of a column of such results: `Sensitivity, % (95 % interval)`, `AUC (95 % interval)`.
  func columnTitle(level: Double) -> String {
    let short = id == "ppv" || id == "npv" ? id.uppercased() : name
    return short + (style == .percentage ? ", %" : "") + " (\(levelText(level)) interval)"
  }
}

extension Criterion {
  /// `lower limit of sensitivity in every subgroup ≥ 80.0 %`.
  var words: String {
    let metric = Metric.named(metric)
    let name = (metric?.name ?? self.metric) + (operatingPoint.map { " at \($0)" } ?? "")
    let style = metric?.style ?? .number(decimals: 3)
    let place =
      switch scope {
      case .overall: "over all cases"
      case .everySubgroup(let of):
        of.map { "in every group by " + $0.map { $0.joined(separator: " × ") }.joined(separator: ", ") }
          ?? "in every subgroup"
      case .gap(let across): "between the groups by \(across)"
      case .group(let group): "in \(group)"
      }
    return switch evidence {
    case .lowerBound(let goal): "\(name) \(place): lower limit at least \(style.text(goal))"
    case .upperBound(let goal): "\(name) \(place): upper limit at most \(style.text(goal))"
    case .interval(let margin):
      "Difference in \(name.sentenceCase) \(place): whole interval within ±\(style.plain(margin))\(style.differenceUnit)"
    }
  }
}

extension String {
  /// As it stands inside a sentence: an abbreviation keeps its capitals.
  var sentenceCase: String {
    guard let first, let second = dropFirst().first, second.isLowercase else { return self }
    let names = ["Youden", "Matthews", "Brier", "Spiegelhalter", "Hosmer"]
    return names.contains { hasPrefix($0) } ? self : first.lowercased() + dropFirst()
  }
}

extension Sequence<String> {
  /// `a`, `a and b`, `a, b and c`.
  var enumeration: String {
    let items = Array(self)
    guard let last = items.last, items.count > 1 else { return items.first ?? "" }
    return items.dropLast().joined(separator: ", ") + " and " + last
  }

  /// The first few, and how many more there are.
  func enumeration(atMost limit: Int) -> String {
    let items = Array(self)
    guard items.count > limit else { return items.enumeration }
    return items.prefix(limit).joined(separator: ", ") + " and \(items.count - limit) more"
  }
}

/// `1 case`, `1,204 cases`.
func counted(_ count: Int, _ singular: String, _ plural: String? = nil) -> String {
  NumberText.count(count) + " " + (count == 1 ? singular : plural ?? singular + "s")
}

/// A level of confidence: `95 %`, `97.5 %`, `99.9 %`; never rounded up to certainty.
func levelText(_ level: Double) -> String {
  let exact = (0...4).first { decimals in
    let scaled = (0..<decimals).reduce(level * 100) { scaled, _ in scaled * 10 }
    return abs(scaled - scaled.rounded()) < 1e-7
  }
  return NumberText.percent(level, decimals: exact ?? 4)
}

/// A p that is held against α: near it, with as many digits as show on which side it lies.
func pText(_ p: Double, against alpha: Double) -> String {
  let distance = abs(p - alpha)
  guard distance <= alpha / 10, distance > alpha * 1e-8 else { return NumberText.p(p) }
  var decimals = 3
  var scaled = alpha
  while scaled < 0.1, decimals < 9 {
    scaled *= 10
    decimals += 1
  }
  while decimals < 9, NumberText.fixed(p, decimals: decimals) == NumberText.fixed(alpha, decimals: decimals) {
    decimals += 1
  }
  return NumberText.fixed(p, decimals: decimals)
}

extension SmallestSubgroup {
  /// `10 positives or 10 negatives`.
  var words: String { "\(counted(positives, "positive")) or \(counted(negatives, "negative"))" }
}
