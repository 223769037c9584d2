/// A share of a sample beside that of the population it should stand for.
///
/// The standardised difference is (p − q) / √((p (1 − p) + q (1 − q)) / 2) (Austin 2009, doi:10.1080/03610910902859574), in
/// standard deviations; the representation ratio p / q. The population's share is taken as known.
public struct Representation: Hashable, Sendable {
  public let share: Double
  public let target: Double

  /// - Precondition: Both in [0, 1].
  public init(share: Double, target: Double) {
    precondition((0...1).contains(share) && (0...1).contains(target))
    self.share = share
    self.target = target
  }

  /// 0 where the shares are equal; nil where neither varies and they differ.
  public var standardisedDifference: Double? {
    if share == target { return 0 }
    let variance = (share * (1 - share) + target * (1 - target)) / 2
    return variance > 0 ? (share - target) / variance.squareRoot() : nil
  }

  /// Nil where the population has none.
  public var ratio: Double? { target > 0 ? share / target : nil }
}
