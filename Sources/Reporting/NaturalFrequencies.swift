/// A model's operating point in whole people: of so many, how many have the condition, are flagged, are missed.
///
/// Rounded so that the parts add up: each share is rounded within its whole, the rest is what is left of it.
package struct NaturalFrequencies: Hashable, Sendable {
  package let total: Int
  package let withCondition: Int
  package let flaggedWithCondition: Int
  package let flaggedWithoutCondition: Int
  package var missed: Int { withCondition - flaggedWithCondition }
  package var withoutCondition: Int { total - withCondition }
  package var clearedWithoutCondition: Int { withoutCondition - flaggedWithoutCondition }
  package var flagged: Int { flaggedWithCondition + flaggedWithoutCondition }

  /// Of 1,000 people, or of as many more (up to 100,000) as bring five with the condition.
  package init(prevalence: Double, sensitivity: Double, specificity: Double) {
    total = [1000, 10_000].first { prevalence * Double($0) >= 5 } ?? 100_000
    withCondition = Self.share(prevalence, of: total)
    flaggedWithCondition = Self.share(sensitivity, of: withCondition)
    flaggedWithoutCondition = Self.share(1 - specificity, of: total - withCondition)
  }

  private static func share(_ share: Double, of whole: Int) -> Int {
    min(whole, max(0, Int((share * Double(whole)).rounded())))
  }
}
