/// A table with header cells: its first column names the lines.
struct Table: Sendable {
  let caption: String
  /// Nil for a table that holds no result.
  let standing: Standing?
  let columns: [Column]
  let lines: [Line]
  let notes: [String]
  var number = ""

  init(
    _ caption: String, standing: Standing? = nil, columns: [Column], lines: [Line], notes: [String] = []
  ) {
    self.caption = caption
    self.standing = standing
    self.columns = columns
    self.lines = lines
    let isMarked = lines.contains { $0.cells.contains { $0.text.hasSuffix(Table.fewEventsMark) } }
    self.notes = notes + (isMarked ? [Table.fewEventsNote] : [])
  }

  /// Of notes that are complete.
  init(_ caption: String, standing: Standing?, columns: [Column], lines: [Line], readyNotes: [String]) {
    self.caption = caption
    self.standing = standing
    self.columns = columns
    self.lines = lines
    notes = readyNotes
  }

  /// Stands behind an interval that rests on fewer than five events.
  static let fewEventsMark = "\u{202F}‡"
  private static let fewEventsNote =
    "‡ Fewer than five events or non-events: the interval may cover less than 92 % where it says 95 %."

  /// `planned` where a key of the plan names what the table holds, `exploratory` for all that stands beside it unasked. That
  /// the plan did so before the data were seen takes a lock, which no plan has yet.
  enum Standing: String, Sendable {
    case planned = "by the plan, not locked"
    case exploratory
  }

  struct Column: Sendable {
    let title: String
    /// A heading above this column and its neighbours of the same spanner.
    let spanner: String?
    let alignment: Alignment

    enum Alignment: String, Sendable { case leading, trailing }

    static func text(_ title: String, under spanner: String? = nil) -> Column {
      Column(title: title, spanner: spanner, alignment: .leading)
    }
    static func number(_ title: String, under spanner: String? = nil) -> Column {
      Column(title: title, spanner: spanner, alignment: .trailing)
    }
  }

  struct Line: Sendable {
    let header: String
    /// Small print under the header, such as "not assessable".
    let note: String?
    let cells: [Cell]
    let style: Style

    /// `group` heads the lines below it and has no cells.
    enum Style: String, Sendable { case plain, group, total, muted }

    init(_ header: String, note: String? = nil, _ cells: [Cell], style: Style = .plain) {
      self.header = header
      self.note = note
      self.cells = cells
      self.style = style
    }
    static func group(_ header: String) -> Line { Line(header, [], style: .group) }
  }
}

struct Cell: Sendable, ExpressibleByStringLiteral, ExpressibleByStringInterpolation {
  let text: String
  /// Printed grey: it decides nothing.
  let isMuted: Bool
  /// A hash or a path: printed in a fixed pitch, broken anywhere.
  let isCode: Bool
  /// What the eye should find in a long column.
  let isStrong: Bool
  /// The numbers that the text prints, for a reader that calculates; none where it is text.
  let numbers: [CellNumber]

  init(
    _ text: String, isMuted: Bool = false, isCode: Bool = false, isStrong: Bool = false,
    numbers: [CellNumber] = []
  ) {
    self.text = text
    self.isMuted = isMuted
    self.isCode = isCode
    self.isStrong = isStrong
    self.numbers = numbers
  }
  init(stringLiteral text: String) { self.init(text) }
  static let empty = Cell("")
}
