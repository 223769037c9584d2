public import Statistics

/// What may be said of a difference between two groups: one of four readings, or why there is none.
///
/// A claim of likeness needs a margin that was fixed in the plan; a large p is never one. Where the row carries an
/// adjusted p, a difference counts as shown only if that p is at most one minus the confidence: the interval alone
/// would raise a false flag in every twentieth comparison. For the same reason a row with neither test nor margin is
/// read as nothing.
public enum GapReading: Hashable, Sendable {
  /// The whole interval lies inside ±margin; `differs` where a (small) difference is shown all the same.
  case similar(margin: Double, differs: Bool)
  /// The whole interval lies beyond the margin.
  case meaningfulDifference(margin: Double)
  /// The interval excludes no difference; with a margin, it also crosses that margin.
  case differenceShown(sizeUncertain: Bool)
  case notEnoughCases
  /// No margin and no test with an adjusted p: an interval among many, of which nothing is claimed.
  case notTested
  /// Below the plan's smallest subgroup, or of unknown demographics: shown, and read as nothing.
  case notAssessable
  case undefined(Undefined)

  public init(of row: Row, margin: Double?, confidence: Double) {
    guard case .estimated(let estimate) = row.result else {
      if case .undefined(let reason) = row.result { self = .undefined(reason) } else { self = .notAssessable }
      return
    }
    guard row.isAssessable else {
      self = .notAssessable
      return
    }
    guard let interval = estimate.interval else {
      self = .notEnoughCases
      return
    }
    guard margin != nil || row.test != nil else {
      self = Metric.tested.contains(row.key.metric) ? .notEnoughCases : .notTested
      return
    }
    // One part in a billion keeps 1 − 0.95 from falling below 0.05. A row of the tested family without a test has too few
    // events for one.
    let survives =
      row.test?.pAdjusted.map { $0 <= (1 - confidence) * (1 + 1e-9) } ?? !Metric.tested.contains(
        row.key.metric)
    let differs = survives && (interval.lower > 0 || interval.upper < 0)
    guard let margin else {
      self = differs ? .differenceShown(sizeUncertain: false) : .notEnoughCases
      return
    }
    if interval.lower >= -margin && interval.upper <= margin {
      self = .similar(margin: margin, differs: differs)
    } else if differs && (interval.lower > margin || interval.upper < -margin) {
      self = .meaningfulDifference(margin: margin)
    } else {
      self = differs ? .differenceShown(sizeUncertain: true) : .notEnoughCases
    }
  }

  /// A difference other than none was shown.
  public var showsDifference: Bool {
    switch self {
    case .meaningfulDifference, .differenceShown: true
    case .similar(_, let differs): differs
    case .notEnoughCases, .notTested, .notAssessable, .undefined: false
    }
  }

  /// The reading as it is printed; `style` is that of the metric, whose margin is named.
  public func words(in style: NumberStyle) -> String {
    switch self {
    case .similar(let margin, let differs):
      "similar within ±\(style.plain(margin))\(style.differenceUnit)"
        + (differs ? ", though not identical" : "")
    case .meaningfulDifference: "meaningful difference shown"
    case .differenceShown(let sizeUncertain):
      sizeUncertain ? "difference shown, size uncertain" : "difference shown"
    case .notEnoughCases: "not enough cases to say"
    case .notTested: "not tested, interval not adjusted"
    case .notAssessable: "not assessable"
    case .undefined(let reason): "undefined: \(reason)"
    }
  }
}
