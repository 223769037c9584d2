internal import Statistics
internal import Validation

extension Robustness {
  func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.member("agreement") { $0.array(agreement) { $1.write(to: &$0) } }
      writer.member("populations") { $0.array(populations) { $1.write(to: &$0) } }
      writer.member("tipping_points") { $0.array(tippingPoints) { $1.write(to: &$0) } }
      writer.member("unknown_bounds") { $0.array(unknownBounds) { $1.write(to: &$0) } }
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

extension TippingPoint {
  fileprivate func write(to writer: inout JSONWriter) {
    writer.object {
      $0.member("candidates", candidates)
      $0.member("finding", key.finding)
      $0.member("metric", key.metric)
      $0.member("missed_until_equal", missedUntilEqual)
      $0.member("missed_until_not_shown", missedUntilNotShown)
      $0.member("model", key.model)
      $0.member("positives", positives)
      $0.member("subgroup", key.subgroup.write)
      $0.member("subgroup_minus", key.subgroupMinus.write)
      $0.member("would_be_flagged", wouldBeFlagged)
    }
  }
}

extension UnknownBounds {
  fileprivate func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.member("attribute", attribute)
      writer.member("finding", finding)
      writer.member("gap", gap)
      writer.member("gap_highest", gapBounds.upperBound)
      writer.member("gap_lowest", gapBounds.lowerBound)
      writer.member("groups") { writer in
        writer.array(groups) { writer, group in
          writer.object {
            $0.member("group", group.group.write)
            $0.member("highest", group.bounds.upperBound)
            $0.member("lowest", group.bounds.lowerBound)
            $0.member("value", group.value)
          }
        }
      }
      writer.member("metric", metric)
      writer.member("model", model)
      writer.member("unknown", unknown)
    }
  }
}

extension PopulationComparison {
  /// Always exploratory.
  fileprivate func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.member("attribute", attribute)
      writer.member("cases", cases)
      writer.member("distance", distance)
      writer.member("finding", finding)
      writer.member("kind", kind.rawValue)
      writer.member("levels") { writer in
        writer.array(levels) { writer, level in
          writer.object {
            $0.member("cases", level.cases)
            $0.member("level", level.level)
            $0.member("ratio", level.ratio?.value)
            $0.member("ratio_lower", level.ratio?.interval?.lower)
            $0.member("ratio_upper", level.ratio?.interval?.upper)
            $0.member("share", level.share)
            $0.member("standardised_difference", level.standardisedDifference)
            $0.member("target", level.target)
          }
        }
      }
      writer.member("population", population)
      writer.member("prespecified", false)
      writer.member("unknown", unknown)
    }
  }
}

extension ReaderAgreement {
  fileprivate func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.member("cases", cases)
      writer.member("finding", finding)
      writer.member("group", group.write)
      writer.member("measures") { writer in
        writer.array(measures) { writer, measure in
          writer.object { writer in
            writer.member("id", measure.id.rawValue)
            writer.member("level", measure.estimate?.interval?.level)
            writer.member("lower", measure.estimate?.interval?.lower)
            writer.member("method", measure.estimate?.method)
            writer.member("reason", measure.reason)
            writer.member("upper", measure.estimate?.interval?.upper)
            writer.member("value", measure.estimate?.value)
          }
        }
      }
      writer.member("partly_read", partlyRead)
      writer.member("readers", readers)
    }
  }
}
