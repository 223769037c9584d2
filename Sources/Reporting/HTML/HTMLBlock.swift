/// One block as HTML.
struct HTMLBlock {
  private let block: Block
  init(_ block: Block) { self.block = block }

  var text: String {
    switch block {
    case .heading(let heading): self.heading(heading)
    case .paragraph(let text): "<p>\(escaped(text))</p>\n"
    case .list(let items): "<ul>\n" + items.map { "<li>\(escaped($0))</li>\n" }.joined() + "</ul>\n"
    case .facts(let facts):
      "<dl class=\"facts\">\n"
        + facts.map { "<div><dt>\(escaped($0.name))</dt><dd>\(escaped($0.value))</dd></div>\n" }.joined()
        + "</dl>\n"
    case .notice(let text): "<p class=\"notice\" role=\"note\">\(escaped(text))</p>\n"
    case .code(let text): "<pre><code>\(escaped(text))</code></pre>\n"
    case .table(let table): HTMLTable(table, anchor: table.number).text
    case .figure(let figure): self.figure(figure)
    case .figures(let figures): "<div class=\"pair\">\n" + figures.map { figure($0) }.joined() + "</div>\n"
    }
  }

  private func heading(_ heading: Heading) -> String {
    let number = heading.number.isEmpty ? "" : "<span class=\"number\">\(escaped(heading.number))</span> "
    return
      "<h\(heading.level) id=\"\(heading.anchor)\">\(number)\(escaped(heading.text))</h\(heading.level)>\n"
  }

  /// The drawing with its title and description for a screen reader, and its numbers in a table.
  private func figure(_ figure: Figure) -> String {
    let id = figure.number
    let drawing = figure.drawing
    var text = "<figure id=\"\(id)\">\n"
    text +=
      "<div class=\"canvas\"><svg viewBox=\"0 0 \(number(drawing.width)) \(number(drawing.height))\" style=\"max-width:\(number(drawing.width))px\" role=\"img\" aria-labelledby=\"\(id)-title \(id)-description\">"
    text += "<title id=\"\(id)-title\">\(escaped(figure.caption))</title>"
    text += "<desc id=\"\(id)-description\">\(escaped(figure.description))</desc>"
    text += drawing.elements + "</svg></div>\n"
    text += "<figcaption><strong>\(id)</strong> \(escaped(figure.caption))</figcaption>\n"
    text += "<details><summary>Data of figure \(id)</summary>\n"
    return text + HTMLTable(figure.data, anchor: "\(id)-data").text + "</details>\n</figure>\n"
  }
}
