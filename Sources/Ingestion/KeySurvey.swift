/// The columns by which the rows of one file seem to belong to those of another, from the values they share.
public struct KeySurvey: Hashable, Sendable {
  public let here: String
  /// Names every row of its file once.
  public let there: String
  /// Different values that stand in both.
  public let shared: Int
  /// Different values on either side.
  public let distinctHere, distinctThere: Int

  /// Nil where no pair of columns shares half of the values of the poorer side.
  public init?(from cases: FileSurvey, to other: FileSurvey) {
    var best: KeySurvey?
    for there in other.columns where there.isUnique && there.distinct > 1 {
      for here in cases.columns {
        let shared = here.fingerprints.intersection(there.fingerprints).count
        guard shared * 2 >= max(2, min(here.distinct, there.distinct)) else { continue }
        let pair = KeySurvey(
          here: here.name, there: there.name, shared: shared, distinctHere: here.distinct,
          distinctThere: there.distinct)
        if best.map({ pair.rank > $0.rank }) ?? true { best = pair }
      }
    }
    guard let best else { return nil }
    self = best
  }

  /// Small numbers stand in many columns by chance; a common name does not.
  private var rank: (Int, Int) { (here == there ? 1 : 0, shared) }

  private init(here: String, there: String, shared: Int, distinctHere: Int, distinctThere: Int) {
    self.here = here
    self.there = there
    self.shared = shared
    self.distinctHere = distinctHere
    self.distinctThere = distinctThere
  }
}
