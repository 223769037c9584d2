internal import Validation

/// A column that is asked for and not there: where it could have stood, and what was probably meant.
public struct MissingColumn: Hashable, Sendable {
  let files: [File]
  let meant: Meant?
  /// The file that should be joined by it.
  let joining: Joining?
  /// Where the plan asks for it, if that is known.
  var askedAt: String?
  /// The attribute of this name, which a rule asks for as if it were a column.
  var attribute: String?

  /// A file in which the column could stand.
  struct File: Hashable, Sendable {
    let name: String
    /// What stands before its columns' names in the plan.
    var prefix = ""
    let columns: [String]
    var sheets: WorkbookSheets?
  }

  struct Joining: Hashable, Sendable {
    let file: String
    /// The file's own key.
    let there: String
  }

  enum Meant: Hashable, Sendable {
    /// Written a little differently.
    case similar(Column)
    /// The same name, but for what stands before it in the plan.
    case same(Column)
    /// Stands on another sheet of the workbook than the one that was read, or below a title.
    case sheet(String, of: WorkbookSheets)
    case below(title: String, line: Int)
    /// Stands in a file that is joined only after the one that needs it.
    case later(Column)
  }

  struct Column: Hashable, Sendable {
    /// As the plan writes it.
    let name: String
    /// As its file has it.
    let own: String
    let file: String
  }

  /// - Parameters:
  ///   - files: the files that are read before it is needed.
  ///   - later: those that are joined afterwards.
  init(_ name: String, in files: [File], later: [File] = [], joining: Joining? = nil) {
    let owners = files.filter { !$0.prefix.isEmpty && name.hasPrefix($0.prefix) }
    let isOwned = !owners.isEmpty
    // With a prefix, only its files are meant; without one, only those that have none.
    var possible = isOwned ? owners : files.filter(\.prefix.isEmpty)
    let bare = owners.first.map { String(name.dropFirst($0.prefix.count)) } ?? name
    let same =
      Self.columns(of: files).first { $0.own == name }
      ?? Self.columns(of: files.filter(\.prefix.isEmpty)).first { $0.own == bare }
    let after =
      Self.columns(of: later).first { $0.name == name } ?? Self.columns(of: later).first { $0.own == name }
    let similar = Self.columns(of: possible)
    let holder = possible.lazy.compactMap { file in file.elsewhere(name).map { (file, $0) } }.first
    if let same {
      meant = .same(same)
    } else if let after {
      meant = .later(after)
    } else if let (file, place) = holder {
      meant = place
      possible = [file]
    } else {
      meant = NearestName.index(of: bare, in: similar.map(isOwned ? \.own : \.name)).map {
        .similar(similar[$0])
      }
    }
    self.joining = joining
    self.files = possible
  }

  /// The files in which it could stand, as the place of the problem.
  var place: String { files.map(\.name).joined(separator: ", ") }

  var sentence: String {
    "column not found" + (joining.map { ", by which \($0.file) is joined" } ?? "")
      + (askedAt.map { ", asked for at \($0)" } ?? "")
  }

  var remedy: String {
    if let attribute {
      let name = YAMLText.quoted(attribute)
      return "\(name) is an attribute: write attribute: \(name)"
    }
    switch meant {
    case .same(let column): return "write " + inPlan(column) + ", which is " + column.words
    case .later(let column):
      return
        "\(column.words) is joined later: move this join below that one and write \(inPlan(column))"
    case .similar(let column):
      let file = files.count > 1 ? " (of \(column.file))" : ""
      return "did you mean \"\(CellText.name(column.name))\"\(file)? " + holdings
    case .sheet(let name, let sheets):
      let other = sheets.others.first { $0.name == name } ?? sheets.read
      return
        "its sheet \"\(CellText.name(name))\" has one, but \"\(CellText.name(sheets.read.name))\" was read: put \(WorkbookSheets.remedy(other)) where the plan names the file"
    case .below(let title, let line):
      return
        "line \(line) of its sheet \"\(CellText.name(title))\" looks like the header: delete the lines above it"
    case nil: return holdings
    }
  }

