/// All problems of an input, grouped by file, column and kind in the order in which they were met.
///
/// Counts are exact; of each group the first places are kept, so that memory is bounded however bad a file is.
public struct InputErrors: Error, Hashable, Sendable {
  public private(set) var groups: [Group] = []
  let keptPlaces: Int

  /// For a message, and for a list of them all.
  public static let fewPlaces = 20
  public static let mostPlaces = 1_000_000

  public init() { self.init(keeping: Self.fewPlaces) }
  /// Keeps so many places of each group.
  public init(keeping keptPlaces: Int) { self.keptPlaces = keptPlaces }
  public init(_ error: InputError) {
    self.init()
    add(error)
  }

  public var isEmpty: Bool { groups.isEmpty }
  public var count: Int { groups.reduce(0) { $0 + $1.count } }
  /// Exit status 66 instead of 65.
  public var isMissingInput: Bool { groups.contains { $0.first.isMissingInput } }

  public struct Group: Hashable, Sendable {
    private let keptPlaces: Int
    public private(set) var count = 0
    /// The first ones, in the order of the input.
    public private(set) var places: [InputError] = []
    /// How often each cell content was met; nil where there are more than twenty, or where they are not shown.
    public private(set) var contents: [Content]? = []
    public private(set) var first: InputError

    public struct Content: Hashable, Sendable {
      public let found: String
      public internal(set) var count: Int
    }

    init(_ error: InputError, keeping keptPlaces: Int) {
      first = error
      self.keptPlaces = keptPlaces
      add(error)
    }

    func holds(_ error: InputError) -> Bool {
      first.kind == error.kind && first.columnName == error.columnName && first.file == error.file
    }

    mutating func add(_ error: InputError) {
      count += 1
      if places.count < keptPlaces { places.append(error) }
      tally(error.found, 1)
    }

    mutating func merge(_ later: Group) {
      count += later.count
      places.append(contentsOf: later.places.prefix(keptPlaces - places.count))
      guard let more = later.contents else { return contents = nil }
      for content in more { tally(content.found, content.count) }
    }

    /// Whether a tally overflows does not depend on how the file was cut: a part never has more contents than the whole.
    private mutating func tally(_ found: String?, _ times: Int) {
      guard let found, contents != nil else { return contents = nil }
      if let index = contents?.firstIndex(where: { $0.found == found }) {
        contents?[index].count += times
      } else if let known = contents?.count, known < InputErrors.fewPlaces {
        contents?.append(Content(found: found, count: times))
      } else {
        contents = nil
      }
    }

    func with(_ kind: InputError.Kind) -> Group {
      var copy = self
      copy.first.kind = kind
      for index in copy.places.indices { copy.places[index].kind = kind }
      return copy
    }

    func shifted(byLines lines: Int) -> Group {
      guard let line = first.line else { return self }
      var error = first
      error.line = line + lines
      var copy = Group(error, keeping: keptPlaces)
      copy.count = count
      copy.contents = contents
      copy.places = places.map {
        var place = $0
        place.line = $0.line.map { $0 + lines }
        return place
      }
      return copy
    }
  }

  mutating func add(_ error: InputError) {
    if let index = groups.firstIndex(where: { $0.holds(error) }) {
      groups[index].add(error)
    } else {
      groups.append(Group(error, keeping: keptPlaces))
    }
  }

  /// The problems of a later stretch of the file, whose lines count from `lines` on.
  mutating func merge(_ later: InputErrors, shiftedByLines lines: Int = 0) {
    for group in later.groups {
      let shifted = lines == 0 ? group : group.shifted(byLines: lines)
      if let index = groups.firstIndex(where: { $0.holds(shifted.first) }) {
        groups[index].merge(shifted)
      } else {
        groups.append(shifted)
      }
    }
  }

  /// With other kinds for some groups.
  func replacingKinds(_ kind: (Group) -> InputError.Kind?) -> InputErrors {
    var copy = self
    copy.groups = groups.map { group in kind(group).map(group.with) ?? group }
    return copy
  }

  /// In the order of the files and of their lines: which group was met first depends on how a file was cut.
  mutating func sort(files: [String]) {
    func rank(_ group: Group) -> (Int, Int, Int) {
      let file = files.firstIndex(of: group.first.file) ?? files.count
      return (file, group.first.line ?? 0, group.first.column ?? 0)
    }
    let ranked = groups.enumerated().map { (rank: rank($0.element), index: $0.offset) }
    groups = ranked.sorted { $0.rank == $1.rank ? $0.index < $1.index : $0.rank < $1.rank }.map {
      groups[$0.index]
    }
  }
}

extension InputErrors {
  /// Every problem that was kept, at most `mostPlaces`, in the order of the files and of their lines.
  public var all: [InputError] {
    let files = groups.reduce(into: [String]()) {
      if !$0.contains($1.first.file) { $0.append($1.first.file) }
    }
    let ranked = groups.flatMap(\.places).enumerated().map { index, error in
      (error: error, file: files.firstIndex(of: error.file) ?? 0, index: index)
    }
    func key(_ entry: (error: InputError, file: Int, index: Int)) -> (Int, Int, Int, Int) {
      (entry.file, entry.error.line ?? 0, entry.error.column ?? 0, entry.index)
    }
    return ranked.sorted { key($0) < key($1) }.prefix(Self.mostPlaces).map(\.error)
  }
}

extension InputErrors: CustomStringConvertible {
  public static let shownGroups = 20

  /// The first place of each group as a line of its own; where there are more, their number and contents on the next.
  public var description: String { text { $0 } }

  /// Without the contents of any cell, for `--quiet` and for logs.
  public var redacted: String { text(\.redacted) }

  private func text(_ show: (InputError) -> InputError) -> String {
    var lines: [String] = []
    for group in groups.prefix(Self.shownGroups) {
      let first = show(group.first)
      lines.append(first.description)
      if group.count > 1 { lines.append("  " + group.summary(of: first)) }
    }
    if groups.count > Self.shownGroups {
      lines.append("and \(groups.count - Self.shownGroups) more kinds of problem")
    }
    return lines.joined(separator: "\n")
  }
}

extension InputErrors.Group {
  /// `score: 312 × "FAILED", first at 1042:7: if it means "no output", add it to models[].indeterminate`.
  fileprivate func summary(of first: InputError) -> String {
    let place = [first.line, first.column].compactMap { $0.map(String.init) }.joined(separator: ":")
    var what = "\(count) times"
    if case .ragged = first.kind {
      what = "\(count) rows"
    } else if first.found != nil, let contents {
      let often = contents.enumerated().sorted {
        ($1.element.count, $0.offset) < ($0.element.count, $1.offset)
      }
      what = often.prefix(3).map { "\($0.element.count) × \"\($0.element.found)\"" }.joined(separator: ", ")
      if often.count > 3 { what += " and \(often.count - 3) other values" }
    }
    let subject = first.columnName.map { "\(CellText.name($0)): " } ?? ""
    return "\(subject)\(what), first at \(place)" + (first.remedy.map { ": \($0)" } ?? "")
  }
}
