internal import Validation

/// What the cells of a score column are, and the thresholds on it.
extension PlanReader {
  mutating func scale(_ node: YAML?) -> ScoreScale {
    guard let node else { return .number }
    guard case .list(let items) = node.content else { return .percent }
    refuseRepeats(items)
    return .ordinal(node.texts)
  }

  mutating func point(
    named name: String, at node: YAML, isProbability: Bool, scale: ScoreScale
  ) -> OperatingPoint {
    switch scale {
    case .number: return number(named: name, at: node, isProbability: isProbability)
    case .percent:
      var point = number(named: name, at: node, isProbability: false)
      if isProbability, !(0...100).contains(point.threshold) {
        findings.note(
          "threshold is \(point.threshold), expected a number between 0 and 100 (the score is a probability in percent)",
          at: node.place)
      }
      let text = node.text ?? ""
      point.written = text + "%"
      // Rounded once, as the cells are: 12.3 / 100 would be rounded twice.
      point.threshold = Double(text + "e-2") ?? point.threshold / 100
      return point
    case .ordinal(let categories):
      let text = node.text ?? ""
      let rank =
        categories.firstIndex(of: text)
        ?? categories.firstIndex {
          YAML.number($0) != nil && YAML.number($0) == YAML.number(text)
        }
      guard let rank else {
        findings.note(
          "\"\(text)\" is no category of the scale\(Suggestion.hint(for: text, among: categories))",
          at: node.place)
        return OperatingPoint(name: name, threshold: 0)
      }
      return OperatingPoint(name: name, threshold: Double(rank + 1), written: categories[rank])
    }
  }

  private mutating func number(named name: String, at node: YAML, isProbability: Bool) -> OperatingPoint {
    guard let threshold = node.number else {
      var hint = ""
      if case .scalar(let text, isPlain: false) = node.content, YAML.number(text) != nil {
        hint = " without quotes"
      }
      findings.note(
        "\"threshold\" is \"\(node.text ?? "")\", expected a number\(hint)", at: node.place)
      return OperatingPoint(name: name, threshold: 0)
    }
    if isProbability, !(0...1).contains(threshold) {
      let remedy =
        (1...100).contains(threshold)
        ? ": if its scores are percentages, put scale: percent into the model" : ""
      findings.note(
        "threshold is \(threshold), expected a number between 0 and 1 (the score is a probability)\(remedy)",
        at: node.place)
    }
    return OperatingPoint(name: name, threshold: threshold)
  }
}
