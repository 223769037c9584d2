internal import Statistics
internal import Validation

extension Generalisability {
  func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.member("attribute", attribute)
      writer.member("finding", finding)
      writer.member("joint") { writer in
        if let joint = joint?.value { joint.write(to: &writer) } else { writer.null() }
      }
      writer.member("joint_reason", joint?.reason)
      writer.member("left_out") { writer in
        writer.array(leftOut) { writer, left in
          writer.object {
            $0.member("group", left.group.write)
            $0.member("reason", left.reason.description)
          }
        }
      }
      writer.member("metric", metric)
      writer.member("model", model)
      writer.member("reason", synthesis.reason)
      writer.member("sites") { $0.array(sites) { $1.write(to: &$0) } }
      writer.member("synthesis") { writer in
        if let synthesis = synthesis.value { synthesis.write(to: &writer) } else { writer.null() }
      }
      writer.member("within_sites") { writer in
        if let within = within?.value { within.write(to: &writer) } else { writer.null() }
      }
      writer.member("within_sites_reason", within?.reason)
      writer.member("without") { $0.array(without) { $1.write(to: &$0) } }
    }
  }
}

extension JointSites {
  fileprivate func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.member("correlation", correlation.value)
      writer.member("correlation_lower", correlation.interval.value?.lower)
      writer.member("correlation_reason", correlation.interval.reason)
      writer.member("correlation_upper", correlation.interval.value?.upper)
      writer.member("level", prediction.level)
      writer.member("mean", mean)
      writer.member("method", "bivariate binomial-normal, maximum likelihood")
      writer.member("nodes", nodes)
      writer.member("prediction_lower", prediction.lower)
      writer.member("prediction_upper", prediction.upper)
      writer.member("reading", correlation.reading.rawValue)
      writer.member("sites", sites)
      writer.member("tau", tau)
    }
  }
}

extension Generalisability.Synthesis {
  fileprivate func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.member("i_squared", iSquared)
      writer.member("i_squared_lower", iSquaredInterval.lower)
      writer.member("i_squared_upper", iSquaredInterval.upper.ifFinite)
      writer.member("level", interval.level)
      writer.member("lower", interval.lower)
      writer.member("mean", mean)
      writer.member("method", "reml, hartung-knapp (logit)")
      writer.member("prediction_lower", prediction.lower)
      writer.member("prediction_upper", prediction.upper)
      writer.member("rough", isRough)
      writer.member("sites", sites)
      writer.member("tau", tau)
      writer.member("tau_lower", tauInterval.lower)
      writer.member("tau_upper", tauInterval.upper.ifFinite)
      writer.member("upper", interval.upper)
    }
  }
}

extension Generalisability.Without {
  fileprivate func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.member("estimate") { writer in
        if case .estimated(let estimate) = result { estimate.write(to: &writer) } else { writer.null() }
      }
      writer.member("reason") { writer in
        if case .undefined(let reason) = result { writer.value(reason.description) } else { writer.null() }
      }
      writer.member("site", site.write)
    }
  }
}

extension Generalisability.Within {
  fileprivate func write(to writer: inout JSONWriter) {
    writer.object {
      $0.member("adjusted_curve") { writer in
        if let adjusted { adjusted.write(to: &writer) } else { writer.null() }
      }
      $0.member("difference", difference.write)
      $0.member("pooled", pooled.write)
      $0.member("reading", reading.rawValue)
      $0.member("share_of_pairs", shareOfPairs)
      $0.member("within", within.write)
    }
  }
}

extension Generalisability.Within.Adjusted {
  fileprivate func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.member("area", area)
      writer.member("covered_share", coveredShare)
      writer.member("points") { writer in
        writer.array(points) { writer, point in
          writer.object {
            $0.member("x", point.x)
            $0.member("y", point.y)
          }
        }
      }
    }
  }
}

extension Estimate {
  func write(to writer: inout JSONWriter) {
    writer.object {
      $0.member("level", interval?.level)
      $0.member("lower", interval?.lower.ifFinite)
      $0.member("method", method)
      $0.member("reason", caveat)
      $0.member("upper", interval?.upper.ifFinite)
      $0.member("value", value)
    }
  }
}
