/// What a plan assumes before any result is seen, so that its size can be judged: never the observed values.
public struct Planning: Hashable, Sendable {
  /// By metric id: sensitivity, specificity, auc.
  public var assumed: [String: Double]
  /// Of the condition among the cases, in (0, 1).
  public var prevalence: Double?
  /// In (0, 1).
  public var power: Double
  /// By which dependence within patients divides the cases; at least 1.
  public var designEffect: Double

  /// The metrics whose values may be assumed, in catalogue order.
  public static let metrics = ["sensitivity", "specificity", "auc"]

  public init(
    assumed: [String: Double] = [:], prevalence: Double? = nil, power: Double = 0.8, designEffect: Double = 1
  ) {
    self.assumed = assumed
    self.prevalence = prevalence
    self.power = power
    self.designEffect = designEffect
  }

  /// Of a metric or of its mirror image: 1 − sensitivity is the false negative rate.
  func assumed(_ metric: String) -> Double? {
    switch metric {
    case "false_negative_rate": assumed["sensitivity"].map { 1 - $0 }
    case "false_positive_rate": assumed["specificity"].map { 1 - $0 }
    default: assumed[metric]
    }
  }
}

/// So many cases of each class; expected ones need not be whole.
public struct ClassSizes: Hashable, Sendable {
  public var positives: Double
  public var negatives: Double
  public init(positives: Double, negatives: Double) {
    self.positives = positives
    self.negatives = negatives
  }

  /// Of cases of which a share is positive.
  public init(cases: Int, prevalence: Double) {
    self.init(positives: Double(cases) * prevalence, negatives: Double(cases) * (1 - prevalence))
  }

  static func - (all: ClassSizes, part: ClassSizes) -> ClassSizes {
    ClassSizes(
      positives: max(0, all.positives - part.positives), negatives: max(0, all.negatives - part.negatives))
  }

  func divided(by designEffect: Double) -> ClassSizes {
    ClassSizes(positives: positives / designEffect, negatives: negatives / designEffect)
  }
}
