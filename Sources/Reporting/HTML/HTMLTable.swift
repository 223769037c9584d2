/// A table with caption, header cells with their scope, and notes.
struct HTMLTable {
  private let table: Table
  private let anchor: String
  /// Longer than this, a table may be cut between two pages (never within a line).
  private static let longest = 28
  /// A table that needs more than the page's width is set smaller.
  private static let widest = 780.0

  init(_ table: Table, anchor: String) {
    self.table = table
    self.anchor = anchor
  }

  var text: String {
    let length = table.lines.count > Self.longest ? " long" : ""
    let width = leastWidth > Self.widest ? " wide" : ""
    var text = "<div class=\"table\(length)\(width)\" id=\"\(anchor)\">\n"
    text +=
      "<div class=\"scroll\" role=\"region\" aria-labelledby=\"\(anchor)-caption\" tabindex=\"0\">\n<table>\n"
    text += caption + head + "<tbody>\n"
    for (index, line) in table.lines.enumerated() {
      if line.style == .group, index > 0 { text += "</tbody>\n<tbody>\n" }
      text += row(line)
    }
    text += "</tbody>\n</table>\n</div>\n"
    text += table.notes.map { "<p class=\"table-note\">\(escaped($0))</p>\n" }.joined()
    return text + "</div>\n"
  }

  /// Of its cells on one line where they do not wrap, of their longest word where they do, with their padding.
  private var leastWidth: Double {
    func least(_ words: some Sequence<Substring>) -> Double {
      words.map { TextFit.width(String($0)) }.max() ?? 0
    }
    return table.columns.indices.reduce(0) { sum, index in
      let cells =
        index == 0
        ? []
        : table.lines.compactMap { $0.cells.indices.contains(index - 1) ? $0.cells[index - 1].text : nil }
      let isWhole = table.columns[index].alignment == .trailing
      let content = cells.map { isWhole ? TextFit.width($0) : least($0.split(separator: " ")) }.max() ?? 70
      return sum + max(content, least(table.columns[index].title.split(separator: " "))) * 1.02 + 17.6
    }
  }

  private var caption: String {
    let number = table.number.isEmpty ? "" : "<strong>\(table.number)</strong> "
    let standing = table.standing.map { " <span class=\"standing\">\($0.rawValue)</span>" } ?? ""
    return "<caption id=\"\(anchor)-caption\">\(number)\(escaped(table.caption))\(standing)</caption>\n"
  }

  private var head: String {
    guard table.columns.contains(where: { $0.spanner != nil }) else {
      return "<thead>\n<tr>" + table.columns.map { header($0) }.joined() + "</tr>\n</thead>\n"
    }
    var upper = ""
    var index = 0
    while index < table.columns.count {
      let column = table.columns[index]
      guard let spanner = column.spanner else {
        upper += header(column, attributes: " rowspan=\"2\"")
        index += 1
        continue
      }
      let width = table.columns[index...].prefix { $0.spanner == spanner }.count
      upper +=
        "<th class=\"spanner\" scope=\"colgroup\" colspan=\"\(width)\"><span>\(escaped(spanner))</span></th>"
      index += width
    }
    let lower = table.columns.filter { $0.spanner != nil }.map { header($0) }.joined()
    return "<thead>\n<tr>\(upper)</tr>\n<tr>\(lower)</tr>\n</thead>\n"
  }

  private func header(_ column: Table.Column, attributes: String = "") -> String {
    "<th class=\"\(column.alignment.rawValue)\" scope=\"col\"\(attributes)>\(escaped(column.title))</th>"
  }

  private func row(_ line: Table.Line) -> String {
    guard line.style != .group else {
      return
        "<tr class=\"group\"><th scope=\"rowgroup\" colspan=\"\(table.columns.count)\">\(escaped(line.header))</th></tr>\n"
    }
    let note = line.note.map { "<span class=\"line-note\">\(escaped($0))</span>" } ?? ""
    var text = line.style == .plain ? "<tr>" : "<tr class=\"\(line.style.rawValue)\">"
    text += "<th scope=\"row\">\(escaped(line.header))\(note)</th>"
    for (column, cell) in zip(table.columns.dropFirst(), line.cells) {
      let classes = [
        column.alignment.rawValue, cell.isMuted ? "muted" : "", cell.isCode ? "code" : "",
        cell.isStrong ? "strong" : "",
      ]
      text +=
        "<td class=\"\(classes.filter { !$0.isEmpty }.joined(separator: " "))\">\(escaped(cell.text))</td>"
    }
    return text + "</tr>\n"
  }
}
