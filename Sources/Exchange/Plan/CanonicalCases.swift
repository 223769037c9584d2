internal import Validation

/// Which rows become which cases, as canonical text: who is studied is promised, where it stands is mapping.
extension CohortDefinition {
  func writeCasesPromise(to writer: inout JSONWriter) {
    if !exclusions.isEmpty {
      writer.member("exclude") {
        $0.array(exclusions) { writer, rule in
          writer.object { writer in
            writer.member("depends_on_result", rule.dependsOnResult)
            writer.member("id", rule.id)
            writer.member("limits") { $0.array(rule.conditions) { $1.writeLimit(to: &$0) } }
            writer.member("outside_intended_use", rule.isOutsideIntendedUse)
            writer.member("reason", rule.reason)
          }
        }
      }
    }
    let leavingOut = joins.count { $0.unmatched == .exclude }
    if leavingOut > 0 { writer.member("exclude_unmatched", leavingOut) }
  }

  func writeUnitPromise(to writer: inout JSONWriter) {
    guard let unit else { return }
    writer.member("unit") {
      $0.object {
        $0.member("decision", unit.decision.rawValue)
        $0.member("reference", unit.reference.rawValue)
        $0.member("score", unit.score.rawValue)
      }
    }
  }

  func writeExclusionMapping(to writer: inout JSONWriter) {
    guard !exclusions.isEmpty else { return }
    writer.member("exclude") {
      $0.array(exclusions) { writer, rule in
        writer.object { writer in
          writer.member("id", rule.id)
          writer.member("when") {
            $0.array(rule.conditions) { writer, condition in
              writer.object { writer in
                guard case .column(let column) = condition.subject else { return }
                writer.member("column", column)
                if let format = condition.format { writer.member("format", format.pattern) }
                switch condition.test {
                case .isOneOf(let values): writer.member("is", values)
                case .isNoneOf(let values): writer.member("is_not", values)
                case .isNot(_, let key): writer.member("of", key)
                default: break
                }
              }
            }
          }
        }
      }
    }
  }

  func writeUnitMapping(to writer: inout JSONWriter) {
    if let unit { writer.member("unit_by", unit.columns) }
  }
}

extension ExclusionRule.Condition {
  /// The values of a column are mapping, an attribute and its levels are promised.
  fileprivate func writeLimit(to writer: inout JSONWriter) {
    var attribute: String?
    if case .attribute(let name) = subject { attribute = name }
    writer.object {
      switch test {
      case .isOneOf(let levels) where attribute != nil: $0.member("is", levels)
      case .isNoneOf(let levels) where attribute != nil: $0.member("is_not", levels)
      case .isOneOf: $0.member("test", "is")
      case .isNoneOf: $0.member("test", "is_not")
      case .below(let limit): $0.member("below", limit)
      case .atLeast(let limit): $0.member("at_least", limit)
      case .before(let day): $0.member("before", day)
      case .from(let day): $0.member("from", day)
      case .missing(let isMissing): $0.member("missing", isMissing)
      case .isNot(let end, _): $0.member("test", "not_\(end.rawValue)")
      }
      if let attribute { $0.member("of_attribute", attribute) }
    }
  }
}
