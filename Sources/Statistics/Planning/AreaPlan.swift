internal import RealModule

/// How many cases an area under the ROC curve needs, with limits on the logit scale, as the AUC's interval has them.
///
/// The variance is that of the Mann-Whitney statistic (Hanley, McNeil 1982, doi:10.1148/radiology.143.1.7063747) for normal
/// scores of equal spread, by numerical integration; checked by simulation. pROC's `power.roc.test` takes the constants of
/// Obuchowski and McClish (1997), which were fitted to ratings: at .90 with 60 and 120 cases they plan a standard error of
/// .031 where continuous scores have .023.
public struct AreaPlan: Sendable {
  /// In [½, 1).
  public let assumed: Double
  public let tail: Double
  /// How placements vary: Q − A², the same for both classes.
  private let spread: Double

  /// - Precondition: `assumed` in [½, 1), `tail` in (0, ½).
  public init(assumed: Double, tail: Double) {
    precondition(assumed >= 0.5 && assumed < 1 && tail > 0 && tail < 0.5)
    self.assumed = assumed
    self.tail = tail
    spread = max(0, AreaPlan.bothAbove(2.0.squareRoot() * Normal.quantile(assumed)) - assumed * assumed)
  }

  /// P(two positives both score above one negative): E Φ(δ − y)², y standard normal; Simpson's rule on ±8.
  private static func bothAbove(_ shift: Double) -> Double {
    let steps = 160
    let width = 16.0 / Double(steps)
    var sum = 0.0
    for step in 0...steps {
      let y = -8 + width * Double(step)
      let above = Normal.cumulative(shift - y)
      let weight = step == 0 || step == steps ? 1.0 : step % 2 == 1 ? 4 : 2
      sum += weight * above * above * Double.exp(-y * y / 2)
    }
    return sum * width / 3 / (2 * Double.pi).squareRoot()
  }

  /// Of the estimate, with so many (effective) positives and negatives, at least one of each.
  public func variance(positives: Double, negatives: Double) -> Double {
    (assumed * (1 - assumed) + (positives - 1 + negatives - 1) * spread) / (positives * negatives)
  }

  private func logitError(_ positives: Double, _ negatives: Double) -> Double {
    variance(positives: positives, negatives: negatives).squareRoot() / (assumed * (1 - assumed))
  }

  private static func logit(_ p: Double) -> Double { Double.log(p / (1 - p)) }

  /// The probability that the lower limit reaches the goal.
  public func power(positives: Double, negatives: Double, lowerAtLeast goal: Double) -> Double {
    guard goal > 0 else { return 1 }
    guard goal < 1 else { return 0 }
    let distance = AreaPlan.logit(assumed) - AreaPlan.logit(goal)
    return Normal.cumulative(distance / logitError(positives, negatives) - Normal.upperQuantile(tail))
  }

  /// The fewest positives, with `ratio` negatives to each.
  ///
  /// - Throws: `goalNotBelowAssumed`; `tooManyCases` beyond a hundred million.
  public func positives(
    power: Double, lowerAtLeast goal: Double, negativesPerPositive ratio: Double
  ) throws(Undefined) -> Int {
    guard goal < assumed else { throw .goalNotBelowAssumed }
    return try SampleSize.fewest { positives in
      let (positives, negatives) = (Double(positives), max(1, Double(positives) * ratio))
      return self.power(positives: positives, negatives: negatives, lowerAtLeast: goal) >= power
    }
  }

  /// Half the width of the interval that is expected.
  public func halfWidth(positives: Double, negatives: Double) -> Double {
    let reach = Normal.upperQuantile(tail) * logitError(positives, negatives)
    func back(_ logit: Double) -> Double { 1 / (1 + Double.exp(-logit)) }
    let centre = AreaPlan.logit(assumed)
    return (back(centre + reach) - back(centre - reach)) / 2
  }
}
