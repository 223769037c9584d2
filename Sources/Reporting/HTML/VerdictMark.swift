internal import Validation

/// A verdict's sign: told apart by shape, so that colour may fail.
struct VerdictMark {
  private let verdict: Verdict
  init(_ verdict: Verdict) { self.verdict = verdict }

  /// Hidden from a screen reader, for the word stands beside it.
  var svg: String {
    let shape =
      switch verdict {
      case .met: "<circle cx=\"12\" cy=\"12\" r=\"11\"/><path class=\"sign\" d=\"M6.5 12.5l4 4 7-8.5\"/>"
      case .notMet:
        "<path d=\"M7.4 1h9.2L23 7.4v9.2L16.6 23H7.4L1 16.6V7.4z\"/><path class=\"sign\" d=\"M8 8l8 8M16 8l-8 8\"/>"
      case .inconclusive:
        "<path d=\"M12 .5L23.5 12 12 23.5.5 12z\"/><path class=\"sign\" d=\"M9.2 9.4a2.9 2.9 0 1 1 4.3 2.6c-1 .6-1.5 1.1-1.5 2.2M12 17.4v.2\"/>"
      case .notAssessable: "<circle class=\"open\" cx=\"12\" cy=\"12\" r=\"10\"/>"
      case .noCriteria: "<path class=\"open\" d=\"M2 12h20\"/>"
      }
    return
      "<svg class=\"verdict-mark \(verdict.rawValue)\" viewBox=\"0 0 24 24\" aria-hidden=\"true\">\(shape)</svg>"
  }
}
