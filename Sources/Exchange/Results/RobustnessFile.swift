internal import Statistics
internal import Validation

extension Robustness {
  func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.member("verdicts_by_rule") { $0.array(verdictsByRule) { $1.write(to: &$0) } }
    }
  }
}

extension RuleVerdict {
  fileprivate func write(to writer: inout JSONWriter) {
    writer.object {
      $0.member("criterion", criterion)
      $0.member("finding", finding)
      $0.member("model", model)
      $0.member("outputs", rule.rawValue)
      $0.member("verdict", verdict.rawValue)
    }
  }
}
