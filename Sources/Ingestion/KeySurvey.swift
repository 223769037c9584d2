public import Validation

/// The columns by which the rows of one file seem to belong to those of another, from the values they share.
public struct KeySurvey: Hashable, Sendable {
  /// One pair, or two: together those of the other file name every row of it once.
  public let columns: [JoinDefinition.KeyPair]
  /// Different keys that stand in both.
  public let shared: Int
  /// They are the same only without leading zeros, which one file has lost.
  public let lostZeros: Bool
  /// Rows of the other file whose key stood there before.
  public let repeated: Int
  /// Different keys on either side.
  public let distinctHere, distinctThere: Int

  /// Nil where no columns share half of the keys of the poorer side. Only where nothing else does, a tenth of the rows may
  /// repeat a key: they are to be found and refused by their places.
  public init?(from cases: FileSurvey, to other: FileSurvey) {
    let found =
      KeySurvey.single(cases, other, lostZeros: false) { $0.fingerprints }
      ?? KeySurvey.single(cases, other, lostZeros: true) { $0.bareFingerprints }
      ?? KeySurvey.double(cases, other)
      ?? KeySurvey.single(cases, other, lostZeros: false, mostRepeated: 0.1) { $0.fingerprints }
    guard let found else { return nil }
    self = found
  }

  private static func single(
    _ cases: FileSurvey, _ other: FileSurvey, lostZeros: Bool, mostRepeated: Double = 0,
    _ prints: (ColumnSurvey) -> Set<UInt64>
  ) -> KeySurvey? {
    var best: KeySurvey?
    for there in other.columns
    where there.distinct > 1 && there.missing == 0
      && Double(other.rows - there.distinct) <= mostRepeated * Double(other.rows)
    {
      for here in cases.columns {
        let pair = KeySurvey(
          [.init(here: here.name, there: there.name)], prints(here), prints(there), lostZeros: lostZeros,
          repeated: other.rows - there.distinct)
        if let pair, best.map({ pair.rank > $0.rank }) ?? true { best = pair }
      }
    }
    return best
  }

  /// Columns that are tried in twos: an examination with its side, a patient with a date.
  private static let mostCandidates = 16

  private static func double(_ cases: FileSurvey, _ other: FileSurvey) -> KeySurvey? {
    let candidates = other.columns.flatMap { there in
      cases.columns.compactMap { here -> (here: ColumnSurvey, there: ColumnSurvey, pair: KeySurvey)? in
        guard there.missing == 0 else { return nil }
        return KeySurvey(
          [.init(here: here.name, there: there.name)], here.fingerprints, there.fingerprints, lostZeros: false
        ).map { (here, there, $0) }
      }
    }.sorted { $0.pair.rank > $1.pair.rank }.prefix(mostCandidates)
    var best: KeySurvey?
    for (place, one) in candidates.enumerated() {
      for two in candidates.dropFirst(place + 1)
      where one.here.name != two.here.name && one.there.name != two.there.name {
        let there = Set(combined(one.there, two.there))
        guard there.count == other.rows else { continue }
        let pair = KeySurvey(
          one.pair.columns + two.pair.columns, Set(combined(one.here, two.here)), there, lostZeros: false)
        if let pair, best.map({ pair.rank > $0.rank }) ?? true { best = pair }
      }
    }
    return best
  }

  /// A fingerprint of two cells of each row.
  private static func combined(_ one: ColumnSurvey, _ two: ColumnSurvey) -> [UInt64] {
    zip(one.rowPrints, two.rowPrints).map { ($0 &* 0x9E37_79B9_7F4A_7C15) ^ ($1 &+ 0x2545_F491_4F6C_DD1D) }
  }

  /// Small numbers stand in many columns by chance; a common name does not.
  private var rank: (Int, Int) { (columns.count { $0.here == $0.there }, shared) }

  private init?(
    _ columns: [JoinDefinition.KeyPair], _ here: Set<UInt64>, _ there: Set<UInt64>, lostZeros: Bool,
    repeated: Int = 0
  ) {
    let shared = here.intersection(there).count
    guard shared * 2 >= max(2, min(here.count, there.count)) else { return nil }
    self.columns = columns
    self.shared = shared
    self.lostZeros = lostZeros
    self.repeated = repeated
    distinctHere = here.count
    distinctThere = there.count
  }
}
