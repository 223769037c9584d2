internal import Statistics

/// How many positives of a group the reference standard would have had to miss for a gap that was shown to go.
///
/// A missed positive counts among the negatives: flagged, it stands as a false alarm; not flagged, as a correct rejection.
/// Taking some of them for what they are moves the group's sensitivity and specificity, and with enough of the one kind or
/// the other its gap closes.
public struct TippingPoint: Hashable, Sendable {
  /// Of the gap.
  public let key: Row.Key
  /// Whether the missed ones would have been flagged.
  public let wouldBeFlagged: Bool
  /// The group's cases that are taken for negative and have that output.
  public let candidates: Int
  public let positives: Int
  /// Until the interval, as wide as it is, reaches no difference; nil where all candidates are too few.
  public let missedUntilNotShown: Int?
  /// Until the estimates are equal.
  public let missedUntilEqual: Int?

  /// `x` of `x + positives`.
  public func share(_ missed: Int) -> Double { Double(missed) / Double(missed + positives) }
}

extension TippingPoint {
  /// Of every gap in sensitivity or specificity that was shown, at the headline; of cases without weights.
  static func ofGaps(in rows: [Row], following plan: AnalysisPlan) -> [TippingPoint] {
    guard plan.cohort.weightColumn == nil else { return [] }
    let wanted: Set<String> = ["sensitivity", "specificity"]
    var shares: [Row.Key: Row] = [:]
    for row in rows
    where wanted.contains(row.key.metric) && row.key.subgroupMinus == nil && row.key.setting.isHeadline
      && row.key.outputs == .primary
    { shares[row.key] = row }
    return rows.compactMap { row in
      guard wanted.contains(row.key.metric), row.key.setting.isHeadline,
        GapReading(of: row, margin: nil, confidence: plan.confidence)
          == .differenceShown(sizeUncertain: false)
      else { return nil }
      func own(_ metric: String) -> Proportion? {
        let key = row.key
        return shares[
          Row.Key(model: key.model, finding: key.finding, subgroup: key.subgroup, metric: metric)]?.support
          .proportion
      }
      guard let sensitivity = own("sensitivity"), let specificity = own("specificity") else { return nil }
      return TippingPoint(of: row, sensitivity, specificity)
    }
  }

  init?(of gap: Row, _ sensitivity: Proportion, _ specificity: Proportion) {
    guard gap.key.subgroupMinus != nil, let estimate = gap.estimate, let interval = estimate.interval else {
      return nil
    }
    // A lower share needs missed ones that were flagged, a higher one missed ones that were not: either share moves the same
    // way, since the cases leave the negatives and join the positives.
    let isLower = estimate.value < 0
    let near = isLower ? interval.upper : interval.lower
    let isSensitivity = gap.key.metric == "sensitivity"
    let share = isSensitivity ? sensitivity : specificity
    let candidates = isLower ? specificity.trials - specificity.successes : specificity.successes
    func missed(until target: Double) -> Int? {
      let (x, n) = (share.successes, share.trials)
      let needed: Double
      switch (isSensitivity, isLower) {
      case (true, true): needed = (target * n - x) / (1 - target)
      case (true, false): needed = x / target - n
      case (false, true): needed = n - x / target
      case (false, false): needed = (x - target * n) / (1 - target)
      }
      guard needed.isFinite else { return nil }
      let whole = max(0, (needed - 1e-9).rounded(.up))
      return whole <= candidates ? Int(whole) : nil
    }
    key = gap.key
    wouldBeFlagged = isLower
    self.candidates = Int(candidates)
    positives = Int(sensitivity.trials)
    missedUntilNotShown = missed(until: share.value - near)
    missedUntilEqual = missed(until: share.value - estimate.value)
  }
}
