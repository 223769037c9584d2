internal import Statistics
internal import Validation

/// Parts that only some plans ask for stand in study.json only there.
extension OnRequest {
  func writeResampled(to writer: inout JSONWriter) {
    guard !resampled.isEmpty else { return }
    writer.member("resampled") { $0.array(resampled) { $1.write(to: &$0) } }
  }

  func writeSearched(to writer: inout JSONWriter) {
    if !shrunken.isEmpty { writer.member("shrunken") { $0.array(shrunken) { $1.write(to: &$0) } } }
    if !simultaneous.isEmpty {
      writer.member("simultaneous_gaps") { $0.array(simultaneous) { $1.write(to: &$0) } }
    }
    if !slices.isEmpty { writer.member("slices") { $0.array(slices) { $1.write(to: &$0) } } }
  }
}

extension ResampledInterval {
  fileprivate func write(to writer: inout JSONWriter) {
    let limits = self.limits.value
    writer.object { writer in
      writer.member("acceleration", limits?.acceleration)
      writer.member("bca_lower", limits?.bca.lower)
      writer.member("bca_upper", limits?.bca.upper)
      writer.member("by_truth", isByTruth)
      writer.member("finding", finding)
      writer.member("level", limits?.bca.level)
      writer.member("metric", metric)
      writer.member("model", model)
      writer.member("percentile_lower", limits?.percentile.lower)
      writer.member("percentile_upper", limits?.percentile.upper)
      writer.member("reason", self.limits.reason)
      writer.member("replicates", replicates)
      writer.member("subgroup", subgroup.write)
      writer.member("undefined_replicates", undefined)
      writer.member("value", value)
    }
  }
}

extension ShrunkenGroup {
  fileprivate func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.member("finding", finding)
      writer.member("level", interval.level)
      writer.member("lower", interval.lower)
      writer.member("mean_of_groups", mean)
      writer.member("method", "empirical-bayes (beta-binomial)")
      writer.member("metric", metric)
      writer.member("model", model)
      writer.member("own_share", own)
      writer.member("prespecified", false)
      writer.member("raw", raw)
      writer.member("subgroup", subgroup.write)
      writer.member("trials", trials)
      writer.member("upper", interval.upper)
      writer.member("value", value)
    }
  }
}

extension SimultaneousGaps {
  fileprivate func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.member("critical_value", criticalValue)
      writer.member("finding", finding)
      writer.member("gaps") { writer in
        writer.array(gaps) { writer, gap in
          writer.object {
            $0.member("estimate", gap.estimate.write)
            $0.member("subgroup", gap.subgroup.write)
            $0.member("subgroup_minus", Comparator?.some(gap.minus).write)
          }
        }
      }
      writer.member("metric", metric)
      writer.member("model", model)
    }
  }
}

extension SliceSearch {
  fileprivate func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.member("confirmation_cases", confirmationCases)
      writer.member("discovery_cases", discoveryCases)
      writer.member("finding", finding)
      writer.member("metric", metric)
      writer.member("model", model)
      writer.member("prespecified", false)
      writer.member("searched", searched)
      writer.member("slices") { $0.array(slices) { $1.write(to: &$0) } }
    }
  }
}

extension SliceSearch.Slice {
  fileprivate func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.member("confirmation") { writer in
        if case .estimated(let estimate) = confirmed { estimate.write(to: &writer) } else { writer.null() }
      }
      writer.member("discovery_value", discovered)
      writer.member("negatives", negatives)
      writer.member("p", p)
      writer.member("p_adjusted", pAdjusted)
      writer.member("positives", positives)
      writer.member("reason") { writer in
        if case .undefined(let reason) = confirmed { writer.value(reason.description) } else { writer.null() }
      }
      writer.member("subgroup", subgroup.write)
    }
  }
}