  /// `the file has "a", "b"`.
  private var holdings: String {
    let limit = files.count > 1 ? 20 : 40
    let lists = files.map { file in
      (files.count > 1 ? file.name : "the file") + " has "
        + InputError.list(file.columns.filter { !$0.isEmpty }.map { file.prefix + $0 }, limit: limit)
        + (file.sheets?.sentence.map { " (\($0))" } ?? "")
    }
    return lists.joined(separator: "; ")
  }

  private func inPlan(_ column: Column) -> String {
    guard let joining else { return "\"\(CellText.name(column.name))\"" }
    let (here, there) = (CellText.name(column.name), CellText.name(joining.there))
    return here == there
      ? "on: \(YAMLText.quoted(here))" : "on: {\(YAMLText.quoted(here)): \(YAMLText.quoted(there))}"
  }

  /// The names, without those left empty.
  private static func columns(of files: [File]) -> [Column] {
    files.flatMap { file in
      file.columns.filter { !$0.isEmpty }.map { Column(name: file.prefix + $0, own: $0, file: file.name) }
    }
  }
}

extension MissingColumn.File {
  /// Where else in a workbook a column of this name stands.
  fileprivate func elsewhere(_ name: String) -> MissingColumn.Meant? {
    guard let sheets else { return nil }
    let own = name.hasPrefix(prefix) ? String(name.dropFirst(prefix.count)) : name
    if let line = sheets.read.line(with: own) { return .below(title: sheets.read.name, line: line) }
    return sheets.others.first { $0.line(with: own) != nil }.map { .sheet($0.name, of: sheets) }
  }
}

extension MissingColumn.Column {
  fileprivate var words: String { "the column \"\(CellText.name(own))\" of \(file)" }
}

extension InputErrors {
  /// With the attributes that rules take for columns.
  func tellingAttributes(of definition: CohortDefinition) -> InputErrors {
    let ofRules = definition.exclusions.flatMap(\.conditions).flatMap(\.columns)
    let known = Set(definition.attributes.map(\.name)).intersection(ofRules)
      .subtracting(definition.describedColumns)
    return replacingKinds { group in
      guard case .missingColumn(var missing) = group.first.kind, let name = group.first.columnName,
        known.contains(name)
      else { return nil }
      missing.attribute = name
      return .missingColumn(missing)
    }
  }

  /// With the places at which the plan asks for columns that are not there.
  public func askedFor(at place: (String) -> String?) -> InputErrors {
    replacingKinds { group in
      guard case .missingColumn(var missing) = group.first.kind else { return nil }
      missing.askedAt = group.first.columnName.flatMap(place)
      return .missingColumn(missing)
    }
  }
}

extension InputError {
  /// A column that is not there, or the reason why there seems to be but one.
  static func missing(_ name: String, in file: MissingColumn.File, line: Int? = nil) -> InputError {
    if let kind = otherDelimiter(file.columns) { return InputError(kind, file: file.name, line: line) }
    return InputError(
      .missingColumn(MissingColumn(name, in: [file])), file: file.name, line: line, columnName: name)
  }

  /// A header that is one name with delimiters in it.
  static func otherDelimiter(_ columns: [String]) -> Kind? {
    guard columns.count == 1 else { return nil }
    let parts: [Delimiter] = [.semicolon, .tab, .pipe, .comma]
    return parts.first { columns[0].contains($0.rawValue) }.map { .otherDelimiter($0) }
  }
}

/// The name that was probably meant: fewest edits, at most a third of its length.
enum NearestName {
  static func index(of name: String, in known: [String]) -> Int? {
    let distances = known.map { distance(Array(name.lowercased()), Array($0.lowercased())) }
    guard let least = distances.min(), least * 3 <= max(name.count, 3) else { return nil }
    return distances.firstIndex(of: least)
  }

  /// Levenshtein's distance.
  private static func distance(_ first: [Character], _ second: [Character]) -> Int {
    var row = Array(0...second.count)
    for (i, a) in first.enumerated() {
      var diagonal = row[0]
      row[0] = i + 1
      for (j, b) in second.enumerated() {
        let substituted = diagonal + (a == b ? 0 : 1)
        diagonal = row[j + 1]
        row[j + 1] = min(substituted, row[j] + 1, row[j + 1] + 1)
      }
    }
    return row[second.count]
  }
}
