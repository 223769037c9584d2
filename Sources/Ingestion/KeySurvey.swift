/// The columns by which the rows of one file seem to belong to those of another, from the values they share.
public struct KeySurvey: Hashable, Sendable {
  public let here: String
  /// Names every row of its file once.
  public let there: String
  /// Different values that stand in both.
  public let shared: Int
  /// They are the same only without leading zeros, which one file has lost.
  public let lostZeros: Bool
  /// Different values on either side.
  public let distinctHere, distinctThere: Int

  /// Nil where no pair of columns shares half of the values of the poorer side.
  public init?(from cases: FileSurvey, to other: FileSurvey) {
    let found =
      KeySurvey.best(cases, other, lostZeros: false) { $0.fingerprints }
      ?? KeySurvey.best(cases, other, lostZeros: true) { $0.bareFingerprints }
    guard let found else { return nil }
    self = found
  }

  private static func best(
    _ cases: FileSurvey, _ other: FileSurvey, lostZeros: Bool, _ prints: (ColumnSurvey) -> Set<UInt64>
  ) -> KeySurvey? {
    var best: KeySurvey?
    for there in other.columns where there.isUnique && there.distinct > 1 {
      for here in cases.columns {
        let shared = prints(here).intersection(prints(there)).count
        guard shared * 2 >= max(2, min(here.distinct, there.distinct)) else { continue }
        let pair = KeySurvey(
          here: here.name, there: there.name, shared: shared, lostZeros: lostZeros,
          distinctHere: here.distinct, distinctThere: there.distinct)
        if best.map({ pair.rank > $0.rank }) ?? true { best = pair }
      }
    }
    return best
  }

  /// Small numbers stand in many columns by chance; a common name does not.
  private var rank: (Int, Int) { (here == there ? 1 : 0, shared) }

  private init(
    here: String, there: String, shared: Int, lostZeros: Bool, distinctHere: Int, distinctThere: Int
  ) {
    self.here = here
    self.there = there
    self.shared = shared
    self.lostZeros = lostZeros
    self.distinctHere = distinctHere
    self.distinctThere = distinctThere
  }
}
