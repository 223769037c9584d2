internal import Statistics

/// What a metric makes of the evidence: a value, its interval at any tail, and how patients moved it.
struct Measurement: Sendable {
  let value: Double
  /// For a tail probability; nil where no interval holds.
  let limits: Limits?
  let method: String
  /// On the metric's own scale; nil where it does not exist (a group without variation, a limit by another road).
  let variance: Double?
  /// Influence by patient on the metric's own scale; empty for independent cases.
  let influence: [Evidence.Term]
  let support: Support
  var designEffect: Double?
  var caveat: String?
  /// Of a share (also an AUC): over how many independent trials it is taken, in effect.
  let trials: Double?
  private var isMarkedSparse: Bool
  /// Its interval keeps its level with few events too (docs/decisions/0012).
  private let keepsLevelWithFew: Bool
  /// A p-value that the metric brings along: that of perfect calibration.
  var nullP: Double?

  init(
    value: Double, limits: Limits?, method: String, variance: Double?,
    influence: [Evidence.Term] = [], support: Support, designEffect: Double? = nil, caveat: String? = nil,
    trials: Double? = nil, isSparse: Bool = false, keepsLevelWithFew: Bool = false, nullP: Double? = nil
  ) {
    self.value = value
    self.limits = limits
    self.method = method
    self.variance = variance
    self.influence = influence
    self.support = support
    self.designEffect = designEffect
    self.caveat = caveat
    self.trials = trials
    isMarkedSparse = isSparse
    self.keepsLevelWithFew = keepsLevelWithFew
    self.nullP = nullP
  }

  /// Below this many events or non-events an interval may cover less than its level (docs/coverage.md).
  static let fewestEvents = 5.0
  private static let fewEvents = "few events: coverage may fall below 92 %"

  /// The interval that leaves a tail probability on each side.
  typealias Limits = @Sendable (_ tail: Double) -> Interval?

  /// A normal (or t) approximation on a scale; nil at the edge of its range, or without variation.
  static func wald(
    _ value: Double, _ scale: Scale, variance: Double, reference: ReferenceDistribution
  ) -> Limits? {
    guard scale.contains(value), variance.isFinite, variance > 0 else { return nil }
    let standardError = variance.squareRoot()
    return { scale.wald(value: value, standardError: standardError, tail: $0, reference: reference) }
  }

  var markedSparse: Measurement {
    var copy = self
    copy.isMarkedSparse = true
    return copy
  }

  /// Too few events for the interval to keep its level.
  var isSparse: Bool {
    isMarkedSparse
      || !keepsLevelWithFew
        && trials.map { min(value, 1 - value) * $0 < Measurement.fewestEvents } ?? false
  }

  func estimate(confidence: Double) -> Estimate {
    let interval = limits?((1 - confidence) / 2)
    var notes = isSparse && interval != nil ? [Measurement.fewEvents] : []
    if let caveat { notes.append(caveat) }
    if let interval, interval.lower.isInfinite || interval.upper.isInfinite { notes.append("unbounded") }
    return Estimate(
      value: value, interval: interval, method: interval == nil ? "none" : method, designEffect: designEffect,
      caveat: notes.isEmpty ? nil : notes.joined(separator: "; "),
      hasFewEvents: isSparse && interval != nil)
  }
}

extension Measurement {
  /// As it is said of weighted cases: x of n raw cases is not what the estimate is.
  ///
  /// - Parameter byCase: No patients are named; each case was taken for one.
  func weighted(byCase: Bool) -> Measurement {
    let ofPatients = ", by patient"
    let name =
      byCase && method.hasSuffix(ofPatients) ? method.dropLast(ofPatients.count) + ", by case" : method
    return Measurement(
      value: value, limits: limits, method: name == "none" ? name : name + ", weighted", variance: variance,
      influence: influence,
      support: support.weighted(byCase: byCase), designEffect: designEffect, caveat: caveat, trials: trials,
      isSparse: isMarkedSparse, keepsLevelWithFew: keepsLevelWithFew, nullP: nullP)
  }

  /// As it is said where no patients are named and cases were taken for them.
  var ofCases: Measurement {
    Measurement(
      value: value, limits: limits,
      method: method.hasSuffix(", by patient") ? method.dropLast(", by patient".count) + ", by case" : method,
      variance: variance, influence: influence,
      support: Support(
        cases: support.cases, positives: support.positives, negatives: support.negatives,
        numerator: support.numerator, denominator: support.denominator),
      caveat: caveat, trials: trials, isSparse: isMarkedSparse, keepsLevelWithFew: keepsLevelWithFew)
  }

  /// Of the test that the interval inverts; nil without an interval.
  func twoSidedP(of goal: Double) -> Double? {
    guard let limits, limits(0.25) != nil else { return nil }
    return Inversion.twoSidedP(goal: goal, value: value) {
      limits($0) ?? Interval(lower: -.infinity, upper: .infinity, level: 1 - 2 * $0)
    }
  }
}

extension Support {
  /// Without x and n, whose quotient a weighted estimate is not; without patients where none are named.
  func weighted(byCase: Bool) -> Support {
    Support(cases: cases, positives: positives, negatives: negatives, patients: byCase ? nil : patients)
  }
}
