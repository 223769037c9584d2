internal import Validation

/// A vector drawing under construction. Colours come from the page's style by class, so a figure follows light, dark and
/// print; widths and places are in CSS pixels at normal size.
struct Drawing: Sendable {
  let width: Double
  let height: Double
  private(set) var elements = ""

  init(width: Double, height: Double) {
    self.width = width
    self.height = height
  }

  /// With its texts in other words.
  func said(in words: StudyVocabulary) -> Drawing {
    var copy = self
    // Behind every tag its text, if it has one.
    copy.elements = elements.split(separator: ">", omittingEmptySubsequences: false).map { part in
      guard let end = part.firstIndex(of: "<") else { return String(part) }
      return words(String(part[..<end])) + part[end...]
    }.joined(separator: ">")
    return copy
  }

  enum Anchor: String { case start, middle, end }

  struct Point: Sendable {
    let x: Double
    let y: Double
    init(_ x: Double, _ y: Double) {
      self.x = x
      self.y = y
    }
  }

  mutating func line(_ from: Point, _ to: Point, _ style: String) {
    elements +=
      "<line class=\"\(style)\" x1=\"\(number(from.x))\" y1=\"\(number(from.y))\" x2=\"\(number(to.x))\" y2=\"\(number(to.y))\"/>"
  }

  mutating func rectangle(
    x: Double, y: Double, width: Double, height: Double, _ style: String, opacity: Double? = nil
  ) {
    let fill = opacity.map { " fill-opacity=\"\(number($0, decimals: 2))\"" } ?? ""
    elements +=
      "<rect class=\"\(style)\"\(fill) x=\"\(number(x))\" y=\"\(number(y))\" width=\"\(number(width))\" height=\"\(number(height))\"/>"
  }

  mutating func circle(_ centre: Point, radius: Double, _ style: String) {
    elements +=
      "<circle class=\"\(style)\" cx=\"\(number(centre.x))\" cy=\"\(number(centre.y))\" r=\"\(number(radius))\"/>"
  }

  mutating func polyline(_ points: [Point], _ style: String) {
    elements += "<polyline class=\"\(style)\" points=\"\(list(points))\"/>"
  }

  mutating func polygon(_ points: [Point], _ style: String) {
    elements += "<polygon class=\"\(style)\" points=\"\(list(points))\"/>"
  }

  mutating func text(_ text: String, at place: Point, _ style: String, anchor: Anchor = .start) {
    let side = anchor == .start ? "" : " text-anchor=\"\(anchor.rawValue)\""
    elements +=
      "<text class=\"\(style)\"\(side) x=\"\(number(place.x))\" y=\"\(number(place.y))\">\(escaped(text))</text>"
  }

  /// Reading upwards, centred on its place.
  mutating func uprightText(_ text: String, at place: Point, _ style: String) {
    let x = number(place.x)
    let y = number(place.y)
    elements +=
      "<text class=\"\(style)\" text-anchor=\"middle\" transform=\"rotate(-90 \(x) \(y))\" x=\"\(x)\" y=\"\(y)\">\(escaped(text))</text>"
  }

  private func list(_ points: [Point]) -> String {
    points.map { number($0.x) + "," + number($0.y) }.joined(separator: " ")
  }
}

/// A coordinate: ASCII, as short as its decimals allow.
func number(_ value: Double, decimals: Int = 1) -> String {
  precondition(value.isFinite, "a drawing has no place for what is not finite")
  let scale = decimals == 1 ? 10.0 : 100.0
  let units = Int((value * scale).rounded())
  let whole = abs(units) / Int(scale)
  let rest = abs(units) % Int(scale)
  let sign = units < 0 ? "-" : ""
  guard rest > 0 else { return sign + String(whole) }
  let digits = String(rest)
  return sign + String(whole) + "." + String(repeating: "0", count: decimals - digits.count) + digits
}
