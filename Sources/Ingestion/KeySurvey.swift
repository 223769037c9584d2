public import Validation

/// The columns by which the rows of one file seem to belong to those of another, from the values they share.
public struct KeySurvey: Hashable, Sendable {
  /// One pair, or two: together those of the other file name every row of it once.
  public let columns: [JoinDefinition.KeyPair]
  /// Different keys that stand in both.
  public let shared: Int
  /// Without which more of them are the same.
  public let differences: [Spelling.Difference]
  /// How many stand in both only so.
  public let respelt: Int
  /// Rows of the other file whose key stood there before.
  public let repeated: Int
  /// Different keys on either side.
  public let distinctHere, distinctThere: Int

  /// Nil where no columns share half of the keys of the poorer side. Only where nothing else does, a tenth of the rows may
  /// repeat a key: they are to be found and refused by their places.
  public init?(from cases: FileSurvey, to other: FileSurvey) {
    let exact =
      KeySurvey.single(cases, other) ?? KeySurvey.double(cases, other)
      ?? KeySurvey.single(cases, other, mostRepeated: 0.1)
    guard let found = exact?.respelt(cases, other) ?? KeySurvey.respelt(cases, other) else { return nil }
    self = found
  }

  private static func single(_ cases: FileSurvey, _ other: FileSurvey, mostRepeated: Double = 0) -> KeySurvey?
  {
    var best: KeySurvey?
    for there in other.columns where there.mayBeKey(of: other, mostRepeated: mostRepeated) {
      for here in cases.columns {
        let pair = KeySurvey(
          [.init(here: here.name, there: there.name)], here.fingerprints, there.fingerprints,
          repeated: other.rows - there.distinct)
        if let pair, best.map({ pair.rank > $0.rank }) ?? true { best = pair }
      }
    }
    return best
  }

  /// In the order in which they are tried: each alone, most of them together, and what is left when only numbers count.
  private static let tried: [[Spelling.Difference]] = [
    [.letterCase], [.spaces], [.letterCase, .spaces], [.dashes], [.leadingZeros], [.fileEndings],
    [.decimalPoint],
    [.fileEndings, .spaces, .dashes, .letterCase, .decimalPoint, .leadingZeros], [.number],
  ]

  /// With what more of its keys are the same.
  private func respelt(_ cases: FileSurvey, _ other: FileSurvey) -> KeySurvey {
    guard columns.count == 1, shared < distinctHere || shared < distinctThere,
      let here = cases.columns.first(where: { $0.name == columns[0].here }),
      let there = other.columns.first(where: { $0.name == columns[0].there })
    else { return self }
    return Self.tried.reduce(self) { best, differences in
      KeySurvey(here, there, ignoring: differences, besides: shared).map {
        $0.shared > best.shared ? $0 : best
      }
        ?? best
    }
  }

  /// Where no columns share keys as they are written.
  private static func respelt(_ cases: FileSurvey, _ other: FileSurvey) -> KeySurvey? {
    tried.lazy.compactMap { differences -> KeySurvey? in
      var best: KeySurvey?
      for there in other.columns where there.mayBeKey(of: other, mostRepeated: 0.1) {
        for here in cases.columns {
          let pair = KeySurvey(here, there, ignoring: differences, besides: 0)
          if let pair, best.map({ pair.rank > $0.rank }) ?? true { best = pair }
        }
      }
      return best
    }.first
  }

  /// Nil where different keys of the other file would become one that are not of one row sent twice: a number may be a year.
  private init?(
    _ here: ColumnSurvey, _ there: ColumnSurvey, ignoring differences: [Spelling.Difference],
    besides exact: Int
  ) {
    guard let ofHere = here.fingerprints(ignoring: differences),
      let ofThere = there.fingerprints(ignoring: differences),
      ofThere.count * 10 >= there.distinct * 9, differences != [.number] || ofThere.count == there.distinct
    else { return nil }
    self.init(
      [.init(here: here.name, there: there.name)], ofHere, ofThere, differences: differences, besides: exact,
      repeated: there.count - there.missing - ofThere.count)
  }

  /// Columns that are tried in twos: an examination with its side, a patient with a date.
  private static let mostCandidates = 16

  private static func double(_ cases: FileSurvey, _ other: FileSurvey) -> KeySurvey? {
    let candidates = other.columns.flatMap { there in
      cases.columns.compactMap { here -> (here: ColumnSurvey, there: ColumnSurvey, pair: KeySurvey)? in
        guard there.missing == 0 else { return nil }
        return KeySurvey(
          [.init(here: here.name, there: there.name)], here.fingerprints, there.fingerprints
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
          one.pair.columns + two.pair.columns, Set(combined(one.here, two.here)), there)
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
    _ columns: [JoinDefinition.KeyPair], _ here: Set<UInt64>, _ there: Set<UInt64>,
    differences: [Spelling.Difference] = [], besides exact: Int = 0, repeated: Int = 0
  ) {
    let shared = here.intersection(there).count
    guard shared * 2 >= max(2, min(here.count, there.count)) else { return nil }
    self.columns = columns
    self.shared = shared
    self.differences = differences
    respelt = differences.isEmpty ? 0 : shared - exact
    self.repeated = repeated
    distinctHere = here.count
    distinctThere = there.count
  }
}

extension ColumnSurvey {
  fileprivate func mayBeKey(of file: FileSurvey, mostRepeated: Double) -> Bool {
    distinct > 1 && missing == 0 && Double(file.rows - distinct) <= mostRepeated * Double(file.rows)
  }
}
