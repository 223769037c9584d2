/// What is wrong with a page's tags: unclosed, crossed, or an id that stands twice. Empty: nothing.
func tagProblems(in page: String) -> [String] {
  let void: Set<String> = ["meta", "br", "link", "img"]
  var problems: [String] = []
  var open: [String] = []
  var ids: Set<String> = []
  for piece in page.split(separator: "<").dropFirst() {
    guard let end = piece.firstIndex(of: ">") else {
      problems.append("no end of tag: \(piece.prefix(40))")
      continue
    }
    let tag = String(piece[..<end])
    if tag.hasPrefix("!") { continue }
    if tag.hasPrefix("/") {
      let name = String(tag.dropFirst())
      if open.popLast() != name { problems.append("</\(name)> closes what is not open") }
      continue
    }
    let name = String(tag.prefix { $0 != " " && $0 != "/" })
    if let id = tag.split(separator: " ").first(where: { $0.hasPrefix("id=\"") }) {
      if !ids.insert(String(id)).inserted { problems.append("twice: \(id)") }
    }
    if tag.hasSuffix("/") || void.contains(name) { continue }
    open.append(name)
  }
  return problems + open.map { "<\($0)> stays open" }
}

/// The page without its tags and its style.
func words(of page: String) -> String {
  var text = ""
  var rest = page[...]
  if let start = page.range(of: "<body>") { rest = page[start.upperBound...] }
  for piece in rest.split(separator: "<") {
    if let end = piece.firstIndex(of: ">") { text += " " + piece[piece.index(after: end)...] }
  }
  return text
}

extension String {
  /// How often a text occurs.
  func count(of text: String) -> Int {
    var found = 0
    var rest = self[...]
    while let range = rest.range(of: text) {
      found += 1
      rest = rest[range.upperBound...]
    }
    return found
  }
}

extension StringProtocol where SubSequence == Substring {
  /// The first place of a text.
  func range(of text: String) -> Range<String.Index>? {
    firstRange(of: text)
  }
}
