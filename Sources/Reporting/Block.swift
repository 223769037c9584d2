/// What a report is made of. Text is plain: a renderer escapes it, and nothing in it is markup.
enum Block: Sendable {
  case heading(Heading)
  case paragraph(String)
  case list([String])
  case facts([Fact])
  case notice(String)
  case code(String)
  case table(Table)
  case figure(Figure)
  /// Figures side by side where there is room.
  case figures([Figure])
}

struct Heading: Sendable {
  /// 2 for a section, 3 and 4 below it.
  var level: Int
  let text: String
  /// Unique in the report; never made from a user's text.
  var anchor: String
  /// Given when the report is put together.
  var number = ""

  init(level: Int, text: String, anchor: String) {
    self.level = level
    self.text = text
    self.anchor = anchor
  }
}

struct Fact: Sendable {
  let name: String
  let value: String
  init(_ name: String, _ value: String) {
    self.name = name
    self.value = value
  }
}

struct Figure: Sendable {
  let caption: String
  /// What the figure shows, for a reader who cannot see it.
  let description: String
  let drawing: Drawing
  /// The figure's numbers, for the same reader and for copying.
  let data: Table
  var number = ""

  init(caption: String, description: String, drawing: Drawing, data: Table) {
    self.caption = caption
    self.description = description
    self.drawing = drawing
    self.data = data
  }
}
