internal import Validation

/// The page: head, cover, contents and the blocks in order.
struct HTMLPage {
  private let report: Report
  init(of report: Report) { self.report = report }

  var text: String {
    var page = "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
    page += "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
    page += "<meta name=\"generator\" content=\"Equipoise\">\n"
    page += "<title>\(escaped(report.title)): validation report</title>\n"
    page +=
      "<style>\n\(Stylesheet.text(runningTitle: runningTitle, reportID: report.id))</style>\n</head>\n<body>\n"
    page += "<a class=\"skip\" href=\"#report\">Skip to the report</a>\n"
    page += cover + contents
    page += "<main id=\"report\">\n"
    var isOpen = false
    for block in report.blocks {
      if case .heading(let heading) = block, heading.level == 2 {
        page += (isOpen ? "</section>\n" : "") + "<section aria-labelledby=\"\(heading.anchor)\">\n"
        isOpen = true
      }
      page += HTMLBlock(block).text
    }
    page += isOpen ? "</section>\n" : ""
    page += "</main>\n<footer><p>Report \(escaped(report.id)) · \(escaped(report.title))</p></footer>\n"
    return page + "</body>\n</html>\n"
  }

  private var runningTitle: String {
    TextFit.shortened(report.title, width: 380, size: 10) + " · verdict: " + report.verdict.words
  }

  private var cover: String {
    let cover = report.cover
    var text = "<header>\n<p class=\"kicker\">Validation report</p>\n<h1>\(escaped(report.title))</h1>\n"
    text += HTMLBlock(.facts(cover.facts)).text
    text += "<section class=\"verdict \(report.verdict.rawValue)\" aria-label=\"Verdict\">\n"
    text += "<p class=\"word\">\(VerdictMark(report.verdict).svg)"
    text +=
      "<span><span class=\"of\">Verdict</span> <strong>\(escaped(report.verdict.words))</strong></span></p>\n"
    text += "<p>\(escaped(report.verdict.meaning))</p>\n"
    if !cover.criteria.isEmpty {
      text += "<ul>\n"
      for line in cover.criteria {
        text +=
          "<li>\(VerdictMark(line.verdict).svg)<span><strong>\(escaped(line.name)): \(escaped(line.verdict.words)).</strong> "
        text += "\(escaped(line.sentence))</span></li>\n"
      }
      text += "</ul>\n"
    }
    return text + "</section>\n</header>\n"
  }

  /// More headings than this, and the contents keep to chapters.
  private static let mostContents = 50

  private var contents: String {
    var text = "<nav aria-labelledby=\"contents\">\n<h2 id=\"contents\">Contents</h2>\n<ol>\n"
    var isOpen = false
    var isNested = false
    let deepest = report.headings(downTo: 3) > Self.mostContents ? 2 : 3
    for case .heading(let heading) in report.blocks where heading.level <= deepest {
      let link =
        "<a href=\"#\(heading.anchor)\"><span class=\"number\">\(escaped(heading.number))</span> \(escaped(heading.text))</a>"
      if heading.level == 2 {
        text += (isNested ? "</ol>" : "") + (isOpen ? "</li>\n" : "") + "<li>" + link
        (isOpen, isNested) = (true, false)
      } else {
        text += (isNested ? "" : "<ol>") + "<li>\(link)</li>"
        isNested = true
      }
    }
    return text + (isNested ? "</ol>" : "") + (isOpen ? "</li>\n" : "") + "</ol>\n</nav>\n"
  }
}

extension Report {
  fileprivate func headings(downTo level: Int) -> Int {
    blocks.count { if case .heading(let heading) = $0 { heading.level <= level } else { false } }
  }
}
